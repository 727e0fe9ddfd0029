"""Dates that no clock brings by itself: the day of a session, once it is known or moved; the next look at what is done continuously."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties.actions import dates
from petitions.duties.actions.acts import begin, finish, not_future, on_or_after, wanted
from petitions.duties.actions.dates import HALF_A_YEAR, Law
from petitions.duties.clocks import STATUTORY
from petitions.duties.models.duty import Duty
from petitions.duties.queries import rules as law_queries
from petitions.workdays import queries as workdays
from petitions.workdays.counting import next_review


def set_session_day(session: Session, duty_id: int, *, day: date, reason: str = "", by: Identity, now: datetime, today: date) -> Duty:
    """Say on which day the session opens by which the duty is owed; again when it is moved. Every day there was stays listed.

    Raises RuleBroken when the day lies before the event from which the rule counts, or the rule knows no session.
    """
    act = begin(session, duty_id, "set_day", by=by, now=now, today=today)
    duty = act.duty
    row = dates.living(session, duty, STATUTORY)
    if row is None:
        raise NotFound
    law, first, before = Law(law_queries.rulebook(session), workdays.calendar(session)), duty.first_due, duty.reply_due
    made = {"event": row.event, "event_on": row.event_on, "cause": "session", "since": today, "by": by, "now": now, "law": law}
    dates.start(session, duty, given=day, **made)  # type: ignore[arg-type]
    duty.first_due = first or duty.first_due
    return finish(session, act, changes={"reply_due": (before, duty.reply_due)}, reason=reason or None)


def review(session: Session, duty_id: int, *, on: date, note: str, next_on: date | None = None, by: Identity, now: datetime, today: date) -> Duty:
    """Note that a continuous duty was looked at, with what was seen; the next look lies a rhythm later, or on `next_on`. It is never late."""
    act = begin(session, duty_id, "review", by=by, now=now, today=today)
    duty = act.duty
    wanted(note=note)
    not_future("on", on, today)
    on_or_after("on", on, duty.start_on, say("ngày bắt đầu"))
    row = dates.living(session, duty, STATUTORY)
    rhythm = row.length if row is not None and row.length else HALF_A_YEAR
    before, duty.review_on = duty.review_on, next_on or next_review(duty.start_on, rhythm, on)
    if next_on is not None:
        on_or_after("next_on", next_on, on + dates.ONE, say("ngày xem lại"))
    return finish(session, act, changes={"reviewed_on": (None, on), "review_on": (before, duty.review_on)}, reason=note)
