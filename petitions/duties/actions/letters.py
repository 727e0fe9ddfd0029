"""The letter that carries a bundle: issued with the number that the registry gave, recalled until it leaves. Issuing makes the duties."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties import hearing, subjects
from petitions.duties.actions import dates
from petitions.duties.actions.acts import KIND as DUTY
from petitions.duties.actions.acts import not_future, settle, wanted
from petitions.duties.actions.bundles import finish, hold, items_of
from petitions.duties.actions.dates import Law
from petitions.duties.bundling import RECIPIENTS, TRANSFER
from petitions.duties.clocks import ACK, next_due
from petitions.duties.models.duty import Duty, DutyHolder
from petitions.duties.models.transfer import Bundle, BundleAgency, BundleItem, TransferLetter
from petitions.duties.queries import reading, transfers
from petitions.duties.queries import rules as law_queries
from petitions.duties.settings import DRAWN, RECORDED, DutySettings
from petitions.duties.workflow import RECALLED, SENT
from petitions.journal.actions import record
from petitions.letters import queries as letter_queries
from petitions.letters import registry
from petitions.letters.registry import EntryValues
from petitions.workdays import queries as workdays

BOOK, SYMBOL = "cong-van-di", "HĐND-TT"
ACKNOWLEDGEMENT = "acknowledgement"
HOLDER = "transfer_letter"  # as the register of outgoing letters knows who has a number


@dataclass(frozen=True, slots=True)
class LetterValues:
    """What the registry gave. `number` may be empty only where the office lets numbers be drawn here. `again`: the number is used twice knowingly."""

    number: str
    dated_on: date
    signatory: str
    symbol: str = SYMBOL
    authority: str = ""
    book: str = BOOK
    due_on: date | None = None
    document_id: int | None = None
    again: bool = False


def issue(session: Session, bundle_id: int, values: LetterValues, *, by: Identity, now: datetime, today: date) -> TransferLetter:
    """Issue the approved bundle as a letter. A transfer makes one duty per subject and agency; their clocks start by the assumed day of receipt.

    Raises Invalid, Conflict (number used), NotAllowed, WrongState, RuleBroken (no rule in force on the day).
    """
    bundle = hold(session, bundle_id, "issue", by)
    wanted(signatory=values.signatory)
    not_future("dated_on", values.dated_on, today)
    if values.due_on is not None and values.due_on < values.dated_on:
        raise Invalid({"due_on": [say("Hạn ghi trong công văn không thể trước ngày công văn ({day}).", day=format_day(values.dated_on))]})
    letter = _letter(session, bundle, values, law_queries.settings(session), by=by, now=now, today=today)
    made = _duties(session, bundle, letter, by=by, now=now) if bundle.kind == TRANSFER else []
    record(session, "letter.issue", ("letter", letter.id), by=by, now=now, changes={"number": (None, letter.full_number), "duties": (0, len(made))})
    finish(session, bundle, "issue", by=by, now=now)
    hearing.gone(session, letter, now=now)
    return letter


def send_now(session: Session, letter_id: int, *, by: Identity, now: datetime) -> TransferLetter:
    """The letter leaves at once: from now on it cannot be recalled, and its addressees see it."""
    letter = _living(session, letter_id)
    bundle = hold(session, letter.bundle_id, "send_now", by)
    if letter.leaves_at <= now:
        raise RuleBroken(GONE)
    letter.leaves_at = now
    for duty in _of_letter(session, letter):
        duty.leaves_at = now
    finish(session, bundle, "send_now", by=by, now=now)
    hearing.gone(session, letter, now=now)
    return letter


def recall(session: Session, letter_id: int, *, reason: str, by: Identity, now: datetime) -> TransferLetter:
    """Take a letter back before it leaves: its duties are recalled, the bundle waits to be issued again. RuleBroken once it has left."""
    wanted(reason=reason)
    letter = _living(session, letter_id)
    bundle = hold(session, letter.bundle_id, "recall", by)
    if letter.leaves_at <= now:
        raise RuleBroken(GONE)
    letter.recalled_at, letter.recalled_by, letter.recall_reason, letter.unique_key = now, by.user_id, reason, None
    registry.withdraw(session, (HOLDER, letter.id), now=now)
    for duty in _of_letter(session, letter):
        settle(session, duty, "recall", RECALLED, by=by, now=now, reason=reason, tell=False)
    record(session, "letter.recall", ("letter", letter.id), by=by, now=now, changes={"recalled": (False, True)}, reason=reason)
    finish(session, bundle, "recall", by=by, now=now, reason=reason)
    return letter


GONE = say("Công văn đã gửi đi, không thu hồi được nữa. Nếu gửi nhầm, hãy chuyển cơ quan khác ở từng việc.")


def _living(session: Session, letter_id: int) -> TransferLetter:
    letter = reading.letter(session, letter_id)
    if letter.recalled_at is not None:
        raise Conflict(say("Công văn này đã được thu hồi."))
    return letter


def _of_letter(session: Session, letter: TransferLetter) -> list[Duty]:
    return list(session.scalars(select(Duty).where(Duty.letter_id == letter.id).order_by(Duty.id)))


def _letter(session: Session, bundle: Bundle, values: LetterValues, chosen: DutySettings, *, by: Identity, now: datetime, today: date) -> TransferLetter:
    year = values.dated_on.year
    book = letter_queries.book_code(session, bundle.body_id, values.book) if values.book == BOOK else values.book
    numbering = registry.numbering_of(session, book, chosen.letter_numbering)
    number = registry.number_for(session, book, year, values.number, numbering=numbering, again=values.again)
    letter = TransferLetter(
        bundle_id=bundle.id,
        body_id=bundle.body_id,
        book=book,
        year=year,
        number=number,
        unique_key=f"{book}/{year}/{number}" if numbering != RECORDED else None,
        numbering=DRAWN if numbering == DRAWN and not values.number.strip() else RECORDED,
        due_on=values.due_on or bundle.due_on,
        issued_by=by.user_id,
        issued_at=now,
        # A letter of an earlier day has left already: it is only being recorded.
        leaves_at=now if values.dated_on < today else now + timedelta(minutes=chosen.recall_minutes),
        **{name: getattr(values, name) for name in ("symbol", "dated_on", "signatory", "authority", "document_id")},
    )
    session.add(letter)
    session.flush()
    told = {
        "subject_line": bundle.title,
        "addressee": transfers.recipient(session, bundle) or RECIPIENTS[bundle.recipient_kind].text,
        "signatory": values.signatory,
    }
    entry = EntryValues(book=book, number=number, symbol=values.symbol, dated_on=values.dated_on, holder=(HOLDER, letter.id), **told)
    registry.enter(session, entry, numbering=numbering, again=values.again, now=now)
    return letter


def _duties(session: Session, bundle: Bundle, letter: TransferLetter, *, by: Identity, now: datetime) -> list[Duty]:
    """One duty per subject and agency. Until the agency says when it received the letter, it is taken to have it after the days that the rule gives."""
    law = Law(law_queries.rulebook(session), workdays.calendar(session))
    receipt = dates.by_rule(law, ACKNOWLEDGEMENT, letter.dated_on)
    assumed = receipt.due_on or letter.dated_on
    parts: dict[int, list[BundleAgency]] = {}
    items = items_of(session, bundle.id)
    of_bundle = select(BundleItem.id).where(BundleItem.bundle_id == bundle.id)
    for part in session.scalars(select(BundleAgency).where(BundleAgency.item_id.in_(of_bundle)).order_by(BundleAgency.id)):
        parts.setdefault(part.item_id, []).append(part)
    made = [_duty(bundle, letter, item, part, assumed, now) for item in items for part in parts.get(item.id, [])]
    session.add_all(made)
    session.flush()
    for duty in made:
        held = DutyHolder(duty_id=duty.id, agency_id=duty.agency_id, from_on=letter.dated_on, cause="issue", made_by=by.user_id, made_at=now)
        session.add(held)
        dates.put(session, duty, ACK, receipt, cause="issue", since=letter.dated_on, by=by, now=now, calendar=law.calendar, fresh=True)
        begun = {"event": "assumed_received", "event_on": assumed, "cause": "issue", "since": letter.dated_on}
        dates.start(session, duty, **begun, by=by, now=now, law=law, fresh=True)  # type: ignore[arg-type]
        duty.next_due = next_due(duty)
        record(session, "duty.send", (DUTY, duty.id), by=by, now=now, changes={"state": (None, SENT), "due": (None, duty.reply_due)})
    subjects.linked(session, [(duty.subject_kind, duty.subject_id, duty.id) for duty in made])
    return made


def _duty(bundle: Bundle, letter: TransferLetter, item: BundleItem, part: BundleAgency, assumed: date, now: datetime) -> Duty:
    return Duty(
        body_id=bundle.body_id,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        part=part.part,
        agency_id=part.agency_id,
        state=SENT,
        letter_id=letter.id,
        item_id=item.id,
        recipient_kind=bundle.recipient_kind,
        rule_code=bundle.rule_code,
        letter_on=letter.dated_on,
        leaves_at=letter.leaves_at,
        start_on=assumed,
        letter_due=letter.due_on,
        made_at=now,
        version=1,
    )
