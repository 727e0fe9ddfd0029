"""The change of term: which recommendations pass over, which stay; in which term a day lies; what was counted last under a term."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from petitions.core.errors import NotFound, RuleBroken
from petitions.core.words import say
from petitions.council import queries as council
from petitions.council.models import Term
from petitions.duties.models.duty import Duty
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.recommendation import LEAD, Recommendation, RecommendationDuty, RecommendationStep, RecommendationTerm
from petitions.oversight.queries.figures import step_on
from petitions.oversight.queries.grid import late
from petitions.oversight.workflow import OPEN

ONE, MOST = timedelta(days=1), 200
MARK = 16


@dataclass(frozen=True, slots=True)
class Change:
    """Two terms of one body that follow each other; `last`: the last day of the old one."""

    old: Term
    new: Term
    last: date


@dataclass(frozen=True)
class Preview:
    """What the change does. `since`: of those that pass, closed since the last day; `staying`: closed ones by progress; `passed`: over already.
    `mark`: changes when another would pass, or one of them was moved."""

    passing: int
    dated: int
    late: int
    since: int
    staying: Mapping[str, int]
    passed: int
    agencies: Sequence[tuple[int, int]]
    documents: Sequence[tuple[IssuedDocument, int, int]]
    reopened: Sequence[Recommendation]
    mark: str


def change(old: Term, new: Term) -> Change:
    """The change between two terms. RuleBroken when they do not follow, or the new one has no first day."""
    if old.body_id != new.body_id or new.number != old.number + 1 or new.starts_on is None:
        raise RuleBroken(say("Hai nhiệm kỳ phải liền nhau của cùng một cơ quan, và nhiệm kỳ mới đã có ngày bắt đầu."))
    return Change(old, new, new.starts_on - ONE)


def changes(session: Session, bodies: Collection[int] | None) -> list[Change]:
    """The changes of these bodies (None: of all) whose new term has a first day, newest first."""
    found: list[Change] = []
    known = {(one.body_id, one.number): one for one in council.terms(session) if bodies is None or one.body_id in bodies}
    for (body, number), new in known.items():
        if new.starts_on is not None and (old := known.get((body, number - 1))) is not None:
            found.append(change(old, new))
    return sorted(found, key=lambda one: (one.last, -one.new.body_id), reverse=True)


def into(session: Session, term_id: int, bodies: Collection[int] | None) -> Change:
    """The change into a term; NotFound."""
    for one in changes(session, bodies):
        if one.new.id == term_id:
            return one
    raise NotFound(say("Không có khóa này, hoặc khóa này chưa có ngày bắt đầu."))


def term_of(session: Session, body_id: int, day: date) -> Term | None:
    """The term of a day: between the end of one and the first session of the next the old one still works."""
    found = council.term_on(session, body_id, day)
    began = (one for one in council.terms(session, body_id) if one.starts_on is not None and one.starts_on <= day)
    return found or max(began, key=lambda one: one.number, default=None)


def begun_after(session: Session, row: Recommendation, day: date) -> Term | None:
    """The term of the day, when it is another than the last in which the recommendation was followed; None when it is the same."""
    held = select(RecommendationTerm.term_id).where(RecommendationTerm.recommendation_id == row.id)
    own = session.scalar(held.order_by(RecommendationTerm.from_on.desc(), RecommendationTerm.id.desc()).limit(1))
    present = term_of(session, row.body_id, day)
    return present if own is not None and present is not None and own != present.id else None


def last_day(session: Session, term_id: int) -> date | None:
    """The last day of a term that another has followed; None while it runs."""
    return next((one.last for one in changes(session, None) if one.old.id == term_id), None)


def passing(given: Change) -> ColumnElement[bool]:
    """Followed in the old term and open at the end of its last day; not over yet."""
    held, there = RecommendationTerm, aliased(RecommendationTerm)
    own = select(held.id).where(held.recommendation_id == Recommendation.id, held.term_id == given.old.id, held.to_on.is_(None))
    over = select(there.id).where(there.recommendation_id == Recommendation.id, there.term_id == given.new.id)
    open_then = select(RecommendationStep.id).where(step_on(given.last), RecommendationStep.progress.in_(sorted(OPEN)))
    return and_(Recommendation.body_id == given.new.body_id, own.exists(), ~over.exists(), open_then.exists())


def staying(given: Change) -> ColumnElement[bool]:
    """Closed by the end of the old term's last day."""
    held = RecommendationTerm
    own = select(held.id).where(held.recommendation_id == Recommendation.id, held.term_id == given.old.id, held.to_on.is_(None))
    closed_then = select(RecommendationStep.id).where(step_on(given.last), RecommendationStep.progress.not_in(sorted(OPEN)))
    return and_(Recommendation.body_id == given.new.body_id, own.exists(), closed_then.exists())


def passing_ids(session: Session, given: Change) -> tuple[list[int], str]:
    """Ids of those that pass over, held for writing, and their mark."""
    query = select(Recommendation.id, Recommendation.version).where(passing(given)).order_by(Recommendation.id)
    rows = session.execute(query.with_for_update(of=Recommendation)).all()
    return [number for number, _ in rows], _mark([(number, version) for number, version in rows])


def preview(session: Session, given: Change, seen: ColumnElement[bool], today: date) -> Preview:
    """What would pass and what would stay, of what the reader may see; seven statements."""
    goes, stays = and_(seen, passing(given)), and_(seen, staying(given))
    rows = session.execute(select(Recommendation.id, Recommendation.version).where(goes).order_by(Recommendation.id)).all()
    columns = (Recommendation.due_on.is_not(None), late(today), Recommendation.progress.not_in(sorted(OPEN)))
    sums = select(*(func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in columns)).where(goes)
    dated, behind, since = session.execute(sums).one()
    held = {row[0]: row[1] for row in session.execute(select(Recommendation.progress, func.count()).where(stays).group_by(Recommendation.progress))}
    over = select(func.count()).select_from(RecommendationTerm).join(Recommendation, Recommendation.id == RecommendationTerm.recommendation_id)
    passed = session.scalar(over.where(seen, RecommendationTerm.term_id == given.old.id, RecommendationTerm.to_on.is_not(None))) or 0
    again = select(Recommendation).join(RecommendationTerm, RecommendationTerm.recommendation_id == Recommendation.id)
    anew = again.where(seen, RecommendationTerm.term_id == given.new.id, Recommendation.reopened_from_id.is_not(None)).order_by(Recommendation.id)
    return Preview(
        passing=len(rows),
        dated=dated,
        late=behind,
        since=since,
        staying=held,
        passed=passed,
        agencies=_by_agency(session, goes),
        documents=_by_document(session, goes, stays),
        reopened=session.scalars(anew.limit(MOST)).all(),
        mark=_mark([(number, version) for number, version in rows]),
    )


def _by_agency(session: Session, goes: ColumnElement[bool]) -> list[tuple[int, int]]:
    count = func.count(Recommendation.id.distinct())
    query = (
        select(Duty.agency_id, count)
        .select_from(Recommendation)
        .join(RecommendationDuty, RecommendationDuty.recommendation_id == Recommendation.id)
        .join(Duty, Duty.id == RecommendationDuty.duty_id)
        .where(goes, Duty.part == LEAD)
    )
    return [(agency, n) for agency, n in session.execute(query.group_by(Duty.agency_id).order_by(count.desc(), Duty.agency_id).limit(MOST))]


def _by_document(session: Session, goes: ColumnElement[bool], stays: ColumnElement[bool]) -> list[tuple[IssuedDocument, int, int]]:
    numbers = {
        place: {row[0]: row[1] for row in session.execute(select(Recommendation.document_id, func.count()).where(which).group_by(Recommendation.document_id))}
        for place, which in enumerate((goes, stays))
    }
    query = select(IssuedDocument).where(IssuedDocument.id.in_(sorted(numbers[0]))).order_by(IssuedDocument.dated_on, IssuedDocument.id).limit(MOST)
    return [(row, numbers[0][row.id], numbers[1].get(row.id, 0)) for row in session.scalars(query)]


def _mark(rows: Sequence[tuple[int, int]]) -> str:
    return sha256(repr(rows).encode()).hexdigest()[:MARK]
