"""Petitions for lists that ask nothing of anybody: those sent to a session (annex I), and those answered, for the deputy group of their ground (annex III)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.paging import Page
from petitions.council import queries as council
from petitions.council.models import Body, CouncilSession, DeputyGroup, Term
from petitions.duties import bundling
from petitions.duties.models.answers import AnswerItem, AnswerLetter
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, BundleItem
from petitions.duties.queries.queues import SETTLED
from petitions.duties.workflow import LEAD
from petitions.intake.following.candidates import KIND, Candidate, rows_of
from petitions.intake.following.models import PetitionDuty
from petitions.intake.models import Petition
from petitions.intake.queries.reading import visible
from petitions.intake.workflow import IN_REGISTER

MOST = 500  # places offered


@dataclass(frozen=True, slots=True)
class Place:
    """A session or a deputy group that a list can be made for; `count`: petitions that are in no list for it yet."""

    id: int
    body_id: int
    label: str
    body: str
    count: int
    constituency_id: int | None = None


def sessions(session: Session, identity: Identity) -> list[Place]:
    """Sessions of the own bodies with petitions, the newest first; one statement."""
    query = select(CouncilSession, Term.body_id, Body.short_name, func.count(Petition.id)).join(Term, Term.id == CouncilSession.term_id)
    query = query.join(Body, Body.id == Term.body_id).join(Petition, Petition.council_session_id == CouncilSession.id).where(*_of_sessions(identity))
    query = query.group_by(CouncilSession.id, Term.body_id, Body.short_name, Term.number).order_by(Term.number.desc(), CouncilSession.id.desc()).limit(MOST)
    return [Place(row.id, body_id, str(council.session_label(row)), body, n) for row, body_id, body, n in session.execute(query)]


def groups(session: Session, identity: Identity) -> list[Place]:
    """Deputy groups of the own bodies' newest terms, with how many answered petitions of their constituency they were not told; one statement."""
    bodies = sorted(identity.scope("body"))
    newest = select(func.max(Term.number)).join(DeputyGroup, DeputyGroup.term_id == Term.id).where(Term.body_id == Body.id).correlate(Body).scalar_subquery()
    counted = select(Petition.body_id, Petition.constituency_id, func.count().label("n")).where(*_answered(identity))
    of = counted.group_by(Petition.body_id, Petition.constituency_id).subquery()
    query = select(DeputyGroup.id, Body.id, DeputyGroup.name, Body.short_name, func.coalesce(of.c.n, 0), DeputyGroup.constituency_id)
    query = query.join(Term, Term.id == DeputyGroup.term_id).join(Body, Body.id == Term.body_id)
    query = query.outerjoin(of, and_(of.c.body_id == Body.id, of.c.constituency_id == DeputyGroup.constituency_id))
    rows = session.execute(query.where(Body.id.in_(bodies), Term.number == newest).order_by(Body.id, DeputyGroup.number, DeputyGroup.id).limit(MOST))
    return [Place(number, body, name, short, n, ground) for number, body, name, short, n, ground in rows]


def of_session(identity: Identity, place: Place) -> list[ColumnElement[bool]]:
    """The condition of the petitions that the list of a session still lacks."""
    return [*_of_sessions(identity), Petition.council_session_id == place.id]


def of_group(identity: Identity, place: Place, *, anywhere: bool) -> list[ColumnElement[bool]]:
    """The condition of the answered petitions that a group may be told; `anywhere`: of other ground and of older terms' constituencies too."""
    return [*_answered(identity), Petition.body_id == place.body_id, *([] if anywhere else [Petition.constituency_id == place.constituency_id])]


def page_of(session: Session, where: Sequence[ColumnElement[bool]], number: int, *, size: int) -> Page[Candidate]:
    """One page of them, the oldest first."""
    total = session.scalar(select(func.count()).select_from(Petition).where(*where)) or 0
    number = max(1, min(number, -(-total // size) or 1))
    return Page(rows_of(session, where, size, (number - 1) * size), number, size, total)


def _own(identity: Identity) -> list[ColumnElement[bool]]:
    return [visible(identity), Petition.body_id.in_(sorted(identity.scope("body"))), Petition.state.in_(sorted(IN_REGISTER))]


def _in_list(kind: str) -> ColumnElement[bool]:
    of_petition = and_(BundleItem.subject_kind == KIND, BundleItem.subject_id == Petition.id, Bundle.id == BundleItem.bundle_id)
    return and_(of_petition, Bundle.kind == kind, Bundle.state != bundling.CANCELLED)


def _of_sessions(identity: Identity) -> list[ColumnElement[bool]]:
    listed = exists().where(_in_list(bundling.SESSION_LIST), Bundle.council_session_id == Petition.council_session_id)
    return [*_own(identity), ~listed.correlate(Petition)]


def _answered(identity: Identity) -> list[ColumnElement[bool]]:
    """The office has judged the lead's answer, and no list was made since the answer came."""
    told = exists().where(_in_list(bundling.ANSWERED), Bundle.made_at >= AnswerLetter.entered_at).correlate(Petition, AnswerLetter)
    way = and_(PetitionDuty.petition_id == Petition.id, Duty.id == PetitionDuty.duty_id)
    said = and_(AnswerItem.id == Duty.answer_item_id, AnswerLetter.id == AnswerItem.letter_id, AnswerLetter.withdrawn_on.is_(None))
    answered = exists().where(way, Duty.part == LEAD, Duty.state.in_(SETTLED), said, ~told).correlate(Petition)
    return [*_own(identity), answered]


def among(ids: Sequence[int]) -> ColumnElement[bool]:
    """One of these."""
    return Petition.id.in_(ids)
