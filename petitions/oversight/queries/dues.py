"""What falls due: last days of demands and days of reports, for an agency or for all."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.models.report import ReportDue
from petitions.oversight.queries.grid import owed_by
from petitions.oversight.workflow import OPEN, OWED

AHEAD, MOST = timedelta(days=120), 300


@dataclass(frozen=True, slots=True)
class Coming:
    """One day on which something is due; `report`: a report, else the demand itself."""

    on: date
    code: str
    text: str
    report: bool
    late: bool


def to_come(
    session: Session, seen: ColumnElement[bool], agency_id: int | None, today: date, until: date | None = None, since: date | None = None
) -> list[Coming]:
    """What was due and has not come, and what falls due until `until`, in order; `since`: only what falls on that day or later."""
    last = until or today + AHEAD
    own = [seen, *([owed_by(agency_id)] if agency_id else [])]
    reports = (
        select(ReportDue.due_on, Recommendation.code, Recommendation.text)
        .join(Recommendation, Recommendation.id == ReportDue.recommendation_id)
        .where(
            *own,
            ReportDue.due_on >= (since or date.min),
            ReportDue.item_id.is_(None),
            ReportDue.ended_on.is_(None),
            ReportDue.due_on <= last,
            Recommendation.progress.in_(sorted(OPEN)),
        )
    )
    demands = select(Recommendation.due_on, Recommendation.code, Recommendation.text).where(
        *own, Recommendation.due_on >= (since or date.min), Recommendation.due_on <= last, Recommendation.progress.in_(sorted(OWED))
    )
    found = [Coming(on, code, text, True, on < today) for on, code, text in session.execute(reports.order_by(ReportDue.due_on, Recommendation.id).limit(MOST))]
    rows = session.execute(demands.order_by(Recommendation.due_on, Recommendation.id).limit(MOST))
    found += [Coming(on, code, text, False, on < today) for on, code, text in rows if on is not None]
    return sorted(found, key=lambda one: (one.on, one.code, one.report))
