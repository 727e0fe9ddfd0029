"""The spreadsheet of refused rows: reasons in words, cells untouched, importable again."""

import io

import openpyxl

from petitions.core.words import using_language
from petitions.intake.importing import errors_file, plan, reading
from petitions.intake.importing.columns import HEADERS as CONTRACT
from tests.importing.files import HEADERS, csv_of, xlsx


def made(data, name):
    sheet = reading.read_bytes(data, name)
    rows = [row for row in plan.candidates(sheet, "HD") if row.verdict]
    return errors_file.content(rows, sheet.header, [remark for row in rows for remark in row.remarks])


def test_refused_rows_come_back_with_reason_and_go_in_once_mended():
    data = made(xlsx([HEADERS, ["1", "2024", None, "xã Gia Lâm"], ["2", "2024", "b", ""]]), "tep.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells[0][2:] == HEADERS
    assert "Thiếu nội dung" in str(cells[1][0])
    assert cells[1][1:] == ["2", "1", "2024", None, "xã Gia Lâm"]
    page["E2"] = "Đề nghị"
    target = io.BytesIO()
    page.parent.save(target)
    sheet = reading.read_bytes(target.getvalue(), "tep.xlsx")
    assert sheet.remarks == []
    (row,) = plan.candidates(sheet, "HD")
    assert row.row.external_id == "1"
    assert row.row.notes == {}


def test_nothing_in_it_is_a_formula_and_long_cells_are_cut_with_a_word():
    data = made(csv_of([HEADERS, ["=1+1", "+1", "", '=HYPERLINK(""x"")'], ["2", "", "x" * 100_000, ""]]), "tep.csv")
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert page["C2"].value == "=1+1"
    assert len(str(page["E3"].value)) <= 32_767
    assert "100000" in str(page["E3"].value)


def test_the_template_can_be_filled_and_read_in_both_languages():
    for code in ("vi", "en"):
        with using_language(code):
            book = openpyxl.load_workbook(io.BytesIO(errors_file.template()))
        page = book.active
        page["D2"] = "Đề nghị"
        target = io.BytesIO()
        book.save(target)
        assert set(reading.read_bytes(target.getvalue(), "mau.xlsx").header.places) == set(CONTRACT)
