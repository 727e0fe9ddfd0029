"""Closing, reopening, and voters who do not accept an answer. Only the supervising side closes, by another hand than the one that entered or judged."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.errors import Conflict
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties import subjects
from petitions.duties.actions.acts import begin, finish, not_future, on_or_after, settle, wanted
from petitions.duties.actions.judging import ask_again
from petitions.duties.models.answers import AnswerItem, Objection
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading
from petitions.duties.workflow import CLOSED, ENDED, WITH


def close(session: Session, duty_id: int, *, reason: str = "", by: Identity, now: datetime, today: date, version: int | None = None) -> Duty:
    """Close the lead's duty; those of the agencies that worked with it are closed with it."""
    act = begin(session, duty_id, "close", by=by, now=now, today=today, version=version)
    duty = act.duty
    for one in reading.siblings(session, duty):
        if one.part == WITH and one.state not in ENDED:
            _end(one, duty.state, by=by, on=today, reason=reason)
            settle(session, one, "close_with_lead", CLOSED, by=by, now=now, reason=reason or None, tell=False)
    _end(duty, duty.state, by=by, on=today, reason=reason)
    return finish(session, act, changes={"closed_as": (None, duty.closed_as)}, reason=reason or None)


def _end(duty: Duty, outcome: str, *, by: Identity, on: date, reason: str) -> None:
    duty.closed_on, duty.closed_as, duty.closed_by, duty.close_reason = on, outcome, by.user_id, reason
    duty.suspended_on = None


def reopen(session: Session, duty_id: int, *, reason: str, due_on: date | None = None, by: Identity, now: datetime, today: date) -> Duty:
    """The supervising side opens a closed duty again (an objection, a re-supervision): the agency is asked again, with a day of its own."""
    act = begin(session, duty_id, "reopen", by=by, now=now, today=today)
    wanted(reason=reason)
    duty = act.duty
    item = session.get(AnswerItem, duty.answer_item_id) if duty.answer_item_id else None
    changes = {"closed_on": (duty.closed_on, None), "closed_as": (duty.closed_as, None), "settled_on": (duty.settled_on, None)}
    due = ask_again(session, act, item, cause="reopened", question=reason, due_on=due_on)
    duty.closed_on, duty.closed_as, duty.closed_by, duty.settled_on = None, None, None, None
    return finish(session, act, changes=changes | {"reask_due": (None, due)}, reason=reason)


def object_to(session: Session, duty_id: int, *, text: str, raised_on: date, by: Identity, now: datetime, today: date) -> Objection:
    """Voters do not accept the answer: the subject's room makes a new subject, linked to it. The old duty stays as it is, closed if it was."""
    act = begin(session, duty_id, "object", by=by, now=now, today=today)
    duty = act.duty
    wanted(text=text)
    not_future("raised_on", raised_on, today)
    on_or_after("raised_on", raised_on, duty.answered_on, say("ngày trả lời"))
    port = subjects.known(duty.subject_kind)
    if port is None:
        raise Conflict(say("Không lập được nội dung mới cho loại việc này."))
    new = port.objection(session, duty.subject_id, answer_item_id=duty.answer_item_id, text=text, by=by, now=now, today=today)
    row = Objection(duty_id=duty.id, answer_item_id=duty.answer_item_id, text=text, raised_on=raised_on, subject_kind=duty.subject_kind, subject_id=new)
    row.entered_by, row.entered_at = by.user_id, now
    session.add(row)
    finish(session, act, changes={"new_subject": (None, new)}, reason=text)
    return row
