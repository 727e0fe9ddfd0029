"""Constituencies and their ground. Lists are never overwritten: a change from a day ends one line and starts another."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.council.actions.versions import edit, renew
from petitions.council.models import CONFIRMED, PART, WHOLE, Constituency, ConstituencyUnit, DeputyGroup, Term
from petitions.journal.actions import record

PARKED = -1


def save_constituency(session: Session, row: Constituency, values: Mapping[str, Any], *, by: Identity, now: datetime) -> None:
    """Correct name, seats, note, number, confirmation. A number held by a constituency whose own is unconfirmed is exchanged with it.

    Raises Conflict when a confirmed constituency of the term holds the number.
    """
    _lock(session, row.term_id)
    values = dict(values)
    number = values.pop("number", row.number)
    if number != row.number:
        _renumber(session, row, number, by=by, now=now)
    edit(session, row, values, ("constituency", row.id), by=by, now=now)


def _renumber(session: Session, row: Constituency, number: int, *, by: Identity, now: datetime) -> None:
    old = row.number
    other = session.scalar(select(Constituency).where(Constituency.term_id == row.term_id, Constituency.number == number))
    if other is not None and other.confirmed:
        raise Conflict(say("Số {number} đã xác nhận là của {name}.", number=number, name=other.name or number))
    _number(session, row, PARKED)
    if other is not None:
        _number(session, other, old)
        record(session, "council.edit_constituency", ("constituency", other.id), by=by, now=now, changes={"number": (number, old)})
        other.edited = True
    _number(session, row, number)
    row.edited = True
    record(session, "council.edit_constituency", ("constituency", row.id), by=by, now=now, changes={"number": (old, number)})
    renew(session)


def _number(session: Session, row: Constituency, number: int) -> None:
    """Give the constituency a number, and its group with it (the group's number is the constituency's)."""
    group = session.scalar(select(DeputyGroup).where(DeputyGroup.constituency_id == row.id, DeputyGroup.number == row.number))
    if group is not None:
        group.name, group.number, group.edited = group.name.replace(str(row.number), str(number)), number, True
    row.number = number
    session.flush()


def add_constituency(session: Session, term: Term, *, number: int, name: str, seats: int | None, source: str, by: Identity, now: datetime) -> Constituency:
    """A constituency of a term, with its group of the same number. Raises Invalid when the number is taken."""
    _lock(session, term.id)
    if session.scalar(select(Constituency.id).where(Constituency.term_id == term.id, Constituency.number == number)) is not None:
        raise Invalid({"number": [say("Đơn vị bầu cử số {number} đã có.", number=number)]})
    row = Constituency(term_id=term.id, number=number, name=name, seats=seats, confirmed=True, source=source, edited=True)
    session.add(row)
    session.flush()
    group_taken = session.scalar(select(DeputyGroup.id).where(DeputyGroup.term_id == term.id, DeputyGroup.number == number))
    if group_taken is None:
        session.add(DeputyGroup(term_id=term.id, number=number, name=f"Tổ đại biểu số {number}", constituency_id=row.id, source=source, edited=True))
    record(session, "council.add_constituency", ("constituency", row.id), by=by, now=now, changes={"number": (None, number), "name": (None, name)})
    renew(session)
    return row


def place_from(
    session: Session,
    row: Constituency,
    *,
    unit_id: int | None = None,
    district_id: int | None = None,
    day: date,
    basis: str,
    source: str = "",
    certainty: str = CONFIRMED,
    share: str = WHOLE,
    by: Identity,
    now: datetime,
) -> ConstituencyUnit:
    """From `day` the place belongs to the constituency: lines of that place elsewhere in the term end the day before.

    A line that would have begun on `day` or later was wrong and is superseded, with `basis` as the reason. With share 'part' other
    parts stay where they are. Raises RuleBroken without a basis or place, Conflict when the line stands already.
    """
    if not basis.strip():
        raise RuleBroken(say("Hãy ghi căn cứ của thay đổi (văn bản, ngày, nguồn)."))
    if (unit_id is None) == (district_id is None):
        raise RuleBroken(say("Hãy chọn một xã, phường."))
    _lock(session, row.term_id)
    for line in _standing(session, row.term_id, unit_id, district_id, day):
        if line.constituency_id == row.id and line.valid_from <= day and line.valid_to is None and line.share == share:
            raise Conflict(say("Nơi này đã thuộc đơn vị bầu cử từ ngày {day}.", day=format_day(line.valid_from)))
        if share == PART and line.share == PART and line.constituency_id != row.id:
            continue
        if line.valid_from < day:
            _end(session, line, day - timedelta(days=1), basis, by=by, now=now)
        else:
            supersede(session, line, reason=basis, by=by, now=now)
    new = ConstituencyUnit(constituency_id=row.id, unit_id=unit_id, district_id=district_id, valid_from=day, valid_to=None, share=share)
    new.certainty, new.basis, new.source, new.edited = certainty, basis, source, True
    session.add(new)
    session.flush()
    changes = {"unit": (None, unit_id), "district": (None, district_id), "valid_from": (None, day)}
    record(session, "council.add_line", ("constituency", row.id), by=by, now=now, changes=changes, reason=basis)
    renew(session)
    return new


def end_line(session: Session, line: ConstituencyUnit, *, last_day: date, reason: str, by: Identity, now: datetime) -> None:
    """The line holds until `last_day`, for a reason. Raises Invalid when it began later, RuleBroken when it is superseded or ended earlier."""
    if line.superseded_at is not None or (line.valid_to is not None and line.valid_to < last_day):
        raise RuleBroken(say("Dòng này đã kết thúc hoặc đã bị thay thế."))
    if last_day < line.valid_from:
        raise Invalid({"last_day": [say("Ngày cuối phải từ ngày {day} trở đi.", day=format_day(line.valid_from))]})
    if not reason.strip():
        raise RuleBroken(say("Hãy ghi căn cứ của thay đổi (văn bản, ngày, nguồn)."))
    _end(session, line, last_day, reason, by=by, now=now)


def _end(session: Session, line: ConstituencyUnit, last_day: date, reason: str, *, by: Identity, now: datetime) -> None:
    old, line.valid_to, line.edited = line.valid_to, last_day, True
    session.flush()
    record(session, "council.end_line", ("constituency", line.constituency_id), by=by, now=now, changes=_what(line, old), reason=reason)
    renew(session)


def supersede(session: Session, line: ConstituencyUnit, *, reason: str, by: Identity, now: datetime) -> None:
    """The line was wrong from its first day: it is kept, struck out, with the reason. Raises RuleBroken without one."""
    if not reason.strip():
        raise RuleBroken(say("Hãy ghi vì sao dòng này sai."))
    if line.superseded_at is not None:
        raise RuleBroken(say("Dòng này đã kết thúc hoặc đã bị thay thế."))
    line.superseded_at, line.superseded_reason, line.edited = now, reason, True
    session.flush()
    record(session, "council.supersede_line", ("constituency", line.constituency_id), by=by, now=now, changes=_what(line, line.valid_to), reason=reason)
    renew(session)


def confirm_lines(session: Session, lines: Sequence[ConstituencyUnit], *, basis: str, by: Identity, now: datetime) -> int:
    """The office confirms live lines, on a basis; returns how many were not confirmed before."""
    if not basis.strip():
        raise RuleBroken(say("Hãy ghi căn cứ của thay đổi (văn bản, ngày, nguồn)."))
    waiting = [line for line in lines if line.certainty != CONFIRMED and line.superseded_at is None]
    for line in waiting:
        old, line.certainty, line.edited = line.certainty, CONFIRMED, True
        session.flush()
        changes = {"unit": (line.unit_id, line.unit_id), "district": (line.district_id, line.district_id), "certainty": (old, CONFIRMED)}
        record(session, "council.confirm_line", ("constituency", line.constituency_id), by=by, now=now, changes=changes, reason=basis)
    if waiting:
        renew(session)
    return len(waiting)


def _what(line: ConstituencyUnit, old: date | None) -> dict[str, tuple[Any, Any]]:
    return {"unit": (line.unit_id, line.unit_id), "district": (line.district_id, line.district_id), "valid_to": (old, line.valid_to)}


def _standing(session: Session, term_id: int, unit_id: int | None, district_id: int | None, day: date) -> Sequence[ConstituencyUnit]:
    own = ConstituencyUnit
    where = own.unit_id == unit_id if unit_id is not None else own.district_id == district_id
    live = select(own).join(Constituency, Constituency.id == own.constituency_id).where(Constituency.term_id == term_id, where, own.superseded_at.is_(None))
    return session.scalars(live.where(or_(own.valid_to.is_(None), own.valid_to >= day)).order_by(own.valid_from, own.id)).all()


def _lock(session: Session, term_id: int) -> None:
    """One change of a term's lists at a time (PostgreSQL; SQLite has one writer anyway)."""
    session.execute(select(Term.id).where(Term.id == term_id).with_for_update())
