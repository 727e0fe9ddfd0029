"""Duties that need no letter of transfer: a document that was issued itself says who owes what by when (recommendations of a conclusion)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.duties import subjects
from petitions.duties.actions import dates
from petitions.duties.actions.acts import KIND, settle
from petitions.duties.actions.dates import FIXED, Law, When
from petitions.duties.clocks import REASK, next_due
from petitions.duties.models.duty import Duty, DutyHolder
from petitions.duties.queries import rules as law_queries
from petitions.duties.workflow import ACKNOWLEDGED, CLOSED, ENDED, REASKED, SENT, UNDER_REVIEW
from petitions.journal.actions import record
from petitions.workdays import queries as workdays


@dataclass(frozen=True, slots=True)
class Owed:
    """What one agency owes on one subject since the day of a document, by a rule; `due_on` the day that the document names, if any."""

    body_id: int
    subject_kind: str
    subject_id: int
    agency_id: int
    part: str
    rule_code: str
    since: date
    due_on: date | None = None


def owe(session: Session, owed: Sequence[Owed], *, by: Identity, now: datetime) -> list[Duty]:
    """Make the duties; their clocks start on the day of the document. RuleBroken when a rule was not in force on that day."""
    law = Law(law_queries.rulebook(session), workdays.calendar(session))
    made = [_duty(one, now) for one in owed]
    session.add_all(made)
    session.flush()
    for duty, one in zip(made, owed, strict=True):
        session.add(DutyHolder(duty_id=duty.id, agency_id=duty.agency_id, from_on=one.since, cause="issue", made_by=by.user_id, made_at=now))
        dates.start(
            session, duty, event="conclusion", event_on=one.since, cause="issue", since=one.since, by=by, now=now, law=law, given=one.due_on, fresh=True
        )
        duty.next_due = next_due(duty)
        record(session, "duty.send", (KIND, duty.id), by=by, now=now, changes={"state": (None, SENT), "due": (None, duty.reply_due)})
    session.flush()
    subjects.linked(session, [(duty.subject_kind, duty.subject_id, duty.id) for duty in made])
    return made


def _duty(one: Owed, now: datetime) -> Duty:
    return Duty(
        body_id=one.body_id,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        part=one.part,
        agency_id=one.agency_id,
        state=SENT,
        recipient_kind="direct",
        rule_code=one.rule_code,
        letter_on=one.since,
        start_on=one.since,
        made_at=now,
        version=1,
    )


def received(session: Session, duty: Duty, on: date, *, by: Identity, now: datetime) -> None:
    """Who reports on a demand has received it. Its clock began on the day of the document already."""
    if duty.state == SENT:
        duty.received_on, duty.acknowledged_at = on, now
        settle(session, duty, "acknowledge", ACKNOWLEDGED, by=by, now=now, changes={"received_on": (None, on)}, tell=False)


def waits_for_office(session: Session, duty: Duty, *, by: Identity, now: datetime, reason: str) -> None:
    """The agency reported it done: its clock stands while the supervising side looks. The subject's room has noted the report itself."""
    if duty.state not in ENDED:
        settle(session, duty, "reported_done", UNDER_REVIEW, by=by, now=now, reason=reason, tell=False)


def owed_again(session: Session, duty: Duty, due_on: date | None, *, by: Identity, now: datetime, today: date, reason: str) -> None:
    """What was reported was not good enough, or it is taken up again: the agency owes it by `due_on`."""
    calendar = workdays.calendar(session)
    dates.put(
        session,
        duty,
        REASK,
        When(due_on, "asked_again", today, FIXED),
        cause="reask",
        since=today,
        by=by,
        now=now,
        calendar=calendar,
        reason=reason,
        fresh=duty.reask_due is None,
    )
    duty.closed_on = duty.closed_by = duty.closed_as = None
    settle(session, duty, "sent_back", REASKED, by=by, now=now, reason=reason, tell=False)


def ended(session: Session, duty: Duty, how: str, *, by: Identity, now: datetime, today: date, reason: str) -> None:
    """The supervising side closed what it is about: nothing is owed any more. `how`: at most 20 letters, as the subject's room calls it."""
    if duty.state not in ENDED:
        duty.closed_on, duty.closed_by, duty.closed_as, duty.close_reason = today, by.user_id, how[:20], reason
        settle(session, duty, "close", CLOSED, by=by, now=now, reason=reason, tell=False)
