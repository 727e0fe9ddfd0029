"""Extension: a later day, asked for with a reason, decided by another person, so often as the office allows. Every former day stays listed."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say, say_n
from petitions.duties import clocks, hearing
from petitions.duties.actions import dates
from petitions.duties.actions.acts import begin, finish, not_future, wanted
from petitions.duties.actions.dates import Law, When
from petitions.duties.actions.judging import promise_day
from petitions.duties.clocks import RESOLUTION
from petitions.duties.models.answers import Commitment
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import ASKED, GRANTED, REFUSED, Extension
from petitions.duties.queries import rules as law_queries
from petitions.workdays import queries as workdays


def ask_extension(session: Session, duty_id: int, *, wanted_on: date, reason: str, asked_on: date, by: Identity, now: datetime, today: date) -> Extension:
    """Ask for a later day on the clock that runs (reply, re-ask, or the promised day). RuleBroken when it was extended as often as is allowed."""
    act = begin(session, duty_id, "ask_extension", "record_extension", by=by, now=now, today=today)
    duty = act.duty
    wanted(reason=reason)
    not_future("asked_on", asked_on, today)
    clock = clocks.running(duty.state)
    if clock is None or duty.next_due is None:
        raise RuleBroken(say("Việc này không có hạn nào đang chạy."))
    _later("wanted_on", wanted_on, duty.next_due)
    most = law_queries.settings(session).max_extensions
    granted = select(func.count()).select_from(Extension).where(Extension.duty_id == duty.id, Extension.clock == clock, Extension.state == GRANTED)
    if (session.scalar(granted) or 0) >= most:
        raise RuleBroken(say_n("Hạn này đã được gia hạn {n} lần, là số lần nhiều nhất.", "Hạn này đã được gia hạn {n} lần, là số lần nhiều nhất.", most))
    asked = Extension(duty_id=duty.id, clock=clock, was_on=duty.next_due, wanted_on=wanted_on, reason=reason, asked_on=asked_on, state=ASKED)
    asked.asked_by = by.user_id
    session.add(asked)
    finish(session, act, changes={"wanted_on": (duty.next_due, wanted_on)}, reason=reason)
    hearing.extension_asked(session, duty, wanted_on, by=by, now=now)
    return asked


def decide_extension(
    session: Session, duty_id: int, *, grant: bool, decision: str, until: date | None = None, by: Identity, now: datetime, today: date
) -> Duty:
    """Grant (until the day asked for, or another later one) or refuse; by another person than the one who asked. The law's day does not move."""
    act = begin(session, duty_id, "decide_extension", by=by, now=now, today=today)
    duty = act.duty
    wanted(decision=decision)
    asked = session.scalar(select(Extension).where(Extension.duty_id == duty_id, Extension.state == ASKED))
    if asked is None:
        raise Conflict(say("Chưa có đề nghị gia hạn nào chờ quyết định."))
    if asked.clock != clocks.running(duty.state):
        raise Conflict(say("Hạn được xin gia hạn không còn chạy nữa."))
    asked.decision, asked.decided_on, asked.decided_by = decision, today, by.user_id
    if not grant:
        asked.state = REFUSED
        hearing.extension_decided(session, duty, None, by=by, now=now)
        return finish(session, act, changes={"extension": (ASKED, REFUSED)}, reason=decision)
    day = until or asked.wanted_on
    was = duty.next_due or asked.was_on
    _later("until", day, max(was, asked.was_on))
    asked.state, asked.granted_on = GRANTED, day
    law = Law(law_queries.rulebook(session), workdays.calendar(session))
    if asked.clock == RESOLUTION:
        promise_day(session, duty, day, item=None, text=_promised(session, duty), cause="extension", on=today, law=law, act=act, reason=asked.reason)
    else:
        made = {"cause": "extension", "since": today, "by": by, "now": now, "calendar": law.calendar, "reason": asked.reason}
        dates.put(session, duty, asked.clock, When(day, "extended", today), **made)  # type: ignore[arg-type]
    hearing.extension_decided(session, duty, day, by=by, now=now)
    return finish(session, act, changes={"extension": (ASKED, GRANTED), asked.clock: (was, day)}, reason=decision)


def _later(name: str, day: date, than: date) -> None:
    if day <= than:
        raise Invalid({name: [say("Ngày gia hạn phải sau hạn đang có ({day}).", day=format_day(than))]})


def _promised(session: Session, duty: Duty) -> str:
    """What was promised: an extension postpones it, it does not change it."""
    return session.scalar(select(Commitment.text).where(Commitment.duty_id == duty.id).order_by(Commitment.id.desc()).limit(1)) or ""
