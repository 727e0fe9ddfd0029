"""What a change would do, and what contradicts: named, and left out."""

from datetime import date

import pytest

from petitions.workdays import drafting
from petitions.workdays.changing import Edit, examine
from tests.make import workdays as make

HANOI = make.shipped()
TUESDAY, SATURDAY = date(2026, 6, 2), date(2026, 6, 6)


def complaints(*edits: Edit) -> list[str]:
    return [str(one.message) for one in examine(HANOI, edits).wrong]


def test_a_day_off_is_added_and_counted() -> None:
    proposal = examine(HANOI, [make.add(TUESDAY)])
    assert [edit.day for edit in proposal.good] == [TUESDAY]
    assert proposal.after.add(date(2026, 6, 1), 1) == date(2026, 6, 3)
    assert HANOI.is_workday(TUESDAY)
    assert (proposal.after.version, proposal.after.known_years) == (HANOI.version, HANOI.known_years)


def test_the_same_day_again_changes_nothing() -> None:
    proposal = examine(HANOI, [make.add(date(2026, 9, 2), name="quốc khánh 2/9")])
    assert (len(proposal.good), len(proposal.same), len(proposal.wrong)) == (0, 1, 0)


def test_contradictions_are_named() -> None:
    assert "«Quốc khánh 2/9»" in complaints(make.add(date(2026, 9, 2), name="Ngày khác"))[0]
    assert "không thể là ngày làm bù" in complaints(make.add(date(2026, 9, 2), kind="worked", reason="other"))[0]
    assert "không thể là ngày nghỉ" in complaints(make.add(date(2026, 8, 22), name="Ngày khác"))[0]
    assert "vốn là ngày làm việc" in complaints(make.add(TUESDAY, kind="worked", reason="other"))[0]
    assert "cuối tuần" in complaints(make.add(SATURDAY, reason="compensatory"))[0]
    assert "không có trong lịch" in complaints(make.withdraw(TUESDAY))[0]
    assert "đã có trong lịch" in complaints(make.add(TUESDAY, name="Một"), make.add(TUESDAY, name="Hai"))[0]


def test_half_a_swap_is_refused_and_a_whole_one_taken() -> None:
    off, worked = make.add(TUESDAY, reason="swap", for_day=SATURDAY), make.add(SATURDAY, kind="worked", reason="swap", for_day=TUESDAY)
    assert "không phải ngày làm bù" in complaints(off)[0]
    assert "không phải ngày nghỉ" in complaints(worked)[0]
    proposal = examine(HANOI, [worked, off])
    assert proposal.wrong == ()
    assert proposal.after.add(date(2026, 6, 1), 5) == date(2026, 6, 8)
    assert proposal.after.is_workday(SATURDAY)


def test_withdrawing_half_a_swap_or_a_holiday_with_its_day_in_lieu_is_refused() -> None:
    assert "làm bù cho 02/01/2026" in complaints(make.withdraw(date(2026, 1, 2)))[0]
    assert "không phải ngày làm bù" in complaints(make.withdraw(date(2026, 1, 10)))[0]
    assert "nghỉ bù cho 26/04/2026" in complaints(make.withdraw(date(2026, 4, 26)))[0]


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 1, 10), date(2026, 4, 26), date(2026, 9, 2), date(2026, 4, 27)])
def test_what_belongs_together_goes_together(day: date) -> None:
    edits = drafting.withdrawing(HANOI, day)
    proposal = examine(HANOI, edits)
    assert proposal.wrong == ()
    assert day not in proposal.after.marks
    assert len(edits) == (2 if day in {date(2026, 1, 2), date(2026, 1, 10), date(2026, 4, 26)} else 1)


def test_good_lines_go_in_without_the_wrong_ones() -> None:
    proposal = examine(HANOI, [make.add(TUESDAY), make.add(date(2026, 9, 2), name="Ngày khác"), make.withdraw(date(2026, 11, 24))])
    assert {edit.day for edit in proposal.good} == {TUESDAY, date(2026, 11, 24)}
    assert len(proposal.wrong) == 1


def form(**given):
    values = {"day": TUESDAY, "last": None, "kind": "off", "cause": "fixed", "name_vi": "Thử", "name_en": "", "for_day": None, "replaces": False}
    return {**values, "basis": "Công văn thử", "source": "thử", "confirmed": True, **given}


def test_a_form_marks_one_day_or_several() -> None:
    assert [edit.day.day for edit in drafting.marking(HANOI, form(last=date(2026, 6, 4)))] == [2, 3, 4]


def test_a_form_completes_a_swap() -> None:
    edits = drafting.marking(HANOI, form(cause="swap", for_day=SATURDAY))
    assert [(edit.day, edit.kind, edit.for_day) for edit in edits] == [(TUESDAY, "off", SATURDAY), (SATURDAY, "worked", TUESDAY)]
    assert edits[1].name_vi == "Làm bù cho ngày 02/06/2026"
    assert examine(HANOI, edits).wrong == ()


def test_a_form_corrects_a_swap_with_another_saturday() -> None:
    edits = drafting.marking(HANOI, form(day=date(2026, 1, 2), cause="swap", for_day=date(2026, 1, 17), replaces=True))
    proposal = examine(HANOI, edits)
    assert proposal.wrong == ()
    assert not proposal.after.is_workday(date(2026, 1, 10))
    assert proposal.after.is_workday(date(2026, 1, 17))


def test_a_form_corrects_a_name_and_leaves_the_other_half() -> None:
    proposal = examine(HANOI, drafting.marking(HANOI, form(day=date(2026, 1, 2), cause="swap", for_day=date(2026, 1, 10), replaces=True)))
    assert proposal.wrong == ()
    assert str(proposal.after.marks[date(2026, 1, 2)].name) == "Thử"
    assert proposal.after.is_workday(date(2026, 1, 10))
