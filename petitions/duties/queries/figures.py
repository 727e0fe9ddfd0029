"""Figures as of any day: who held what, what was answered, how it was classed, what was late. Counted from periods and days, so that what happens
later (a hand-over, another answer, an extension) leaves the figures of an earlier day alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, ColumnElement, ScalarSelect, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session

from petitions.duties.classes import EXPLAINED, IN_PROGRESS, RESOLVED
from petitions.duties.clocks import REPLY
from petitions.duties.models.answers import AnswerItem, Commitment
from petitions.duties.models.duty import Duty, DutyDate, DutyHolder
from petitions.duties.workflow import LEAD, RECALLED

WAITING, UNANSWERED = "waiting", "unanswered"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of an agency on a day: received = resolved + in progress + explained + waiting (answered, not judged) + unanswered (domain 9.3, R6).

    `answered` within `received`; `overdue`: unanswered, and past the day that counted then; `on_time`/`on_first`: answered by the day that counted,
    by the first day; `missed`: promised days that had passed unkept.
    """

    received: int = 0
    resolved: int = 0
    in_progress: int = 0
    explained: int = 0
    waiting: int = 0
    unanswered: int = 0
    answered: int = 0
    overdue: int = 0
    on_time: int = 0
    on_first: int = 0
    missed: int = 0


def by_agency(session: Session, day: date, where: ColumnElement[bool] | None = None, *, parts: tuple[str, ...] = (LEAD,)) -> Mapping[int, Figures]:
    """The figures of every agency that held duties on `day`; `where` narrows the duties (reading.visible). Lead agencies alone, unless asked
    otherwise: then each subject counts once."""
    facts = _facts(day, true() if where is None else where, parts)
    kind, unanswered = _kind(facts), facts.c.answered_on.is_(None)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    names: dict[str, ColumnElement[int]] = {
        "received": func.count(),
        **{name: count(kind == name) for name in (RESOLVED, IN_PROGRESS, EXPLAINED, WAITING, UNANSWERED)},
        "answered": count(~unanswered),
        "overdue": count(and_(unanswered, facts.c.due < day)),
        "on_time": count(facts.c.answered_on <= facts.c.due),
        "on_first": count(facts.c.answered_on <= facts.c.first_due),
        "missed": count(facts.c.missed),
    }
    query = select(facts.c.agency_id, *(column.label(name) for name, column in names.items())).group_by(facts.c.agency_id).order_by(facts.c.agency_id)
    return {row.agency_id: Figures(**{name: int(getattr(row, name)) for name in names}) for row in session.execute(query)}


def members(session: Session, day: date, kind: str, *, agency_id: int, where: ColumnElement[bool] | None = None, limit: int = 1000) -> list[int]:
    """The duties behind a number of `by_agency`: kind resolved, in_progress, explained, waiting or unanswered."""
    facts = _facts(day, true() if where is None else where, (LEAD,))
    query = select(facts.c.id).where(facts.c.agency_id == agency_id, _kind(facts) == kind).order_by(facts.c.id)
    return list(session.scalars(query.limit(limit)))


def _facts(day: date, where: ColumnElement[bool], parts: tuple[str, ...]) -> CTE:
    """One row per duty and its holder of that day, as things stood at its end. Materialized: else each of its columns is found again for every sum."""
    h = DutyHolder
    held = and_(h.duty_id == Duty.id, h.from_on <= day, or_(h.to_on.is_(None), h.to_on >= day))
    first = case((Duty.answered_on <= day, Duty.answered_on))  # the first answer's; nothing that comes later moves it
    classed = (
        select(AnswerItem.office_class)
        .where(AnswerItem.duty_id == Duty.id, AnswerItem.judged_on <= day)
        .order_by(AnswerItem.judged_on.desc(), AnswerItem.id.desc())
        .limit(1)
        .correlate(Duty)
        .scalar_subquery()
    )
    due = _due(day)
    missed = exists().where(
        Commitment.duty_id == Duty.id,
        Commitment.made_on <= day,
        Commitment.promised_on < day,
        or_(Commitment.kept_on.is_(None), Commitment.kept_on > day),
        or_(Commitment.replaced_on.is_(None), Commitment.replaced_on > day),
    )
    columns = (Duty.id, h.agency_id, classed.label("classed"), due.label("due"), Duty.first_due, first.label("answered_on"), missed.label("missed"))
    query = select(*columns).join(h, held).where(Duty.part.in_(parts), Duty.state != RECALLED, where)
    return query.cte("facts").prefix_with("MATERIALIZED")


def _kind(facts: CTE) -> ColumnElement[str]:
    """What stood on the day: the office's class, else answered and waiting, else unanswered."""
    return case((facts.c.answered_on.is_(None), UNANSWERED), (facts.c.classed.is_not(None), facts.c.classed), else_=WAITING)


def _due(day: date) -> ScalarSelect[date | None]:
    """The day that counted for the reply on `day`; of two set on one day the later."""
    d = DutyDate
    counted = and_(d.duty_id == Duty.id, d.clock == REPLY, d.since <= day, or_(d.until.is_(None), d.until > day))
    return select(d.due_on).where(counted).order_by(d.since.desc(), d.id.desc()).limit(1).correlate(Duty).scalar_subquery()
