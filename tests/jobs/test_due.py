"""When jobs are due and when they are late."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.core import clock
from petitions.core.words import say
from petitions.jobs import due
from petitions.jobs.register import Job
from petitions.workdays.calendar import Calendar, Mark, Name

TET = [date(2026, 2, 16) + timedelta(days=n) for n in range(5)]  # Monday to Friday
CALENDAR = Calendar.of([Mark(day, "off", "lunar", Name("Tết")) for day in TET])
DAILY = Job("a", say("Vận hành"), run=lambda *_: say("Vận hành"), at=time(8))
WORKING = Job("b", say("Vận hành"), run=DAILY.run, at=time(8), workdays_only=True)
SUNDAYS = Job("c", say("Vận hành"), run=DAILY.run, at=time(3), weekday=6)


def at(day: str, hour: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), clock.HANOI)


@pytest.mark.parametrize(
    ("job", "moment", "expected"),
    [
        (DAILY, at("2026-01-20", "07:59"), "2026-01-19"),
        (DAILY, at("2026-01-20", "08:00"), "2026-01-20"),
        (WORKING, at("2026-01-25", "12:00"), "2026-01-23"),  # Sunday: Friday's
        (WORKING, at("2026-02-22", "12:00"), "2026-02-13"),  # the Sunday after Tết: the Friday before it
        (WORKING, at("2026-02-23", "08:00"), "2026-02-23"),
        (SUNDAYS, at("2026-01-20", "12:00"), "2026-01-18"),
        (SUNDAYS, at("2026-01-18", "02:59"), "2026-01-11"),
    ],
)
def test_the_last_day_on_which_a_job_was_due(job: Job, moment: datetime, expected: str) -> None:
    assert due.last_due(job, CALENDAR, moment) == date.fromisoformat(expected)


def test_by_hand_the_hour_does_not_matter() -> None:
    assert due.last_due_on(WORKING, CALENDAR, date(2026, 2, 17)) == date(2026, 2, 13)
    assert due.last_due_on(WORKING, CALENDAR, date(2026, 2, 23)) == date(2026, 2, 23)


def test_a_job_is_late_half_an_hour_after_its_hour() -> None:
    yesterday = date(2026, 1, 19)
    assert not due.is_late(DAILY, CALENDAR, at("2026-01-20", "08:29"), yesterday)
    assert due.is_late(DAILY, CALENDAR, at("2026-01-20", "08:31"), yesterday)
    assert not due.is_late(DAILY, CALENDAR, at("2026-01-20", "08:31"), date(2026, 1, 20))


@given(st.sampled_from([DAILY, WORKING, SUNDAYS]), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)))
def test_what_is_next_comes_after_what_was_last(job: Job, moment: datetime) -> None:
    now = moment.replace(tzinfo=clock.HANOI)
    last = due.last_due(job, CALENDAR, now)
    coming = due.next_due(job, CALENDAR, now, last)
    assert last is not None
    assert coming is not None
    assert last <= now.date()
    assert coming > now
