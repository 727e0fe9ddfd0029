"""What oversight says of candidates (duties/urging/beyond.py): the evidence, promises missed as a ground of re-questioning, the activity made of one."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties.models.duty import Duty
from petitions.duties.urging import beyond
from petitions.oversight.models.escalation import Commitment
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.queries import escalation
from petitions.oversight.queries import evidence as evidences
from petitions.oversight.queries.evidence import Evidence
from petitions.oversight.workflow import OWED

AGAIN = "requestioning"
ACTORS = (Permission.OVERSIGHT_REGISTER, Permission.CANDIDATE_TAKE)


class Candidacy:
    """Oversight's word on candidates."""

    def evidence(self, session: Session, duty_ids: Sequence[int], today: date) -> Mapping[int, Sequence[Message]]:
        """Promises missed first, then what was answered before, sent back, missed."""
        return {number: words(one) for number, one in evidences.of(session, duty_ids, today).items()}

    def ground(self, code: str, today: date) -> ColumnElement[bool] | None:
        """A promise made in the hall whose day has passed is a candidate for re-questioning at once: no letter need have urged it."""
        if code != AGAIN:
            return None
        missed = Recommendation.progress.in_(sorted(OWED)), Recommendation.due_on < today
        own = (
            RecommendationDuty.duty_id == Duty.id,
            Recommendation.id == RecommendationDuty.recommendation_id,
            Commitment.recommendation_id == Recommendation.id,
        )
        return and_(Duty.next_due < today, exists().where(*own, *missed).correlate(Duty))

    def sequels(self, session: Session, decision_ids: Sequence[int], identity: Identity) -> Mapping[int, tuple[Message | str, str]]:
        """The activity that was made of it; else, for whoever may, the form that opens one."""
        made = escalation.opened(session, decision_ids)
        found: dict[int, tuple[Message | str, str]] = {number: (title, f"/oversight/programme/{activity}") for number, (activity, title) in made.items()}
        if any(identity.may(one) for one in ACTORS):
            offer = say("Mở hoạt động giám sát")
            found |= {number: (offer, f"/oversight/open?decision={number}") for number in decision_ids if number not in made}
        return found


def words(one: Evidence) -> list[Message]:
    """The evidence in words."""
    told = [say("Đã đôn đốc bằng công văn {number} ({day})", number=number, day=format_day(day)) for number, day in one.letters]
    for missed in one.missed:
        until = format_day(missed.due_on) if missed.due_on else ""
        told.append(say("Lỡ cam kết {code}: hứa ngày {day}, hạn {until}", code=missed.code, day=format_day(missed.promised_on), until=until))
    told += [say("Đã trả lời ngày {day} tại «{title}»", day=format_day(each.on), title=each.title) for each in one.answers if each.on is not None]
    if one.sent_back:
        told.append(say_n("{n} lần bị yêu cầu làm lại, trả lời lại", "{n} lần bị yêu cầu làm lại, trả lời lại", one.sent_back))
    if one.days_missed:
        told.append(say_n("{n} thời hạn đã lỡ", "{n} thời hạn đã lỡ", one.days_missed))
    return told


def introduce() -> None:
    """Let duties know."""
    beyond.register(Candidacy())
