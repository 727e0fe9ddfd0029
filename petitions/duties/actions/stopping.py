"""Suspension: the clock stands still for a reason; what was left, in the rule's own unit, is left when it runs again. The law's day never moves."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties import clocks
from petitions.duties.actions import dates
from petitions.duties.actions.acts import begin, finish, not_future, on_or_after, wanted
from petitions.duties.actions.dates import When
from petitions.duties.models.duty import Duty, DutyDate
from petitions.duties.models.time import Suspension
from petitions.workdays import queries as workdays
from petitions.workdays.counting import Unit, left, resumed

COUNTED = (Unit.WORKING_DAY.value, Unit.CALENDAR_DAY.value)


def suspend(session: Session, duty_id: int, *, reason: str, on: date, by: Identity, now: datetime, today: date) -> Suspension:
    """Stop the clock that runs, from `on`. Refused when no day runs, or when it has passed: lateness is not suspended away."""
    act = begin(session, duty_id, "suspend", by=by, now=now, today=today)
    duty = act.duty
    wanted(reason=reason)
    not_future("on", on, today)
    clock = clocks.running(duty.state)
    row = dates.living(session, duty, clock) if clock else None
    if row is None or row.due_on is None:
        raise RuleBroken(say("Việc này không có hạn nào đang chạy."))
    on_or_after("on", on, max(row.since, row.event_on) if row.event_on <= today else row.since, say("ngày bắt đầu tính hạn"))
    if on > row.due_on:
        raise RuleBroken(say("Hạn {day} đã qua, không tạm dừng được; hãy dùng gia hạn.", day=format_day(row.due_on)))
    unit = _unit(session, duty, row)
    calendar = workdays.calendar(session)
    remaining = left(calendar, on, row.due_on, unit)
    stop = Suspension(duty_id=duty.id, clock=row.clock, suspended_on=on, due_on=row.due_on, remaining=remaining, unit=unit.value, reason=reason)
    stop.suspended_by = by.user_id
    session.add(stop)
    made = {"cause": "suspension", "since": on, "by": by, "now": now, "calendar": calendar, "reason": reason}
    still = When(None, "suspended", on, unit.value, remaining, rule=row.rule_version_id)
    was = row.due_on
    dates.put(session, duty, row.clock, still, **made)  # type: ignore[arg-type]
    setattr(duty, dates.COLUMNS[row.clock], was)  # the last day stays in view; `suspended_on` says that it does not run
    duty.suspended_on = on
    finish(session, act, changes={"suspended_on": (None, on), "remaining": (None, remaining), "unit": (None, unit.value)}, reason=reason)
    return stop


def resume(session: Session, duty_id: int, *, on: date, reason: str = "", by: Identity, now: datetime, today: date) -> Duty:
    """Let the clock run again from `on`, with what was left of it. Resumed on the day it was suspended, nothing has changed."""
    act = begin(session, duty_id, "resume", by=by, now=now, today=today)
    duty = act.duty
    not_future("on", on, today)
    stop = _running(session, duty)
    on_or_after("on", on, stop.suspended_on, say("ngày tạm dừng"))
    due = _run(session, duty, stop, on=on, reason=reason, by=by, now=now)
    return finish(session, act, changes={"suspended_on": (stop.suspended_on, None), stop.clock: (stop.due_on, due)}, reason=reason or None)


def let_run(session: Session, duty: Duty, *, on: date, by: Identity, now: datetime) -> None:
    """An answer came while the clock stood still: the suspension ends with it, on the day of the answer."""
    if duty.suspended_on is not None:
        stop = _running(session, duty)
        _run(session, duty, stop, on=max(on, stop.suspended_on), reason="", by=by, now=now)


def _run(session: Session, duty: Duty, stop: Suspension, *, on: date, reason: str, by: Identity, now: datetime) -> date:
    """End a suspension on `on`; the day to which what was left of the clock runs."""
    calendar = workdays.calendar(session)
    due = stop.due_on if on == stop.suspended_on else resumed(calendar, on, stop.remaining, Unit(stop.unit))
    stop.resumed_on, stop.resumed_due, stop.resumed_by, stop.resume_reason = on, due, by.user_id, reason
    row = dates.living(session, duty, stop.clock)
    rule = row.rule_version_id if row else None
    when = When(due, "resumed", on, rule=rule) if on == stop.suspended_on else When(due, "resumed", on, stop.unit, stop.remaining, rule=rule)
    made = {"cause": "resume", "since": on, "by": by, "now": now, "calendar": calendar, "reason": reason}
    dates.put(session, duty, stop.clock, when, **made)  # type: ignore[arg-type]
    duty.suspended_on = None
    return due


def _running(session: Session, duty: Duty) -> Suspension:
    stop = session.scalar(select(Suspension).where(Suspension.duty_id == duty.id, Suspension.resumed_on.is_(None)))
    if stop is None:
        raise Conflict(say("Hạn không tạm dừng."))
    return stop


def _unit(session: Session, duty: Duty, row: DutyDate) -> Unit:
    """In what the clock counts: its own unit; for a day that was merely named (a letter, an extension), that of the law's clock."""
    if row.unit in COUNTED:
        return Unit(row.unit)
    law = dates.living(session, duty, clocks.STATUTORY) if row.clock == clocks.REPLY else None
    return Unit(law.unit) if law is not None and law.unit in COUNTED else Unit.CALENDAR_DAY
