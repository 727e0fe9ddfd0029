"""Changing the calendar: one confirmed change is one version and one act in the journal; rows are added and withdrawn, never overwritten."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, Stale
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.journal import actions as journal
from petitions.workdays import impact, queries
from petitions.workdays.changing import WITHDRAW, Edit, examine
from petitions.workdays.models import CalendarDay, CalendarNotice, CalendarVersion
from petitions.workdays.reference import CALENDAR


def change(
    session: Session, edits: Sequence[Edit], *, version: int, seen: str | None = None, reason: str, by: Identity, now: datetime
) -> tuple[int, dict[str, int]]:
    """Make a change that was previewed on `version`: (number of the new version, deadlines moved by kind).

    Every line must fit (Conflict says which does not). Stale when the calendar, or the deadlines that would move (`seen`: `impact.seal`
    of the preview), are not those of the preview. The deadlines are moved in the same transaction.
    """
    before = queries.calendar(session)
    if before.version != version:
        raise Stale(CHANGED)
    proposal = examine(before, edits)
    if proposal.wrong:
        raise Conflict(proposal.wrong[0].message)
    if not proposal.good:
        raise Conflict(say("Không có gì để thay đổi."))
    if seen is not None and impact.seal(impact.foreseen(session, by, before, proposal.after)) != seen:
        raise Stale(say("Các hạn bị ảnh hưởng đã khác với lúc xem trước. Hãy xem lại rồi xác nhận."))
    number = _new_version(session, version, reason, now)
    changes = _write(session, proposal.good, number, reason)
    moved = impact.apply(session, before, queries.calendar(session), by=by, now=now)
    changes |= {"version": (version, number), **{f"moved.{name}": (None, n) for name, n in moved.items()}}
    journal.record(session, "calendar.change", CALENDAR, by=by, now=now, changes=changes, reason=reason)
    return number, moved


def announce(session: Session, year: int, *, basis: str, source: str, version: int, by: Identity, now: datetime) -> int:
    """Note that the days off of `year` were announced, by what; an earlier notice of that year is withdrawn. The new version's number."""
    if queries.version(session) != version:
        raise Stale(CHANGED)
    old = queries.notice(session, year)
    number = _new_version(session, version, basis, now)
    if old is not None:
        old.withdrawn_in = number
        session.flush()
    session.add(CalendarNotice(year=year, basis=basis, source=source, added_in=number))
    session.flush()
    changes = {str(year): (old.basis if old else None, basis), "version": (version, number)}
    journal.record(session, "calendar.notice", CALENDAR, by=by, now=now, changes=changes)
    return number


CHANGED = say("Lịch vừa được người khác thay đổi. Hãy xem trước lại.")


def _new_version(session: Session, base: int, reason: str, now: datetime) -> int:
    """The next version. Two who change at once both ask for the same number: one of them is told so."""
    try:
        with session.begin_nested():
            session.add(CalendarVersion(id=base + 1, token=secrets.token_hex(16), made_at=now, reason=reason))
            session.flush()
    except IntegrityError:
        raise Stale(CHANGED) from None
    return base + 1


def _write(session: Session, edits: Sequence[Edit], number: int, reason: str) -> dict[str, tuple[Any, Any]]:
    """Withdraw, then add; what became of each day, for the journal."""
    changes: dict[str, tuple[Any, Any]] = {}
    for edit in edits:
        if edit.act == WITHDRAW:
            row = queries.standing(session, edit.day)
            if row is None:
                raise Stale(CHANGED)
            row.withdrawn_in, row.withdrawn_reason = number, reason
            changes[edit.day.isoformat()] = (_told(row), None)
    session.flush()
    for edit in edits:
        if edit.act != WITHDRAW:
            row = _row(edit, number)
            session.add(row)
            changes[edit.day.isoformat()] = (changes.get(edit.day.isoformat(), (None, None))[0], _told(row))
    session.flush()
    return changes


def _row(edit: Edit, number: int) -> CalendarDay:
    words = {name: getattr(edit, name) for name in ("day", "kind", "reason", "name_vi", "name_en", "for_day", "basis", "source", "confirmed")}
    return CalendarDay(**words, added_in=number)


def _told(row: CalendarDay) -> str:
    return f"{row.kind}: {row.name_vi} ({row.basis})"
