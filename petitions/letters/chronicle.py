"""What the journal says about letters: acts as sentences, fields, subjects with their pages. The factory hands it over."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.journal.words import Caption, Subjects
from petitions.letters.kinds import HOLDER
from petitions.letters.models import Letter, LetterBook, LetterSignatory, LetterTemplate

SENTENCES: Mapping[str, Message] = {
    "letter.draft": say("{by} đã soạn dự thảo văn bản."),
    "letter.change": say("{by} đã sửa dự thảo văn bản."),
    "letter.cancel": say("{by} đã hủy dự thảo văn bản."),
    "letter.attach_scan": say("{by} đã gắn bản quét đã ký."),
    "letter.add_template": say("{by} đã tải lên một bản mẫu văn bản."),
    "letter.withdraw_template": say("{by} đã thôi dùng một bản mẫu văn bản."),
    "letter.save_signatory": say("{by} đã ghi người ký."),
    "letter.add_absence": say("{by} đã ghi lịch vắng của người ký."),
    "letter.drop_absence": say("{by} đã bỏ lịch vắng của người ký."),
    "letter.save_book": say("{by} đã sửa sổ văn bản đi."),
}
FIELDS: Mapping[str, Message] = {
    "addressee": say("Nơi nhận"),
    "subject_line": say("Trích yếu (V/v)"),
    "copies": say("Nơi nhận (cuối văn bản)"),
    "signatory": say("Người ký"),
    "signatory_id": say("Người ký"),
    "signing": say("Quyền hạn, chức vụ"),
    "rank": say("Cấp ký"),
    "sha256": say("Mã băm của tệp"),
    "scan": say("Bản quét đã ký"),
    "absent": say("Ngày vắng"),
    "substitute": say("Người ký thay"),
    "numbering": say("Cách cấp số"),
    "symbol": say("Ký hiệu"),
    "withdrawn_on": say("Thôi dùng từ"),
    "recalled": say("Đã thu hồi"),
}


def _named(model: Any, column: Any, address: str) -> Callable[[Session, Collection[int], Identity], Mapping[int, Caption]]:
    def captions(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
        rows = session.execute(select(model.id, column).where(model.id.in_(sorted(ids))).order_by(model.id))
        return {number: Caption(name or f"#{number}", address.format(number)) for number, name in rows}

    return captions


def _books(session: Session, ids: Collection[int], _reader: Identity) -> Mapping[int, Caption]:
    """A book is noted under the body that keeps it."""
    rows = session.execute(select(LetterBook.body_id, LetterBook.name, LetterBook.code).where(LetterBook.body_id.in_(sorted(ids))).order_by(LetterBook.code))
    return {number: Caption(name, f"/outgoing/books/{code}") for number, name, code in rows}


SUBJECTS = (
    Subjects(HOLDER, say("văn bản đi"), _named(Letter, Letter.subject_line, "/outgoing/{}")),
    Subjects("letter_template", say("mẫu văn bản"), _named(LetterTemplate, LetterTemplate.name, "/outgoing/templates")),
    Subjects("letter_signatory", say("người ký"), _named(LetterSignatory, LetterSignatory.name, "/outgoing/signatories")),
    Subjects("letter_book", say("sổ văn bản"), _books),
)
