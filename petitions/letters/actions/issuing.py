"""Issuing a letter: number and day as the registry gave them, signatory of that day, the copy frozen. Recalling it until it leaves. The signed scan."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Invalid, PetitionsError, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.documents import actions as documents
from petitions.documents.receiving import Received
from petitions.documents.store import Store
from petitions.documents.values import Details
from petitions.journal.actions import record
from petitions.letters import owners, queries, registry
from petitions.letters.actions import readying
from petitions.letters.actions.drafting import SUBJECT, docx_of, held, sheet_of
from petitions.letters.actions.readying import Ready
from petitions.letters.fields import missing
from petitions.letters.frozen import Paper, freeze
from petitions.letters.leaving import leaves_at
from petitions.letters.models import DRAWN, Letter, LetterBook
from petitions.letters.registry import EntryValues
from petitions.letters.values import IssueValues
from petitions.letters.workflow import DRAFT, ISSUED, WITHDRAWN
from petitions.letters.writing import lines
from petitions.workdays import queries as workdays

SCAN = "letter_scan"
GONE = say("Văn bản đã gửi đi, không thu hồi được nữa.")


def ready(session: Session, letter_id: int, values: IssueValues, *, today: date) -> Ready | None:
    """The copy that `issue` would freeze, made before its transaction; None where nothing can be made yet (issue says why). Only reads."""
    letter = session.get(Letter, letter_id)
    if letter is None or letter.state != DRAFT:
        return None
    try:
        book = queries.book(session, letter.book)
        return readying.rendered(session, sheet_of(session, letter), book, values, signatory_id=letter.signatory_id, today=today)
    except PetitionsError:
        return None


def issue(
    session: Session, letter_id: int, values: IssueValues, *, store: Store, by: Identity, now: datetime, today: date, ready: Ready | None = None
) -> Letter:
    """Issue a draft: entered into its book, signed by whoever signs on its day, frozen as DOCX; it leaves within the office's hours.

    `ready`: its copy, when it was rendered before; taken only if nothing changed since.

    Raises Invalid (a sentence for each missing field), Conflict (number used, by whom), RuleBroken (nobody signs), NotAllowed, WrongState.
    """
    letter = held(session, letter_id, "issue", by)
    book = queries.book(session, letter.book)
    if values.dated_on > today:
        raise Invalid({"dated_on": [say("Ngày văn bản không thể sau hôm nay ({day}).", day=format_day(today))]})
    signer = queries.who_signs(session, letter.body_id, values.dated_on, asked=values.signatory_id or letter.signatory_id)
    letter.signatory_id, letter.signatory, letter.signing, letter.dated_on = signer.id, signer.name, signer.signing, values.dated_on
    letter.copies = letter.copies or book.copies
    lacking = list(missing(sheet_of(session, letter), at_issue=False))
    if book.numbering != DRAWN and not values.number.strip():
        lacking.append(say("Thiếu «{field}».", field=say("Số văn bản")))
    if lacking:
        raise Invalid({"": lacking})
    entry = registry.enter(session, _entry(letter, values.number), numbering=book.numbering, again=values.again, now=now)
    letter.number = entry.number
    letter.template_id = queries.template_on(session, letter.kind, values.dated_on).id
    content = docx_of(session, letter, today=today, ready=ready)
    copy = freeze(session, (SUBJECT, letter.id), content, store, paper_of(letter), now=now)
    letter.document_id, letter.sha256 = copy.id, copy.digest
    letter.state, letter.issued_by, letter.issued_at = ISSUED, by.user_id, now
    letter.leaves_at = now if values.dated_on < today else _leaves(session, book, now)
    told = {"state": (DRAFT, ISSUED), "number": (None, letter.full_number), "sha256": (None, letter.sha256), "signatory": (None, letter.signatory)}
    record(session, "letter.issue", (SUBJECT, letter.id), by=by, now=now, changes=told)
    session.flush()
    owners.moved(session, letter, act="issue", by=by, now=now)
    return letter


def recall(session: Session, letter_id: int, *, reason: str, by: Identity, now: datetime) -> Letter:
    """Take a letter back before it leaves: its number is free again, its frozen copy stays. RuleBroken once it has left."""
    if not reason.strip():
        raise Invalid({"reason": [say("Hãy ghi lý do.")]})
    letter = held(session, letter_id, "recall", by)
    if letter.leaves_at is None or letter.leaves_at <= now:
        raise RuleBroken(GONE)
    letter.state, letter.withdrawn_at, letter.withdrawn_by, letter.withdrawn_reason = WITHDRAWN, now, by.user_id, reason
    registry.withdraw(session, (SUBJECT, letter.id), now=now)
    record(session, "letter.recall", (SUBJECT, letter.id), by=by, now=now, changes={"state": (ISSUED, WITHDRAWN)}, reason=reason)
    owners.moved(session, letter, act="recall", by=by, now=now)
    session.flush()
    return letter


def attach_scan(session: Session, letter_id: int, received: Received, *, by: Identity, now: datetime) -> Letter:
    """Attach the scan of the signed and stamped letter; a later one takes its place, the earlier stays among the letter's documents."""
    letter = held(session, letter_id, "attach_scan", by)
    details = Details(kind="official_letter", number=letter.number, symbol=letter.symbol, dated_on=letter.dated_on)
    made = documents.add(session, received, (SUBJECT, letter.id), role=SCAN, details=details, by=by, now=now)
    before, letter.scan_id = letter.scan_id, made.id
    record(session, "letter.attach_scan", (SUBJECT, letter.id), by=by, now=now, changes={"scan": (before, made.id)})
    owners.moved(session, letter, act="attach_scan", by=by, now=now)
    session.flush()
    return letter


def paper_of(letter: Letter) -> Paper:
    """What a letter's frozen copy is called."""
    assert letter.number is not None
    assert letter.dated_on is not None
    return Paper(letter.number, letter.symbol, letter.dated_on, letter.subject_line)


def _entry(letter: Letter, number: str) -> EntryValues:
    assert letter.dated_on is not None
    told = {"subject_line": letter.subject_line, "addressee": "; ".join(lines(letter.addressee)), "signatory": letter.signatory}
    return EntryValues(book=letter.book, number=number, symbol=letter.symbol, dated_on=letter.dated_on, holder=(SUBJECT, letter.id), **told)


def _leaves(session: Session, book: LetterBook, now: datetime) -> datetime:
    return leaves_at(now, workdays.calendar(session), minutes=book.recall_minutes, opens=book.opens, closes=book.closes)
