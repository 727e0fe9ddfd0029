"""The escalation of a demand as a line of steps, what an activity asks about with what was promised there, and where a promise comes from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, String, cast, func, literal, null, select, type_coerce, union
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.council.models import Committee, CouncilSession
from petitions.duties.models.duty import Duty
from petitions.duties.urging.ladder import LETTER
from petitions.duties.urging.models import Urging, UrgingDecision, UrgingItem, UrgingRung
from petitions.duties.urging.queries import reading as urgings
from petitions.duties.urging.workflow import DRAFT, ISSUED
from petitions.letters.models import Letter
from petitions.letters.workflow import ISSUED as LETTER_ISSUED
from petitions.oversight.models.escalation import ActivityItem, Commitment, CouncilReport
from petitions.oversight.models.programme import SupervisionActivity, SupervisionKind
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.queries import programme, reading

MOST = 200
LETTERS, DECISIONS, ACTIVITIES, PROMISES, REPORTS, DRAFTS = "letter", "decision", "activity", "promise", "report", "draft"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `name`, `name_en`: what it is called where that is data; `words`: number, title or code; `more`: committee, progress; `id`: of its page;
    `on` None: no day is set yet; `due_on`, `done_on`: of a promise."""

    what: str
    id: int
    on: date | None
    name: str
    name_en: str
    words: str
    more: str
    due_on: date | None
    done_on: date | None


def of_recommendation(recommendation_id: int) -> Select[Any]:
    """The duties of a recommendation."""
    return select(RecommendationDuty.duty_id).where(RecommendationDuty.recommendation_id == recommendation_id)


def of_petition(petition_id: int) -> Select[Any]:
    """The duties of a petition."""
    return select(Duty.id).where(Duty.subject_kind == "petition", Duty.subject_id == petition_id)


def steps(session: Session, duties: Select[Any], who: Identity, now: datetime) -> list[Step]:
    """The line, oldest first, what has no day last; one statement. What is decided among themselves only the Council's side sees."""
    parts = [_promises(duties, who), _letters(duties, who, now), _activities(duties, who), _reports(duties)]  # the first says which columns are days
    if urgings.office(who) or reading.AUDITOR in who.roles:
        parts += [_decisions(duties), _drafts(duties, who, now)]
    every = union(*parts).subquery()
    rows = session.execute(select(every).order_by(every.c.day.is_(None), every.c.day, every.c.rank, every.c.id).limit(MOST))
    return [Step(row.what, row.id, row.day, row.name, row.name_en, row.words, row.more, row.due_on, row.done_on) for row in rows]


def _row(what: str, rank: int, number: Any, on: Any, **given: Any) -> Select[Any]:
    texts = [cast(given.get(name, literal("")), String).label(name) for name in ("name", "name_en", "words", "more")]
    days = [type_coerce(given.get(name, null()), Date).label(name) for name in ("due_on", "done_on")]
    first = literal(what).label("what"), cast(literal(rank), Integer).label("rank"), number.label("id"), type_coerce(on, Date).label("day")
    return select(*first, *texts, *days)


def _letters(duties: Select[Any], who: Identity, now: datetime) -> Select[Any]:
    number = Letter.number + "/" + Letter.symbol
    query = _row(LETTERS, 0, Urging.id, Letter.dated_on, name=UrgingRung.name, name_en=UrgingRung.name_en, words=number)
    query = query.select_from(UrgingItem).join(Urging, Urging.id == UrgingItem.urging_id).join(Letter, Letter.id == Urging.letter_id)
    query = query.join(UrgingRung, UrgingRung.id == Urging.rung_id).where(UrgingItem.duty_id.in_(duties), UrgingItem.left_out.is_(None))
    return query.where(Urging.state == ISSUED, Urging.form == LETTER, Letter.state == LETTER_ISSUED, urgings.seen(who, now))


def _drafts(duties: Select[Any], who: Identity, now: datetime) -> Select[Any]:
    query = _row(DRAFTS, 5, Urging.id, Urging.made_on, name=UrgingRung.name, name_en=UrgingRung.name_en)
    query = query.select_from(UrgingItem).join(Urging, Urging.id == UrgingItem.urging_id).join(UrgingRung, UrgingRung.id == Urging.rung_id)
    return query.where(UrgingItem.duty_id.in_(duties), UrgingItem.left_out.is_(None), Urging.state == DRAFT, urgings.seen(who, now))


def _decisions(duties: Select[Any]) -> Select[Any]:
    d = UrgingDecision
    query = _row(DECISIONS, 1, d.id, d.decided_on, name=UrgingRung.name, name_en=UrgingRung.name_en, words=d.decision, more=func.coalesce(Committee.name, ""))
    query = query.select_from(d).join(UrgingRung, UrgingRung.id == d.rung_id).outerjoin(Committee, Committee.id == d.committee_id)
    return query.where(d.duty_id.in_(duties))


def _activities(duties: Select[Any], who: Identity) -> Select[Any]:
    a = SupervisionActivity
    day, kind = func.coalesce(ActivityItem.answered_on, a.starts_on, a.decided_on), SupervisionKind
    query = _row(ACTIVITIES, 2, a.id, day, name=kind.name, name_en=kind.name_en, words=a.title, more=ActivityItem.person)
    query = query.select_from(ActivityItem).join(a, a.id == ActivityItem.activity_id).join(kind, kind.code == a.kind_code)
    return query.where(ActivityItem.duty_id.in_(duties), programme.visible(who))


def _promises(duties: Select[Any], who: Identity) -> Select[Any]:
    r = Recommendation
    query = _row(PROMISES, 3, r.id, Commitment.promised_on, words=r.code, name=r.text, more=r.progress, due_on=r.due_on, done_on=r.done_on)
    query = query.select_from(Commitment).join(r, r.id == Commitment.recommendation_id).join(ActivityItem, ActivityItem.id == Commitment.item_id)
    return query.where(ActivityItem.duty_id.in_(duties), reading.visible(who))


def _reports(duties: Select[Any]) -> Select[Any]:
    held, words = CouncilSession, cast(CouncilSession.number, String)
    query = _row(REPORTS, 4, held.id, CouncilReport.reported_on, words=words, more=CouncilReport.number)
    query = query.select_from(CouncilReport).join(held, held.id == CouncilReport.council_session_id)
    return query.where(CouncilReport.duty_id.in_(duties))


# -- an activity -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an activity with the agency that owes it."""

    row: ActivityItem
    duty: Duty
    promises: Sequence[tuple[Commitment, Recommendation]]


def items(session: Session, activity_id: int, seen: ColumnElement[bool], who: Identity) -> list[Item]:
    """What an activity asks about, of what may be seen, with what was promised; two statements."""
    query = select(ActivityItem, Duty).join(Duty, Duty.id == ActivityItem.duty_id).where(ActivityItem.activity_id == activity_id, seen)
    rows = session.execute(query.order_by(ActivityItem.id).limit(MOST)).all()
    promised: dict[int, list[tuple[Commitment, Recommendation]]] = {}
    if rows:
        joined = select(Commitment, Recommendation).join(Recommendation, Recommendation.id == Commitment.recommendation_id)
        own = Commitment.item_id.in_([item.id for item, _ in rows]), reading.visible(who)
        for one, demand in session.execute(joined.where(*own).order_by(Commitment.id).limit(MOST)):
            promised.setdefault(one.item_id, []).append((one, demand))
    return [Item(item, duty, promised.get(item.id, ())) for item, duty in rows]


def item(session: Session, item_id: int) -> ActivityItem | None:
    """One of them."""
    return session.get(ActivityItem, item_id)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a promise comes from: the activity, who promised, and the duty for which it answered."""

    activity: SupervisionActivity
    commitment: Commitment
    duty: Duty


def origin(session: Session, recommendation_id: int) -> Origin | None:
    """Where a recommendation that is a promise comes from; None for others."""
    query = select(SupervisionActivity, Commitment, Duty).select_from(Commitment).join(ActivityItem, ActivityItem.id == Commitment.item_id)
    query = query.join(SupervisionActivity, SupervisionActivity.id == ActivityItem.activity_id).join(Duty, Duty.id == ActivityItem.duty_id)
    row = session.execute(query.where(Commitment.recommendation_id == recommendation_id)).one_or_none()
    return Origin(*row) if row else None


def opened(session: Session, decision_ids: Collection[int]) -> Mapping[int, tuple[int, str]]:
    """The activities (id, title) that were made of candidates, by decision."""
    query = select(ActivityItem.decision_id, SupervisionActivity.id, SupervisionActivity.title)
    query = query.join(SupervisionActivity, SupervisionActivity.id == ActivityItem.activity_id).where(ActivityItem.decision_id.in_(sorted(decision_ids)))
    return {decision: (number, title) for decision, number, title in session.execute(query) if decision is not None}
