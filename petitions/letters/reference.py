"""Loading what the office's letters need: a book for each body that has none, and the shipped template of each kind that has none.

Nothing that the office has is touched: its own version of a template, a book with its symbol or its way of numbering. Signatories are people; the
office writes them down itself.
"""

import hashlib
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.council.models import Body
from petitions.journal.actions import record
from petitions.letters.kinds import KINDS
from petitions.letters.layout import building
from petitions.letters.models import RECORDED, LetterBook, LetterTemplate

DECREE = date(2020, 3, 5)  # decree 30/2020 is in force from this day
LETTERS = ("letters", 1)
BOOKS = {
    "HD": LetterBook(
        code="cong-van-di",
        name="Sổ văn bản đi của HĐND Thành phố",
        symbol="HĐND-TT",
        issuer="HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI",
        sender="Thường trực HĐND Thành phố",
        copies="Như trên;\nThường trực HĐND Thành phố (để báo cáo);\nLãnh đạo Văn phòng;\nLưu: VT.",
    ),
    "QH": LetterBook(
        code="cong-van-di-dbqh",
        name="Sổ văn bản đi của Đoàn đại biểu Quốc hội Thành phố",
        symbol="ĐĐBQH-VP",
        issuer="ĐOÀN ĐẠI BIỂU QUỐC HỘI\nTHÀNH PHỐ HÀ NỘI",
        sender="Đoàn đại biểu Quốc hội Thành phố",
        copies="Như trên;\nLãnh đạo Đoàn (để báo cáo);\nLưu: VT.",
    ),
}


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add the books and templates that are missing; how many rows. Idempotent."""
    added = _books(session) + _templates(session, now)
    if added:
        record(session, "letters.load", LETTERS, by=by, now=now, changes={"rows": (None, added)})
    return added


def _books(session: Session) -> int:
    have = set(session.scalars(select(LetterBook.body_id).order_by(LetterBook.body_id)))
    added = 0
    for body in session.scalars(select(Body).where(Body.code.in_(sorted(BOOKS))).order_by(Body.id)):
        if body.id not in have:
            session.add(_book(body))
            added += 1
    session.flush()
    return added


def _book(body: Body) -> LetterBook:
    seed = BOOKS[body.code]
    told = {name: getattr(seed, name) for name in ("code", "name", "symbol", "issuer", "sender", "copies")}
    return LetterBook(body_id=body.id, place="Hà Nội", parent="", numbering=RECORDED, opens="08:00", closes="17:00", recall_minutes=15, **told)


def _templates(session: Session, now: datetime) -> int:
    have = set(session.scalars(select(LetterTemplate.kind).distinct().order_by(LetterTemplate.kind)))
    missing = [kind for kind in KINDS if kind not in have]
    session.add_all(shipped(kind, now) for kind in missing)
    session.flush()
    return len(missing)


def shipped(kind: str, now: datetime) -> LetterTemplate:
    """The shipped template of a kind, as its first version."""
    content = building.template(kind)
    return LetterTemplate(
        kind=kind,
        version=1,
        name=f"{KINDS[kind].label.text} – mẫu kèm chương trình",
        valid_from=DECREE,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        note="Thể thức theo Nghị định 30/2020/NĐ-CP, Phụ lục I.",
        shipped=True,
        made_by_name="",
        made_at=now,
    )
