"""What is owed and by when: an agency's inbox, and the list of open deadlines of whoever may see them. Scope and bands are in the SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, select
from sqlalchemy.orm import Session

from petitions.core.identity import SYSTEM, Identity
from petitions.core.paging import PAGE_SIZE
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties.lateness import Bounds
from petitions.duties.models.answers import ReAsk
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import ASKED, Extension
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.queries.reading import of_city
from petitions.duties.queries.tally import DONE, LATE, LATER, OFFICE, SOON, STOPPED, TODAY, UNDATED, WEEK, quiet, section_of, sunday, tally
from petitions.duties.workflow import ENDED, OPEN, REASKED, RUNNING, WITH_OFFICE

# As the indexes of `duties` lie, so that a page is a walk along one of them.
ORDER = (Duty.next_due.asc().nulls_last(), Duty.state, Duty.part, Duty.id)
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
    """One line: the columns of a duty that lists show and lateness is read from (`lateness.of` takes it as it is). `question`: asked again, not answered."""

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
    question: str | None

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
        ways.append(of_city())
    return and_(left, or_(*ways)) if ways and (identity is SYSTEM or identity.may(Permission.DUTY_READ)) else false()


def section(at: Bounds) -> ColumnElement[str]:
    """In which section a duty stands on the day of `at`. The week ends on Sunday."""
    due = Duty.next_due
    return case(
        (Duty.state.in_(ENDED), DONE),
        (Duty.suspended_on.is_not(None), STOPPED),
        (Duty.state.in_(WITH_OFFICE - RUNNING), OFFICE),
        (due.is_(None), UNDATED),
        (due < at.today, LATE),
        (due == at.today, TODAY),
        (due <= sunday(at.today), WEEK),
        (due <= at.soon_until, SOON),
        else_=LATER,
    )


def counts(session: Session, where: ColumnElement[bool], at: Bounds) -> dict[str, int]:
    """How many open duties that meet `where` stand in each section; "unacknowledged" beside them. One statement."""
    found = tally(session, where, at.today)
    made = dict.fromkeys(SECTIONS, 0)
    for one in found.groups:
        made[STOPPED] += one.stopped
        made[section_of(one.state, one.due, at)] += one.going
    return made | {"unacknowledged": found.silent}


def rows_of(session: Session, where: Sequence[ColumnElement[bool]], *, number: int = 1, size: int = PAGE_SIZE) -> list[Row]:
    """Page `number` of the duties that meet `where`: the earliest day first, what has no day last. Which they are is read from an index alone."""
    ids = select(Duty.id).where(*where).order_by(*ORDER).limit(size).offset((number - 1) * size).subquery()
    asked = exists().where(Extension.duty_id == Duty.id, Extension.state == ASKED)
    open_ = select(ReAsk.question).where(ReAsk.duty_id == Duty.id, ReAsk.answered_item_id.is_(None)).order_by(ReAsk.id.desc()).limit(1).scalar_subquery()
    question = case((Duty.state == REASKED, open_))
    beside = {"letter_number": TransferLetter.number, "letter_symbol": TransferLetter.symbol, "extension_asked": asked, "question": question}
    columns = [beside[name] if name in beside else getattr(Duty, name) for name in Row.__dataclass_fields__]
    query = select(*columns).join(ids, ids.c.id == Duty.id).outerjoin(TransferLetter, TransferLetter.id == Duty.letter_id)
    return [Row(*row) for row in session.execute(query.order_by(*ORDER).limit(size))]


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
        found.append(quiet(at.today))
    if wish.extension_asked:
        found.append(exists().where(Extension.duty_id == Duty.id, Extension.state == ASKED))
    return found
