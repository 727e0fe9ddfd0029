"""What an activity may be opened on: a candidate that was taken, a recommendation, a document, an item by its code; and of which kind it may be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotFound
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties.models.duty import Duty
from petitions.duties.urging.models import TAKEN, UrgingDecision
from petitions.duties.workflow import LEAD, RECALLED, REROUTED
from petitions.intake.models import Petition
from petitions.oversight.actions.programme import valid
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.programme import SupervisionActivity, SupervisionKind
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.queries import programme, reading

EXPLANATION, QUESTIONING, REQUESTIONING, AGAIN = "explanation", "questioning", "requestioning", "resupervision"
FAMILIES: Mapping[str, str] = {one: one for one in (EXPLANATION, QUESTIONING, REQUESTIONING, AGAIN)}  # rung → kind of supervision
MOST = 100
GONE = (RECALLED, REROUTED)
PETITION = "petition"


def of_decision(session: Session, decision_id: int, bodies: Collection[int], seen: ColumnElement[bool]) -> tuple[UrgingDecision, Duty]:
    """The candidate that was taken, and its duty; NotFound."""
    query = select(UrgingDecision, Duty).join(Duty, Duty.id == UrgingDecision.duty_id).where(UrgingDecision.id == decision_id, seen)
    row = session.execute(query.where(UrgingDecision.decision == TAKEN, Duty.body_id.in_(sorted(bodies)))).one_or_none()
    if row is None:
        raise NotFound(say("Không có đề nghị này, hoặc đề nghị không được nhận."))
    return row[0], row[1]


def of_recommendation(session: Session, code: str, document_id: int | None, who: Identity) -> tuple[Recommendation | None, IssuedDocument]:
    """The recommendation of a code and its document, or the document alone; NotFound."""
    if document_id:
        return None, reading.document(session, document_id, who)
    row = reading.by_code(session, code, who)
    return row, reading.document(session, row.document_id, who)


def leading(session: Session, document_id: int | None, recommendation_id: int | None, bodies: Collection[int]) -> Sequence[Duty]:
    """The leading duties of a document's recommendations, or of one; in their order."""
    query = select(Duty).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id)
    query = query.join(Recommendation, Recommendation.id == RecommendationDuty.recommendation_id).where(Duty.part == LEAD, Duty.state.not_in(GONE))
    own = Recommendation.id == recommendation_id if recommendation_id is not None else Recommendation.document_id == document_id
    return session.scalars(query.where(own, Duty.body_id.in_(sorted(bodies))).order_by(Recommendation.position, Duty.id).limit(MOST)).all()


def by_code(session: Session, body_id: int, code: str) -> Sequence[Duty]:
    """The leading duties of a recommendation's or a petition's code."""
    code = code.strip().upper()
    demand = select(Recommendation.id).where(Recommendation.code == code, Recommendation.made_on.is_not(None))
    petition = select(Petition.id).where(Petition.code == code, Petition.deleted_at.is_(None))
    ways = or_(
        and_(Duty.subject_kind == "recommendation", Duty.subject_id.in_(demand)),
        and_(Duty.subject_kind == PETITION, Duty.subject_id.in_(petition)),
    )
    own = Duty.part == LEAD, Duty.state.not_in(GONE), Duty.body_id == body_id
    return session.scalars(select(Duty).where(ways, *own).order_by(Duty.id).limit(MOST)).all()


def kind_on(session: Session, family: str, day: date) -> str:
    """The code of the kind that holds on a day; Invalid when none does."""
    for kind in programme.kinds(session):
        if kind.code.partition(":")[0] == family and valid(kind, day.year, day):
            return kind.code
    raise Invalid({"family": [say("Hình thức giám sát này không có hiệu lực vào thời gian của hoạt động.")]})


def families(session: Session, today: date) -> dict[str, SupervisionKind]:
    """The kinds that an activity may be opened as, as they stand today."""
    found: dict[str, SupervisionKind] = {}
    for kind in programme.kinds(session):
        family = kind.code.partition(":")[0]
        if family in FAMILIES and (family not in found or valid(kind, today.year, today)):
            found[family] = kind
    return {family: found[family] for family in FAMILIES if family in found}


def joinable(session: Session, body_id: int) -> Sequence[SupervisionActivity]:
    """The activities of these kinds to which items may be added, newest first."""
    codes = [kind.code for kind in programme.kinds(session) if kind.code.partition(":")[0] in FAMILIES]
    query = select(SupervisionActivity).where(SupervisionActivity.body_id == body_id, SupervisionActivity.kind_code.in_(codes))
    return session.scalars(query.order_by(SupervisionActivity.year.desc(), SupervisionActivity.id.desc()).limit(MOST)).all()
