"""The ladder: which rung is due on an item, on a day. The rows are those that are shipped."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.duties.urging import addressing, ladder
from petitions.duties.urging.ladder import DRAFTED, ISSUED, LETTER, LISTED, NOTICE, WITHDRAWN, Act, Item, Ladder
from petitions.duties.urging.reference import seed_rungs
from tests.make import workdays

CALENDAR = workdays.shipped()
RUNGS = [one for one in seed_rungs() if one.subject_kind == "petition"]
DUE = date(2026, 2, 10)  # domain 2.12
LEVELS = {"remind_15": 1, "remind_7": 2, "remind_3": 3, "urge_1": 10, "urge_2": 20, "competent": 30}


def on(day: date) -> Ladder:
    return Ladder(RUNGS, CALENDAR, day)


def code(day: date, *acts: Act, waits: bool = False, due: date = DUE) -> str | None:
    found = on(day).proposed(Item(due, waits, acts))
    return found.code if found else None


def act(name: str, day: date, done: str = ISSUED, due: date = DUE) -> Act:
    return Act(LEVELS[name], done, day, due, NOTICE if name.startswith("remind") else LETTER)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2026, 1, 19), None),
        (date(2026, 1, 20), "remind_15"),
        (date(2026, 1, 29), "remind_15"),
        (date(2026, 1, 30), "remind_7"),
        (date(2026, 2, 5), "remind_3"),
        (date(2026, 2, 10), "remind_3"),
        (date(2026, 2, 11), "urge_1"),  # +1
        (date(2026, 3, 2), "urge_1"),  # Tết between: 11-13, 23-27 February are eight, 2 March the ninth
        (date(2026, 3, 3), "urge_2"),  # +10
        (date(2026, 3, 16), "urge_2"),
        (date(2026, 3, 17), "competent"),  # +20
        (date(2027, 1, 5), "competent"),
    ],
)
def test_the_highest_rung_reached_is_proposed_whoever_forgot_to_look(day: date, wanted: str | None) -> None:
    assert code(day) == wanted


def test_nothing_twice_nothing_lower_nothing_too_soon() -> None:
    first, tenth = date(2026, 2, 11), date(2026, 3, 3)
    assert code(first, act("urge_1", first, DRAFTED)) is None
    assert code(first, act("urge_1", first)) is None
    assert code(first, act("urge_1", first, WITHDRAWN)) is None  # who withdrew it knew why
    assert code(tenth, act("urge_1", first, DRAFTED)) == "urge_2"  # the unsigned lower draft is replaced
    assert code(tenth, act("urge_1", first)) == "urge_2"
    assert code(tenth, act("urge_1", date(2026, 2, 27))) is None  # two working days ago: within the interval of five
    assert code(date(2026, 3, 6), act("urge_1", date(2026, 2, 27))) == "urge_2"
    assert code(tenth, act("competent", first)) is None


def test_nobody_is_urged_while_the_next_word_is_the_offices() -> None:
    assert code(date(2026, 3, 3), waits=True) is None
    assert on(date(2026, 3, 3)).proposed(Item(None)) is None


def test_a_new_day_begins_the_ladder_anew_and_a_moved_one_does_not() -> None:
    urged = act("urge_1", date(2026, 2, 11))
    later = date(2026, 3, 20)  # extended
    assert code(date(2026, 3, 23), urged, due=later) == "urge_1"
    moved = date(2026, 2, 9)  # counted again by another calendar: what was issued after it still counts
    assert code(date(2026, 2, 12), urged, due=moved) is None


def test_a_clock_that_jumps_back_proposes_nothing() -> None:
    assert code(date(2026, 3, 3), act("urge_1", date(2026, 5, 4))) is None


def test_article_40_is_switched_off_for_what_fell_overdue_before_the_law() -> None:
    explanation = next(one for one in RUNGS if one.code == "explanation")
    assert ladder.switched_off(explanation, date(2026, 2, 10))
    assert ladder.switched_off(explanation, date(2026, 2, 27))
    assert not ladder.switched_off(explanation, date(2026, 2, 28))  # overdue on 1 March
    assert not ladder.switched_off(explanation, date(2026, 3, 1))
    assert not any(ladder.switched_off(one, DUE) for one in RUNGS if one.code != "explanation")


days = st.dates(date(2025, 6, 2), date(2026, 12, 30))
done = st.sampled_from([DRAFTED, ISSUED, WITHDRAWN])
acts = st.lists(st.builds(Act, st.sampled_from(sorted(LEVELS.values())), done, days, days, st.just(LETTER)), max_size=4)


@given(due=days, today=days, acts=acts)
def test_what_is_proposed_is_never_proposed_again_that_day(due: date, today: date, acts: list[Act]) -> None:
    """Whatever stands: a draft made of the proposal silences the ladder, and so does issuing or withdrawing it."""
    found = on(today).proposed(Item(due, False, acts))
    if found is None:
        return
    assert found.form != LISTED
    assert found.level > ladder.highest(acts, due)
    for what in (DRAFTED, ISSUED, WITHDRAWN):
        assert on(today).proposed(Item(due, False, [*acts, Act(found.level, what, today, due, found.form)])) is None


@given(due=days, start=days, gaps=st.lists(st.integers(1, 40), max_size=30), issued=st.sets(st.integers(0, 30)))
def test_climbing_day_after_day_each_level_comes_once_and_rises(due: date, start: date, gaps: list[int], issued: set[int]) -> None:
    """Days with and without a run, drafts issued or left lying: at most one open draft, each level once, always rising, letters apart by the interval."""
    acts: list[Act] = []
    today = start
    for number, gap in enumerate([0, *gaps]):
        today += timedelta(days=gap)
        if today > date(2027, 12, 1):
            return
        found = on(today).proposed(Item(due, False, acts))
        if found is not None:
            acts = [one for one in acts if one.done != DRAFTED]  # the lower draft is replaced
            acts.append(Act(found.level, DRAFTED, today, due, found.form))
        assert on(today).proposed(Item(due, False, acts)) is None
        if number in issued:
            acts = [replace(one, done=ISSUED, on=today) if one.done == DRAFTED else one for one in acts]
        assert sum(one.done == DRAFTED for one in acts) <= 1
    levels = [one.level for one in acts]
    assert levels == sorted(set(levels))


@given(due=days, today=days)
def test_days_and_counting_agree(due: date, today: date) -> None:
    """Reached after n working days: the same as counting them; and nothing beyond the horizon is ever reached."""
    for rung in RUNGS:
        if rung.offset > 0:
            assert ladder.reached(rung, due, today, CALENDAR) == (due < today and CALENDAR.between(due, today) >= rung.offset)
    until = on(today).horizon()
    assert until is not None
    if due > until:
        assert on(today).reached(due) is None


@pytest.mark.parametrize(
    ("rank", "agency", "level", "wanted"),
    [
        ("handler", "Sở Xây dựng", "city", "Sở Xây dựng"),
        ("head", "Sở Xây dựng", "city", "Giám đốc Sở Xây dựng"),
        ("head", "Ủy ban nhân dân xã Gia Lâm", "commune", "Chủ tịch Ủy ban nhân dân xã Gia Lâm"),
        ("head", "Ban Quản lý dự án", "city", "Thủ trưởng Ban Quản lý dự án"),
        ("chair", "Sở Xây dựng", "city", "Chủ tịch Ủy ban nhân dân Thành phố Hà Nội"),
        ("vice_chair", "Sở Xây dựng", "city", "Phó Chủ tịch phụ trách, Ủy ban nhân dân Thành phố Hà Nội"),
        ("chair", "Bộ Giao thông vận tải", "central", "Thủ tướng Chính phủ"),
    ],
)
def test_to_whom_a_letter_goes(rank: str, agency: str, level: str, wanted: str) -> None:
    assert addressing.addressee(rank, agency, level) == wanted
