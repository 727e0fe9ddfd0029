"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.core.dates import format_day, not_a_day, not_a_loose_day, parse_day, parse_loose


@pytest.mark.parametrize("text", ["5/3/2024", "05/03/2024", "5-3-24", "5.3.2024", "05032024", "2024-03-05", " 5 / 3 / 2024 ", "2024-03-05 00:00:00"])
def test_a_day_typed_freely(text: str) -> None:
    assert parse_day(text) == date(2024, 3, 5)


@pytest.mark.parametrize("text", ["", "31/02/2024", "32/1/2024", "1/13/2024", "hôm qua", "2024", "3/2024", "0/1/2024", "29/02/2023"])
def test_what_is_not_a_day_is_none(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("03/2024", date(2024, 3, 1), date(2024, 3, 31)),
        ("tháng 12/2023", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("năm 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("14/11/2025", date(2025, 11, 14), date(2025, 11, 14)),
    ],
)
def test_a_month_or_year_covers_its_days(text: str, first: date, last: date) -> None:
    loose = parse_loose(text)
    assert loose is not None
    assert (loose.first, loose.last) == (first, last)
    assert loose.exact == (first == last)


def test_a_month_that_does_not_exist_is_refused() -> None:
    assert parse_loose("13/2024") is None
    assert parse_loose("quý IV") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2024", "Tháng 2 năm 2024 chỉ có 29 ngày."),
        ("29/02/2023", "Tháng 2 năm 2023 chỉ có 28 ngày."),
        ("2024-04-31", "Tháng 4 năm 2024 chỉ có 30 ngày."),
        ("32/1/24", "Tháng 1 năm 2024 chỉ có 31 ngày."),
        ("5/13/2024", "Không có tháng 13: sau ngày là tháng, từ 1 đến 12."),
        ("0/1/2024", "Không có ngày 0: ngày bắt đầu từ 1."),
        ("hôm qua", "Hãy ghi ngày theo dạng 20/01/2026."),
        ("13/2024", "Hãy ghi ngày theo dạng 20/01/2026."),
    ],
)
def test_why_it_is_no_day(text: str, why: str) -> None:
    assert str(not_a_day(text)) == why


def test_why_it_is_neither_day_nor_month() -> None:
    assert str(not_a_loose_day("31/02/2024")) == "Tháng 2 năm 2024 chỉ có 29 ngày."
    assert str(not_a_loose_day("13/2024")).startswith("Không có tháng 13")
    assert "11/2025" in str(not_a_loose_day("quý IV"))


@given(st.dates(min_value=date(1900, 1, 1)))
def test_what_is_written_is_read_again(day: date) -> None:
    assert parse_day(format_day(day)) == day
    assert parse_day(day.isoformat()) == day


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    if parse_day(text) is None:
        str(not_a_day(text))
    if parse_loose(text) is None:
        str(not_a_loose_day(text))
