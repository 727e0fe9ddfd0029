"""What waits for the supervising side (returns, answers, extensions, closing, voters, publication), and what the board counts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties.lateness import Bounds
from petitions.duties.models.answers import AnswerItem, AnswerLetter, Commitment
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import ASKED, Extension, ReturnRequest
from petitions.duties.models.voters import APPROVED, DRAFTED, PLANNED, Publication, Told
from petitions.duties.queries.inbox import Row, rows_of
from petitions.duties.queries.reading import visible
from petitions.duties.queries.tally import Group, Tally, tally
from petitions.duties.workflow import ANSWERED, CLOSED, EXPLAINED, IN_PROGRESS, LEAD, OPEN, RESOLVED, RETURN_ASKED, RETURNED, RUNNING, UNDER_REVIEW

JUDGE, RETURNS, TO_REROUTE, EXTENSIONS, SUSPENDED = "judge", "returns", "to_reroute", "extensions", "suspended"
REVIEWS, CLOSING, VOTERS, PUBLISHING = "reviews", "closing", "voters", "publishing"
QUEUES: Mapping[str, Message] = {
    JUDGE: say("Chờ đánh giá"),
    RETURNS: say("Đề nghị trả lại"),
    TO_REROUTE: say("Chờ chuyển nơi khác"),
    EXTENSIONS: say("Xin gia hạn"),
    SUSPENDED: say("Đang tạm dừng"),
    REVIEWS: say("Xem lại định kỳ"),
    CLOSING: say("Chờ đóng"),
    VOTERS: say("Chưa báo cử tri"),
    PUBLISHING: say("Chờ công bố"),
}
SETTLED = (EXPLAINED, RESOLVED, IN_PROGRESS, CLOSED)
Conditions = Sequence[ColumnElement[bool]]
# Queues that are a matter of state and part: read from the tally. The others are counted by their own condition.
TALLIED: Mapping[str, Callable[[Group], bool]] = {
    JUDGE: lambda one: one.state in (UNDER_REVIEW, ANSWERED),
    RETURNS: lambda one: one.state == RETURN_ASKED,
    TO_REROUTE: lambda one: one.state == RETURNED,
    SUSPENDED: lambda one: one.stopped > 0,
    CLOSING: lambda one: one.part == LEAD and one.state in (EXPLAINED, RESOLVED),
}


def page_of(session: Session, where: Conditions, *, number: int = 1, total: int | None = None, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of the duties that meet `where`: the earliest day first, what has no day last. `total` when it was counted already."""
    if total is None and number > 1:
        total = count(session, where)
    number = max(1, min(number, -(-total // size) or 1)) if total is not None else 1
    rows = rows_of(session, where, number=number, size=size)
    if total is None:
        total = len(rows) if len(rows) < size else count(session, where)
    return Page(rows, number, size, total)


def count(session: Session, where: Conditions) -> int:
    """How many duties meet `where`."""
    return session.scalar(select(func.count()).select_from(Duty).where(*where)) or 0


def queue(name: str) -> list[ColumnElement[bool]]:
    """The condition of a queue of the office."""
    asked_ = Duty.id.in_(select(Extension.duty_id).where(Extension.state == ASKED))
    told = exists().where(Told.duty_id == Duty.id, Told.struck.is_(False))
    waits = Duty.id.in_(select(Publication.duty_id).where(Publication.state.in_([PLANNED, DRAFTED, APPROVED])))
    found: dict[str, list[ColumnElement[bool]]] = {
        JUDGE: [Duty.state.in_([UNDER_REVIEW, ANSWERED])],
        RETURNS: [Duty.state == RETURN_ASKED],
        TO_REROUTE: [Duty.state == RETURNED],
        EXTENSIONS: [asked_, Duty.state.in_(RUNNING)],
        SUSPENDED: [Duty.suspended_on.is_not(None), Duty.state.in_(OPEN)],
        REVIEWS: [Duty.review_on.is_not(None), Duty.state.in_(RUNNING)],
        CLOSING: [Duty.part == LEAD, Duty.state.in_([EXPLAINED, RESOLVED])],
        VOTERS: [Duty.part == LEAD, Duty.state.in_(SETTLED), ~told],
        PUBLISHING: [Duty.part == LEAD, waits],
    }
    return found[name]


def waiting_for(identity: Identity) -> list[str]:
    """The queues of which a board tells: not of those that only others clear."""
    clears = {VOTERS: Permission.DUTY_RECORD, PUBLISHING: Permission.DUTY_CLOSE}
    return [name for name in QUEUES if name not in clears or identity.may(clears[name])]


def queue_counts(session: Session, identity: Identity, now: datetime, names: Sequence[str] = tuple(QUEUES)) -> Mapping[str, int]:
    """How many that `identity` may see wait in each queue; one statement."""
    seen = visible(identity, now)
    return in_queues(tally(session, seen, extra=untallied(seen, names)), names)


def untallied(seen: ColumnElement[bool], names: Sequence[str] = tuple(QUEUES)) -> Mapping[str, ColumnElement[int]]:
    """What is to be counted beside the groups of a tally, so that it knows these queues."""
    return {name: _counted(name, seen) for name in names if name not in TALLIED}


def in_queues(known: Tally, names: Sequence[str] = tuple(QUEUES)) -> Mapping[str, int]:
    """How many wait in each queue, from a tally that counted them."""
    of_state = {name: known.stopped if name == SUSPENDED else known.where(TALLIED[name]) for name in names if name in TALLIED}
    made = {name: of_state[name] if name in of_state else known.extra[name] for name in names}
    if VOTERS in made:  # all that is settled less those of whom the voters were told
        settled = sum(one.n for one in (*known.groups, *known.ended) if one.part == LEAD and one.state in SETTLED)
        made[VOTERS] = settled - known.extra[VOTERS]
    return made


def missed(seen: ColumnElement[bool], today: date) -> ColumnElement[int]:
    """How many have a promised day that passed unkept."""
    query = select(func.count(Duty.id.distinct())).join(Commitment, Commitment.duty_id == Duty.id)
    return query.where(_unkept(today), Duty.state.in_(OPEN), seen).scalar_subquery()


def _counted(name: str, seen: ColumnElement[bool]) -> ColumnElement[int]:
    """How many wait in a queue; of VOTERS those of whom the voters were told, which are fewer than those that wait (see in_queues)."""
    if name != VOTERS:
        return select(func.count()).select_from(Duty).where(seen, *queue(name)).scalar_subquery()
    settled = (seen, Duty.part == LEAD, Duty.state.in_(SETTLED))
    told = select(func.count(Told.duty_id.distinct())).join(Duty, Duty.id == Told.duty_id).where(Told.struck.is_(False), *settled)
    return told.scalar_subquery()


def last_answers(session: Session, rows: Sequence[Row]) -> Mapping[int, tuple[str, date, str, date | None]]:
    """The answer that stands on each: (number, day, the agency's class, the promised day)."""
    ids = [row.id for row in rows if row.answered_on]
    if not ids:
        return {}
    columns = (AnswerItem.duty_id, AnswerLetter.number, AnswerLetter.dated_on, AnswerItem.agency_class, AnswerItem.promised_on)
    query = select(*columns).join(AnswerLetter, AnswerLetter.id == AnswerItem.letter_id).where(AnswerItem.duty_id.in_(ids), AnswerLetter.withdrawn_on.is_(None))
    query = query.order_by(AnswerItem.id)
    return {duty: (number, day, klass, promised) for duty, number, day, klass, promised in session.execute(query)}


def asked(session: Session, rows: Sequence[Row], name: str) -> Mapping[int, tuple[date, str, date | None]]:
    """What the agency asks for in the queue of returns or of extensions: (asked on, reason, last day to return, or the day wanted)."""
    ids = [row.id for row in rows]
    if name == RETURNS:
        query = select(ReturnRequest.duty_id, ReturnRequest.asked_on, ReturnRequest.reason, ReturnRequest.allowed_until)
        query = query.where(ReturnRequest.state == ASKED, ReturnRequest.duty_id.in_(ids)).order_by(ReturnRequest.id)
    else:
        query = select(Extension.duty_id, Extension.asked_on, Extension.reason, Extension.wanted_on)
        query = query.where(Extension.state == ASKED, Extension.duty_id.in_(ids)).order_by(Extension.id)
    return {duty: (on, reason, until) for duty, on, reason, until in session.execute(query)}


def questions(rows: Sequence[Row]) -> Mapping[int, str]:
    """What the office asked again and was not answered yet."""
    return {row.id: row.question for row in rows if row.question is not None}


# -- the board --------------------------------------------------------------------------------------------------------------


def running() -> list[ColumnElement[bool]]:
    """Owed, and the clock runs."""
    return [Duty.state.in_(RUNNING), Duty.suspended_on.is_(None)]


def late(at: Bounds) -> list[ColumnElement[bool]]:
    """Owed, running, and past its day."""
    return [*running(), Duty.next_due < at.today]


def missed_promise(today: date) -> ColumnElement[bool]:
    """A promised day passed unkept, on a duty that is still open."""
    return and_(Duty.state.in_(OPEN), Duty.id.in_(select(Commitment.duty_id).where(_unkept(today))))


def _unkept(today: date) -> ColumnElement[bool]:
    return and_(Commitment.kept_on.is_(None), Commitment.replaced_on.is_(None), Commitment.promised_on < today)


def between(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """The day that runs lies from `first` to `last` (None: open)."""
    return [*([Duty.next_due >= first] if first else []), *([Duty.next_due <= last] if last else [])]


def before(day: date) -> list[ColumnElement[bool]]:
    """The day that runs lies before `day`."""
    return [Duty.next_due < day]


def after(day: date) -> ColumnElement[bool]:
    """The day that runs lies after `day`."""
    return Duty.next_due > day


def held_by(agency_id: int) -> ColumnElement[bool]:
    """The duties that an agency holds now."""
    return Duty.agency_id == agency_id


def missed_query(seen: ColumnElement[bool], today: date) -> Select[int, int]:
    """(agency, how many open duties have a promised day that passed unkept)."""
    query = select(Duty.agency_id, func.count()).where(missed_promise(today), seen)
    return query.group_by(Duty.agency_id).order_by(Duty.agency_id)


def missed_by_agency(session: Session, seen: ColumnElement[bool], today: date) -> Mapping[int, int]:
    """The same, read; one statement."""
    return {agency: n for agency, n in session.execute(missed_query(seen, today))}  # noqa: C416 (rows are Row objects)


def late_by_agency(session: Session, where: Conditions, limit: int = 200) -> list[tuple[int, int, date | None]]:
    """(agency, how many, the earliest day) of the duties that meet `where`, most first."""
    number = func.count()
    query = select(Duty.agency_id, number, func.min(Duty.next_due)).where(*where).group_by(Duty.agency_id)
    return [(agency, n, first) for agency, n, first in session.execute(query.order_by(number.desc(), Duty.agency_id).limit(limit))]


def subjects_of(session: Session, where: Conditions, limit: int = 20_000) -> list[tuple[str, int]]:
    """(kind, id) of the subjects of the duties that meet `where`, one for each duty."""
    rows = session.execute(select(Duty.subject_kind, Duty.subject_id).where(*where).order_by(Duty.id).limit(limit))
    return [(kind, number) for kind, number in rows]


def among(ids: Sequence[int]) -> ColumnElement[bool]:
    """The duties of these numbers."""
    return Duty.id.in_(ids)


def of_letter(letter_id: int) -> ColumnElement[bool]:
    """The duties that a transfer letter brought."""
    return Duty.letter_id == letter_id


def about(pairs: Sequence[tuple[str, int]]) -> ColumnElement[bool]:
    """Duties about one of these subjects."""
    kinds = sorted({kind for kind, _ in pairs})
    return or_(*(and_(Duty.subject_kind == one, Duty.subject_id.in_(sorted({n for kind, n in pairs if kind == one}))) for one in kinds))
