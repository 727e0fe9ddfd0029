"""What became of what: walks forward and back, the whole and the parts, labels."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.areas.gazetteer import Change, Gazetteer, Place
from tests.make import areas as make

JULY = date(2025, 7, 1)


def unit_named(code):
    return next(unit for unit in make.hanoi().units.values() if unit.code == code)


def labels(steps):
    return [make.hanoi().label(step.unit_id) for step in steps]


def test_an_old_unit_that_went_whole_into_one():
    steps = make.hanoi().successors(unit_named("x-trung-hoa.chuong-my").id, JULY)
    assert labels(steps) == ["xã Phú Nghĩa"]
    assert steps[0].whole
    assert steps[0].confirmed


def test_through_two_changes_the_doubt_of_the_first_remains():
    """Bạch Mai of 2024 → Bạch Mai of 2025 (from the press) → Bạch Mai of July 2025 (two sources)."""
    steps = make.hanoi().successors(unit_named("p-bach-mai.hai-ba-trung").id, JULY)
    assert labels(steps) == ["phường Bạch Mai"]
    assert steps[0].whole
    assert not steps[0].confirmed


def test_related_units_reach_both_ways_through_all_generations():
    gazetteer = make.hanoi()
    related = {gazetteer.units[number].code for number in gazetteer.related(unit_named("p-bach-mai.2025-07").id)}
    assert {"p-bach-mai.hai-ba-trung.2025-01", "p-bach-mai.hai-ba-trung", "p-quynh-loi.hai-ba-trung", "p-bach-mai.2025-07"} <= related
    assert "p-hong-ha.2025-07" not in related


def test_a_unit_whose_successor_is_not_known_has_none():
    assert make.hanoi().successors(unit_named("x-dinh-xuyen.gia-lam").id, JULY) == ()


def test_labels_tell_homonyms_apart_and_name_the_former():
    gazetteer = make.hanoi()
    assert gazetteer.label(unit_named("p-minh-khai.hai-ba-trung").id) == "phường Minh Khai (Hai Bà Trưng)"
    assert gazetteer.label(unit_named("tt-trau-quy.gia-lam").id) == "thị trấn Trâu Quỳ"
    assert gazetteer.full_label(unit_named("tt-trau-quy.gia-lam").id) == "thị trấn Trâu Quỳ, huyện Gia Lâm"
    assert gazetteer.label_with_former(unit_named("x-gia-lam.2025-07").id, unit_named("tt-trau-quy.gia-lam").id) == "xã Gia Lâm (thị trấn Trâu Quỳ cũ)"
    assert gazetteer.label(unit_named("x-gia-lam.2025-07").id) == "xã Gia Lâm"


def test_the_ground_of_a_district_after_its_end():
    gazetteer = make.hanoi()
    district = next(one for one in gazetteer.districts.values() if one.name == "Gia Lâm")
    held = {gazetteer.units[number].name for number in gazetteer.ground_of_district(district.id, JULY)}
    assert {"Gia Lâm", "Phù Đổng", "Bát Tràng", "Thuận An"} <= held


@st.composite
def histories(draw):
    """Some units in three generations, and changes from each to later ones, cycles and gaps included."""
    days = (None, date(2025, 1, 1), JULY)
    ends = (date(2024, 12, 31), date(2025, 6, 30), None)
    size = draw(st.integers(2, 12))
    units = []
    for number in range(1, size + 1):
        generation = draw(st.integers(0, 2))
        units.append(Place(number, f"u{number}", "xa", draw(st.sampled_from(["An", "Bình", "Hòa"])), days[generation], ends[generation]))
    pairs = draw(st.lists(st.tuples(st.integers(1, size), st.integers(1, size), st.sampled_from(["whole", "part"]), st.booleans()), max_size=20))
    changes = [Change(old, new, JULY, share, confirmed) for old, new, share, confirmed in pairs if old != new]
    return Gazetteer.of(units, [], changes)


@given(histories(), st.dates(date(2024, 1, 1), date(2026, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_walks_end_and_stay_on_living_units(gazetteer, day):
    for unit in gazetteer.units:
        steps = gazetteer.on_day(unit, day)
        assert all(gazetteer.units[step.unit_id].lives(day) for step in steps)
        assert len({step.unit_id for step in steps}) == len(steps)
        assert {step.unit_id for step in steps} <= gazetteer.related(unit)


@given(histories())
@settings(max_examples=100, deadline=None)
def test_sharing_ground_is_mutual(gazetteer):
    for unit in gazetteer.units:
        assert all(unit in gazetteer.related(other) for other in gazetteer.related(unit))
