"""What the office held when a petition was closed: settled, or explained only. Answered is not resolved, and closed alone says neither."""

from sqlalchemy import ScalarSelect, case, func, select

from petitions.core.words import Message, say
from petitions.duties.classes import EXPLAINED, RESOLVED
from petitions.duties.models.duty import Duty
from petitions.duties.workflow import CLOSED as DUTY_CLOSED
from petitions.duties.workflow import LEAD
from petitions.intake.following.models import PetitionDuty
from petitions.intake.models import Petition
from petitions.intake.workflow import CLOSED, STATES, tone

CLOSED_AS: dict[int, Message] = {1: say("Đã đóng · chỉ giải trình"), 2: say("Đã đóng · đã giải quyết")}
SETTLED = 2


def verdict() -> ScalarSelect[int | None]:
    """A column beside Petition's: the weakest verdict among the closed duties that lead; None where none is closed, 0 where one was closed without any."""
    held = case((Duty.closed_as == RESOLVED, SETTLED), (Duty.closed_as == EXPLAINED, 1), else_=0)
    own = select(func.min(held)).join(PetitionDuty, PetitionDuty.duty_id == Duty.id).where(PetitionDuty.petition_id == Petition.id, Petition.state == CLOSED)
    return own.where(Duty.part == LEAD, Duty.state == DUTY_CLOSED).correlate(Petition).scalar_subquery()


def state_words(state: str, held: int | None) -> Message:
    """The state in words, a closed one with its verdict."""
    return CLOSED_AS.get(held or 0, STATES[state]) if state == CLOSED else STATES[state]


def state_tone(state: str, held: int | None) -> str:
    """Its colour: green for what was settled alone."""
    return "done" if state == CLOSED and held == SETTLED else tone(state)
