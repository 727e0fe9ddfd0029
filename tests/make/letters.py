"""Makers of letters: an office with a book, templates and signatories, drafts complete enough to be issued, and a store in a folder of the test's own."""

from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.identity import SYSTEM, Identity
from petitions.council.models import Body
from petitions.documents.store import Store, open_store
from petitions.letters import files, reference
from petitions.letters.actions import drafting
from petitions.letters.kinds import KINDS
from petitions.letters.models import Letter, LetterBook, LetterSignatory, LetterTemplate
from petitions.letters.values import DraftValues
from tests.make import council, workdays

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)  # a Tuesday, ten o'clock in Hanoi
TODAY = date(2026, 1, 20)
_numbers = count(1)


def body(session: Session, *, numbering: str = "drawn", of: Body | None = None) -> Body:
    """A body with its book; the shipped templates and the working calendar; documents of letters are known."""
    files.register()
    workdays.seed(session)
    made = of or council.body(session)
    book(session, made, numbering=numbering)
    for kind in KINDS:
        if not session.query(LetterTemplate.id).filter_by(kind=kind).first():
            session.add(reference.shipped(kind, NOW))
    session.flush()
    return made


def book(session: Session, of: Body, *, numbering: str = "drawn", code: str = "") -> LetterBook:
    """A book that looks like that of the City Council."""
    seed = reference.BOOKS["HD"]
    made = LetterBook(
        code=code or f"so-{next(_numbers)}",
        body_id=of.id,
        name="Sổ văn bản đi",
        symbol="HĐND-TT",
        issuer=seed.issuer,
        sender=seed.sender,
        copies=seed.copies,
        place="Hà Nội",
        parent="",
        numbering=numbering,
        opens="08:00",
        closes="17:00",
        recall_minutes=15,
    )
    session.add(made)
    session.flush()
    return made


def signatory(session: Session, of: Body, *, name: str = "Trần Thị Mẫu", rank: str = "office", signing: str = "", **values: Any) -> LetterSignatory:
    """Somebody who signs for the body."""
    lines = signing or "TL. THƯỜNG TRỰC HĐND\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG"
    made = LetterSignatory(body_id=of.id, name=name, signing=lines, rank=rank, **{"valid_from": date(2021, 1, 1), **values})
    session.add(made)
    session.flush()
    return made


def row(number: int = 1, **values: str) -> dict[str, str]:
    """A row that fits every annex."""
    told = {"place": "Xã Gia Lâm", "code": f"HD16-20-{number:05}", "text": f"Nội dung số {number}", "g2": "x", "agency": "Sở Xây dựng", "note": ""}
    return told | {"sent": "640/HĐND-TT", "due": "15/01/2026", "late": "3", "urged": "", "reason": "Quá hạn"} | values


def values(of: Body, *, kind: str = "urging", rows: int = 2, **more: Any) -> DraftValues:
    """What a complete letter of this kind needs."""
    fields = {
        "round": "1",
        "cited": "Công văn số 640/HĐND-TT ngày 10 tháng 12 năm 2025",
        "due_on": date(2026, 2, 5),
        "source": "gửi đến trước kỳ họp thứ 28",
        "agency": "Sở Xây dựng",
        "basis": "Căn cứ Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân",
        "session_name": "kỳ họp thứ 29",
    }
    given = {
        "addressee": "Sở Xây dựng",
        "subject_line": "đôn đốc giải quyết, trả lời kiến nghị của cử tri",
        "annex_title": "DANH MỤC KIẾN NGHỊ CHƯA ĐƯỢC TRẢ LỜI",
        "rows": [row(number) for number in range(1, rows + 1)],
        "fields": fields,
    }
    return DraftValues(kind=kind, body_id=of.id, **{**given, **more})


def draft(session: Session, of: Body, *, by: Identity = SYSTEM, now: datetime = NOW, **more: Any) -> Letter:
    """A complete draft."""
    return drafting.draft(session, values(of, **more), by=by, now=now, today=TODAY)


def store(folder: Path) -> Store:
    """A store of the test's own."""
    return open_store(folder)
