"""The evidence of what stayed undone: what was urged by which letter, answered where by whom, promised and missed, sent back, missed before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from petitions.duties.urging.queries import evidence as duties
from petitions.duties.urging.queries import reading as urgings
from petitions.oversight import promises
from petitions.oversight.models.escalation import ActivityItem, Commitment
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.models.report import NOT_MET, Verification


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

    letters: Sequence[tuple[str, date]] = ()
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
    """The evidence of these duties; six statements however many there are."""
    found = {number: Evidence() for number in duty_ids}
    if not found:
        return found
    for number, letters in urgings.urged_before(session, duty_ids).items():
        found[number].letters = letters
    asked = duties.of(session, duty_ids, today)
    for number, counted in asked.items():
        found[number].sent_back, found[number].days_missed = counted.asked_again, counted.days_missed
    _answers(session, found)
    _promises(session, found, today)
    back = select(RecommendationDuty.duty_id, func.count()).join(Verification, Verification.recommendation_id == RecommendationDuty.recommendation_id)
    own = RecommendationDuty.duty_id.in_(duty_ids), Verification.verdict == NOT_MET
    for number, n in session.execute(back.where(*own).group_by(RecommendationDuty.duty_id)):
        found[number].sent_back += n
    return found


def _answers(session: Session, found: Mapping[int, Evidence]) -> None:
    a, i = SupervisionActivity, ActivityItem
    query = select(i.duty_id, a.id, a.title, i.answered_on, i.person, i.answer).join(a, a.id == i.activity_id).where(i.duty_id.in_(found))
    for number, activity, title, on, person, answer in session.execute(query.order_by(i.answered_on, i.id)):
        found[number].answers.append(Answered(activity, title, on, person, answer))


def _promises(session: Session, found: Mapping[int, Evidence], today: date) -> None:
    r = Recommendation
    columns = (ActivityItem.duty_id, RecommendationDuty.duty_id, r.code, Commitment.promised_on, r.due_on, r.progress, r.done_on)
    query = select(*columns).select_from(Commitment).join(r, r.id == Commitment.recommendation_id)
    query = query.join(ActivityItem, ActivityItem.id == Commitment.item_id).join(RecommendationDuty, RecommendationDuty.recommendation_id == r.id)
    for asked, itself, code, promised_on, due_on, progress, done_on in session.execute(
        query.where(or_(ActivityItem.duty_id.in_(found), RecommendationDuty.duty_id.in_(found))).order_by(Commitment.id)
    ):
        one = Promised(code, promised_on, due_on, promises.verdict(progress, due_on, done_on, today))
        if asked in found and one not in found[asked].promised:
            found[asked].promised.append(one)
        if itself in found:
            found[itself].own = one
