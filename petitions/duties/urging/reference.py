"""Loading the ladders (domain 3.5), and which fields the Council's committees follow, where the office has neither yet."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import resources

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.duties.urging.ladder import Rung
from petitions.duties.urging.models import UrgingRung
from petitions.duties.urging.queries.ladder import LIMIT, rung_of
from petitions.journal import actions as journal

LADDER = ("ladder", 1)
NUMBERS = {"level": "level", "offset": "offset_days", "interval": "interval_days", "after_letters": "after_letters"}
DAYS = ("valid_from", "valid_to", "applies_from")
WORDS = ("seed", "subject_kind", "code", "name", "name_en", "form", "rank", "authority", "letter_kind", "legal_basis", "note")


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add the rungs that are missing; how many rows. Idempotent; what the office changed or ended is left alone."""
    have = set(session.scalars(select(UrgingRung.seed).where(UrgingRung.seed.is_not(None)).order_by(UrgingRung.id).limit(LIMIT)))
    made = [_row(row) for row in _rows() if row["seed"] not in have]
    session.add_all(made)
    session.flush()
    if made:
        journal.record(session, "ladder.load", LADDER, by=by, now=now, changes={"rows": (None, len(made))})
    return len(made)


def seed_rungs() -> list[Rung]:
    """The shipped rungs, without a database."""
    found = []
    for number, row in enumerate(_rows(), 1):
        made = _row(row)
        made.id = number
        found.append(rung_of(made))
    return found


def _row(row: Mapping[str, str]) -> UrgingRung:
    made = UrgingRung(confirmed=row["confirmed"] == "1", edited=False)
    for name in WORDS:
        setattr(made, name, row[name])
    for name, column in NUMBERS.items():
        setattr(made, column, int(row[name]))
    for name in DAYS:
        setattr(made, name, date.fromisoformat(row[name]) if row[name] else None)
    return made


def _rows() -> Iterator[dict[str, str]]:
    with resources.files("petitions.duties.urging").joinpath("data/rungs.csv").open(encoding="utf-8") as source:
        yield from csv.DictReader(source)
