"""Tables of letters: books and their entries, templates, signatories with their absences, the letters themselves."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.letters.kinds import KINDS
from petitions.letters.workflow import DRAFT, STATES

RECORDED, UNIQUE, DRAWN = "recorded", "unique", "drawn"
NUMBERINGS = (RECORDED, UNIQUE, DRAWN)
OFFICE, STANDING, CHAIR = "office", "standing", "chair"
RANKS = (OFFICE, STANDING, CHAIR)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


class LetterBook(Base):
    """A register of outgoing letters (sổ văn bản đi) of one body, and what its letters say about who sends them.

    `numbering`: numbers are recorded as the registry gave them, recorded and unique per year, or drawn here. `parent`, `issuer`: the lines of the
    letter's head, the body above and the body that issues. `opens`, `closes`: the hours (HH:MM) within which letters leave on working days.
    """

    __tablename__ = "letter_books"
    __table_args__ = (_one_of("numbering", NUMBERINGS), CheckConstraint("recall_minutes >= 0", name="recall_minutes"))

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    symbol: Mapped[str] = mapped_column(String(60))
    numbering: Mapped[str] = mapped_column(String(10), default=RECORDED)
    parent: Mapped[str] = mapped_column(String(300), default="", server_default="")
    issuer: Mapped[str] = mapped_column(String(300))
    sender: Mapped[str] = mapped_column(String(200))  # as it calls itself in a sentence: Thường trực HĐND Thành phố
    place: Mapped[str] = mapped_column(String(60))
    copies: Mapped[str] = mapped_column(Text, default="", server_default="")
    opens: Mapped[str] = mapped_column(String(5), default="08:00")
    closes: Mapped[str] = mapped_column(String(5), default="17:00")
    recall_minutes: Mapped[int] = mapped_column(default=15)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}


class LetterEntry(Base):
    """One line of a book: who has a number. `holder`: the letter, as kind and id. `unique_key` (book/year/number) is empty once the letter is
    recalled, and where the office records a number twice knowingly. `ordinal`: the number as a number, if it is one."""

    __tablename__ = "letter_entries"
    __table_args__ = (
        UniqueConstraint("holder_kind", "holder_id"),
        Index("ix_letter_entries_number", "book", "year", "ordinal", "id"),
        Index("ix_letter_entries_dated_on", "dated_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))
    ordinal: Mapped[int | None]
    symbol: Mapped[str] = mapped_column(String(60))
    numbering: Mapped[str] = mapped_column(String(10), default=RECORDED)
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    dated_on: Mapped[date]
    subject_line: Mapped[str] = mapped_column(Text)
    addressee: Mapped[str] = mapped_column(Text)
    signatory: Mapped[str] = mapped_column(String(200))
    holder_kind: Mapped[str] = mapped_column(String(20))
    holder_id: Mapped[int]
    entered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    @property
    def full_number(self) -> str:
        """Number and symbol as they are printed: 123/HĐND-TT."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


class LetterTemplate(Base):
    """A version of a kind's template (DOCX with fields). The newest that holds on a day is used; older ones stay. `shipped`: made by the program."""

    __tablename__ = "letter_templates"
    __table_args__ = (_one_of("kind", tuple(KINDS)), UniqueConstraint("kind", "version"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    withdrawn_on: Mapped[date | None]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    shipped: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_by_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]


class LetterSignatory(Base):
    """Somebody who signs, in one quality. `signing`: the lines above the signature, TL./KT./TM./TUQ./Q. before each office that is spoken for."""

    __tablename__ = "letter_signatories"
    __table_args__ = (_one_of("rank", RANKS), CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"))

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    signing: Mapped[str] = mapped_column(Text)
    rank: Mapped[str] = mapped_column(String(10), default=OFFICE)
    position: Mapped[int] = mapped_column(default=1)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def post(self) -> str:
        """The office that the person holds: the last line."""
        return self.signing.split("\n")[-1].strip()


class LetterAbsence(Base):
    """Days (both included) on which a signatory does not sign, and who signs instead (None: nobody)."""

    __tablename__ = "letter_absences"
    __table_args__ = (CheckConstraint("to_on >= from_on", name="order"), CheckConstraint("substitute_id <> signatory_id", name="somebody_else"))

    id: Mapped[int] = mapped_column(primary_key=True)
    signatory_id: Mapped[int] = mapped_column(ForeignKey("letter_signatories.id"), index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("letter_signatories.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    entered_by_name: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime]


class Letter(Base):
    """A letter. A draft has no number; issued, it has number, day, signatory and the frozen copy (document and digest). `fields`: what its kind
    asks for, `annex`: {"title", "rows"} of what lies behind it. `owner`: the room whose letter it is (owners.py).
    It leaves at `leaves_at`; until then it can be recalled."""

    __tablename__ = "letters"
    __table_args__ = (
        _one_of("kind", tuple(KINDS)),
        _one_of("state", tuple(STATES)),
        CheckConstraint("state NOT IN ('issued', 'withdrawn') OR (number IS NOT NULL AND dated_on IS NOT NULL AND sha256 IS NOT NULL)", name="issued_whole"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_with_reason"),
        Index("ix_letters_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    book: Mapped[str] = mapped_column(ForeignKey("letter_books.code"), index=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("letter_templates.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    addressee: Mapped[str] = mapped_column(Text)
    subject_line: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]]
    annex: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    copies: Mapped[str] = mapped_column(Text, default="", server_default="")
    owner: Mapped[str] = mapped_column(String(20), default="", server_default="")
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    number: Mapped[str | None] = mapped_column(String(40))
    symbol: Mapped[str] = mapped_column(String(60))
    dated_on: Mapped[date | None] = mapped_column(index=True)
    signatory_id: Mapped[int | None] = mapped_column(ForeignKey("letter_signatories.id"), index=True)
    signatory: Mapped[str] = mapped_column(String(200), default="", server_default="")
    signing: Mapped[str] = mapped_column(Text, default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    issued_at: Mapped[datetime | None]
    leaves_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}

    @property
    def full_number(self) -> str:
        """Number and symbol as they are printed; a draft: /HĐND-TT alone."""
        return f"{self.number or ''}/{self.symbol}"
