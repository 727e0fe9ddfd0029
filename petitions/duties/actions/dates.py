"""Setting dates: every date that a clock gets is a row with its reason; the one before it is ended, never overwritten."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.duties import rules
from petitions.duties.clocks import ACK, LETTER, REASK, REPLY, RESOLUTION, STATUTORY
from petitions.duties.models.duty import Duty, DutyDate
from petitions.duties.rules import Rulebook
from petitions.workdays.calendar import Calendar
from petitions.workdays.counting import Unit, next_review

COLUMNS = {ACK: "acknowledge_due", STATUTORY: "statutory_due", LETTER: "letter_due", REPLY: "reply_due", REASK: "reask_due", RESOLUTION: "resolution_due"}
FIXED = "fixed_date"
HALF_A_YEAR = 6  # months: a continuous duty is looked at once a session, where its rule names no rhythm
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """A date and what it was counted from. `length` is signed; `rule` the id of the version that made it."""

    due_on: date | None
    event: str
    event_on: date
    unit: str = FIXED
    length: int = 0
    to_workday: bool = False
    rule: int | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """What dates are counted by."""

    rulebook: Rulebook
    calendar: Calendar


def by_rule(law: Law, code: str, event_on: date, *, given: date | None = None, event: str | None = None) -> When:
    """The date that rule `code` makes of the event; RuleBroken when it was not in force on that day."""
    due = rules.due(law.rulebook, law.calendar, code, event_on, given=given, event=event)
    version = due.rule_version
    return When(due.date, event or version.start_event, event_on, version.unit.value, version.signed, version.to_workday, version.id)


def put(
    session: Session,
    duty: Duty,
    clock: str,
    when: When,
    *,
    cause: str,
    since: date,
    by: Identity,
    now: datetime,
    calendar: Calendar,
    reason: str = "",
    fresh: bool = False,
) -> DutyDate:
    """Give `clock` of the duty this date from `since` on: the column that counts, and the row that says why. `fresh`: it never had one."""
    if not fresh:
        end(session, duty, clock, since)
    row = DutyDate(
        duty_id=duty.id,
        clock=clock,
        due_on=when.due_on,
        event=when.event,
        event_on=when.event_on,
        length=when.length,
        unit=when.unit,
        to_workday=when.to_workday,
        rule_version_id=when.rule,
        calendar_version=calendar.version,
        cause=cause,
        reason=reason,
        since=since,
        made_by=by.user_id,
        made_at=now,
    )
    session.add(row)
    setattr(duty, COLUMNS[clock], when.due_on)
    return row


def end(session: Session, duty: Duty, clock: str, on: date) -> None:
    """The clock's present date counts no more from `on`."""
    session.execute(update(DutyDate).where(DutyDate.duty_id == duty.id, DutyDate.clock == clock, DutyDate.until.is_(None)).values(until=on))


def living(session: Session, duty: Duty, clock: str) -> DutyDate | None:
    """The row of the date that counts now."""
    return session.scalar(select(DutyDate).where(DutyDate.duty_id == duty.id, DutyDate.clock == clock, DutyDate.until.is_(None)))


def start(
    session: Session,
    duty: Duty,
    *,
    event: str,
    event_on: date,
    cause: str,
    since: date,
    by: Identity,
    now: datetime,
    law: Law,
    given: date | None = None,
    fresh: bool = False,
) -> None:
    """Start the reply's clock: the law's date, the letter's own if it names one, and the earlier of the two, which is the one that counts."""
    if duty.rule_code is None:
        raise ValueError("a duty without a rule has no clock to start")
    statutory = by_rule(law, duty.rule_code, event_on, given=given or duty.letter_due, event=event)
    made = {"cause": cause, "since": since, "by": by, "now": now, "calendar": law.calendar, "fresh": fresh}
    put(session, duty, STATUTORY, statutory, **made)  # type: ignore[arg-type]
    counts = statutory
    if duty.letter_due is not None:
        named = When(duty.letter_due, "letter_names", duty.letter_on or event_on)
        if fresh or living(session, duty, LETTER) is None:
            put(session, duty, LETTER, named, **made)  # type: ignore[arg-type]
        if statutory.due_on is None or duty.letter_due < statutory.due_on:
            counts = named
    put(session, duty, REPLY, counts, **made)  # type: ignore[arg-type]
    duty.start_on, duty.rule_version_id, duty.first_due = event_on, statutory.rule, counts.due_on
    if statutory.unit == Unit.CONTINUOUS:
        duty.review_on = next_review(event_on, statutory.length or HALF_A_YEAR, event_on)


def moved(when: When, due_on: date | None) -> When:
    """The same clock on another day."""
    return replace(when, due_on=due_on)
