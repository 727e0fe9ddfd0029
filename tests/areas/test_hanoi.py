"""Hanoi as shipped: counts of each generation, the changes between them, and what is not known."""

from collections import Counter
from datetime import date

import pytest

from tests.make import areas as make

BEFORE, BETWEEN, AFTER = date(2024, 6, 1), date(2025, 3, 1), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("day", "units", "kinds"),
    [
        (date(2024, 12, 31), 579, None),
        (date(2025, 1, 1), 526, {"xa": 345, "phuong": 160, "thi_tran": 21}),
        (date(2025, 6, 30), 526, {"xa": 345, "phuong": 160, "thi_tran": 21}),
        (date(2025, 7, 1), 126, {"phuong": 51, "xa": 75}),
        (date(2026, 1, 20), 126, None),
    ],
)
def test_each_generation_has_its_units(day, units, kinds):
    living = [unit for unit in make.hanoi().units.values() if unit.lives(day)]
    assert len(living) == units
    assert kinds is None or Counter(unit.kind for unit in living) == kinds


def test_thirty_districts_end_with_june_2025():
    districts = make.hanoi().districts.values()
    assert Counter(district.kind for district in districts) == {"quan": 12, "huyen": 17, "thi_xa": 1}
    assert all(district.lives(date(2025, 6, 30)) and not district.lives(AFTER) for district in districts)


def test_an_unchanged_unit_is_one_row_through_both_generations():
    lasting = [unit for unit in make.hanoi().units.values() if unit.lives(BEFORE) and unit.lives(BETWEEN)]
    assert len(lasting) == 526 - 33
    assert {unit.valid_to for unit in lasting} == {date(2025, 6, 30)}


def test_every_unit_of_june_2025_has_its_ground_in_july():
    gazetteer = make.hanoi()
    goes = {unit.id: gazetteer.successors(unit.id, AFTER) for unit in gazetteer.units.values() if unit.lives(BETWEEN)}
    assert all(goes.values())
    divided = {unit for unit, steps in goes.items() if not (len(steps) == 1 and steps[0].whole)}
    assert len(divided) == 199
    assert {step.unit_id for steps in goes.values() for step in steps} == {unit.id for unit in gazetteer.units.values() if unit.lives(AFTER)}


def test_where_two_sources_differ_the_change_is_to_be_confirmed():
    doubtful = {row["old"] for row in make.rows("changes") if row["on"] == "2025-07-01" and row["confirmed"] == "0"}
    assert doubtful == {"x-co-bi.gia-lam", "x-dang-xa.gia-lam", "x-van-khe.me-linh"}
    assert sum(row["on"] == "2025-07-01" for row in make.rows("changes")) == 794 + 2


def test_a_merger_of_january_2025_without_a_source_is_left_open():
    changed = {row["old"] for row in make.rows("changes") if row["on"] == "2025-01-01"}
    ended = {row["code"]: row for row in make.rows("units") if row["valid_to"] == "2024-12-31"}
    open_ones = set(ended) - changed
    assert len(ended) == 53 + 33
    assert len(open_ones) == 13
    assert all("chờ xác nhận" in ended[code]["note"] for code in open_ones)


def test_every_row_names_its_source_and_codes_are_our_own():
    for table in ("districts", "units", "changes", "aliases", "provinces"):
        assert all(row["source"].strip() for row in make.rows(table)), table
    codes = [row["code"] for row in make.rows("units")]
    assert len(set(codes)) == len(codes)
    assert not any(row["code"] == row["gso_code"] for row in make.rows("units"))


def test_a_change_joins_the_end_of_one_unit_to_the_life_of_the_other():
    gazetteer = make.hanoi()
    for change in gazetteer.changes:
        old, new = gazetteer.units[change.old_id], gazetteer.units[change.new_id]
        assert new.lives(change.on)
        assert old.valid_to is not None
        assert old.valid_to.toordinal() == change.on.toordinal() - 1
