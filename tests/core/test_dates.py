"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.core.dates import format_day, parse_day, parse_loose


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


@given(st.dates(min_value=date(1900, 1, 1)))
def test_what_is_written_is_read_again(day: date) -> None:
    assert parse_day(format_day(day)) == day
    assert parse_day(day.isoformat()) == day


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_day(text)
    parse_loose(text)
