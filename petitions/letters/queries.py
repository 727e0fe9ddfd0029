"""Every SELECT about letters: the books, the register, templates, signatories, letters."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, undefer

from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.letters.models import Letter, LetterAbsence, LetterBook, LetterEntry, LetterSignatory, LetterTemplate
from petitions.letters.signing import Absence, Signer, signer_on
from petitions.letters.workflow import DRAFT, ISSUED

LIMIT = 500
AUDITOR = "auditor"
EXPORTED = 10_000
NOBODY = say("Chưa có người ký nào giữ quyền này. Hãy ghi ở trang «Người ký».")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a register is asked for."""

    book: str
    year: int
    words: str = ""


# Books -------------------------------------------------------------------------------------------------------------------------


def books(session: Session, identity: Identity) -> Sequence[LetterBook]:
    """The books of the bodies that `identity` works for; all for an administrator, who works for none."""
    all_of_them = identity.may(Permission.LETTER_MANAGE) and not identity.scope("body")
    return session.scalars(
        select(LetterBook).where(true() if all_of_them else _own(LetterBook.body_id, identity)).order_by(LetterBook.body_id, LetterBook.code).limit(LIMIT)
    ).all()


def book(session: Session, code: str) -> LetterBook:
    """The book; NotFound."""
    found = session.get(LetterBook, code)
    if found is None:
        raise NotFound(say("Không có sổ văn bản này."))
    return found


def book_of(session: Session, body_id: int) -> LetterBook:
    """The book in which a body's letters are entered: its first; NotFound."""
    found = session.scalar(select(LetterBook).where(LetterBook.body_id == body_id).order_by(LetterBook.code).limit(1))
    if found is None:
        raise NotFound(say("Cơ quan này chưa có sổ văn bản đi."))
    return found


def book_code(session: Session, body_id: int, otherwise: str) -> str:
    """The code of a body's book; `otherwise` while it has none."""
    return session.scalar(select(LetterBook.code).where(LetterBook.body_id == body_id).order_by(LetterBook.code).limit(1)) or otherwise


def years(session: Session, code: str) -> Sequence[int]:
    """The years of which a book holds anything, latest first."""
    return session.scalars(select(LetterEntry.year).where(LetterEntry.book == code).distinct().order_by(LetterEntry.year.desc()).limit(LIMIT)).all()


def entries(session: Session, asked: Asked, *, number: int = 1, size: int = PAGE_SIZE) -> Page[LetterEntry]:
    """The lines of a book's year, last number first."""
    where = [LetterEntry.book == asked.book, LetterEntry.year == asked.year]
    if asked.words:
        like = f"%{asked.words.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
        told = (LetterEntry.number, LetterEntry.subject_line, LetterEntry.addressee, LetterEntry.signatory)
        where.append(or_(*(column.ilike(like, escape="/") for column in told)))
    total = session.scalar(select(func.count()).select_from(LetterEntry).where(*where)) or 0
    number = max(1, min(number, -(-total // size) or 1))
    query = select(LetterEntry).where(*where).order_by(LetterEntry.ordinal.desc().nulls_last(), LetterEntry.id.desc())
    return Page(session.scalars(query.limit(size).offset((number - 1) * size)).all(), number, size, total)


# Templates ---------------------------------------------------------------------------------------------------------------------


def template_on(session: Session, kind: str, day: date) -> LetterTemplate:
    """The newest version of the kind's template that holds on `day`, with its content; NotFound."""
    query = select(LetterTemplate).where(LetterTemplate.kind == kind, LetterTemplate.valid_from <= day)
    query = query.where(or_(LetterTemplate.withdrawn_on.is_(None), LetterTemplate.withdrawn_on > day))
    found = session.scalar(query.options(undefer(LetterTemplate.content)).order_by(LetterTemplate.version.desc()).limit(1))
    if found is None:
        raise NotFound(say("Chưa có mẫu văn bản loại này. Hãy tải lên một mẫu."))
    return found


def templates(session: Session) -> Sequence[LetterTemplate]:
    """All versions of all templates, newest first within a kind."""
    return session.scalars(select(LetterTemplate).order_by(LetterTemplate.kind, LetterTemplate.version.desc()).limit(LIMIT)).all()


def template(session: Session, template_id: int) -> LetterTemplate:
    """One version with its content; NotFound."""
    found = session.scalar(select(LetterTemplate).where(LetterTemplate.id == template_id).options(undefer(LetterTemplate.content)))
    if found is None:
        raise NotFound(say("Không có mẫu văn bản này."))
    return found


def newest_version(session: Session, kind: str) -> int:
    """The highest version of a kind's template; 0 without any."""
    return session.scalar(select(func.max(LetterTemplate.version)).where(LetterTemplate.kind == kind)) or 0


# Signatories -------------------------------------------------------------------------------------------------------------------


def signatories(session: Session, body_ids: Sequence[int] | frozenset[int]) -> Sequence[LetterSignatory]:
    """Who signs for these bodies, in their order."""
    query = select(LetterSignatory).where(LetterSignatory.body_id.in_(sorted(body_ids)))
    return session.scalars(query.order_by(LetterSignatory.body_id, LetterSignatory.position, LetterSignatory.id).limit(LIMIT)).all()


def signatory(session: Session, signatory_id: int) -> LetterSignatory:
    """One of them; NotFound."""
    found = session.get(LetterSignatory, signatory_id)
    if found is None:
        raise NotFound(say("Không có người ký này."))
    return found


def absences(session: Session, signatory_ids: Sequence[int], *, since: date | None = None) -> Sequence[LetterAbsence]:
    """Their absences that end on `since` or later, in order."""
    query = select(LetterAbsence).where(LetterAbsence.signatory_id.in_(signatory_ids))
    if since is not None:
        query = query.where(LetterAbsence.to_on >= since)
    return session.scalars(query.order_by(LetterAbsence.from_on, LetterAbsence.id).limit(LIMIT)).all()


def signers(session: Session, body_id: int, day: date) -> tuple[Mapping[int, Signer], Sequence[Absence]]:
    """All who sign for a body, and their absences around `day`: what signing.py asks for."""
    rows = signatories(session, [body_id])
    known = {row.id: Signer(row.id, row.name, row.signing, row.rank, row.valid_from, row.valid_to) for row in rows}
    away = absences(session, [row.id for row in rows], since=day)
    return known, [Absence(row.signatory_id, row.from_on, row.to_on, row.substitute_id, row.reason) for row in away]


def who_signs(session: Session, body_id: int, day: date, *, asked: int | None = None, rank: str = "office") -> Signer:
    """Who signs on `day`: the one asked for, else the first of that rank, or who signs instead of him. RuleBroken with the reason."""
    known, away = signers(session, body_id, day)
    if asked is None:
        asked = next((one.id for one in known.values() if one.rank == rank and one.holds(day)), None)
        if asked is None:
            raise NotFound(NOBODY)
    return signer_on(asked, day, known, away)


# Letters -----------------------------------------------------------------------------------------------------------------------


def visible(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """The condition on `Letter` that holds for what `identity` may see: those of his bodies; an agency those that have reached it."""
    if identity is not SYSTEM and not identity.may(Permission.LETTER_READ):
        return false()
    own = _own(Letter.body_id, identity)
    if not (agencies := identity.scope("agency")):
        return own
    return or_(own, and_(Letter.agency_id.in_(sorted(agencies)), Letter.state == ISSUED, Letter.leaves_at <= now))


def letter(session: Session, letter_id: int, identity: Identity, now: datetime) -> Letter:
    """The letter with its annex, if `identity` may see it; NotFound."""
    found = session.scalar(select(Letter).where(Letter.id == letter_id, visible(identity, now)).options(undefer(Letter.annex)))
    if found is None:
        raise NotFound(say("Không có văn bản này, hoặc bạn không được xem."))
    return found


def locked(session: Session, letter_id: int) -> Letter:
    """The letter, held for writing until the end of the transaction; NotFound."""
    query = select(Letter).where(Letter.id == letter_id).options(undefer(Letter.annex)).with_for_update(of=Letter)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(say("Không có văn bản này."))
    return found


def letters(session: Session, identity: Identity, now: datetime, *, state: str | None = None, number: int = 1, size: int = PAGE_SIZE) -> Page[Letter]:
    """The letters, newest first; of one state."""
    where = [visible(identity, now), *([Letter.state == state] if state else [])]
    total = session.scalar(select(func.count()).select_from(Letter).where(*where)) or 0
    number = max(1, min(number, -(-total // size) or 1))
    query = select(Letter).where(*where).order_by(Letter.id.desc()).limit(size).offset((number - 1) * size)
    return Page(session.scalars(query).all(), number, size, total)


def counts(session: Session, identity: Identity, now: datetime) -> Mapping[str, int]:
    """How many letters are in each state."""
    rows = session.execute(select(Letter.state, func.count()).where(visible(identity, now)).group_by(Letter.state).order_by(Letter.state))
    return {state: n for state, n in rows}  # noqa: C416 (rows are Row objects)


def drafts_for(session: Session, identity: Identity, now: datetime) -> int:
    """How many drafts wait for whoever issues."""
    return session.scalar(select(func.count()).select_from(Letter).where(Letter.state == DRAFT, visible(identity, now))) or 0


def agency_name(session: Session, agency_id: int | None) -> str:
    """The addressee as an agency, by name; "" for none."""
    return session.scalar(select(Agency.name).where(Agency.id == agency_id)) or "" if agency_id else ""


def leaving(session: Session, ids: Collection[int]) -> Mapping[int, datetime | None]:
    """When these letters leave or left."""
    rows = session.execute(select(Letter.id, Letter.leaves_at).where(Letter.id.in_(sorted(ids))).order_by(Letter.id).limit(EXPORTED))
    return {number: moment for number, moment in rows}  # noqa: C416 (rows are Row objects)


def _own(column: InstrumentedAttribute[int], identity: Identity) -> ColumnElement[bool]:
    if identity is SYSTEM or AUDITOR in identity.roles:
        return true()
    return column.in_(sorted(identity.scope("body"))) if identity.scope("body") else false()
