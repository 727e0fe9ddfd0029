"""Tables as files: no cell becomes a formula, and what is harmless stays as it was written."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from petitions.core import spreadsheets

HARMLESS = ["-5", "+84 24 3825 3536", "-12,5%", "+84912345678", "đèn", "", "-5-5"]
RISKY = ["=1", "-1+cmd|' /C calc'!A0", "- đèn", "\t=1", "+", "@SUM(A1)"]


@pytest.mark.parametrize(("cell", "safe"), [*((cell, cell) for cell in HARMLESS), *((cell, f"'{cell}") for cell in RISKY)])
def test_csv_cells(cell: str, safe: str) -> None:
    assert spreadsheets.safe(cell) == safe


def test_both_files_hold_the_same_rows() -> None:
    rows = [("=1+1", date(2026, 1, 20), None), ("+84 24 3825 3536", None, "x" * 40_000)]
    sheet = load_workbook(io.BytesIO(spreadsheets.xlsx("Tên dài hơn ba mươi mốt ký tự thì bị cắt", [("a", 9), ("b", 9), ("c", 9)], rows))).active
    assert sheet is not None
    found = list(sheet.iter_rows(min_row=2, values_only=True))
    assert (found[0][0], str(found[0][1])[:10], found[0][2]) == ("=1+1", "2026-01-20", None)
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]
    assert len(str(found[1][2])) == spreadsheets.CELL_MOST
    read = list(csv.reader(io.StringIO(spreadsheets.csv_of(["a", "b", "c"], rows).decode("utf-8-sig")), delimiter=";"))
    assert [row[:2] for row in read] == [["a", "b"], ["'=1+1", "20/01/2026"], ["+84 24 3825 3536", ""]]
