"""From an event and a rule to a date, with its reasons."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.core.errors import RuleBroken
from petitions.core.words import using_language
from petitions.workdays.counting import Rule, Start, Unit, count, left, next_review, quarter_end, resumed
from tests.make import workdays as make

HANOI = make.shipped()
RECEIVED = Start(date(2025, 12, 12), "UBND Thành phố nhận công văn")


def ends(start: date, unit: Unit, length: int, **more) -> date | None:
    return count(HANOI, Start(start), Rule(unit, length, **more)).result


def test_the_worked_example_in_calendar_days() -> None:
    """domain.md 2.12."""
    assert ends(date(2025, 12, 12), Unit.CALENDAR_DAY, 60) == date(2026, 2, 10)
    assert ends(date(2026, 3, 10), Unit.CALENDAR_DAY, 30) == date(2026, 4, 9)
    assert ends(date(2026, 3, 2), Unit.CALENDAR_DAY, 15) == date(2026, 3, 17)
    assert ends(date(2026, 3, 2), Unit.CALENDAR_DAY, 30) == date(2026, 4, 1)
    assert ends(date(2025, 11, 26), Unit.CALENDAR_DAY, -15) == date(2025, 11, 11)


def test_why_this_date_names_the_days_left_out() -> None:
    found = count(HANOI, Start(date(2026, 2, 10), "Hết thời gian trả lời"), Rule(Unit.WORKING_DAY, 15, "Công bố trả lời", "NQLT72 Đ.51(1)"))
    assert found.result == date(2026, 3, 10)
    assert (str(found.event), str(found.rule), found.basis) == ("Hết thời gian trả lời", "Công bố trả lời: 15 ngày làm việc sau đó", "NQLT72 Đ.51(1)")
    assert len(found.weekends) == 8
    assert str(found.weekend_words) == "8 ngày cuối tuần"
    (tet,) = found.holidays
    assert (tet.when, len(tet.notes)) == ("16/02/2026 – 20/02/2026", 5)
    assert str(tet.notes[1].reason) == "Mùng 1 Tết Nguyên đán"
    assert found.added == ()
    assert found.warning is None
    assert found.unconfirmed == ()
    with using_language("en"):
        assert str(found.rule) == "Công bố trả lời: 15 working days later"
        assert str(tet.notes[1].reason) == "First day of the Lunar New Year (Tết)"


def test_why_this_date_names_the_saturday_that_counts() -> None:
    found = count(HANOI, Start(date(2024, 4, 25)), Rule(Unit.WORKING_DAY, 4))
    assert [(note.day, str(note.reason)) for note in found.added] == [(date(2024, 5, 4), "Làm bù cho ngày 29/04/2024")]
    assert [note.day.day for note in found.skipped] == [27, 28, 29, 30, 1]
    assert [(run.when, run.name) for run in found.holidays] == [
        ("29/04/2024", "Nghỉ hoán đổi với ngày 04/05/2024"),
        ("30/04/2024 – 01/05/2024", "Ngày Chiến thắng 30/4; Ngày Quốc tế lao động 1/5"),
    ]


def test_counting_backwards_leaves_out_the_same_days() -> None:
    ahead = count(HANOI, Start(date(2026, 2, 10)), Rule(Unit.WORKING_DAY, 15))
    back = count(HANOI, Start(date(2026, 3, 10)), Rule(Unit.WORKING_DAY, -15))
    assert back.result == date(2026, 2, 10)
    assert back.skipped == ahead.skipped


def test_holidays_that_follow_each_other_are_told_by_reason() -> None:
    found = count(HANOI, Start(date(2024, 2, 7)), Rule(Unit.WORKING_DAY, 1))
    assert found.result == date(2024, 2, 15)
    assert next((run.when, run.name) for run in found.holidays) == ("08/02/2024 – 12/02/2024", "29 tháng Chạp (Tết Nguyên đán) – Mùng 3 Tết Nguyên đán")
    assert [run.when for run in found.holidays][1:] == ["13/02/2024 – 14/02/2024"]
    assert found.weekends == ()


def test_days_in_lieu_over_a_weekend_are_one_run() -> None:
    found = count(make.calendar([date(2026, 6, 5), date(2026, 6, 8)]), Start(date(2026, 6, 4)), Rule(Unit.WORKING_DAY, 1))
    assert [run.when for run in found.holidays] == ["05/06/2026 – 08/06/2026"]
    assert len(found.weekends) == 2


def test_a_last_day_of_rest_moves_only_where_the_rule_says_so() -> None:
    saturday = date(2026, 1, 31)
    assert ends(date(2026, 1, 1), Unit.CALENDAR_DAY, 30) == saturday
    moved = count(HANOI, Start(date(2026, 1, 1)), Rule(Unit.CALENDAR_DAY, 30, to_workday=True))
    assert (moved.result, moved.moved_from) == (date(2026, 2, 2), saturday)
    assert [note.day.day for note in moved.skipped] == [31, 1]
    assert ends(date(2026, 3, 1), Unit.CALENDAR_DAY, -1, to_workday=True) == date(2026, 2, 27)


def test_a_count_through_an_unannounced_year_says_so() -> None:
    found = count(HANOI, Start(date(2026, 12, 28)), Rule(Unit.WORKING_DAY, 10))
    assert "2027" in str(found.warning)
    tet = count(HANOI, Start(date(2027, 2, 3)), Rule(Unit.WORKING_DAY, 1))
    assert len(tet.unconfirmed) == 7
    assert count(HANOI, Start(date(2026, 12, 28)), Rule(Unit.CALENDAR_DAY, 10)).warning is None


def test_days_that_a_letter_or_session_names() -> None:
    named = date(2026, 1, 31)
    assert count(HANOI, RECEIVED, Rule(Unit.FIXED_DATE), given=named).result == named
    assert count(HANOI, RECEIVED, Rule(Unit.SESSION), given=None).result is None
    assert count(HANOI, RECEIVED, Rule(Unit.SESSION), given=named).result == named
    assert count(HANOI, RECEIVED, Rule(Unit.QUARTER_END), given=date(2026, 11, 3)).result == date(2026, 12, 31)
    assert count(HANOI, RECEIVED, Rule(Unit.CONTINUOUS)).result is None
    assert [quarter_end(date(2026, month, 15)) for month in (1, 6, 9)] == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]


def test_a_day_before_its_event_is_refused() -> None:
    with pytest.raises(RuleBroken, match="trước ngày bắt đầu"):
        count(HANOI, RECEIVED, Rule(Unit.FIXED_DATE), given=date(2025, 12, 11))
    with pytest.raises(RuleBroken, match="ngày cụ thể"):
        count(HANOI, RECEIVED, Rule(Unit.FIXED_DATE))
    with pytest.raises(RuleBroken, match="2100"):
        ends(date(2100, 12, 1), Unit.CALENDAR_DAY, 60)
    with pytest.raises(RuleBroken, match="2100"):
        ends(date(2026, 12, 1), Unit.CALENDAR_DAY, 10_000_000)


def test_a_continuous_duty_is_looked_at_in_its_rhythm() -> None:
    assert next_review(date(2026, 1, 31), 1, date(2026, 2, 1)) == date(2026, 2, 28)
    assert next_review(date(2026, 1, 31), 3, date(2026, 1, 31)) == date(2026, 4, 30)
    assert next_review(date(2025, 1, 15), 6, date(2026, 7, 15)) == date(2027, 1, 15)


@settings(max_examples=80, deadline=None)
@given(
    start=st.dates(date(2025, 6, 1), date(2026, 3, 1)),
    n=st.integers(1, 60),
    paused=st.integers(0, 60),
    rest=st.integers(0, 90),
    unit=st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]),
)
def test_suspended_and_resumed_has_the_same_days_left(start: date, n: int, paused: int, rest: int, unit: Unit) -> None:
    due = ends(start, unit, n)
    assert due is not None
    stopped = start + timedelta(days=paused)
    remaining = left(HANOI, stopped, due, unit)
    again = stopped + timedelta(days=rest)
    if remaining != 0:
        assert left(HANOI, again, resumed(HANOI, again, remaining, unit), unit) == remaining
        assert resumed(HANOI, stopped, remaining, unit) == due
