"""The transfer letter as it is printed: a bundle and its letter put on the sheet of the room `letters`, with the annex of its kind and recipient.

A letter that stands in the register has its number and day; a bundle that waits leaves them open. Annex III (answered, for the deputy groups) names
the answering agency and its letter in the last two columns (domain 6.2).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.dates import format_day
from petitions.core.errors import PetitionsError
from petitions.council.models import CouncilSession
from petitions.documents.models import Document
from petitions.documents.store import Store
from petitions.duties.actions.letters import HOLDER, LetterValues
from petitions.duties.bundling import ANNEXES, ANSWERED, RECIPIENTS, SESSION_LIST
from petitions.duties.models.answers import AnswerItem, AnswerLetter
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import BundleItem, TransferLetter
from petitions.duties.queries import transfers
from petitions.duties.queries.transfers import BundleShown
from petitions.duties.subjects import Caption
from petitions.letters import frozen, holders, queries, registry
from petitions.letters.actions import readying
from petitions.letters.actions.drafting import blank_sheet
from petitions.letters.actions.readying import Ready
from petitions.letters.fields import Sheet
from petitions.letters.frozen import Paper
from petitions.letters.kinds import TRANSFER
from petitions.letters.models import LetterBook, LetterSignatory

ANSWERED_TITLES = {"agency_title": "Cơ quan trả lời", "note_title": "Viện dẫn văn bản trả lời"}
TICK = "x"
NO_SESSION = "tại các cuộc tiếp xúc cử tri"


def register() -> None:
    """Lines of the register that a transfer letter holds lead to its page."""
    holders.register(HOLDER, "/letters/{}".format, transfers.leaving)


def ready(session: Session, found: BundleShown, captions: Mapping[int, Caption], values: LetterValues, *, today: date) -> Ready | None:
    """The copy that `freeze` would keep, made before the letter's transaction; None where nothing can be made yet. Only reads."""
    told = {name: getattr(values, name) for name in ("symbol", "dated_on", "signatory", "authority")}
    letter = TransferLetter(number=registry.plain(values.number), due_on=values.due_on or found.bundle.due_on, **told)
    try:
        return readying.laid(session, sheet(session, found, captions, letter, today=today), values.dated_on, today=today)
    except PetitionsError:
        return None


def freeze(
    session: Session,
    found: BundleShown,
    captions: Mapping[int, Caption],
    letter: TransferLetter,
    store: Store,
    *,
    now: datetime,
    today: date,
    ready: Ready | None = None,
) -> None:
    """Keep the copy that leaves: later templates and names change nothing of it. `ready`: taken when it was made of the same."""
    content = readying.printed(session, sheet(session, found, captions, letter, today=today), letter.dated_on, today=today, ready=ready)
    paper = Paper(letter.number, letter.symbol, letter.dated_on, found.bundle.title)
    letter.document_id = frozen.freeze(session, (HOLDER, letter.id), content, store, paper, now=now).id
    session.flush()


def kept(session: Session, letter: TransferLetter, store: Store) -> bytes | None:
    """The copy that left; None for a letter that was recorded without one."""
    copy = session.get(Document, letter.document_id) if letter.document_id else None
    if copy is None or copy.digest is None or copy.deleted_at is not None:
        return None
    return b"".join(store.original(copy.digest).blocks)


def docx(session: Session, found: BundleShown, captions: Mapping[int, Caption], letter: TransferLetter | None, *, today: date) -> bytes:
    """The letter of a bundle with its annex, as DOCX. `captions`: of its lines, by the line's id; `letter` None: not issued yet."""
    return readying.printed(session, sheet(session, found, captions, letter, today=today), letter.dated_on if letter else today, today=today)


def sheet(session: Session, found: BundleShown, captions: Mapping[int, Caption], letter: TransferLetter | None, *, today: date) -> Sheet:
    """What is written on it."""
    bundle, book = found.bundle, queries.book_of(session, found.bundle.body_id)
    mark, _, title = ANNEXES[bundle.annex].text.partition(" – ")
    answers = answers_of(session, found)
    made = replace(
        blank_sheet(book, TRANSFER),
        subject_line=_lowered(bundle.title),
        addressee=found.recipient or RECIPIENTS[bundle.recipient_kind].text.partition(",")[0],
        copies=book.copies,
        annex_mark=mark.removeprefix("Phụ lục").strip(),
        annex_title=title.upper(),
        rows=[_row(item, captions[item.id], found, answers) for item in found.items],
        more=_more(found, letter),
    )
    signing, signatory = _signed(session, book, letter, today)
    made = replace(made, signing=signing, signatory=signatory)
    return replace(made, number=letter.number, symbol=letter.symbol, dated_on=letter.dated_on) if letter else made


def _more(found: BundleShown, letter: TransferLetter | None) -> dict[str, Any]:
    bundle = found.bundle
    due = letter.due_on if letter else bundle.due_on
    purpose = bundle.kind if bundle.kind in (SESSION_LIST, ANSWERED) else bundle.recipient_kind
    titles = ANSWERED_TITLES if bundle.kind == ANSWERED else {}
    source = _source(found.council_session)
    return {"count": len(found.items), "source": source, "purpose": purpose, "due_on": due.isoformat() if due else None, "remark": bundle.remark, **titles}


def _source(held: CouncilSession | None) -> str:
    return f"gửi đến kỳ họp thứ {held.number} Hội đồng nhân dân" if held else NO_SESSION


def _row(item: BundleItem, caption: Caption, found: BundleShown, answers: Mapping[tuple[str, int], tuple[str, str]]) -> dict[str, str]:
    agency, note = cells(item, found, answers)
    ticks = {f"g{group}": TICK if caption.report_group == group else "" for group in range(1, 6)}
    return {"place": caption.place[:1].upper() + caption.place[1:], "code": caption.code, "text": caption.text, "agency": agency, "note": note, **ticks}


def cells(item: BundleItem, found: BundleShown, answers: Mapping[tuple[str, int], tuple[str, str]]) -> tuple[str, str]:
    """The last two columns of a line: the agency and the note; of what was answered, who answered and by which letter."""
    if answered := answers.get((item.subject_kind, item.subject_id)):
        return answered[0], "; ".join(part for part in (answered[1], item.note) if part)
    return "; ".join(name for _, name, _ in found.agencies.get(item.id, ())), item.note


def answers_of(session: Session, found: BundleShown) -> dict[tuple[str, int], tuple[str, str]]:
    """Per subject of a list of answered ones: who answered, and by which letter; the latest."""
    if found.bundle.kind != ANSWERED:
        return {}
    kinds = sorted({item.subject_kind for item in found.items})
    ids = sorted({item.subject_id for item in found.items})
    query = select(Duty.subject_kind, Duty.subject_id, Agency.name, AnswerLetter.number, AnswerLetter.dated_on)
    query = query.join(AnswerItem, AnswerItem.id == Duty.answer_item_id).join(AnswerLetter, AnswerLetter.id == AnswerItem.letter_id)
    query = query.join(Agency, Agency.id == AnswerLetter.agency_id).where(Duty.subject_kind.in_(kinds), Duty.subject_id.in_(ids))
    rows = session.execute(query.order_by(AnswerLetter.dated_on, AnswerLetter.id))
    return {(kind, number): (name, f"{written} ngày {format_day(day)}".strip()) for kind, number, name, written, day in rows}


def _signed(session: Session, book: LetterBook, letter: TransferLetter | None, today: date) -> tuple[str, str]:
    """Quality and name: as the letter was recorded, in the full lines of a signatory of that name where there is one."""
    known = queries.signatories(session, [book.body_id])
    if letter is None:
        first = next((one for one in known if one.valid_from <= today and (one.valid_to is None or today <= one.valid_to)), None)
        return (first.signing, first.name) if first else ("", "")
    same: LetterSignatory | None = next((one for one in known if one.name == letter.signatory), None)
    lines = "\n".join(part.strip() for part in letter.authority.replace(";", ",").split(",") if part.strip())
    return same.signing if same else lines.upper(), letter.signatory


def _lowered(title: str) -> str:
    """A title as it goes on after "V/v": its first letter small, unless the word is an abbreviation."""
    first, _, rest = title.partition(" ")
    return title if first.isupper() else f"{first[:1].lower()}{first[1:]} {rest}".strip()
