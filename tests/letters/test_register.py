"""The register: each number once a year and book, also for those who draw at the same moment; transfer letters stand in the same one."""

import threading
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, Invalid
from petitions.core.identity import Identity
from petitions.letters import queries, registry
from petitions.letters.actions import keeping
from petitions.letters.models import DRAWN, RECORDED, UNIQUE, LetterEntry
from petitions.letters.registry import EntryValues
from petitions.letters.signing import problems
from tests.make import letters as make

WORKERS, EACH = 6, 8


def entry(number: str, holder: int, *, day: date = date(2026, 1, 20), book: str = "so") -> EntryValues:
    return EntryValues(book, number, "HĐND-TT", day, "đôn đốc", "Sở Y tế", "An", ("outgoing_letter", holder))


def test_numbers_are_drawn_after_the_highest_and_begin_anew_each_year(session: Session) -> None:
    first = [registry.enter(session, entry("", n), numbering=DRAWN, now=make.NOW).number for n in range(1, 4)]
    assert first == ["01", "02", "03"]
    registry.enter(session, entry("120", 4), numbering=DRAWN, now=make.NOW)
    registry.withdraw(session, ("outgoing_letter", 4), now=make.NOW)
    assert registry.enter(session, entry("", 5), numbering=DRAWN, now=make.NOW).number == "121"
    assert registry.enter(session, entry("", 6, day=date(2027, 1, 4)), numbering=DRAWN, now=make.NOW).number == "01"
    assert registry.enter(session, entry("", 7, book="so-khac"), numbering=DRAWN, now=make.NOW).number == "01"


@pytest.mark.parametrize("numbering", [RECORDED, UNIQUE, DRAWN])
def test_a_number_belongs_to_one_letter_and_who_has_it_is_said(session: Session, numbering: str) -> None:
    registry.enter(session, entry("7", 1), numbering=numbering, now=make.NOW)
    for same in ("7", "07", " 007 "):
        with pytest.raises(Conflict, match="Số 07 của sổ năm 2026 đã cấp cho văn bản ngày 20/01/2026 gửi Sở Y tế: «đôn đốc»"):
            registry.enter(session, entry(same, 2), numbering=numbering, now=make.NOW)
    if numbering != DRAWN:
        with pytest.raises(Invalid):
            registry.enter(session, entry(" ", 3), numbering=numbering, now=make.NOW)
    if numbering == RECORDED:
        registry.enter(session, entry("7", 4), numbering=numbering, again=True, now=make.NOW)
    else:
        with pytest.raises(Conflict):
            registry.enter(session, entry("7", 4), numbering=numbering, again=True, now=make.NOW)


def test_those_who_draw_at_once_get_different_numbers(own_engine: Engine) -> None:
    """Real threads, real commits: every number once, none left out."""
    with db.transaction(own_engine) as session:
        code = make.book(session, make.body(session), code="so").code
    start, wrong = threading.Barrier(WORKERS), []

    def work(place: int) -> None:
        start.wait()
        for turn in range(EACH):
            try:
                with db.transaction(own_engine) as session:
                    registry.enter(session, entry("", 1 + place * EACH + turn, book=code), numbering=DRAWN, now=make.NOW)
            except Exception as problem:
                wrong.append(problem)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    with db.reading(own_engine) as session:
        numbers = session.scalars(select(LetterEntry.number).order_by(LetterEntry.ordinal)).all()
    assert numbers == [f"{n:02}" for n in range(1, WORKERS * EACH + 1)]


def test_the_same_number_typed_by_two_at_once_is_given_to_one(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        code = make.book(session, make.body(session), code="so").code
    start, made, refused = threading.Barrier(4), [], []

    def work(holder: int) -> None:
        start.wait()
        try:
            with db.transaction(own_engine) as session:
                made.append(registry.enter(session, entry("12", holder, book=code), numbering=RECORDED, now=make.NOW).id)
        except Conflict as problem:
            refused.append(problem)

    threads = [threading.Thread(target=work, args=(holder,)) for holder in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 3)
    with db.reading(own_engine) as session:
        assert session.scalar(select(func.count()).select_from(LetterEntry)) == 1


def test_a_year_is_listed_by_number_and_searched(session: Session) -> None:
    for n in (2, 10, 1):
        registry.enter(session, entry(str(n), n), numbering=UNIQUE, now=make.NOW)
    rows = queries.entries(session, queries.Asked("so", 2026)).rows
    assert [row.number for row in rows] == ["10", "02", "01"]
    assert queries.entries(session, queries.Asked("so", 2026, "sở y tế")).total in (0, 3)  # SQLite folds no Vietnamese capitals
    assert queries.entries(session, queries.Asked("so", 2026, "50%_")).total == 0


def test_a_book_is_kept_by_those_who_may(session: Session) -> None:
    body = make.body(session, numbering=RECORDED)
    book = queries.book_of(session, body.id)
    by = Identity(None, "q", "Q", permissions=frozenset({"letter.manage"}))
    values = {name: getattr(book, name) for name in keeping.BOOK_FIELDS}
    with pytest.raises(Invalid):
        keeping.save_book(session, book.code, {**values, "opens": "18:00"}, version=book.version, by=by, now=make.NOW)
    saved = keeping.save_book(session, book.code, {**values, "numbering": DRAWN, "symbol": "TTHĐND-VP"}, version=book.version, by=by, now=make.NOW)
    assert (saved.numbering, saved.symbol) == (DRAWN, "TTHĐND-VP")


@pytest.mark.parametrize(
    ("signing", "right"),
    [
        ("TL. THƯỜNG TRỰC HĐND\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", True),
        ("TM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH", True),
        ("CHÁNH VĂN PHÒNG", True),
        ("Q. CHÁNH VĂN PHÒNG", True),
        ("THƯỜNG TRỰC HĐND\nCHỦ TỊCH", False),
        ("TL.THƯỜNG TRỰC HĐND\nCHÁNH VĂN PHÒNG", False),
        ("", False),
        ("TM. A\nTM. B\nTM. C\nTM. D\nE", False),
    ],
)
def test_lines_above_a_signature_say_for_whom(signing: str, right: bool) -> None:
    assert (problems(signing) == ()) is right
