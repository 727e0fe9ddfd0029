"""Who may see which recommendation and document; one by id or code with what its moves depend on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.documents.models import DocumentLink
from petitions.duties.models.duty import Duty
from petitions.oversight import parts
from petitions.oversight.models.document import CONFIRMED, Clause, IssuedDocument
from petitions.oversight.models.recommendation import Recommendation, RecommendationAgency, RecommendationDuty, RecommendationStep
from petitions.oversight.models.report import MET, AgencyReport, AgencyReportItem, RecommendationEvidence, Verification
from petitions.oversight.workflow import Facts

AUDITOR, CITY = "auditor", "city"
ASKED_AGAIN = ("send_back", "reopen")
MISSING = say("Không có kiến nghị này, hoặc bạn không được xem.")


def visible(who: Identity) -> ColumnElement[bool]:
    """The condition on `Recommendation` for what `who` may see: the Council's side all of its bodies, an agency what names it or what it owes,
    the People's Committee office what the city's agencies owe; only what a confirmed split follows."""
    followed = Recommendation.made_on.is_not(None)
    if who is SYSTEM:
        return followed
    if not who.may(Permission.OVERSIGHT_READ):
        return false()
    if AUDITOR in who.roles:
        return followed
    ways: list[ColumnElement[bool]] = []
    if bodies := who.scope("body"):
        ways.append(Recommendation.body_id.in_(sorted(bodies)))
    if agencies := sorted(who.scope("agency")):
        named = exists().where(RecommendationAgency.recommendation_id == Recommendation.id, RecommendationAgency.agency_id.in_(agencies))
        owed = exists().where(RecommendationDuty.recommendation_id == Recommendation.id, Duty.id == RecommendationDuty.duty_id, Duty.agency_id.in_(agencies))
        ways.append(or_(named.correlate(Recommendation), owed.correlate(Recommendation)))
    if who.may(Permission.DUTY_DISTRIBUTE):
        ways.append(
            exists()
            .where(
                RecommendationDuty.recommendation_id == Recommendation.id,
                Duty.id == RecommendationDuty.duty_id,
                Agency.id == Duty.agency_id,
                Agency.level == CITY,
            )
            .correlate(Recommendation)
        )
    return (or_(*ways) & followed) if ways else false()


def documents_seen(who: Identity) -> ColumnElement[bool]:
    """The condition on `IssuedDocument`: the Council's side sees its bodies', drafts too; others those that demand something of them."""
    if who is SYSTEM:
        return true()
    if not who.may(Permission.OVERSIGHT_READ):
        return false()
    if AUDITOR in who.roles:
        return IssuedDocument.state == CONFIRMED
    own = exists().where(Recommendation.document_id == IssuedDocument.id, visible(who))
    bodies = who.scope("body")
    return or_(own, IssuedDocument.body_id.in_(sorted(bodies))) if bodies else own


def document(session: Session, document_id: int, who: Identity) -> IssuedDocument:
    """The document, if `who` may see it; NotFound."""
    found = session.scalar(select(IssuedDocument).where(IssuedDocument.id == document_id, documents_seen(who)))
    if found is None:
        raise NotFound(say("Không có văn bản này, hoặc bạn không được xem."))
    return found


def held_document(session: Session, document_id: int) -> IssuedDocument:
    """The document, held for writing; NotFound."""
    query = select(IssuedDocument).where(IssuedDocument.id == document_id).with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("Không có văn bản này, hoặc bạn không được xem."))
    return found


def by_code(session: Session, code: str, who: Identity) -> Recommendation:
    """The recommendation, if `who` may see it; NotFound."""
    found = session.scalar(select(Recommendation).where(Recommendation.code == code, visible(who)))
    if found is None:
        raise NotFound(MISSING)
    return found


def locked(session: Session, recommendation_id: int) -> Recommendation:
    """The recommendation, held for writing until the end of the transaction; NotFound."""
    query = select(Recommendation).where(Recommendation.id == recommendation_id, Recommendation.made_on.is_not(None))
    found = session.scalar(query.with_for_update(of=Recommendation).execution_options(populate_existing=True))
    if found is None:
        raise NotFound(MISSING)
    return found


def last_item(session: Session, recommendation_id: int) -> AgencyReportItem | None:
    """What the last report said of it."""
    query = select(AgencyReportItem).where(AgencyReportItem.recommendation_id == recommendation_id)
    return session.scalar(query.order_by(AgencyReportItem.id.desc()).limit(1))


def facts(session: Session, row: Recommendation) -> Facts:
    """What the moves of a recommendation depend on."""
    owed = select(Duty.agency_id, Agency.level).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id).join(Agency, Agency.id == Duty.agency_id)
    owing = session.execute(owed.where(RecommendationDuty.recommendation_id == row.id)).all()
    last = (
        select(AgencyReportItem.id, AgencyReport.entered_by)
        .join(AgencyReport, AgencyReport.id == AgencyReportItem.report_id)
        .where(AgencyReportItem.recommendation_id == row.id)
    )
    item = session.execute(last.order_by(AgencyReportItem.id.desc()).limit(1)).first()
    found = select(Verification).where(Verification.recommendation_id == row.id, Verification.item_id == (item.id if item else None))
    verdict = session.scalar(found.order_by(Verification.id.desc()).limit(1))
    proofs = select(func.count()).select_from(RecommendationEvidence).where(RecommendationEvidence.recommendation_id == row.id)
    papers = select(func.count()).select_from(DocumentLink).where(*papers_of(row.id))
    evidence, files = session.execute(select(proofs.scalar_subquery(), papers.scalar_subquery())).one()
    met = verdict is not None and verdict.verdict == MET
    return Facts(
        progress=row.progress,
        body_id=row.body_id,
        agencies=frozenset(agency for agency, _ in owing),
        city_side=any(level == CITY for _, level in owing),
        evidence=bool(evidence or files),
        verified=met,
        verified_by=verdict.made_by if verdict is not None and met else None,
        reporters=frozenset({item.entered_by}) if item and item.entered_by is not None else frozenset(),
    )


def papers_of(recommendation_id: int) -> tuple[ColumnElement[bool], ...]:
    """The condition on `DocumentLink` for the files that are kept with it."""
    return (DocumentLink.subject_kind == "recommendation", DocumentLink.subject_id == recommendation_id, DocumentLink.removed_at.is_(None))


def source(session: Session, row: Recommendation) -> tuple[Clause, IssuedDocument]:
    """The clause of a recommendation that may be seen, and its document: who sees the one sees the other."""
    query = select(Clause, IssuedDocument).join(IssuedDocument, IssuedDocument.id == Clause.document_id)
    clause, document = session.execute(query.where(Clause.id == row.clause_id)).one()
    return clause, document


@dataclass(frozen=True, slots=True)
class Owner:
    """An agency that owes it."""

    agency_id: int
    name: str
    part: str
    state: str
    level: str
    duty_id: int


def owners(session: Session, recommendation_id: int) -> list[Owner]:
    """Who owes it."""
    owed = select(Duty.agency_id, Agency.name, Duty.part, Duty.state, Agency.level, Duty.id).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id)
    own = owed.join(Agency, Agency.id == Duty.agency_id).where(RecommendationDuty.recommendation_id == recommendation_id)
    return [Owner(*row) for row in session.execute(own.order_by(Duty.id))]


def shares(session: Session, row: Recommendation, owing: Sequence[Owner] | None = None) -> list[parts.Share]:
    """How far each agency is that owes it; one statement, one more where `owing` is not at hand."""
    owing = owners(session, row.id) if owing is None else owing
    step = RecommendationStep
    again = select(func.max(step.made_at)).where(step.recommendation_id == row.id, step.act.in_(ASKED_AGAIN)).scalar_subquery()
    last = select(func.max(AgencyReportItem.id)).join(AgencyReport, AgencyReport.id == AgencyReportItem.report_id)
    own = last.where(AgencyReportItem.recommendation_id == row.id).group_by(AgencyReport.agency_id)
    items = select(AgencyReport.agency_id, AgencyReportItem.claim, AgencyReport.dated_on, AgencyReport.entered_at, AgencyReportItem.percent, again)
    rows = session.execute(items.join(AgencyReport, AgencyReport.id == AgencyReportItem.report_id).where(AgencyReportItem.id.in_(own))).all()
    said = {agency: parts.Said(claim, on, at, percent) for agency, claim, on, at, percent, _ in rows}
    return parts.shares(row.progress, [parts.Owing(one.agency_id, one.name, one.part, one.state) for one in owing], said, rows[0][-1] if rows else None)
