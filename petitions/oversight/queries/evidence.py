"""The evidence of what stayed undone: what was urged by which letter, answered where by whom, promised and missed, sent back, missed before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, String, cast, func, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from petitions.duties.urging.queries import evidence as duties
from petitions.oversight import promises
from petitions.oversight.models.escalation import ActivityItem, Commitment
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.models.report import NOT_MET, Verification

PROMISED, OWN, ANSWERED, BACK, MISSED_DAYS, LETTER = "promised", "own", "answered", "back", "missed", "letter"


@dataclass(frozen=True, slots=True)
class Answered:
    """A session at which an item was asked about; `on` None: not answered yet."""

    activity_id: int
    title: str
    on: date | None
    person: str
    answer: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise about an item, and how it stands."""

    code: str
    promised_on: date
    due_on: date | None
    verdict: str


@dataclass
class Evidence:
    """All of one duty. `own`: the promise that the duty itself is."""

    letters: list[tuple[str, date]] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)
    own: Promised | None = None
    sent_back: int = 0
    days_missed: int = 0

    @property
    def missed(self) -> list[Promised]:
        """The promises that were not kept by their day, its own first."""
        every = [*([self.own] if self.own else []), *self.promised]
        return [one for one in every if one.verdict == promises.MISSED]


def of(session: Session, duty_ids: Sequence[int], today: date) -> Mapping[int, Evidence]:
    """The evidence of these duties: one statement however many there are."""
    found = {number: Evidence() for number in duty_ids}
    if not found:
        return found
    for row in session.execute(_everything(duty_ids, today)):
        one = found[row.duty]
        if row.what == LETTER:
            one.letters.append((row.a, row.on))
        elif row.what == MISSED_DAYS:
            one.days_missed = row.n
        elif row.what == BACK:
            one.sent_back += row.n
        elif row.what == ANSWERED:
            one.answers.append(Answered(row.n, row.a, row.on, row.b, row.c))
        else:
            promise = Promised(row.a, row.on, row.due_on, promises.verdict(row.b, row.due_on, row.done_on, today))
            if row.what == OWN:
                one.own = promise
            else:
                one.promised.append(promise)
    return found


def _everything(duty_ids: Sequence[int], today: date) -> Any:
    """All of it as rows of one shape; promises come first, because they say which columns are days."""
    i, a, r, link = ActivityItem, SupervisionActivity, Recommendation, RecommendationDuty
    told = {"n": r.id, "a": r.code, "b": r.progress, "on": Commitment.promised_on, "due_on": r.due_on, "done_on": r.done_on}
    asked = _row(PROMISED, i.duty_id, **told).select_from(Commitment).join(r, r.id == Commitment.recommendation_id).join(i, i.id == Commitment.item_id)
    own = _row(OWN, link.duty_id, **told).select_from(Commitment).join(r, r.id == Commitment.recommendation_id).join(link, link.recommendation_id == r.id)
    answered = _row(ANSWERED, i.duty_id, n=a.id, a=a.title, b=i.person, c=i.answer, on=i.answered_on).select_from(i).join(a, a.id == i.activity_id)
    back = select(link.duty_id, func.count()).join(Verification, Verification.recommendation_id == link.recommendation_id)
    back = back.where(link.duty_id.in_(duty_ids), Verification.verdict == NOT_MET).group_by(link.duty_id)
    counts = ((BACK, back), (BACK, duties.asked_again(duty_ids)), (MISSED_DAYS, duties.days_missed(duty_ids, today)))
    counted = [_row(what, rows.c[0], n=rows.c[1]) for what, rows in ((what, query.subquery()) for what, query in counts)]
    sent = duties.letters(duty_ids).subquery()
    urged = _row(LETTER, sent.c[0], n=sent.c[1], a=sent.c[2], on=sent.c[3]).where(sent.c[3].is_not(None))
    asked, own, answered = asked.where(i.duty_id.in_(duty_ids)), own.where(link.duty_id.in_(duty_ids)), answered.where(i.duty_id.in_(duty_ids))
    every = union_all(asked, own, answered, urged, *counted).subquery()
    return select(every).order_by(every.c.duty, every.c.on, every.c.n)


def _row(what: str, duty: Any, **given: Any) -> Select[Any]:
    words = [cast(given.get(name, literal("")), String).label(name) for name in ("a", "b", "c")]
    days = [type_coerce(given.get(name, null()), Date).label(name) for name in ("on", "due_on", "done_on")]
    return select(literal(what).label("what"), duty.label("duty"), cast(given["n"], Integer).label("n"), *words, *days)
