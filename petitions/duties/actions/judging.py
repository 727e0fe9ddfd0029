"""The office's verdict on an answer: a class of its own, and the quality. Unclear is asked again; a promise becomes a commitment."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotFound, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.documents import queries as papers
from petitions.duties import classes, hearing
from petitions.duties.actions import dates
from petitions.duties.actions.acts import Act, begin, finish, on_or_after, settle, wanted
from petitions.duties.actions.answering import check_class
from petitions.duties.actions.dates import Law, When
from petitions.duties.actions.publishing import plan
from petitions.duties.clocks import REASK, RESOLUTION
from petitions.duties.models.answers import AnswerItem, AnswerLetter, Commitment, Evidence, ReAsk
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading
from petitions.duties.queries import rules as law_queries
from petitions.duties.queries.papers import ANSWER
from petitions.duties.workflow import COUNTERSIGNED, LEAD, REASKED, WITH
from petitions.workdays import queries as workdays

REASK_RULE = "reask_answer"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the office says of an answer. `office_class` counts only when the answer is complete; `due_on`: the re-ask's own day (the rule's when left
    out); `promised_on`: the day the office accepts as the promise (the agency's when left out)."""

    quality: str
    office_class: str | None = None
    reason: str | None = None
    words: str = ""
    promised_on: date | None = None
    due_on: date | None = None


def judge(session: Session, duty_id: int, verdict: Verdict, *, by: Identity, now: datetime, today: date, version: int | None = None) -> Duty:
    """Judge the answer that stands. The agency's class stays beside the office's; the first answer stays when it is asked again.

    Raises Invalid, RuleBroken (resolved without evidence), NotAllowed, WrongState.
    """
    if verdict.quality not in classes.QUALITIES:
        raise Invalid({"quality": [say("Hãy chọn chất lượng trả lời.")]})
    act = begin(session, duty_id, _move(verdict), by=by, now=now, today=today, version=version)
    item = _item(session, act.duty)
    if verdict.quality == classes.COMPLETE:
        return _accept(session, act, item, verdict)
    wanted(words=verdict.words)
    _note(item, verdict, None, act)
    if verdict.quality == classes.WRONG_COMPETENCE:
        return finish(session, act, changes={"quality": (None, verdict.quality)}, reason=verdict.words)
    due = ask_again(session, act, item, cause=verdict.quality, question=verdict.words, due_on=verdict.due_on)
    return finish(session, act, changes={"quality": (None, verdict.quality), "reask_due": (None, due)}, reason=verdict.words)


def _move(verdict: Verdict) -> str:
    if verdict.quality == classes.WRONG_COMPETENCE:
        return "wrong_competence"
    if verdict.quality != classes.COMPLETE:
        return "ask_again"
    if verdict.office_class not in classes.CLASSES:
        raise Invalid({"office_class": [say("Hãy xếp kết quả giải quyết.")]})
    return f"accept_{verdict.office_class}"


def _accept(session: Session, act: Act, item: AnswerItem, verdict: Verdict) -> Duty:
    duty, answer_class = act.duty, str(verdict.office_class)
    letter = _letter(session, item)
    promised = verdict.promised_on or item.promised_on
    reason = verdict.reason or (item.agency_reason if item.agency_class == answer_class else None)
    check_class(answer_class, reason, promised if answer_class == classes.IN_PROGRESS else None, letter.dated_on)
    if answer_class == classes.RESOLVED:
        _proven(session, duty, item, letter)
        keep(session, duty, on=letter.received_on)
    _note(item, verdict, answer_class, act, reason)
    changes: dict[str, tuple[object, object]] = {"office_class": (None, answer_class), "quality": (None, verdict.quality)}
    if answer_class == classes.IN_PROGRESS:
        if promised is not None:
            changes["resolution_due"] = (duty.resolution_due, promised)
            law = Law(law_queries.rulebook(session), workdays.calendar(session))
            promise_day(session, duty, promised, item=item, text=item.roadmap, cause="answer", on=act.today, law=law, act=act)
    elif duty.settled_on is None:
        duty.settled_on = letter.received_on
    if duty.part == LEAD:
        plan(session, duty, answered_on=letter.received_on)
    return finish(session, act, changes=changes, reason=verdict.words or None)


def _proven(session: Session, duty: Duty, item: AnswerItem, letter: AnswerLetter) -> None:
    """RuleBroken when nothing proves that the thing was done: neither evidence on the duty nor a document of the answer letter."""
    shown = session.scalar(select(exists().where(Evidence.duty_id == duty.id))) or papers.of_subject(session, (ANSWER, letter.id))
    if not shown:
        raise RuleBroken(say("«Đã giải quyết xong» cần minh chứng: gắn tài liệu hoặc ghi kết quả kiểm tra, rồi xếp lại."))


def _note(item: AnswerItem, verdict: Verdict, answer_class: str | None, act: Act, reason: str | None = None) -> None:
    item.quality, item.office_class, item.office_reason, item.verdict = verdict.quality, answer_class, reason, verdict.words
    item.judged_on, item.judged_by = act.today, act.by.user_id


def ask_again(session: Session, act: Act, item: AnswerItem | None, *, cause: str, question: str, due_on: date | None) -> date:
    """A re-ask with its own day; the agencies that signed with the lead are asked with it. The day."""
    duty = act.duty
    law = Law(law_queries.rulebook(session), workdays.calendar(session))
    when = dates.by_rule(law, REASK_RULE, act.today)
    if due_on is not None:
        on_or_after("due_on", due_on, act.today, say("hôm nay"))
        when = When(due_on, "asked_again", act.today)
    due = when.due_on or act.today
    asked = {"cause": cause, "question": question, "asked_on": act.today, "due_on": due, "asked_by": act.by.user_id}
    session.add(ReAsk(duty_id=duty.id, answer_item_id=item.id if item else None, **asked))
    made = {"cause": "reopen" if cause == "reopened" else "reask", "since": act.today, "by": act.by, "now": act.now, "calendar": law.calendar}
    dates.put(session, duty, REASK, when, **made)  # type: ignore[arg-type]
    asked_of = [duty]
    if duty.part == LEAD:
        for one in reading.siblings(session, duty):
            if one.part == WITH and one.state == COUNTERSIGNED:
                session.add(ReAsk(duty_id=one.id, **asked))
                dates.put(session, one, REASK, when, **made)  # type: ignore[arg-type]
                settle(session, one, "ask_again", REASKED, by=act.by, now=act.now, changes={"reask_due": (None, due)}, tell=False)
                asked_of.append(one)
    hearing.asked_again(session, asked_of, due, by=act.by, now=act.now)
    return due


def promise_day(
    session: Session, duty: Duty, promised: date, *, item: AnswerItem | None, text: str, cause: str, on: date, law: Law, act: Act, reason: str = ""
) -> Commitment:
    """A new commitment, which follows the one before; the resolution's clock runs to its day."""
    last = select(Commitment).where(Commitment.duty_id == duty.id, Commitment.replaced_on.is_(None), Commitment.kept_on.is_(None))
    before = session.scalar(last.order_by(Commitment.id.desc()).limit(1))
    if before is not None:
        before.replaced_on = on
    made = Commitment(duty_id=duty.id, promised_on=promised, made_on=on, text=text, cause=cause, answer_item_id=item.id if item else None)
    made.follows_id = before.id if before else None
    session.add(made)
    put = {"cause": "promise" if cause == "answer" else "extension", "since": on, "by": act.by, "now": act.now, "calendar": law.calendar, "reason": reason}
    dates.put(session, duty, RESOLUTION, When(promised, "promised" if cause == "answer" else "extended", on), **put)  # type: ignore[arg-type]
    return made


def keep(session: Session, duty: Duty, *, on: date) -> None:
    """What was promised was done on `on`."""
    open_ = (Commitment.duty_id == duty.id, Commitment.kept_on.is_(None), Commitment.replaced_on.is_(None))
    session.execute(update(Commitment).where(*open_).values(kept_on=on))


def confirm_resolved(session: Session, duty_id: int, *, done_on: date, reason: str, by: Identity, now: datetime, today: date) -> Duty:
    """The office has seen that what was promised was done, without another letter. Needs evidence; `done_on` is the day on which it was done."""
    act = begin(session, duty_id, "confirm_resolved", by=by, now=now, today=today)
    duty = act.duty
    wanted(reason=reason)
    on_or_after("done_on", done_on, duty.answered_on, say("ngày trả lời"))
    if done_on > today:
        raise Invalid({"done_on": [say("Ngày này chưa tới.")]})
    item = _item(session, duty)
    _proven(session, duty, item, _letter(session, item))
    keep(session, duty, on=done_on)
    duty.settled_on = duty.settled_on or done_on
    return finish(session, act, changes={"settled_on": (None, done_on)}, reason=reason)


def _item(session: Session, duty: Duty) -> AnswerItem:
    item = session.get(AnswerItem, duty.answer_item_id) if duty.answer_item_id else None
    if item is None:
        raise NotFound(say("Chưa có câu trả lời nào."))
    return item


def _letter(session: Session, item: AnswerItem) -> AnswerLetter:
    letter = session.get(AnswerLetter, item.letter_id)
    if letter is None:
        raise NotFound
    return letter
