"""The board's numbers: agencies by progress, what is late, what was not reported; and the lists behind every number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session

from petitions.core.paging import Page
from petitions.duties.models.duty import Duty
from petitions.oversight.models.document import Clause, IssuedDocument
from petitions.oversight.models.recommendation import LEAD, Recommendation, RecommendationAgency, RecommendationDuty
from petitions.oversight.models.report import ReportDue
from petitions.oversight.workflow import OPEN, OWED, REPORTED_DONE

SOON = timedelta(days=30)
LATE, SOON_DUE, MISSED, WAITING, RUNNING, ALL = "late", "soon", "missed", "waiting", "open", "all"


@dataclass
class Row:
    """One agency on the board: how many recommendations it leads, by progress; the late ones, the longest of them, those whose reports are missing."""

    agency_id: int
    progress: dict[str, int] = field(default_factory=dict)
    late: int = 0
    oldest: date | None = None
    missed: int = 0

    @property
    def total(self) -> int:
        """All that it leads."""
        return sum(self.progress.values())


def late(today: date) -> ColumnElement[bool]:
    """Past its last day, and the next step is the agency's."""
    return and_(Recommendation.progress.in_(sorted(OWED)), Recommendation.due_on < today)


def missed(today: date) -> ColumnElement[bool]:
    """A report was due before today and has not come."""
    return exists().where(ReportDue.recommendation_id == Recommendation.id, *unreported(today))


def unreported(today: date) -> tuple[ColumnElement[bool], ...]:
    """The due days of reports that passed without one."""
    return (ReportDue.item_id.is_(None), ReportDue.ended_on.is_(None), ReportDue.due_on < today)


def what(name: str, today: date) -> ColumnElement[bool] | None:
    """The condition behind a number's name; None for all."""
    return {
        LATE: late(today),
        SOON_DUE: and_(Recommendation.progress.in_(sorted(OWED)), Recommendation.due_on >= today, Recommendation.due_on <= today + SOON),
        MISSED: and_(Recommendation.progress.in_(sorted(OPEN)), missed(today)),
        WAITING: Recommendation.progress == REPORTED_DONE,
        RUNNING: Recommendation.progress.in_(sorted(OPEN)),
    }.get(name)


def silent(session: Session, seen: ColumnElement[bool], today: date) -> dict[int, set[int]]:
    """Open recommendations of which a report is missing, by id, with the agencies that lead them."""
    query = (
        select(Recommendation.id, Duty.agency_id)
        .select_from(ReportDue)
        .join(Recommendation, Recommendation.id == ReportDue.recommendation_id)
        .outerjoin(RecommendationDuty, RecommendationDuty.recommendation_id == Recommendation.id)
        .outerjoin(Duty, and_(Duty.id == RecommendationDuty.duty_id, Duty.part == LEAD))
        .where(seen, *unreported(today), Recommendation.progress.in_(sorted(OPEN)))
    )
    found: dict[int, set[int]] = {}
    for number, agency in session.execute(query):
        found.setdefault(number, set()).update({agency} if agency else ())
    return found


def counts(session: Session, seen: ColumnElement[bool], today: date, missing: Mapping[int, set[int]] | None = None) -> dict[str, int]:
    """The figures at the top, in one statement beside `silent`."""
    past, near = Recommendation.due_on < today, and_(Recommendation.due_on >= today, Recommendation.due_on <= today + SOON)
    dated = [func.sum(case((condition, 1), else_=0)) for condition in (past, near)]
    rows = session.execute(select(Recommendation.progress, func.count(), *dated).where(seen).group_by(Recommendation.progress)).all()
    return {
        LATE: sum(row[2] for row in rows if row[0] in OWED),
        SOON_DUE: sum(row[3] for row in rows if row[0] in OWED),
        MISSED: len(silent(session, seen, today) if missing is None else missing),
        WAITING: sum(row[1] for row in rows if row[0] == REPORTED_DONE),
        RUNNING: sum(row[1] for row in rows if row[0] in OPEN),
    }


def grid(session: Session, seen: ColumnElement[bool], today: date, missing: Mapping[int, set[int]] | None = None) -> list[Row]:
    """A row per agency that leads, the most neglected first: by what is late, by missed reports, then by all that is open."""
    by = (Duty.agency_id, Recommendation.progress)
    # Outer joins keep the walk in this order: the index of recommendations, then only their own duties, not those of petitions.
    joined = (
        select(*by, func.count(), func.sum(case((Recommendation.due_on < today, 1), else_=0)), func.min(Recommendation.due_on))
        .select_from(Recommendation)
        .outerjoin(RecommendationDuty, RecommendationDuty.recommendation_id == Recommendation.id)
        .outerjoin(Duty, and_(Duty.id == RecommendationDuty.duty_id, Duty.part == LEAD))
        .where(seen)
        .group_by(*by)
    )
    rows: dict[int, Row] = {}
    for agency, progress, n, past, first in session.execute(joined):
        if agency is None:
            continue
        row = rows.setdefault(agency, Row(agency))
        row.progress[progress] = n
        if progress in OWED and past:
            row.late += past
            row.oldest = min(row.oldest or first, first)
    for leads in (silent(session, seen, today) if missing is None else missing).values():
        for agency in leads:
            rows.setdefault(agency, Row(agency)).missed += 1
    return sorted(rows.values(), key=lambda row: (-row.late, -row.missed, -sum(n for name, n in row.progress.items() if name in OPEN), row.agency_id))


@dataclass(frozen=True, slots=True)
class Listed:
    """A recommendation in a list; `missed`: the days of reports that passed without one."""

    row: Recommendation
    label: str
    document: IssuedDocument
    leads: tuple[str, ...]
    missed: tuple[date, ...] = ()


def page_of(session: Session, where: Sequence[ColumnElement[bool]], *, number: int, size: int = 50, by_document: bool = False) -> Page[Listed]:
    """A page of recommendations: those due first, those without a day last; or in the order of their document."""
    total = session.scalar(select(func.count()).select_from(Recommendation).where(*where)) or 0
    query = (
        select(Recommendation, Clause.label, IssuedDocument)
        .join(Clause, Clause.id == Recommendation.clause_id)
        .join(IssuedDocument, IssuedDocument.id == Recommendation.document_id)
        .where(*where)
    )
    order = (Recommendation.position,) if by_document else (Recommendation.due_on.is_(None), Recommendation.due_on)
    rows = session.execute(query.order_by(*order, Recommendation.id).offset((number - 1) * size).limit(size)).all()
    leads = leading(session, [row.id for row, _, _ in rows])
    return Page([Listed(row, label, document, tuple(leads.get(row.id, ()))) for row, label, document in rows], number, size, total)


def periods_missed(session: Session, ids: Sequence[int], today: date) -> dict[int, tuple[date, ...]]:
    """The days of reports that passed without one, by recommendation."""
    query = select(ReportDue.recommendation_id, ReportDue.due_on).where(ReportDue.recommendation_id.in_(ids), *unreported(today))
    found: dict[int, tuple[date, ...]] = {}
    for number, day in session.execute(query.order_by(ReportDue.due_on, ReportDue.id)):
        found[number] = (*found.get(number, ()), day)
    return found


def leading(session: Session, ids: Sequence[int], part: str = LEAD) -> dict[int, list[str]]:
    """The names of those who lead, by recommendation."""
    found: dict[int, list[str]] = {}
    query = select(RecommendationAgency).where(RecommendationAgency.recommendation_id.in_(ids), RecommendationAgency.part == part)
    for party in session.scalars(query.order_by(RecommendationAgency.position, RecommendationAgency.id)):
        found.setdefault(party.recommendation_id, []).append(party.name)
    return found


def led_by(agency_id: int) -> ColumnElement[bool]:
    """What an agency leads now."""
    return owed_by(agency_id, Duty.part == LEAD)


def owed_by(agency_id: int, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """What an agency owes, leading or helping."""
    own = (RecommendationDuty.recommendation_id == Recommendation.id, Duty.id == RecommendationDuty.duty_id, Duty.agency_id == agency_id)
    return exists().where(*own, *more)
