"""What an ended agency still owes, and who stands in for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.areas import queries as areas
from petitions.core.identity import Identity
from petitions.duties import subjects
from petitions.duties.models.duty import Duty
from petitions.duties.queries.reading import visible
from petitions.duties.succession import Owed, Proposal, propose
from petitions.duties.workflow import ENDED

MOST = 1000


def ended_holders(session: Session, identity: Identity, *, now: datetime, today: date) -> Mapping[int, int]:
    """Agencies that live no more and still hold open duties that `identity` may see, with how many."""
    query = select(Duty.agency_id, func.count()).where(Duty.state.not_in(ENDED), visible(identity, now)).group_by(Duty.agency_id).order_by(Duty.agency_id)
    known = agencies.directory(session).agencies
    return {number: n for number, n in session.execute(query) if number in known and not known[number].lives(today)}


def proposals(session: Session, agency_id: int, identity: Identity, *, now: datetime, today: date, limit: int = MOST) -> Sequence[Proposal]:
    """The hand-over that is proposed for the agency's open duties, at most `limit` at a time, oldest first."""
    query = select(Duty).where(Duty.agency_id == agency_id, Duty.state.not_in(ENDED), visible(identity, now)).order_by(Duty.start_on, Duty.id)
    rows = session.scalars(query.limit(limit)).all()
    captions = subjects.captions(session, [(row.subject_kind, row.subject_id) for row in rows])
    owed = [_owed(session, row, captions[row.subject_kind, row.subject_id], today) for row in rows]
    return propose(agencies.directory(session), agency_id, today, owed)


def _owed(session: Session, row: Duty, caption: subjects.Caption, today: date) -> Owed:
    if caption.unit_id is None:
        return Owed(row.id, caption.code, caption.text)
    steps = areas.successors(session, caption.unit_id, today)
    ground = tuple(step.unit_id for step in steps)
    return Owed(row.id, caption.code, caption.text, caption.unit_id, ground, divided=len(ground) > 1)
