"""Open duties counted in one pass over an index, by the day that runs, state and part. Sections of an inbox, queues and the numbers of the board
are read from these groups; the same conditions in SQL (inbox.section, queues.queue) open their lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from petitions.duties.lateness import Bounds
from petitions.duties.models.duty import Duty
from petitions.duties.workflow import OPEN, RUNNING, SENT, WITH_OFFICE

TODAY, WEEK, LATE, SOON, LATER, STOPPED, OFFICE, UNDATED, DONE = "today", "week", "late", "soon", "later", "stopped", "office", "undated", "done"
SILENT, EXTRA = "silent", "#"


@dataclass(frozen=True, slots=True)
class Group:
    """Open duties alike: the day that runs, state, part, how many, and how many of them are suspended (those have no day)."""

    due: date | None
    state: str
    part: str
    n: int
    stopped: int

    @property
    def going(self) -> int:
        """How many are not suspended."""
        return self.n - self.stopped


@dataclass(frozen=True)
class Tally:
    """All groups; `silent`: sent, not acknowledged, and past the day for it; `extra`: what else was counted with them; `ended`: what is open no more."""

    groups: Sequence[Group]
    silent: int
    extra: Mapping[str, int]
    ended: Sequence[Group] = ()

    def where(self, fits: Callable[[Group], bool]) -> int:
        """How many, suspended or not, lie in the groups that fit."""
        return sum(one.n for one in self.groups if fits(one))

    def running(self, fits: Callable[[date], bool]) -> int:
        """How many owe something by a day that fits."""
        return sum(one.going for one in self.groups if one.due is not None and one.state in RUNNING and fits(one.due))

    @property
    def stopped(self) -> int:
        """How many are suspended."""
        return sum(one.stopped for one in self.groups)

    def late(self, at: Bounds) -> int:
        """How many are past their day."""
        return self.running(lambda due: due < at.today)


def quiet(today: date) -> ColumnElement[bool]:
    """Sent, not acknowledged, and past the day for it."""
    return and_(Duty.state == SENT, Duty.acknowledge_due.is_not(None), Duty.acknowledge_due < today)


def tally(session: Session, where: ColumnElement[bool], today: date | None = None, extra: Mapping[str, ColumnElement[int]] = MappingProxyType({})) -> Tally:
    """Count the duties that meet `where`, the silent ones only when `today` is said, and `extra` counts by name; one statement.

    What has ended is counted along and told apart afterwards: comparing every row's state with eleven words costs more than the few groups more.
    """
    by = (Duty.next_due, Duty.state, Duty.part)
    query = select(*by, func.count().label("n"), func.count(Duty.suspended_on).label("stopped")).where(where).group_by(*by)
    more = dict(extra)
    if today is not None:
        more[SILENT] = select(func.count()).select_from(Duty).where(where, quiet(today)).scalar_subquery()
    named = [select(cast(null(), Date), literal(name), literal(EXTRA), number, literal(0)) for name, number in more.items()]
    whole: Any = union_all(query, *named) if named else query
    rows = session.execute(whole).all()
    found = {row[1]: int(row[3] or 0) for row in rows if row[2] == EXTRA}
    groups = [Group(*row) for row in rows if row[2] != EXTRA]
    return Tally([one for one in groups if one.state in OPEN], found.pop(SILENT, 0), found, [one for one in groups if one.state not in OPEN])


def sunday(today: date) -> date:
    """The last day of this week."""
    return today + timedelta(days=6 - today.weekday())


def section_of(state: str, due: date | None, at: Bounds) -> str:
    """In which section an open duty stands that is not suspended; the same as `inbox.section`."""
    if state in WITH_OFFICE - RUNNING:
        return OFFICE
    if due is None:
        return UNDATED
    if due < at.today:
        return LATE
    if due == at.today:
        return TODAY
    if due <= sunday(at.today):
        return WEEK
    return SOON if due <= at.soon_until else LATER
