"""A list of delegates as copied from a spreadsheet: number of the constituency, name, position, part in the group. All of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, PetitionsError
from petitions.core.identity import Identity
from petitions.core.text import clean, fold
from petitions.core.words import Message, say
from petitions.council.actions.delegates import add_delegate, give_mandate
from petitions.council.models import Constituency, Delegate, Mandate, Term

ROLES = {"": "member", "thanh vien": "member", "to truong": "head", "to pho": "deputy_head", "pho to truong": "deputy_head"}
MOST = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `row` counts from 1."""

    row: int
    number: int
    name: str
    position: str
    group_role: str


def read(text: str) -> list[Entry]:
    """The lines of `text`, parted by tabs or semicolons; empty lines are left out. Raises Invalid naming the lines that cannot be read."""
    entries: list[Entry] = []
    wrong: list[Message | str] = []
    for row, line in enumerate(text.splitlines()[:MOST], start=1):
        parts = [clean(part) for part in (line.split("\t") if "\t" in line else line.split(";"))]
        if not any(parts):
            continue
        number, name, position, role = (*parts, "", "", "", "")[:4]
        if not number.isascii() or not number.isdigit():
            wrong.append(say("Dòng {row}: cột đầu phải là số đơn vị bầu cử.", row=row))
        elif not 2 <= len(name) <= 200 or len(position) > 300:
            wrong.append(say("Dòng {row}: thiếu họ và tên, hoặc quá dài.", row=row))
        elif fold(role) not in ROLES:
            wrong.append(say("Dòng {row}: không hiểu vai trò «{role}»; hãy ghi tổ trưởng, tổ phó, thành viên hoặc để trống.", row=row, role=role))
        else:
            entries.append(Entry(row, int(number), name, position, ROLES[fold(role)]))
    if wrong or not entries:
        raise Invalid({"lines": wrong or [say("Hãy dán ít nhất một dòng.")]})
    return entries


def add_all(session: Session, term: Term, entries: Sequence[Entry], *, from_on: date, by: Identity, now: datetime) -> int:
    """Give each a mandate from `from_on`; returns how many. Who has a mandate in that constituency already is left as he is.

    Raises Invalid naming the lines that cannot be taken; the caller's transaction is then rolled back as a whole.
    """
    known = {row.number: row.id for row in session.scalars(select(Constituency).where(Constituency.term_id == term.id))}
    held = select(Delegate.name, Mandate.constituency_id).join(Mandate, Mandate.delegate_id == Delegate.id).where(Mandate.term_id == term.id)
    present = {(name, constituency_id) for name, constituency_id in session.execute(held)}
    wrong: list[Message | str] = []
    added = 0
    for one in entries:
        place = known.get(one.number)
        if place is None:
            wrong.append(say("Dòng {row}: khóa này không có đơn vị bầu cử số {number}.", row=one.row, number=one.number))
        elif (one.name, place) not in present:
            try:
                who = add_delegate(session, name=one.name, position=one.position, by=by, now=now)
                give_mandate(session, who, term=term, constituency_id=place, from_on=from_on, group_role=one.group_role, by=by, now=now)
            except PetitionsError as error:
                wrong.append(say("Dòng {row}: {why}", row=one.row, why=_why(error)))
            present.add((one.name, place))
            added += 1
    if wrong:
        raise Invalid({"lines": wrong})
    return added


def _why(error: PetitionsError) -> Message | str:
    return next(iter(error.fields.values()))[0] if isinstance(error, Invalid) else error.message
