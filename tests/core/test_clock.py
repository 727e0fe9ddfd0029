"""The one place that knows what time it is."""

from datetime import UTC, date, datetime

import pytest

from petitions.core import clock


@pytest.fixture(autouse=True)
def let_go():
    before = clock.held()
    yield
    clock.hold(before)


def test_a_held_day_holds_the_calendar_but_not_the_hour() -> None:
    clock.hold(date(2026, 1, 20))
    assert clock.today() == date(2026, 1, 20)
    clock.hold(None)
    assert clock.today() == clock.day_of(datetime.now(UTC))


@pytest.mark.parametrize(("moment", "day"), [("2026-01-19T16:59:59+00:00", 19), ("2026-01-19T17:00:00+00:00", 20)])
def test_the_day_turns_at_midnight_in_hanoi(moment: str, day: int) -> None:
    assert clock.day_of(datetime.fromisoformat(moment)) == date(2026, 1, day)


def test_midnight_is_the_first_moment_of_the_day() -> None:
    assert clock.midnight(date(2026, 1, 20)) == datetime(2026, 1, 19, 17, tzinfo=UTC)
    assert clock.day_of(clock.midnight(date(2026, 1, 20))) == date(2026, 1, 20)


def test_a_clock_that_jumped_back_never_counts_below_zero() -> None:
    assert clock.seconds_since(datetime(2999, 1, 1, tzinfo=UTC)) == 0.0
