"""Candidates of a file: rows that say the same twice, rows that are out before the database is asked."""

from petitions.intake.importing import plan, reading
from petitions.intake.importing.plan import Verdict
from petitions.intake.importing.remarks import Weight
from tests.importing.files import HEADERS, xlsx


def candidates(*rows):
    sheet = reading.read_bytes(xlsx([HEADERS, *rows]), "tep.xlsx")
    return plan.candidates(sheet, "HD")


def test_the_same_id_twice_is_reported_and_the_first_goes_in():
    first, second, third = candidates(["1", "", "a", ""], ["1", "", "b", ""], ["1", "", "a", ""])
    assert first.verdict is None
    assert second.verdict == Verdict.REFUSED
    assert "dòng 2" in str(second.remarks[0].message)
    assert third.verdict == Verdict.SAME
    assert third.remarks[0].weight == Weight.WARNING


def test_rows_without_id_are_the_same_by_text_place_and_day():
    first, same, other = candidates(["", "2024", "a", "x"], ["", "2024", "A", "x"], ["", "2024", "a", "y"])
    assert first.verdict is None
    assert same.verdict is not None
    assert other.verdict is None


def test_a_row_without_text_is_refused_with_its_cells_kept():
    (row,) = candidates(["KN-9", "2024", "", "x"])
    assert row.verdict == Verdict.REFUSED
    assert row.cells == ("KN-9", "2024", "", "x")
