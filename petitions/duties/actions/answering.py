"""Answers: one letter, many duties; the lead's answer waits for the agencies that work with it. Answered is not resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.text import fold
from petitions.core.words import say
from petitions.documents import actions as documents
from petitions.documents.receiving import Received
from petitions.duties import classes, hearing, subjects
from petitions.duties.actions.acts import Act, begin, finish, may_write, not_future, on_or_after, settle, told, wanted
from petitions.duties.actions.stopping import let_run
from petitions.duties.models.answers import LETTER, ON_SPOT, AnswerItem, AnswerLetter, Countersignature, ReAsk
from petitions.duties.models.duty import Duty, DutyHolder
from petitions.duties.models.time import ASKED, LAPSED, Extension
from petitions.duties.queries import reading
from petitions.duties.queries.papers import ANSWER, SCAN
from petitions.duties.workflow import ANSWERED, CLOSED, COUNTERSIGNED, ENDED, LEAD, UNDER_REVIEW, WITH
from petitions.journal.actions import record


@dataclass(frozen=True, slots=True)
class LetterIn:
    """The answer letter itself. `received_on`: when the office has it (the day of the letter when left out)."""

    number: str
    dated_on: date
    received_on: date | None = None
    signatory: str = ""
    text: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the letter says on one duty: the agency's own class with its reason, the roadmap, the day it promises."""

    duty_id: int
    agency_class: str
    reason: str | None = None
    text: str = ""
    roadmap: str = ""
    promised_on: date | None = None


def file_answer(
    session: Session, values: LetterIn, proposals: Sequence[Proposal], scans: Sequence[Received] = (), *, by: Identity, now: datetime, today: date
) -> AnswerLetter:
    """Enter a letter that answers several duties of one agency, of whatever session, with its scans. All of them or none.

    Raises Invalid (a day before its event, a class without its promise), Conflict (number used, a duty already closed), NotAllowed, WrongState.
    """
    received = values.received_on or values.dated_on
    wanted(number=values.number)
    not_future("dated_on", values.dated_on, today)
    not_future("received_on", received, today)
    on_or_after("received_on", received, values.dated_on, say("ngày văn bản trả lời"))
    if not proposals or len({one.duty_id for one in proposals}) < len(proposals):
        raise Invalid({"items": [say("Hãy chọn những việc mà văn bản này trả lời, mỗi việc một lần.")]})
    acts = [_ready(session, one, values.dated_on, by=by, now=now, today=today) for one in sorted(proposals, key=lambda one: one.duty_id)]
    agencies = {act.duty.agency_id for act in acts}
    if len(agencies) > 1:
        raise Invalid({"items": [say("Một văn bản trả lời là của một cơ quan; hãy tách theo cơ quan.")]})
    letter = _letter(session, values, agencies.pop(), received, by=by, now=now)
    by_duty = {one.duty_id: one for one in proposals}
    for act in acts:
        _answer(session, act, letter, by_duty[act.duty.id], received)
    kept = [documents.add(session, one, (ANSWER, letter.id), role=SCAN, by=by, now=now) for one in scans]
    letter.document_id = letter.document_id or (kept[0].id if kept else None)
    told(session, {(act.duty.subject_kind, act.duty.subject_id) for act in acts}, "duty.answer", by=by, now=now)
    record(session, "answer.file", ("answer", letter.id), by=by, now=now, changes={"number": (None, letter.number), "duties": (0, len(acts))})
    hearing.answered(session, letter, [act.duty for act in acts], by=by, now=now)
    return letter


def _ready(session: Session, one: Proposal, dated_on: date, *, by: Identity, now: datetime, today: date) -> Act:
    """The duty held, when it may be answered by a letter of this day with this class."""
    check_class(one.agency_class, one.reason, one.promised_on, dated_on)
    if session.scalar(select(Duty.state).where(Duty.id == one.duty_id)) == CLOSED:
        raise WrongState(say("{code} đã đóng. Muốn nhận thêm trả lời, hãy mở lại việc này trước.", code=_code(session, one.duty_id)))
    act = begin(session, one.duty_id, "answer", "record_answer", by=by, now=now, today=today)
    if act.duty.letter_on is not None and dated_on < act.duty.letter_on:
        said = say(
            "Văn bản trả lời ngày {day} có trước công văn chuyển {code} ({letter}). Hãy xem lại ngày văn bản.",
            day=format_day(dated_on),
            code=_code(session, one.duty_id),
            letter=format_day(act.duty.letter_on),
        )
        raise Invalid({"dated_on": [said]})
    return act


def check_class(answer_class: str, reason: str | None, promised_on: date | None, after: date) -> None:
    """Invalid when a class is unknown, its reason another's, "in progress" without a promise or a reason, or the promise lies before its answer."""
    if answer_class not in classes.CLASSES:
        raise Invalid({"agency_class": [say("Hãy chọn kết quả giải quyết.")]})
    if not classes.reason_fits(answer_class, reason):
        raise Invalid({"reason": [say("Lý do này không thuộc kết quả đã chọn.")]})
    if classes.promise_missing(answer_class, reason, promised_on):
        raise Invalid({"promised_on": [say("«Đang giải quyết» cần một ngày hẹn, hoặc lý do chưa có ngày hẹn.")]})
    if promised_on is not None:
        on_or_after("promised_on", promised_on, after, say("ngày văn bản trả lời"))


def _letter(session: Session, values: LetterIn, agency_id: int, received: date, *, by: Identity, now: datetime) -> AnswerLetter:
    number = values.number.strip()
    letter = AnswerLetter(
        kind=LETTER,
        agency_id=agency_id,
        number=number,
        unique_key=f"{agency_id}/{values.dated_on.year}/{fold(number)}",
        dated_on=values.dated_on,
        received_on=received,
        signatory=values.signatory,
        text=values.text,
        document_id=values.document_id,
        entered_by=by.user_id,
        entered_at=now,
    )
    try:
        with session.begin_nested():
            session.add(letter)
            session.flush()
    except IntegrityError:
        said = say("Văn bản số {number} năm {year} của cơ quan này đã được nhập. Hãy mở văn bản ấy.", number=number, year=values.dated_on.year)
        raise Conflict(said) from None
    return letter


def _answer(session: Session, act: Act, letter: AnswerLetter, one: Proposal, received: date) -> AnswerItem:
    """The letter's word on one duty: its clock stops, and it waits for the co-ordinating agencies or for the office."""
    duty = act.duty
    item = AnswerItem(
        letter_id=letter.id,
        duty_id=duty.id,
        state_before=duty.state,
        agency_class=one.agency_class,
        agency_reason=one.reason,
        text=one.text,
        roadmap=one.roadmap,
        promised_on=one.promised_on if one.agency_class == classes.IN_PROGRESS else None,
    )
    session.add(item)
    session.flush()
    let_run(session, duty, on=received, by=act.by, now=act.now)
    session.execute(update(Extension).where(Extension.duty_id == duty.id, Extension.state == ASKED).values(state=LAPSED))
    session.execute(update(ReAsk).where(ReAsk.duty_id == duty.id, ReAsk.answered_item_id.is_(None)).values(answered_item_id=item.id))
    if duty.received_on is None and duty.letter_on is not None:
        duty.received_on, duty.acknowledged_at = max(duty.letter_on, min(letter.dated_on, duty.start_on)), act.now  # who answers has received it
    duty.answered_on = min(duty.answered_on or received, received)
    duty.answer_item_id = item.id
    state = UNDER_REVIEW if _countersigned(session, duty, item) else ANSWERED
    changes = {"answer": (None, letter.number), "class": (None, one.agency_class), "promised_on": (None, item.promised_on)}
    settle(session, duty, act.move, state, by=act.by, now=act.now, changes=changes, tell=False)
    return item


def _countersigned(session: Session, duty: Duty, item: AnswerItem) -> bool:
    """Whether nobody who works with the lead is still to sign; words given before the lead answered now stand on this answer."""
    if duty.part != LEAD:
        return True
    partners = [one for one in reading.siblings(session, duty) if one.part == WITH and one.state not in ENDED]
    ids = [one.id for one in partners]
    early = update(Countersignature).where(Countersignature.duty_id.in_(ids), Countersignature.answer_item_id.is_(None))
    session.execute(early.values(answer_item_id=item.id))
    signed = set(session.scalars(select(Countersignature.duty_id).where(Countersignature.answer_item_id == item.id).order_by(Countersignature.id)))
    return all(one.id in signed or one.answered_on is not None for one in partners)


def countersign(session: Session, duty_id: int, *, signed_on: date, opinion: str = "", by: Identity, now: datetime, today: date) -> Duty:
    """A co-ordinating agency agrees with the lead's answer (or gives its word before it). The last signature hands the answer to the office."""
    act = begin(session, duty_id, "countersign", "record_countersign", by=by, now=now, today=today)
    duty = act.duty
    not_future("signed_on", signed_on, today)
    on_or_after("signed_on", signed_on, duty.letter_on, say("ngày công văn"))
    lead = next((one for one in reading.siblings(session, duty) if one.part == LEAD and one.state not in ENDED), None)
    waiting = lead.answer_item_id if lead is not None and lead.state == ANSWERED else None
    signed = {"signed_on": signed_on, "opinion": opinion, "entered_by": by.user_id, "entered_at": now}
    session.add(Countersignature(answer_item_id=waiting, duty_id=duty.id, agency_id=duty.agency_id, **signed))
    let_run(session, duty, on=signed_on, by=by, now=now)
    if duty.received_on is None:
        duty.received_on, duty.acknowledged_at = max(duty.letter_on or signed_on, min(signed_on, duty.start_on)), now
    if duty.answered_on is None:
        duty.answered_on = signed_on
    finish(session, act, state=COUNTERSIGNED, changes={"signed_on": (None, signed_on)})
    item = session.get(AnswerItem, waiting) if waiting is not None else None
    if lead is not None and item is not None and _countersigned(session, lead, item):
        settle(session, reading.locked(session, lead.id), "countersigned", UNDER_REVIEW, by=by, now=now)
    return duty


def override(session: Session, duty_id: int, *, reason: str, by: Identity, now: datetime, today: date) -> Duty:
    """Take up the lead's answer without the missing countersignatures; the reason stays with the answer."""
    act = begin(session, duty_id, "override", by=by, now=now, today=today)
    wanted(reason=reason)
    item = session.get(AnswerItem, act.duty.answer_item_id) if act.duty.answer_item_id else None
    if item is None:
        raise NotFound
    item.override_reason, item.overridden_by = reason, by.user_id
    return finish(session, act, reason=reason)


def answer_on_the_spot(
    session: Session, *, body_id: int, subject: tuple[str, int], agency_id: int, proposal: Proposal, on: date, by: Identity, now: datetime, today: date
) -> Duty:
    """The agency answered at the meeting itself (NQLT72 Điều 24): a duty without a letter, answered on the day. `proposal.duty_id` is not looked at."""
    may_write(by, body_id)
    if by is not SYSTEM and not by.may(Permission.DUTY_RECORD):
        raise NotAllowed
    wanted(text=proposal.text)
    not_future("on", on, today)
    check_class(proposal.agency_class, proposal.reason, proposal.promised_on, on)
    duty = Duty(body_id=body_id, subject_kind=subject[0], subject_id=subject[1], part=LEAD, agency_id=agency_id, state=UNDER_REVIEW)
    duty.start_on, duty.received_on, duty.answered_on, duty.made_at, duty.version = on, on, on, now, 0
    session.add(duty)
    letter = AnswerLetter(kind=ON_SPOT, agency_id=agency_id, dated_on=on, received_on=on, text=proposal.text, entered_by=by.user_id, entered_at=now)
    session.add(letter)
    session.flush()
    session.add(DutyHolder(duty_id=duty.id, agency_id=agency_id, from_on=on, cause="on_spot", made_by=by.user_id, made_at=now))
    promised = proposal.promised_on if proposal.agency_class == classes.IN_PROGRESS else None
    said = {"agency_class": proposal.agency_class, "agency_reason": proposal.reason, "text": proposal.text, "roadmap": proposal.roadmap}
    item = AnswerItem(letter_id=letter.id, duty_id=duty.id, promised_on=promised, **said)
    session.add(item)
    session.flush()
    duty.answer_item_id = item.id
    subjects.linked(session, [(subject[0], subject[1], duty.id)])
    return settle(session, duty, "answer_on_the_spot", UNDER_REVIEW, by=by, now=now, changes={"class": (None, proposal.agency_class)})


def _code(session: Session, duty_id: int) -> str:
    duty = session.get(Duty, duty_id)
    if duty is None:
        return f"#{duty_id}"
    key = (duty.subject_kind, duty.subject_id)
    return subjects.captions(session, [key])[key].code
