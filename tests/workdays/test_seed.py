"""The shipped calendar, held against the library that it was made from: what differs is what we corrected."""

import itertools
from datetime import date, timedelta

import holidays
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.workdays import queries, reference
from petitions.workdays.calendar import Calendar
from petitions.workdays.changing import ADD, Edit, examine
from petitions.workdays.models import CalendarDay
from tests.make import workdays as make

HANOI = make.shipped()
YEARS = range(2021, 2028)


def test_days_off_are_those_of_the_library_but_for_its_errors() -> None:
    theirs = {day for day in holidays.country_holidays("VN", years=YEARS) if day.year in YEARS}
    ours = {day for day, mark in HANOI.marks.items() if mark.off}
    assert theirs - ours == {date(2025, 2, 1)}  # a Saturday that is not one of the five days of Tết
    assert ours - theirs == {date(2026, 1, 2)}  # 12729/VPCP-KGVX


def test_worked_saturdays_are_those_of_the_library_and_the_one_it_lacks() -> None:
    theirs = {day for day in holidays.country_holidays("VN", years=YEARS).weekend_workdays if day.year in YEARS}
    ours = {day for day, mark in HANOI.marks.items() if not mark.off}
    assert ours - theirs == {date(2026, 1, 10)}
    assert theirs <= ours


def test_the_days_before_tet_bear_their_lunar_dates() -> None:
    assert HANOI.marks[date(2025, 1, 27)].name.vi.startswith("28 tháng Chạp")
    firsts = [day for day, mark in HANOI.marks.items() if mark.name.vi.startswith("Mùng 1 Tết")]
    assert [f"{day:%Y-%m-%d}" for day in firsts] == ["2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"]


def test_every_holiday_on_a_weekend_has_its_day_in_lieu() -> None:
    lieu = {mark.for_day for mark in HANOI.marks.values() if mark.reason == "compensatory"}
    assert {day for day, mark in HANOI.marks.items() if mark.off and HANOI.rests(day)} == lieu


def test_tet_is_five_days_and_every_year_whole() -> None:
    for year in YEARS:
        tet = [mark for mark in HANOI.marks.values() if mark.day.year == year and mark.reason == "lunar" and "Tết" in mark.name.vi]
        assert len(tet) == 5, year
        assert all(b.day - a.day == timedelta(days=1) for a, b in itertools.pairwise(tet))
        assert sum(mark.reason == "lunar" and "Giỗ Tổ" in mark.name.vi for mark in HANOI.marks.values() if mark.day.year == year) == 1


def test_the_file_contradicts_itself_nowhere() -> None:
    edits = [Edit(ADD, mark.day, mark.kind, mark.reason, mark.name.vi, mark.name.en, mark.for_day) for mark in HANOI.marks.values()]
    proposal = examine(Calendar.of(()), edits)
    assert [(str(one.edit.day), str(one.message)) for one in proposal.wrong] == []
    assert len(proposal.good) == len(HANOI.marks) == len(reference.seed_days())


def test_what_is_only_foreseen_says_so() -> None:
    assert all(mark.confirmed for mark in HANOI.marks.values() if mark.day.year < 2026)
    assert [mark.confirmed for mark in HANOI.marks.values() if mark.day.year == 2027 and mark.reason == "lunar" and "Tết" in mark.name.vi] == [False] * 5
    assert all(mark.basis and mark.source and mark.name.en for mark in HANOI.marks.values())


def test_loading_twice_adds_nothing_and_leaves_the_offices_rows(session: Session) -> None:
    calendar = make.seed(session)
    assert calendar.add(date(2024, 4, 25), 4) == date(2024, 5, 4)
    assert calendar.known_years == frozenset(range(2021, 2027))
    assert calendar.version == 1
    row = queries.standing(session, date(2026, 11, 24))
    assert row is not None
    row.name_vi = "Tên văn phòng đã sửa"
    session.flush()
    make.seed(session)
    assert queries.version(session) == 1
    assert session.scalar(select(func.count()).select_from(CalendarDay)) == len(HANOI.marks)
    assert queries.standing(session, date(2026, 11, 24)).name_vi == "Tên văn phòng đã sửa"


@pytest.mark.parametrize("year", YEARS)
def test_a_year_lists_its_days_in_order(session: Session, year: int) -> None:
    make.seed(session)
    rows = queries.days_of_year(session, year)
    assert [row.day for row in rows] == sorted(day for day in HANOI.marks if day.year == year)
