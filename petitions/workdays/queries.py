"""Every SELECT of the calendar. `calendar(session)` is kept per process and version: one short SELECT when nothing changed."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from petitions.core.errors import NotFound
from petitions.core.words import say
from petitions.workdays.calendar import Calendar, Mark, Name, Week
from petitions.workdays.models import CalendarDay, CalendarNotice, CalendarVersion, CalendarWeek

LIMIT = 2000
KEPT = 4
_kept: "OrderedDict[str, Calendar]" = OrderedDict()  # tokens are random: one never names two contents
_lock = Lock()


def calendar(session: Session) -> Calendar:
    """The calendar of today's version. An office without reference data has plain weekends, and every year is unknown."""
    newest = session.execute(select(CalendarVersion.id, CalendarVersion.token).order_by(CalendarVersion.id.desc()).limit(1)).one_or_none()
    if newest is None:
        return Calendar.of(())
    with _lock:
        if newest.token in _kept:
            _kept.move_to_end(newest.token)
            return _kept[newest.token]
    built = calendar_of(session, newest.id)
    with _lock:
        _kept[newest.token] = built
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return built


def calendar_of(session: Session, version: int) -> Calendar:
    """The calendar as it was in `version`: what a stored date was counted by."""
    d = CalendarDay
    columns = (d.day, d.kind, d.reason, d.name_vi, d.name_en, d.for_day, d.basis, d.source, d.confirmed)
    rows = session.execute(select(*columns).where(_lives(d.added_in, d.withdrawn_in, version)).order_by(d.day))
    n = CalendarNotice
    years = session.scalars(select(n.year).where(_lives(n.added_in, n.withdrawn_in, version)).order_by(n.year))
    weeks = session.execute(select(CalendarWeek.valid_from, CalendarWeek.rest_days).order_by(CalendarWeek.valid_from))
    return Calendar.of(
        [Mark(r.day, r.kind, r.reason, Name(r.name_vi, r.name_en), r.for_day, r.basis, r.source, r.confirmed) for r in rows],
        weeks=[Week(row.valid_from, frozenset(int(number) - 1 for number in row.rest_days.split())) for row in weeks],
        known_years=years,
        version=version,
    )


def _lives(added: InstrumentedAttribute[int], withdrawn: InstrumentedAttribute[int | None], version: int) -> ColumnElement[bool]:
    return and_(added <= version, or_(withdrawn.is_(None), withdrawn > version))


def version(session: Session) -> int:
    """The number of the present version; 0 before anything is loaded."""
    return session.scalar(select(CalendarVersion.id).order_by(CalendarVersion.id.desc()).limit(1)) or 0


def days_of_year(session: Session, year: int) -> Sequence[CalendarDay]:
    """The marked days of a year that live now."""
    within = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return session.scalars(select(CalendarDay).where(within, CalendarDay.withdrawn_in.is_(None)).order_by(CalendarDay.day).limit(LIMIT)).all()


def rows_of_day(session: Session, day: date) -> Sequence[CalendarDay]:
    """All rows of a day, the living one first, then the withdrawn ones, newest first."""
    order = (CalendarDay.withdrawn_in.is_not(None), CalendarDay.id.desc())
    return session.scalars(select(CalendarDay).where(CalendarDay.day == day).order_by(*order).limit(LIMIT)).all()


def standing(session: Session, day: date) -> CalendarDay | None:
    """The living row of a day."""
    return session.scalar(select(CalendarDay).where(CalendarDay.day == day, CalendarDay.withdrawn_in.is_(None)))


def living_day(session: Session, row_id: int) -> CalendarDay:
    """A row that lives; NotFound when there is none or it was withdrawn."""
    row = session.get(CalendarDay, row_id)
    if row is None or row.withdrawn_in is not None:
        raise NotFound(say("Ngày này không còn trong lịch."))
    return row


def withdrawn_of_year(session: Session, year: int) -> Sequence[CalendarDay]:
    """Rows of a year that were withdrawn, newest first."""
    within = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    rows = select(CalendarDay).where(within, CalendarDay.withdrawn_in.is_not(None)).order_by(CalendarDay.withdrawn_in.desc(), CalendarDay.day, CalendarDay.id)
    return session.scalars(rows.limit(LIMIT)).all()


def notice(session: Session, year: int) -> CalendarNotice | None:
    """On what the days off of a year were announced; None while they were not."""
    return session.scalar(select(CalendarNotice).where(CalendarNotice.year == year, CalendarNotice.withdrawn_in.is_(None)))


def weeks(session: Session) -> Sequence[CalendarWeek]:
    """Days of rest by weekday, and since when."""
    return session.scalars(select(CalendarWeek).order_by(CalendarWeek.valid_from).limit(LIMIT)).all()
