"""Makers of calendars: pure ones of a few marked days, and the shipped one."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from petitions.core import clock, db
from petitions.core.identity import SYSTEM
from petitions.workdays import queries, reference
from petitions.workdays.calendar import Calendar, Mark, Name
from petitions.workdays.changing import ADD, WITHDRAW, Edit

YEARS = range(2000, 2101)


def mark(day: date, *, kind: str = "off", reason: str = "fixed", name: str = "Ngày nghỉ thử", for_day: date | None = None) -> Mark:
    """A marked day."""
    return Mark(day, kind, reason, Name(name, "Test day off"), for_day)


def calendar(off: Iterable[date] = (), worked: Iterable[date] = ()) -> Calendar:
    """A calendar with these days off and these worked weekends; every year is known."""
    marks = [*(mark(day) for day in off), *(mark(day, kind="worked", reason="swap") for day in worked)]
    return Calendar.of(marks, known_years=YEARS)


def shipped() -> Calendar:
    """The calendar as shipped, without a database."""
    marks = [
        Mark(row["day"], row["kind"], row["reason"], Name(row["name_vi"], row["name_en"]), row["for_day"], row["basis"], row["source"], row["confirmed"])
        for row in reference.seed_days()
    ]
    return Calendar.of(marks, known_years=range(2021, 2027), version=1)


def seed(session: Session) -> Calendar:
    """Load the shipped calendar into the database."""
    reference.load(session, by=SYSTEM, now=clock.now())
    db.finish(session)
    return queries.calendar(session)


def add(day: date, *, kind: str = "off", reason: str = "fixed", name: str = "Ngày nghỉ thử", for_day: date | None = None) -> Edit:
    """A line of a change that marks a day."""
    return Edit(ADD, day, kind, reason, name, "Test day off", for_day, "Công văn thử", "thử")


def withdraw(day: date) -> Edit:
    """A line of a change that withdraws a day."""
    return Edit(WITHDRAW, day)
