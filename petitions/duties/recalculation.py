"""What a change of the calendar moves (port of workdays/impact.py): every open date counted in working days. One act of the journal, each old day kept.

impact.register(recalculation.IMPACT)        # the factory does it
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.duties import rules, subjects
from petitions.duties.actions import dates
from petitions.duties.actions.acts import told
from petitions.duties.actions.dates import When
from petitions.duties.clocks import ACK, REASK, REPLY, RESOLUTION, STATUTORY, next_due
from petitions.duties.models.duty import Duty, DutyDate
from petitions.duties.models.voters import PUBLISHED, WITHDRAWN, Publication
from petitions.duties.workflow import OWES_REPLY, SENT
from petitions.workdays.calendar import Calendar
from petitions.workdays.impact import Impact, Move

WORDS: dict[str, Message] = {
    ACK: say("Hạn xác nhận đã nhận"),
    STATUTORY: say("Hạn theo luật"),
    REPLY: say("Hạn trả lời"),
    REASK: say("Hạn trả lời lại"),
    RESOLUTION: say("Ngày hẹn giải quyết"),
    "publish": say("Hạn công bố"),
}
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Shift:
    """A date that falls on another day by the new calendar."""

    row: DutyDate
    duty: Duty
    new: date


def shifts(session: Session, old: Calendar, new: Calendar) -> Iterator[Shift]:
    """Dates of duties that still run, counted in working days, that would move."""
    open_ = or_(Duty.state.in_(OWES_REPLY), Duty.state == "in_progress")
    query = select(DutyDate, Duty).join(Duty, Duty.id == DutyDate.duty_id).where(DutyDate.until.is_(None), DutyDate.due_on.is_not(None), open_)
    query = query.where(or_(DutyDate.unit == "working_day", DutyDate.to_workday)).order_by(DutyDate.id)
    last = 0
    while rows := session.execute(query.where(DutyDate.id > last).limit(CHUNK)).all():
        for row, duty in rows:
            last = row.id
            if row.clock == ACK and duty.state != SENT:
                continue
            moved = rules.recount(new, row.event_on, row.length, row.unit, row.to_workday)
            if moved is not None and row.due_on is not None and moved != row.due_on:
                yield Shift(row, duty, moved)


def _publications(session: Session, new: Calendar) -> Iterator[tuple[Publication, date]]:
    query = select(Publication).where(Publication.state.not_in([PUBLISHED, WITHDRAWN]), Publication.unit == "working_day", Publication.event_on.is_not(None))
    for row in session.scalars(query.order_by(Publication.id)):
        due = rules.recount(new, row.event_on, row.length, row.unit, False) if row.event_on else None
        if due is not None and due != row.due_on:
            yield row, due


def foreseen(session: Session, who: Identity, old: Calendar, new: Calendar) -> Sequence[Move]:
    """Every open date that would move, old → new; by code, never by content."""
    found = list(shifts(session, old, new))
    printed = list(_publications(session, new))
    about = {(one.duty.subject_kind, one.duty.subject_id) for one in found} | {(row.subject_kind, row.subject_id) for row, _ in printed}
    captions = subjects.captions(session, about)
    moves = []
    for one in found:
        caption = captions[one.duty.subject_kind, one.duty.subject_id]
        moves.append(Move(caption.code, one.row.due_on or one.new, one.new, caption.url or None, WORDS[one.row.clock]))
    for row, due in printed:
        caption = captions[row.subject_kind, row.subject_id]
        moves.append(Move(caption.code, row.due_on or due, due, caption.url or None, WORDS["publish"]))
    return moves


def move(session: Session, old: Calendar, new: Calendar, by: Identity, now: datetime) -> int:
    """Move them; the day that counted until now stays listed. How many were moved."""
    today, moved = clock.today(), 0
    touched: dict[int, Duty] = {}
    for one in list(shifts(session, old, new)):
        row, duty = one.row, one.duty
        first = duty.first_due == row.due_on and row.clock == REPLY and row.cause in ("issue", "receipt", "reroute")
        when = When(one.new, row.event, row.event_on, row.unit, row.length, row.to_workday, row.rule_version_id)
        dates.put(session, duty, row.clock, when, cause="calendar", since=max(today, row.since), by=by, now=now, calendar=new, reason=row.reason)
        if first:
            duty.first_due = one.new
        touched[duty.id] = duty
        moved += 1
    for duty in touched.values():
        duty.next_due = next_due(duty)
        duty.version += 1
    for publication, due in list(_publications(session, new)):
        publication.due_on = due
        publication.version += 1
        moved += 1
    session.flush()
    told(session, {(duty.subject_kind, duty.subject_id) for duty in touched.values()}, "duty.recalculate", by=by, now=now)
    return moved


IMPACT = Impact("duties", say("Hạn trả lời, giải quyết, công bố"), foreseen, move)
