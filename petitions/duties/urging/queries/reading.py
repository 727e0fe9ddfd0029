"""Urgings for the pages: who may see which, lists, one with its items, what an agency received."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.queries.reading import AUDITOR, CITY
from petitions.duties.urging.ladder import LETTER
from petitions.duties.urging.models import Urging, UrgingItem
from petitions.duties.urging.workflow import DRAFT, ISSUED, RECALLED, REPLACED, WITHDRAWN
from petitions.letters.models import Letter
from petitions.letters.workflow import ISSUED as LETTER_ISSUED


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list of urgings."""

    id: int
    state: str
    form: str
    rung_id: int
    level: int
    agency_id: int
    to_agency_id: int
    source: str
    made_on: date
    made_by: str | None
    number: str | None
    symbol: str | None
    dated_on: date | None
    leaves_at: datetime | None
    new_due_on: date | None
    acknowledged_on: date | None
    items: int

    @property
    def full_number(self) -> str:
        """Number and symbol as they are printed; empty before it has one."""
        return f"{self.number}/{self.symbol}" if self.number else ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A duty in an urging."""

    item_id: int
    duty_id: int
    subject_kind: str
    subject_id: int
    state: str
    next_due: date | None
    answered_on: date | None
    due_on: date
    round: int
    letter: str | None
    symbol: str | None
    letter_on: date | None


def seen(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """The urgings that `identity` may see: those of its bodies; an agency those to or about itself, once they have left; never a draft."""
    if identity is SYSTEM:
        return true()
    if not identity.may(Permission.DUTY_READ):
        return false()
    if AUDITOR in identity.roles:
        return true()
    left = and_(Urging.state == ISSUED, Urging.leaves_at <= now)
    ways: list[ColumnElement[bool]] = []
    if office(identity) and (bodies := sorted(identity.scope("body"))):
        ways.append(Urging.body_id.in_(bodies))
    if agencies := sorted(identity.scope("agency")):
        ways.append(and_(left, or_(Urging.agency_id.in_(agencies), Urging.to_agency_id.in_(agencies))))
    if identity.may(Permission.DUTY_DISTRIBUTE):
        ways.append(and_(left, _city(Urging.agency_id)))
    return or_(*ways) if ways else false()


def office(identity: Identity) -> bool:
    """Whether `identity` works on the supervising side: drafts are its own business."""
    wanted = (Permission.URGING_DRAFT, Permission.URGING_ISSUE, Permission.URGING_ESCALATE, Permission.CANDIDATE_TAKE, Permission.DUTY_JUDGE)
    return any(identity.may(one) for one in wanted)


def _city(agency: Any) -> ColumnElement[bool]:
    return exists().where(Agency.id == agency, Agency.level == CITY)


def addressed(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """The urgings that `identity` is to acknowledge: letters that have left, to its own agencies, or to the People's Committee office for the city's."""
    if not identity.may(Permission.DUTY_ANSWER):
        return false()
    ways: list[ColumnElement[bool]] = []
    if agencies := sorted(identity.scope("agency")):
        ways.append(Urging.to_agency_id.in_(agencies))
    if identity.may(Permission.DUTY_DISTRIBUTE):
        ways.append(_city(Urging.to_agency_id))
    stands = or_(Urging.letter_id.is_(None), _stands())
    return and_(Urging.state == ISSUED, Urging.leaves_at <= now, stands, or_(*ways)) if ways else false()


def _stands() -> ColumnElement[bool]:
    return select(Letter.id).where(Letter.id == Urging.letter_id, Letter.state == LETTER_ISSUED).correlate(Urging).exists()


def _rows(*where: ColumnElement[bool]) -> Select[Any]:
    u = Urging
    items = select(func.count()).where(UrgingItem.urging_id == u.id, UrgingItem.left_out.is_(None)).scalar_subquery()
    maker = select(User.name).where(User.id == u.made_by).scalar_subquery()
    columns = (u.id, u.state, u.form, u.rung_id, u.level, u.agency_id, u.to_agency_id, u.source, u.made_on, maker)
    letter = (Letter.number, Letter.symbol, Letter.dated_on, u.leaves_at, u.new_due_on, u.acknowledged_on, items)
    return select(*columns, *letter).outerjoin(Letter, Letter.id == u.letter_id).where(*where)


def page_of(session: Session, *where: ColumnElement[bool], number: int = 1, size: int = PAGE_SIZE) -> Page[Row]:
    """The urgings that meet `where`, newest first."""
    total = session.scalar(select(func.count()).select_from(Urging).where(*where)) or 0
    number = max(1, min(number, -(-total // size) or 1))
    query = _rows(*where).order_by(Urging.id.desc())
    rows: Sequence[Any] = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page([Row(*row) for row in rows], number, size, total)


def section(name: str, now: datetime) -> list[ColumnElement[bool]]:
    """The letters of a section of the list; reminders stand among the issued."""
    silent = [Urging.state == ISSUED, Urging.form == LETTER, Urging.acknowledged_at.is_(None), Urging.leaves_at <= now, _stands()]
    found: dict[str, list[ColumnElement[bool]]] = {
        "draft": [Urging.state == DRAFT],
        "issued": [Urging.state == ISSUED],
        "silent": silent,
        "ended": [Urging.state.in_([WITHDRAWN, RECALLED, REPLACED])],
    }
    return found[name]


def counts(session: Session, seen_: ColumnElement[bool], now: datetime) -> Mapping[str, int]:
    """How many there are in each section; one statement."""
    names = ("draft", "issued", "silent", "ended")
    columns = [select(func.count()).select_from(Urging).where(seen_, *section(name, now)).scalar_subquery().label(name) for name in names]
    row = session.execute(select(*columns)).one()
    return {name: int(getattr(row, name)) for name in names}


def one(session: Session, urging_id: int, *where: ColumnElement[bool]) -> tuple[Urging, Letter | None]:
    """The urging with its letter, if it meets `where`; NotFound."""
    row = session.execute(select(Urging, Letter).outerjoin(Letter, Letter.id == Urging.letter_id).where(Urging.id == urging_id, *where)).one_or_none()
    if row is None:
        raise NotFound(say("Không có đôn đốc này, hoặc bạn không được xem."))
    return row[0], row[1]


def item_rows(session: Session, urging_id: int, *where: ColumnElement[bool], limit: int = 1000) -> list[ItemRow]:
    """What lies in it, the earliest day first."""
    i, d, t = UrgingItem, Duty, TransferLetter
    columns = (i.id, d.id, d.subject_kind, d.subject_id, d.state, d.next_due, d.answered_on, i.due_on, i.round, t.number, t.symbol, d.letter_on)
    query = select(*columns).join(d, d.id == i.duty_id).outerjoin(t, t.id == d.letter_id).where(i.urging_id == urging_id, i.left_out.is_(None), *where)
    rows: Sequence[Any] = session.execute(query.order_by(i.due_on, i.id).limit(limit)).all()
    return [ItemRow(*row) for row in rows]


def urged_before(session: Session, duty_ids: Sequence[int]) -> Mapping[int, list[tuple[str, date]]]:
    """(number, day) of the letters that urged each of these duties and stand, in order."""
    query = select(UrgingItem.duty_id, Letter.number, Letter.symbol, Letter.dated_on).join(Urging, Urging.id == UrgingItem.urging_id)
    query = query.join(Letter, Letter.id == Urging.letter_id).where(UrgingItem.duty_id.in_(duty_ids), UrgingItem.left_out.is_(None))
    found: dict[int, list[tuple[str, date]]] = {}
    for duty, number, symbol, day in session.execute(query.where(Urging.state == ISSUED, Letter.state == LETTER_ISSUED).order_by(Urging.id)):
        if day is not None:
            found.setdefault(duty, []).append((f"{number}/{symbol}", day))
    return found


def is_addressed(session: Session, urging_id: int, identity: Identity, now: datetime) -> bool:
    """Whether `identity` is to acknowledge this urging."""
    return bool(session.scalar(select(exists().where(Urging.id == urging_id, addressed(identity, now)))))


def waiting(session: Session, identity: Identity, now: datetime, limit: int = 20) -> list[Row]:
    """The letters that `identity` is to acknowledge and has not yet, oldest first; reminders need no word. One statement."""
    where = (addressed(identity, now), Urging.form == LETTER, Urging.acknowledged_at.is_(None))
    rows: Sequence[Any] = session.execute(_rows(*where).order_by(Urging.id).limit(limit)).all()
    return [Row(*row) for row in rows]
