"""Numbers of outgoing letters: one entry a letter in its book, each number once a year (decree 30/2020, art. 15: 01 … of each year).

A number is recorded as the registry gave it; a book may ask that it be unique, or have it drawn here: the next after the highest that stands in the
book and year, recalled ones included. Two who draw at once get two numbers: the book's row is held until the end of the transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid
from petitions.core.words import Message, say
from petitions.letters.models import DRAWN, RECORDED, LetterBook, LetterEntry

LARGEST = 10**9 - 1


@dataclass(frozen=True, slots=True)
class EntryValues:
    """One line of the register. `holder`: the letter, as (kind, id)."""

    book: str
    number: str
    symbol: str
    dated_on: date
    subject_line: str
    addressee: str
    signatory: str
    holder: tuple[str, int]


def numbering_of(session: Session, book: str, otherwise: str) -> str:
    """How a book gives its numbers; `otherwise` where there is no such book."""
    return session.scalar(select(LetterBook.numbering).where(LetterBook.code == book)) or otherwise


def number_for(session: Session, book: str, year: int, number: str, *, numbering: str, again: bool = False) -> str:
    """The number that a letter gets in that book and year: the one given, or the next where numbers are drawn. The book is held from here on.

    Raises Invalid without a number, Conflict with who has it (`again`: used twice knowingly, in books that only record).
    """
    hold(session, book)
    wanted = plain(number)
    if not wanted and numbering == DRAWN:
        return draw(session, book, year)
    if not wanted:
        raise Invalid({"number": [say("Hãy ghi số văn bản mà văn thư đã cấp.")]})
    if (held := holder(session, book, year, wanted)) and (numbering != RECORDED or not again):
        raise Conflict(taken(held))
    return wanted


def enter(session: Session, values: EntryValues, *, numbering: str, again: bool = False, now: datetime) -> LetterEntry:
    """Enter a letter into its book; its number as `number_for` says."""
    year = values.dated_on.year
    number = number_for(session, values.book, year, values.number, numbering=numbering, again=again)
    drawn = numbering == DRAWN and not values.number.strip()
    made = LetterEntry(
        book=values.book,
        year=year,
        number=number,
        ordinal=ordinal(number),
        symbol=values.symbol,
        numbering=DRAWN if drawn else RECORDED,
        unique_key=None if numbering == RECORDED else f"{values.book}/{year}/{number}",
        dated_on=values.dated_on,
        subject_line=values.subject_line,
        addressee=values.addressee,
        signatory=values.signatory,
        holder_kind=values.holder[0],
        holder_id=values.holder[1],
        entered_at=now,
    )
    session.add(made)
    session.flush()
    return made


def withdraw(session: Session, holder: tuple[str, int], *, now: datetime) -> None:
    """The letter was recalled: its entry says so, and its number may be given again."""
    mine = (LetterEntry.holder_kind == holder[0], LetterEntry.holder_id == holder[1])
    session.execute(update(LetterEntry).where(*mine).values(withdrawn_at=now, unique_key=None))


def hold(session: Session, book: str) -> None:
    """Hold the book until the end of the transaction (SQLite has one writer anyway)."""
    session.execute(select(LetterBook.code).where(LetterBook.code == book).with_for_update())


def draw(session: Session, book: str, year: int) -> str:
    """The next number of the book, which the caller holds."""
    last = session.scalar(select(func.max(LetterEntry.ordinal)).where(LetterEntry.book == book, LetterEntry.year == year))
    return f"{(last or 0) + 1:02}"


def holder(session: Session, book: str, year: int, number: str) -> LetterEntry | None:
    """Which living letter has the number in that book and year: 7 and 07 are one number."""
    where = [LetterEntry.book == book, LetterEntry.year == year, LetterEntry.withdrawn_at.is_(None)]
    asked = plain(number)
    counted = ordinal(asked)
    where.append(LetterEntry.number == asked if counted is None else LetterEntry.ordinal == counted)
    return session.scalar(select(LetterEntry).where(*where).order_by(LetterEntry.id).limit(1))


def taken(entry: LetterEntry) -> Message:
    """Who has the number, in a sentence."""
    return say(
        "Số {number} của sổ năm {year} đã cấp cho văn bản ngày {day} gửi {addressee}: «{subject}». Hãy xem lại số văn bản.",
        number=entry.number,
        year=entry.year,
        day=format_day(entry.dated_on),
        addressee=" ".join(entry.addressee.split()) or "…",
        subject=entry.subject_line,
    )


def plain(number: str) -> str:
    """The number as it is kept: without blanks around; of one digit, with a nought before it."""
    bare = number.strip()
    return f"0{bare}" if len(bare) == 1 and bare.isdigit() else bare


def ordinal(number: str) -> int | None:
    """The number as a number, if it is nothing but digits."""
    return int(number) if number.isascii() and number.isdigit() and int(number) <= LARGEST else None
