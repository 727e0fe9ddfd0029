"""Telling the voters: by which deputy group, when, at which meeting. A delegate notes it for the groups that are his."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, NotAllowed, NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties.actions.acts import KIND, begin, finish, may_write, not_future, on_or_after, told, wanted
from petitions.duties.models.duty import Duty
from petitions.duties.models.voters import Told
from petitions.journal.actions import record


def tell(
    session: Session, duty_id: int, *, deputy_group_id: int, told_on: date, meeting: str, note: str = "", by: Identity, now: datetime, today: date
) -> Told:
    """Note that the voters were told of the answer. Whoever stands for deputy groups may note it for those alone."""
    act = begin(session, duty_id, "tell", by=by, now=now, today=today)
    duty = act.duty
    wanted(meeting=meeting)
    not_future("told_on", told_on, today)
    on_or_after("told_on", told_on, duty.answered_on, say("ngày trả lời"))
    own = by.scope("deputy_group")
    if own and deputy_group_id not in own:
        raise NotAllowed(say("Bạn chỉ ghi cho Tổ đại biểu của mình."))
    row = Told(duty_id=duty.id, subject_kind=duty.subject_kind, subject_id=duty.subject_id, answer_item_id=duty.answer_item_id, told_on=told_on)
    row.deputy_group_id, row.meeting, row.note, row.entered_by, row.entered_at = deputy_group_id, meeting, note, by.user_id, now
    session.add(row)
    finish(session, act, changes={"group": (None, deputy_group_id), "told_on": (None, told_on)})
    return row


def strike_told(session: Session, told_id: int, *, reason: str, by: Identity, now: datetime) -> Told:
    """A line that was noted by mistake no longer counts; it stays on record."""
    wanted(reason=reason)
    row = session.get(Told, told_id)
    duty = session.get(Duty, row.duty_id) if row else None
    if row is None or duty is None:
        raise NotFound
    if by is not SYSTEM and not by.may(Permission.DUTY_TELL):
        raise NotAllowed
    may_write(by, duty.body_id)
    if row.struck:
        raise Conflict(say("Dòng này đã được gạch."))
    row.struck = True
    record(session, "duty.strike_told", (KIND, duty.id), by=by, now=now, changes={"told": (row.id, None)}, reason=reason)
    told(session, [(duty.subject_kind, duty.subject_id)], "duty.strike_told", by=by, now=now)
    return row
