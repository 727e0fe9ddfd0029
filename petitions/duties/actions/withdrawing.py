"""An answer letter that was entered wrongly is taken back before anything it says was judged: its duties stand as they stood, the letter stays in view.

What ended when the answer came (a suspension, a request for more time) does not begin again by itself.
"""

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, NotFound, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties.actions.acts import Act, begin, settle, told, wanted
from petitions.duties.models.answers import ON_SPOT, AnswerItem, AnswerLetter, Countersignature, ReAsk
from petitions.duties.workflow import ACKNOWLEDGED, REASKED, SENT
from petitions.journal.actions import record


def withdraw_answer(session: Session, letter_id: int, *, reason: str, by: Identity, now: datetime, today: date) -> AnswerLetter:
    """Take the whole letter back. Its number is free again.

    Raises RuleBroken (answered on the spot), Conflict (judged, answered again, withdrawn already), NotAllowed, WrongState.
    """
    wanted(reason=reason)
    letter = session.scalar(select(AnswerLetter).where(AnswerLetter.id == letter_id).with_for_update())
    if letter is None:
        raise NotFound
    if letter.kind == ON_SPOT:
        raise RuleBroken(say("Câu trả lời tại chỗ không rút được. Hãy ghi đúng khi đánh giá."))
    if letter.withdrawn_on is not None:
        raise Conflict(say("Văn bản này đã được rút."))
    items = session.scalars(select(AnswerItem).where(AnswerItem.letter_id == letter_id).order_by(AnswerItem.duty_id)).all()
    if any(item.judged_on is not None for item in items):
        raise Conflict(say("Văn phòng đã đánh giá câu trả lời trong văn bản này nên không rút được nữa. Hãy yêu cầu trả lời lại ở từng việc."))
    acts = [(begin(session, item.duty_id, "withdraw_answer", by=by, now=now, today=today), item) for item in items]
    if any(act.duty.answer_item_id != item.id for act, item in acts):
        raise Conflict(say("Có việc đã được trả lời lại sau văn bản này nên không rút được nữa."))
    letter.withdrawn_on, letter.withdraw_reason, letter.unique_key = today, reason, None
    session.flush()
    for act, item in acts:
        _back(session, act, item, letter, reason)
    told(session, {(act.duty.subject_kind, act.duty.subject_id) for act, _ in acts}, "duty.withdraw_answer", by=by, now=now)
    record(session, "answer.withdraw", ("answer", letter.id), by=by, now=now, changes={"number": (letter.number, None)}, reason=reason)
    return letter


def _back(session: Session, act: Act, item: AnswerItem, letter: AnswerLetter, reason: str) -> None:
    """The duty as it stood before this answer: its earlier answer, its question, its state."""
    duty = act.duty
    asked = session.execute(update(ReAsk).where(ReAsk.answered_item_id == item.id).values(answered_item_id=None).returning(ReAsk.id)).all()
    session.execute(update(Countersignature).where(Countersignature.answer_item_id == item.id).values(answer_item_id=None))
    standing = select(AnswerItem.id, AnswerLetter.received_on).join(AnswerLetter, AnswerLetter.id == AnswerItem.letter_id)
    earlier = standing.where(AnswerItem.duty_id == duty.id, AnswerLetter.withdrawn_on.is_(None)).subquery()
    last, first = session.execute(select(func.max(earlier.c.id), func.min(earlier.c.received_on))).one()
    duty.answer_item_id, duty.answered_on = last, first
    state = item.state_before or (REASKED if asked else ACKNOWLEDGED)
    if state == SENT:
        duty.received_on, duty.acknowledged_at = None, None
    settle(session, duty, act.move, state, by=act.by, now=act.now, changes={"answer": (letter.number, None)}, reason=reason, tell=False)
