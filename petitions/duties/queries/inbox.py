"""What is owed and by when: an agency's inbox, and the list of open deadlines of whoever may see them. Scope and bands are in the SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.identity import SYSTEM, Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties.lateness import Bounds
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import ASKED, Extension
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.queries.reading import CITY, visible
from petitions.duties.workflow import ENDED, OPEN, RUNNING, SENT, WITH_OFFICE

TODAY, WEEK, LATE, SOON, LATER, STOPPED, OFFICE, UNDATED, DONE = "today", "week", "late", "soon", "later", "stopped", "office", "undated", "done"
SECTIONS: Mapping[str, Message] = {
    LATE: say("Quá hạn"),
    TODAY: say("Đến hạn hôm nay"),
    WEEK: say("Đến hạn tuần này"),
    SOON: say("Sắp đến hạn"),
    LATER: say("Còn thời gian"),
    UNDATED: say("Không có hạn"),
    STOPPED: say("Đang tạm dừng"),
    OFFICE: say("Chờ cơ quan giám sát"),
    DONE: say("Đã xong"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the columns of a duty that lists show and lateness is read from (`lateness.of` takes it as it is)."""

    id: int
    subject_kind: str
    subject_id: int
    part: str
    agency_id: int
    state: str
    version: int
    letter_id: int | None
    letter_number: str | None
    letter_symbol: str | None
    letter_on: date | None
    received_on: date | None
    acknowledge_due: date | None
    statutory_due: date | None
    letter_due: date | None
    first_due: date | None
    reply_due: date | None
    reask_due: date | None
    resolution_due: date | None
    next_due: date | None
    suspended_on: date | None
    answered_on: date | None
    settled_on: date | None
    closed_on: date | None
    extension_asked: bool

    @property
    def full_number(self) -> str:
        """The letter's number and symbol; empty when there is no letter."""
        return "/".join(part for part in (self.letter_number, self.letter_symbol) if part)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a list is narrowed; None or "": not at all. `unacknowledged`: sent, not acknowledged, and past the day for it."""

    section: str | None = None
    state: str | None = None
    agency_id: int | None = None
    letter_id: int | None = None
    part: str | None = None
    unacknowledged: bool = False
    extension_asked: bool = False


def mine(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """What lies in the inbox of this person: duties that the own agencies hold now, or all of the city's for the People's Committee office."""
    left = and_(Duty.state != "recalled", or_(Duty.leaves_at.is_(None), Duty.leaves_at <= now))
    ways: list[ColumnElement[bool]] = []
    if agencies := sorted(identity.scope("agency")):
        ways.append(Duty.agency_id.in_(agencies))
    if identity.may(Permission.DUTY_DISTRIBUTE):
        ways.append(Duty.agency_id.in_(select(Agency.id).where(Agency.level == CITY)))
    return and_(left, or_(*ways)) if ways and (identity is SYSTEM or identity.may(Permission.DUTY_READ)) else false()


def everything(identity: Identity, now: datetime) -> ColumnElement[bool]:
    """Everything that `identity` may see (the supervising side's list)."""
    return visible(identity, now)


def section(at: Bounds) -> ColumnElement[str]:
    """In which section a duty stands on the day of `at`. The week ends on Sunday."""
    sunday = at.today + timedelta(days=6 - at.today.weekday())
    due = Duty.next_due
    return case(
        (Duty.state.in_(ENDED), DONE),
        (Duty.suspended_on.is_not(None), STOPPED),
        (Duty.state.in_(WITH_OFFICE - RUNNING), OFFICE),
        (due.is_(None), UNDATED),
        (due < at.today, LATE),
        (due == at.today, TODAY),
        (due <= sunday, WEEK),
        (due <= at.soon_until, SOON),
        else_=LATER,
    )


def counts(session: Session, where: ColumnElement[bool], at: Bounds) -> dict[str, int]:
    """How many open duties that meet `where` stand in each section; "unacknowledged" beside them. One statement."""
    kind = section(at)
    silent = func.sum(case((_silent(at), 1), else_=0))
    rows = session.execute(select(kind, func.count(), silent).where(where, Duty.state.in_(OPEN)).group_by(kind).order_by(kind)).all()
    found = {name: number for name, number, _ in rows}
    return {name: found.get(name, 0) for name in SECTIONS} | {"unacknowledged": sum(int(quiet or 0) for _, _, quiet in rows)}


def listed(
    session: Session, where: ColumnElement[bool], wish: Wish, at: Bounds, *, number: int = 1, size: int = PAGE_SIZE, total: int | None = None
) -> Page[Row]:
    """Page `number` of the duties that meet `where` and `wish`, the earliest day first. `total` when `counts` has said it already: then one statement."""
    conditions = [where, *narrowed(wish, at)]
    if total is None:
        total = session.scalar(select(func.count()).select_from(Duty).where(*conditions)) or 0
    number = max(1, min(number, -(-total // size) or 1))
    order = (Duty.next_due.is_(None), Duty.next_due, Duty.id)
    ids = select(Duty.id).where(*conditions).order_by(*order).limit(size).offset((number - 1) * size).subquery()
    asked = exists().where(Extension.duty_id == Duty.id, Extension.state == ASKED)
    letter = {"letter_number": TransferLetter.number, "letter_symbol": TransferLetter.symbol, "extension_asked": asked}
    columns = [letter[name] if name in letter else getattr(Duty, name) for name in Row.__dataclass_fields__]
    query = select(*columns).join(ids, ids.c.id == Duty.id).outerjoin(TransferLetter, TransferLetter.id == Duty.letter_id)
    rows = session.execute(query.order_by(*order).limit(size))
    return Page([Row(*row) for row in rows], number, size, total)


def chosen(session: Session, ids: Sequence[int], where: ColumnElement[bool]) -> list[Duty]:
    """Of `ids`, the duties that meet `where`, by id (a selection made in a list, looked at again)."""
    return list(session.scalars(select(Duty).where(Duty.id.in_(ids), where).order_by(Duty.id).limit(len(ids) or 1)))


def narrowed(wish: Wish, at: Bounds) -> list[ColumnElement[bool]]:
    """The conditions of a wish."""
    found: list[ColumnElement[bool]] = [Duty.state.in_(OPEN)] if wish.state is None and wish.section != DONE else []
    if wish.section:
        found.append(section(at) == wish.section)
    plain = ((Duty.state, wish.state), (Duty.agency_id, wish.agency_id), (Duty.letter_id, wish.letter_id), (Duty.part, wish.part))
    found += [column == value for column, value in plain if value is not None]
    if wish.unacknowledged:
        found.append(_silent(at))
    if wish.extension_asked:
        found.append(exists().where(Extension.duty_id == Duty.id, Extension.state == ASKED))
    return found


def _silent(at: Bounds) -> ColumnElement[bool]:
    return and_(Duty.state == SENT, Duty.acknowledge_due.is_not(None), Duty.acknowledge_due < at.today)
