"""What happened to one recommendation: steps, dates, reports, evidence, verdicts, due days of reports, petitions, terms; and to a document."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.paging import Page
from petitions.oversight.models.document import Clause, IssuedDocument
from petitions.oversight.models.recommendation import (
    Recommendation,
    RecommendationAgency,
    RecommendationPetition,
    RecommendationStep,
)
from petitions.oversight.models.report import MET, AgencyReport, AgencyReportItem, RecommendationEvidence
from petitions.oversight.queries import attached
from petitions.oversight.queries.attached import Attached
from petitions.oversight.queries.reading import CITY, Owner
from petitions.oversight.workflow import IMPLEMENTED, Facts

MOST = 500


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What a report said."""

    item: AgencyReportItem
    report: AgencyReport
    agency: str


@dataclass(frozen=True)
class History:
    """All of one recommendation."""

    parties: Sequence[RecommendationAgency]
    steps: Sequence[RecommendationStep]
    reports: Sequence[ReportLine]
    attached: Attached


def history(session: Session, recommendation_id: int) -> History:
    """Everything, in order; four statements."""
    parties = select(RecommendationAgency).where(RecommendationAgency.recommendation_id == recommendation_id)
    steps = select(RecommendationStep).where(RecommendationStep.recommendation_id == recommendation_id)
    lines = (
        select(AgencyReportItem, AgencyReport, Agency.name)
        .join(AgencyReport, AgencyReport.id == AgencyReportItem.report_id)
        .join(Agency, Agency.id == AgencyReport.agency_id)
        .where(AgencyReportItem.recommendation_id == recommendation_id)
    )
    return History(
        parties=session.scalars(parties.order_by(RecommendationAgency.position, RecommendationAgency.id).limit(MOST)).all(),
        steps=session.scalars(steps.order_by(RecommendationStep.id).limit(MOST)).all(),
        reports=[ReportLine(*row) for row in session.execute(lines.order_by(AgencyReportItem.id).limit(MOST))],
        attached=attached.of(session, recommendation_id),
    )


def facts(row: Recommendation, told: History, owing: Sequence[Owner]) -> Facts:
    """What the moves depend on, as `reading.facts` says it, of what the page has read already."""
    last = told.reports[-1] if told.reports else None
    item = last.item.id if last else None
    verdict = next((one for one in reversed(told.attached.verdicts) if one.item_id == item), None)
    met = verdict is not None and verdict.verdict == MET
    return Facts(
        progress=row.progress,
        body_id=row.body_id,
        agencies=frozenset(one.agency_id for one in owing),
        city_side=any(one.level == CITY for one in owing),
        evidence=bool(told.attached.evidence or told.attached.papers),
        verified=met,
        verified_by=verdict.made_by if verdict is not None and met else None,
        reporters=frozenset({last.report.entered_by}) if last and last.report.entered_by is not None else frozenset(),
    )


def linked(session: Session, row: Recommendation) -> Sequence[tuple[str, Recommendation]]:
    """What stands before and behind it: (what it is to this one, recommendation); "instead", "before", "after", "replaced"."""
    own = [number for number in (row.superseded_by_id, row.reopened_from_id) if number]
    near = or_(Recommendation.id.in_(own), Recommendation.reopened_from_id == row.id, Recommendation.superseded_by_id == row.id)
    found = session.scalars(select(Recommendation).where(near).order_by(Recommendation.id).limit(MOST))
    return [(_what(row, one), one) for one in found]


def _what(row: Recommendation, other: Recommendation) -> str:
    if other.id == row.superseded_by_id:
        return "instead"
    if other.id == row.reopened_from_id:
        return "before"
    return "after" if other.reopened_from_id == row.id else "replaced"


@dataclass(frozen=True, slots=True)
class DocumentListed:
    """A document in a list, with its recommendations counted by progress; `late`: those past their day that may be listed."""

    row: IssuedDocument
    counts: Mapping[str, int]
    late: int = 0

    @property
    def demands(self) -> int:
        """How many it holds."""
        return sum(self.counts.values())

    @property
    def implemented(self) -> int:
        """How many of them are implemented."""
        return self.counts.get(IMPLEMENTED, 0)


def documents(session: Session, seen: ColumnElement[bool], late: ColumnElement[bool], *, number: int, size: int = 50) -> Page[DocumentListed]:
    """A page of documents, newest first."""
    total = session.scalar(select(func.count()).select_from(IssuedDocument).where(seen)) or 0
    query = select(IssuedDocument).where(seen).order_by(IssuedDocument.dated_on.desc(), IssuedDocument.id.desc())
    rows = session.scalars(query.offset((number - 1) * size).limit(size)).all()
    past = func.sum(case((late, 1), else_=0))
    held = select(Recommendation.document_id, Recommendation.progress, func.count(), past).where(Recommendation.document_id.in_([row.id for row in rows]))
    counts: dict[int, dict[str, int]] = {}
    overdue: Counter[int] = Counter()
    for document_id, progress, n, beyond in session.execute(held.group_by(Recommendation.document_id, Recommendation.progress)):
        counts.setdefault(document_id, {})[progress] = n
        overdue[document_id] += beyond
    return Page([DocumentListed(row, counts.get(row.id, {}), overdue[row.id]) for row in rows], number, size, total)


def demands(session: Session, document_id: int) -> list[tuple[Recommendation, Clause]]:
    """The recommendations of a document with their clauses, drafts too, in its order."""
    query = select(Recommendation, Clause).join(Clause, Clause.id == Recommendation.clause_id).where(Recommendation.document_id == document_id)
    return [(row, clause) for row, clause in session.execute(query.order_by(Recommendation.position, Recommendation.id).limit(MOST))]


def proofs(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many pieces of evidence each recommendation has."""
    query = select(RecommendationEvidence.recommendation_id, func.count()).where(RecommendationEvidence.recommendation_id.in_(ids))
    return {row[0]: row[1] for row in session.execute(query.group_by(RecommendationEvidence.recommendation_id))}


def of_petition(session: Session, petition_id: int, seen: ColumnElement[bool]) -> list[tuple[Recommendation, IssuedDocument]]:
    """The recommendations that answer a petition."""
    query = (
        select(Recommendation, IssuedDocument)
        .join(RecommendationPetition, RecommendationPetition.recommendation_id == Recommendation.id)
        .join(IssuedDocument, IssuedDocument.id == Recommendation.document_id)
        .where(RecommendationPetition.petition_id == petition_id, RecommendationPetition.living, seen)
    )
    return [(row, document) for row, document in session.execute(query.order_by(Recommendation.id).limit(MOST))]
