"""The code of a petition: HD16-20-00123 = body and term, number of the constituency (00: none), running number.

Numbers are taken from one counter row per body, term and constituency in the transaction that writes the petition: concurrent savers wait
for each other there, and a rolled-back save gives its number back. A code is given once and never changed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from petitions.intake.models import PetitionCounter


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """What a running number runs in; `constituency` 0 when there is none."""

    body_id: int
    term_id: int
    constituency: int


def allot_all(session: Session, wanted: Sequence[Series]) -> list[int]:
    """A number for each of `wanted`, in that order: one statement, counters in one fixed order, so that two imports cannot lock each other."""
    if not wanted:
        return []
    counts = Counter(wanted)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(PetitionCounter).values(
        [
            {"body_id": series.body_id, "term_id": series.term_id, "constituency_number": series.constituency, "last": count}
            for series, count in sorted(counts.items())
        ]
    )
    place = (PetitionCounter.body_id, PetitionCounter.term_id, PetitionCounter.constituency_number)
    counted: Insert = statement.on_conflict_do_update(index_elements=place, set_={"last": PetitionCounter.last + statement.excluded.last})
    following = {}
    for body_id, term_id, constituency, last in session.execute(counted.returning(*place, PetitionCounter.last)):
        series = Series(body_id, term_id, constituency)
        following[series] = last - counts[series] + 1
    numbers = []
    for series in wanted:
        numbers.append(following[series])
        following[series] += 1
    return numbers


def code(*, body: str, term: int, constituency: int, number: int) -> str:
    """The code in letters: body "HD", term 16, constituency 20, number 123 → "HD16-20-00123"."""
    return f"{body}{term}-{constituency:02}-{number:05}"
