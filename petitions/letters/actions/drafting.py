"""Drafts: made by a person or by the daily run, changed, given up; and what a draft would look like."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, Invalid, NotAllowed, PetitionsError, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.journal.actions import record
from petitions.letters import owners, queries
from petitions.letters.actions import readying
from petitions.letters.actions.readying import Ready
from petitions.letters.fields import Sheet
from petitions.letters.kinds import HOLDER, KINDS
from petitions.letters.models import Letter, LetterBook
from petitions.letters.signing import Signer
from petitions.letters.values import ChangeValues, DraftValues
from petitions.letters.workflow import CANCELLED, DRAFT, MOVES
from petitions.letters.writing import lines

SUBJECT = HOLDER
MOST_ROWS = 2000


def draft(session: Session, values: DraftValues, *, by: Identity, now: datetime, today: date) -> Letter:
    """A new draft. It may lack fields: those block its issue, not its being made. Raises NotAllowed, Invalid."""
    if by is not SYSTEM and not (by.may(Permission.LETTER_DRAFT) or by.may(Permission.LETTER_ISSUE)):
        raise NotAllowed
    if by is not SYSTEM and values.body_id not in by.scope("body"):
        raise NotAllowed
    if values.kind not in KINDS:
        raise Invalid({"kind": [say("Hãy chọn loại văn bản.")]})
    if len(values.rows) > MOST_ROWS:
        raise Invalid({"rows": [say("Phụ lục có nhiều nhất {n} dòng. Hãy chia thành nhiều văn bản.", n=MOST_ROWS)]})
    book = queries.book(session, values.book) if values.book else queries.book_of(session, values.body_id)
    made = Letter(
        kind=values.kind,
        body_id=values.body_id,
        book=book.code,
        agency_id=values.agency_id,
        addressee=values.addressee,
        subject_line=values.subject_line,
        fields=_plain({"count": len(values.rows), **values.fields}),
        annex={"title": values.annex_title, "rows": [dict(row) for row in values.rows]},
        copies=values.copies,
        owner=values.owner,
        symbol=book.symbol,
        state=DRAFT,
        made_by=by.user_id,
        made_at=now,
    )
    _sign(session, made, today, rank=values.rank)
    session.add(made)
    session.flush()
    record(session, "letter.draft", (SUBJECT, made.id), by=by, now=now, changes={"kind": (None, made.kind), "subject_line": (None, made.subject_line)})
    return made


def change(session: Session, letter_id: int, values: ChangeValues, *, version: int, by: Identity, now: datetime, today: date) -> Letter:
    """Put a draft otherwise. Raises Stale when somebody did so meanwhile, WrongState once it is issued."""
    letter = held(session, letter_id, "change", by)
    if letter.version != version:
        raise Stale(current=letter)
    before = {name: getattr(letter, name) for name in ("addressee", "subject_line", "copies", "signatory_id", "fields")}
    letter.addressee, letter.subject_line, letter.copies = values.addressee, values.subject_line, values.copies
    more = {"remark": values.remark}
    if values.due_on is not None:
        more["due_on"] = values.due_on.isoformat()
    letter.fields = {**letter.fields, **more}
    if values.signatory_id is not None:
        chosen = queries.who_signs(session, letter.body_id, today, asked=values.signatory_id)
        letter.signatory_id, letter.signatory, letter.signing = chosen.id, chosen.name, chosen.signing
    changes = {name: (old, getattr(letter, name)) for name, old in before.items() if old != getattr(letter, name)}
    if changes:
        record(session, "letter.change", (SUBJECT, letter.id), by=by, now=now, changes=changes)
    session.flush()
    return letter


def cancel(session: Session, letter_id: int, *, by: Identity, now: datetime, reason: str | None = None) -> Letter:
    """Give a draft up."""
    letter = held(session, letter_id, "cancel", by)
    letter.state = CANCELLED
    record(session, "letter.cancel", (SUBJECT, letter.id), by=by, now=now, changes={"state": (DRAFT, CANCELLED)}, reason=reason)
    owners.moved(session, letter, act="cancel", by=by, now=now)
    session.flush()
    return letter


def held(session: Session, letter_id: int, move: str, by: Identity) -> Letter:
    """The letter, held for writing, when this move is open to `by` in the letter's body."""
    letter = queries.locked(session, letter_id)
    if by is SYSTEM:
        if letter.state not in MOVES[move].sources:
            raise Conflict(say("Văn bản không còn là dự thảo."))
        return letter
    MOVES.target(move, letter.state, by)
    if letter.body_id not in by.scope("body"):
        raise NotAllowed
    return letter


def sheet_of(session: Session, letter: Letter) -> Sheet:
    """What is written on the letter now."""
    book = queries.book(session, letter.book)
    return replace(
        blank_sheet(book, letter.kind),
        number=letter.number or "",
        symbol=letter.symbol,
        dated_on=letter.dated_on,
        subject_line=letter.subject_line,
        addressee=letter.addressee,
        copies=letter.copies or book.copies,
        signing=letter.signing,
        signatory=letter.signatory,
        annex_title=letter.annex.get("title") or "",
        rows=letter.annex.get("rows") or [],
        more=letter.fields,
    )


def preview(session: Session, values: DraftValues, *, today: date, signatory_id: int | None = None) -> bytes:
    """The DOCX that a letter of these values would be today, without number and day; nothing is kept."""
    sheet, _, _ = sheet_for(session, values, today=today, signatory_id=signatory_id)
    return readying.printed(session, sheet, today, today=today)


def sheet_for(session: Session, values: DraftValues, *, today: date, signatory_id: int | None = None) -> tuple[Sheet, LetterBook, int | None]:
    """(what a letter of these values would say, its book, who would sign it today); nothing is kept."""
    book = queries.book(session, values.book) if values.book else queries.book_of(session, values.body_id)
    signer = _signer(session, values.body_id, today, asked=signatory_id, rank=values.rank)
    sheet = replace(
        blank_sheet(book, values.kind),
        subject_line=values.subject_line,
        addressee=values.addressee,
        copies=values.copies or book.copies,
        signing=signer.signing if signer else "",
        signatory=signer.name if signer else "",
        annex_title=values.annex_title,
        rows=values.rows,
        more=_plain({"count": len(values.rows), **values.fields}),
    )
    return sheet, book, signer.id if signer else None


def docx_of(session: Session, letter: Letter, *, today: date, ready: Ready | None = None) -> bytes:
    """The draft as it would be today."""
    return readying.printed(session, sheet_of(session, letter), letter.dated_on or today, today=today, ready=ready)


def blank_sheet(book: LetterBook, kind: str) -> Sheet:
    """A sheet with what the book says on every letter."""
    return Sheet(kind, parent=book.parent, issuer=book.issuer, sender=book.sender, place=book.place, symbol=book.symbol)


def _sign(session: Session, letter: Letter, day: date, *, rank: str) -> None:
    """The signatory that is asked for, as far as there is one: a draft may wait for him."""
    signer = _signer(session, letter.body_id, day, asked=None, rank=rank)
    if signer is not None:
        letter.signatory_id, letter.signatory, letter.signing = signer.id, signer.name, signer.signing


def _signer(session: Session, body_id: int, day: date, *, asked: int | None, rank: str) -> Signer | None:
    try:
        return queries.who_signs(session, body_id, day, asked=asked, rank=rank)
    except PetitionsError:
        return None


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def first_line(text: str) -> str:
    """The first line of a list, for a caption."""
    found = lines(text)
    return found[0] if found else ""
