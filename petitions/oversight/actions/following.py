"""What every act on a recommendation does: held for writing, its progress and dates as rows with validity, noted, told to the index."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from petitions.core.errors import Stale
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.council.models import CouncilSession, Term
from petitions.duties.actions import acts, dates, direct
from petitions.duties.actions.acts import INDEX
from petitions.duties.actions.dates import When
from petitions.duties.clocks import REASK, REPLY
from petitions.duties.models.duty import Duty
from petitions.duties.workflow import REASKED, RUNNING
from petitions.journal.actions import record
from petitions.outbox.actions import promise
from petitions.oversight import hearing, timing
from petitions.oversight.models.recommendation import Recommendation, RecommendationDate, RecommendationDuty, RecommendationStep
from petitions.oversight.models.report import ReportDue
from petitions.oversight.queries import reading
from petitions.oversight.workflow import target
from petitions.workdays import queries as workdays

KIND = "recommendation"


def begin(session: Session, recommendation_id: int, move: str, *, by: Identity, version: int | None = None) -> tuple[Recommendation, str]:
    """Hold the recommendation once `by` may make the move: it, and the progress to which the move leads. NotFound, Stale, NotAllowed, WrongState."""
    row = reading.locked(session, recommendation_id)
    if version is not None and row.version != version:
        raise Stale(say("Kiến nghị này vừa được người khác cập nhật. Hãy xem lại rồi làm tiếp."), current=row)
    return row, target(move, reading.facts(session, row), by)


def step(
    session: Session,
    row: Recommendation,
    progress: str,
    act: str,
    *,
    by: Identity,
    now: datetime,
    today: date,
    reason: str = "",
    decision: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """The end of every act: the progress from today on, a line of the journal, the index."""
    noted = dict(changes or {})
    if progress != row.progress:
        noted["progress"] = (row.progress, progress)
    living = RecommendationStep.recommendation_id == row.id, RecommendationStep.until.is_(None)
    session.execute(update(RecommendationStep).where(*living).values(until=today))
    session.add(
        RecommendationStep(
            recommendation_id=row.id,
            progress=progress,
            since=today,
            act=act,
            done_on=row.done_on,
            impossible=bool(row.impossible),
            reason=reason,
            decision=decision,
            made_by=by.user_id,
            made_by_name=by.name,
            made_at=now,
        )
    )
    row.progress, row.version = progress, (row.version or 0) + 1
    session.flush()
    record(session, f"recommendation.{act}", (KIND, row.id), by=by, now=now, changes=noted, reason=reason or None)
    promise(session, INDEX, (KIND, row.id), now=now)
    hearing.moved(session, row, act, by=by, now=now)


def put_due(session: Session, row: Recommendation, due_on: date | None, cause: str, *, now: datetime, today: date, reason: str = "") -> None:
    """Another due day from today on; those before it stay."""
    session.execute(update(RecommendationDate).where(RecommendationDate.recommendation_id == row.id, RecommendationDate.until.is_(None)).values(until=today))
    session.add(RecommendationDate(recommendation_id=row.id, due_on=due_on, cause=cause, reason=reason, since=today, made_at=now))
    row.due_on = due_on
    session.flush()


def duties(session: Session, row: Recommendation, agency_ids: Sequence[int] | None = None) -> list[Duty]:
    """Its duties, held for writing; those of some agencies only when asked."""
    query = select(Duty).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id).where(RecommendationDuty.recommendation_id == row.id)
    if agency_ids is not None:
        query = query.where(Duty.agency_id.in_(agency_ids))
    return list(session.scalars(query.order_by(Duty.id).with_for_update(of=Duty)))


def end_duties(session: Session, row: Recommendation, how: str, *, by: Identity, now: datetime, today: date, reason: str) -> None:
    """Nothing is owed any more, and no report is due any more."""
    for duty in duties(session, row):
        direct.ended(session, duty, how, by=by, now=now, today=today, reason=reason)
    open_ = ReportDue.recommendation_id == row.id, ReportDue.item_id.is_(None), ReportDue.ended_on.is_(None), ReportDue.due_on >= today
    session.execute(update(ReportDue).where(*open_).values(ended_on=today))


def lay_out(session: Session, row: Recommendation, since: date, *, today: date) -> None:
    """Lay out the due days of reports that the rhythm asks for after `since`, for two years or up to the demand's last day."""
    if row.rhythm is None:
        return
    until = max(row.due_on, today) if row.due_on else max(since, today) + timedelta(days=timing.AHEAD)
    openings = select(CouncilSession.opened_on).join(Term, Term.id == CouncilSession.term_id).where(Term.body_id == row.body_id)
    known = [day for day in session.scalars(openings) if day is not None]
    held = set(session.scalars(select(ReportDue.due_on).where(ReportDue.recommendation_id == row.id)))
    days = timing.report_days(row.rhythm, since, until, known)
    session.add_all(ReportDue(recommendation_id=row.id, due_on=day, rhythm=row.rhythm) for day in days if day not in held)
    session.flush()


def move_duties(session: Session, row: Recommendation, due_on: date, *, by: Identity, now: datetime, today: date, reason: str) -> None:
    """The clocks of its duties run to another day; what the rule made of it stays as the first and statutory day."""
    calendar = workdays.calendar(session)
    for duty in duties(session, row):
        if duty.state in RUNNING:
            when = When(due_on, "conclusion", today)
            clock = REASK if duty.state == REASKED else REPLY
            dates.put(session, duty, clock, when, cause="extension", since=today, by=by, now=now, calendar=calendar, reason=reason)
            acts.settle(session, duty, "moved", duty.state, by=by, now=now, reason=reason, tell=False)
