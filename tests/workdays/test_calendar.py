"""Counting working days: the checked cases, the edges, and what must hold for every calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from petitions.core.errors import RuleBroken
from petitions.workdays.calendar import FIRST, LAST, SATURDAY_AND_SUNDAY, Calendar, Week
from tests.make import workdays as make

HANOI = make.shipped()
YEAR = date(2026, 1, 1)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
near = st.dates(date(2025, 11, 1), date(2026, 4, 30))
counts = st.integers(-60, 60)
few = settings(max_examples=60, deadline=None)


def test_a_saturday_worked_in_place_of_a_monday_counts() -> None:
    assert HANOI.add(date(2024, 4, 25), 4) == date(2024, 5, 4)


def test_the_worked_example_to_the_day() -> None:
    """domain.md 2.12."""
    assert HANOI.add(date(2025, 11, 14), 5) == date(2025, 11, 21)
    due = date(2026, 2, 10)
    assert [HANOI.back(due, n) for n in (15, 7, 3)] == [date(2026, 1, 20), date(2026, 1, 30), date(2026, 2, 5)]
    assert HANOI.add(due, 15) == date(2026, 3, 10)
    assert make.calendar().add(due, 15) == date(2026, 3, 3)  # without the Tết rows: five working days too early


@pytest.mark.parametrize(
    ("worked", "off"),
    [
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
        (date(2026, 1, 10), date(2026, 1, 2)),
    ],
)
def test_a_swap_has_both_its_days(worked: date, off: date) -> None:
    assert HANOI.is_workday(worked)
    assert worked.weekday() == 5
    assert not HANOI.is_workday(off)
    assert off.weekday() < 5
    assert HANOI.marks[worked].for_day == off
    assert HANOI.marks[off].for_day == worked


def test_nothing_is_counted_beyond_the_calendar() -> None:
    for day, n in [(FIRST, -1), (LAST, 1), (date(2026, 1, 1), 50_000), (date(1999, 12, 31), 1)]:
        with pytest.raises(RuleBroken, match="2000"):
            HANOI.add(day, n)


def test_a_week_of_rest_on_sunday_alone_ends_when_the_law_changes() -> None:
    calendar = Calendar.of((), weeks=[Week(date(1990, 1, 1), frozenset({6})), Week(date(2002, 1, 7), SATURDAY_AND_SUNDAY)])
    assert calendar.is_workday(date(2002, 1, 5))
    assert not calendar.is_workday(date(2002, 1, 12))
    assert not calendar.rests(date(2002, 1, 5))
    assert calendar.rests(date(2002, 1, 12))


def test_years_that_were_not_announced_are_named() -> None:
    assert HANOI.unknown_years(date(2026, 12, 20), date(2027, 1, 10)) == (2027,)
    assert HANOI.unknown_years(date(2021, 1, 5), date(2020, 12, 20)) == (2020,)
    assert HANOI.unknown_years(date(2024, 1, 1), date(2026, 12, 31)) == ()


@few
@given(off=st.sets(near, max_size=12), worked=st.sets(near, max_size=4), start=near, n=counts)
def test_the_arrays_count_as_one_counts_on_fingers(off: set[date], worked: set[date], start: date, n: int) -> None:
    calendar = make.calendar(off, worked - off)
    day, step = start, 1 if n > 0 else -1
    for _ in range(abs(n)):
        day += timedelta(days=step)
        while day not in worked - off and (day in off or day.weekday() >= 5):
            day += timedelta(days=step)
    assert calendar.add(start, n) == day


@few
@given(off=st.sets(near, max_size=12), more=near, start=near, n=st.integers(1, 60))
def test_a_new_holiday_never_brings_a_date_forward(off: set[date], more: date, start: date, n: int) -> None:
    before, after = make.calendar(off), make.calendar(off | {more})
    assert after.add(start, n) >= before.add(start, n)
    assert after.add(start, -n) <= before.add(start, -n)


@few
@given(off=st.sets(near, max_size=12), worked=st.sets(near, max_size=4), start=near, n=counts)
def test_there_and_back_is_where_one_began(off: set[date], worked: set[date], start: date, n: int) -> None:
    calendar = make.calendar(off, worked - off)
    assume(calendar.is_workday(start))
    assert calendar.add(calendar.add(start, n), -n) == start


@few
@given(start=days, later=st.integers(0, 40), n=counts)
def test_later_starts_and_longer_periods_never_end_earlier(start: date, later: int, n: int) -> None:
    assert HANOI.add(start, n) <= HANOI.add(start + timedelta(days=later), n)
    assert HANOI.add(start, n) <= HANOI.add(start, n + 1)


@few
@given(start=days, end=days)
def test_between_is_what_add_adds(start: date, end: date) -> None:
    n = HANOI.between(start, end)
    if HANOI.is_workday(end):
        assert HANOI.add(start, n) == end
    assert (n >= 0) if end >= start else (n <= 0)


@few
@given(start=days, n=st.integers(-60, 60).filter(bool))
def test_a_count_ends_on_a_working_day(start: date, n: int) -> None:
    assert HANOI.is_workday(HANOI.add(start, n))
    assert HANOI.on_or_before(start) <= start <= HANOI.on_or_after(start)
