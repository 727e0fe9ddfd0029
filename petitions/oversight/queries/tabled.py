"""What is to be reported to the Council, and what was: the last rung of the ladder."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from petitions.council.models import CouncilSession, Term
from petitions.duties.models.duty import Duty
from petitions.duties.urging.models import TAKEN, UrgingDecision
from petitions.duties.urging.queries import candidates
from petitions.duties.urging.queries.ladder import Ground
from petitions.duties.workflow import RUNNING
from petitions.oversight.models.escalation import CouncilReport

RUNG = "council"


def waiting(session: Session, today: date) -> ColumnElement[bool]:
    """The condition on `Duty` for what stands on the last rung: proposed for it, or taken for it and still running past the same day."""
    ground = Ground.read(session, today)
    rungs = candidates.lists(ground).get(RUNG, [])
    own = UrgingDecision.duty_id == Duty.id, UrgingDecision.rung_code == RUNG, UrgingDecision.due_on == Duty.next_due, UrgingDecision.decision == TAKEN
    taken = and_(Duty.state.in_(RUNNING), Duty.suspended_on.is_(None), Duty.next_due < today, exists().where(*own).correlate(Duty))
    return or_(candidates.proposed(ground, rungs), taken) if rungs else taken


def reported(council_session_id: int) -> Select[Any]:
    """The duties that were reported at a session."""
    return select(CouncilReport.duty_id).where(CouncilReport.council_session_id == council_session_id).order_by(CouncilReport.id)


def waiting_ids(session: Session, council_session_id: int | None, seen: ColumnElement[bool], today: date, *, most: int) -> list[int]:
    """What is still to be reported at this session, the longest late first."""
    query = select(Duty.id).where(seen, waiting(session, today))
    if council_session_id is not None:
        query = query.where(Duty.id.not_in(reported(council_session_id).order_by(None)))
    return list(session.scalars(query.order_by(Duty.next_due, Duty.id).limit(most)))


def reports(session: Session, council_session_id: int, seen: ColumnElement[bool], *, most: int) -> list[CouncilReport]:
    """What was reported at this session, in the order in which it was noted."""
    query = select(CouncilReport).join(Duty, Duty.id == CouncilReport.duty_id).where(CouncilReport.council_session_id == council_session_id, seen)
    return list(session.scalars(query.order_by(CouncilReport.id).limit(most)))


def duties(session: Session, ids: Sequence[int]) -> Sequence[Duty]:
    """The duties themselves."""
    return session.scalars(select(Duty).where(Duty.id.in_(ids)).order_by(Duty.id)).all() if ids else ()


def body_of(session: Session, council_session_id: int) -> int:
    """Whose session it is; 0 when there is none."""
    query = select(Term.body_id).join(CouncilSession, CouncilSession.term_id == Term.id).where(CouncilSession.id == council_session_id)
    return session.scalar(query) or 0
