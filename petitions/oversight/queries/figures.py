"""Figures as of any past day, counted from the rows that were true on it. What each counts is printed beside it (`captions.FIGURES`)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from petitions.duties.models.duty import Duty, DutyHolder
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.recommendation import LEAD, Recommendation, RecommendationDate, RecommendationDuty, RecommendationStep, RecommendationTerm
from petitions.oversight.splitting import dues
from petitions.oversight.workflow import DROPPED, IMPLEMENTED, NOT_IMPLEMENTED, OPEN, SUPERSEDED

_DUE = ("all", "due", "implemented", "on_first", "on_last", "running", "overdue")
NAMES = (*_DUE, "not_yet", "lasting", "not_implemented", "dropped", "impossible", "superseded")
DATED = (dues.DATE, dues.QUARTER, dues.SESSION)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which recommendations are counted, as of which day."""

    on: date
    agency: int | None = None
    kind: str | None = None
    council_session: int | None = None
    term: int | None = None


def conditions(on: date) -> dict[str, ColumnElement[bool]]:
    """The condition behind each figure, over the step and the date that were true on the day."""
    progress, due = RecommendationStep.progress, RecommendationDate.due_on
    came_due = and_(
        Recommendation.due_kind.in_(DATED), due.is_not(None), due <= on, progress != SUPERSEDED, ~and_(progress == DROPPED, RecommendationStep.impossible)
    )
    done = and_(came_due, progress == IMPLEMENTED)
    running = progress.in_(sorted(OPEN))
    return {
        "all": progress.is_not(None),
        "due": came_due,
        "implemented": done,
        "on_first": and_(done, RecommendationStep.done_on <= Recommendation.first_due),
        "on_last": and_(done, RecommendationStep.done_on <= due),
        "running": running,
        "overdue": and_(running, came_due, due < on),
        "not_yet": and_(Recommendation.due_kind.in_(DATED), or_(due.is_(None), due > on), progress.not_in((DROPPED, SUPERSEDED))),
        "lasting": and_(Recommendation.due_kind.not_in(DATED), progress.not_in((DROPPED, SUPERSEDED))),
        "not_implemented": progress == NOT_IMPLEMENTED,
        "dropped": and_(progress == DROPPED, ~RecommendationStep.impossible),
        "impossible": and_(progress == DROPPED, RecommendationStep.impossible),
        "superseded": progress == SUPERSEDED,
    }


def step_on(on: date) -> ColumnElement[bool]:
    """The step that was true at the end of the day."""
    s = RecommendationStep
    return and_(s.recommendation_id == Recommendation.id, s.since <= on, or_(s.until.is_(None), s.until > on))


def date_on(on: date) -> ColumnElement[bool]:
    """The due day that counted then."""
    d = RecommendationDate
    return and_(d.recommendation_id == RecommendationStep.recommendation_id, d.since <= on, or_(d.until.is_(None), d.until > on))


def within(wish: Wish) -> list[ColumnElement[bool]]:
    """What the wish asks of the recommendation itself."""
    on = wish.on
    found: list[ColumnElement[bool]] = [Recommendation.made_on <= on]
    if wish.kind or wish.council_session:
        document = select(IssuedDocument.id).where(IssuedDocument.id == Recommendation.document_id)
        document = document.where(IssuedDocument.kind == wish.kind) if wish.kind else document
        found.append((document.where(IssuedDocument.council_session_id == wish.council_session) if wish.council_session else document).exists())
    if wish.term:
        t = RecommendationTerm
        held = (t.recommendation_id == Recommendation.id, t.term_id == wish.term, t.from_on <= on)
        found.append(select(t.id).where(*held, or_(t.to_on.is_(None), t.to_on >= on)).exists())
    if wish.agency:
        found.append(_held(wish.agency, on))
    return found


def _held(agency: int, on: date) -> ColumnElement[bool]:
    """Led by the agency on the day."""
    held = (
        select(DutyHolder.id)
        .join(Duty, Duty.id == DutyHolder.duty_id)
        .join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id)
        .where(RecommendationDuty.recommendation_id == Recommendation.id, Duty.part == LEAD, DutyHolder.agency_id == agency)
    )
    return held.where(DutyHolder.from_on <= on, or_(DutyHolder.to_on.is_(None), DutyHolder.to_on >= on)).exists()


def figures(session: Session, seen: ColumnElement[bool], wish: Wish) -> dict[str, int]:
    """All figures in one statement."""
    known = conditions(wish.on)
    columns = [func.coalesce(func.sum(case((known[name], 1), else_=0)), 0) for name in NAMES]
    query = select(*columns).select_from(Recommendation).join(RecommendationStep, step_on(wish.on)).join(RecommendationDate, date_on(wish.on))
    return dict(zip(NAMES, session.execute(query.where(seen, *within(wish))).one(), strict=True))


def by_agency(session: Session, seen: ColumnElement[bool], wish: Wish) -> list[tuple[int, int, int, int]]:
    """(agency, due, implemented, on time by the last day) of those who led on the day."""
    known, on, h = conditions(wish.on), wish.on, DutyHolder
    columns = [func.sum(case((known[name], 1), else_=0)) for name in ("due", "implemented", "on_last")]
    query = (
        select(h.agency_id, *columns)
        .select_from(Recommendation)
        .join(RecommendationStep, step_on(on))
        .join(RecommendationDate, date_on(on))
        .join(RecommendationDuty, RecommendationDuty.recommendation_id == Recommendation.id)
        .join(Duty, and_(Duty.id == RecommendationDuty.duty_id, Duty.part == LEAD))
        .join(h, and_(h.duty_id == Duty.id, h.from_on <= on, or_(h.to_on.is_(None), h.to_on >= on)))
        .where(seen, *within(wish))
    )
    rows = session.execute(query.group_by(h.agency_id).order_by(h.agency_id))
    return [(agency, due, done, in_time) for agency, due, done, in_time in rows]


def behind(name: str, wish: Wish) -> ColumnElement[bool]:
    """The condition on `Recommendation` of the list behind a figure."""
    found = select(RecommendationStep.id).join(RecommendationDate, date_on(wish.on)).where(step_on(wish.on), conditions(wish.on)[name])
    return and_(found.correlate(Recommendation).exists(), *within(wish))
