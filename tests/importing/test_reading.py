"""Reading files: what is taken, what is mended and said, what is refused in words."""

import csv
import io
import unicodedata
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from viparse.normalize.encodings import CHARMAPS

from petitions.core.errors import RuleBroken
from petitions.intake.importing import reading
from petitions.intake.importing.remarks import Weight
from tests.importing.files import HEADERS, csv_of, saved, written, xlsx

TEXT = "Đề nghị sửa đường 179 đoạn qua xã Gia Lâm, hiện xuống cấp và ngập khi mưa."
ROWS = [HEADERS, ["KN-1", "5/3/2024", TEXT, "xã Gia Lâm"]]


def words(sheet):
    return [str(remark.message) for remark in sheet.remarks]


def cells(sheet, field):
    return [line.cells[sheet.header.places[field]] for line in sheet.lines]


def refused(data, name="tep.xlsx"):
    with pytest.raises(RuleBroken) as problem:
        reading.read_bytes(data, name)
    return str(problem.value)


def test_a_plain_workbook_is_read():
    sheet = reading.read_bytes(xlsx(ROWS), "tep.xlsx")
    assert sheet.header.row == 1
    assert cells(sheet, "text") == [TEXT]
    assert [line.number for line in sheet.lines] == [2]
    assert sheet.remarks == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_with_any_separator_and_unicode_encoding(separator, encoding):
    sheet = reading.read_bytes(csv_of([HEADERS, ["KN-1", "5/3/2024", TEXT + " Một, hai; ba", "xã Gia Lâm"]], separator, encoding), "tep.csv")
    assert cells(sheet, "text") == [TEXT + " Một, hai; ba"]


def test_a_csv_that_names_its_separator():
    sheet = reading.read_bytes(b"sep=;\r\n" + csv_of(ROWS, ";"), "tep.csv")
    assert cells(sheet, "place") == ["xã Gia Lâm"]
    assert sheet.lines[0].number == 3


def test_windows_1258_is_converted_and_said():
    data = csv_of([["external_id", "text"], ["KN-1", "Đề nghị sửa đường"]]).decode()
    marked = "".join(_split_tone(c) for c in data)
    sheet = reading.read_bytes(marked.encode("cp1258"), "tep.csv")
    assert cells(sheet, "text") == ["Đề nghị sửa đường"]
    assert any("Windows-1258" in said for said in words(sheet))


def _split_tone(character):
    parts = unicodedata.normalize("NFD", character)
    tone = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone)) + tone


def in_old_letters(text, name):
    """`text` as the fonts of encoding `name` show it: Western letters."""
    back = {}
    for old, new in CHARMAPS[name].pairs:
        back.setdefault(new, old)
    return "".join(back.get(character, character) for character in unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(("name", "shown"), [("tcvn3", "TCVN3"), ("vni", "VNI")])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_old_letters_become_unicode_and_are_said(name, shown, kind):
    rows = [HEADERS, ["KN-1", "5/3/2024", TEXT, "phường Minh Khai"], ["KN-2", "2024", TEXT + " Lần hai.", "xã Trung Hoà"]]
    old = [[in_old_letters(cell.lower(), name) for cell in row] for row in rows]
    data = xlsx(old) if kind == "xlsx" else csv_of(old, encoding="latin-1")
    sheet = reading.read_bytes(data, f"tep.{kind}")
    assert cells(sheet, "text") == [TEXT.lower(), (TEXT + " Lần hai.").lower()]
    assert cells(sheet, "place") == ["phường minh khai", "xã trung hoà"]
    said = [remark for remark in sheet.remarks if shown in str(remark.message) and remark.row == 2]
    assert {remark.column for remark in said} == {sheet.header.name_of("text"), sheet.header.name_of("place")}


def test_foreign_names_and_plain_unicode_are_left_alone():
    rows = [
        HEADERS,
        ["KN-1", "", "Cử tri hỏi về trường Saint-Exupéry và Café Müller ở phố Tràng Tiền", "xã Hà Hồi"],
        ["KN-2", "", "Hà Hòa là tên cũ", "Hà Đông"],
    ]
    sheet = reading.read_bytes(xlsx(rows), "tep.xlsx")
    assert cells(sheet, "text") == [rows[1][2], rows[2][2]]
    assert sheet.remarks == []


def test_decomposed_and_hidden_characters_are_mended_and_said():
    dirty = unicodedata.normalize("NFD", "Đề nghị") + "\u200b sửa\u00ad đường"
    sheet = reading.read_bytes(csv_of([HEADERS, ["KN\x00-1", "", dirty, ""]]), "tep.csv")
    assert cells(sheet, "text") == ["Đề nghị sửa đường"]
    assert cells(sheet, "external_id") == ["KN-1"]
    assert {(remark.column, remark.row) for remark in sheet.remarks} == {("Mã ngoài", 2), ("Nội dung kiến nghị", 2)}


def test_title_rows_above_the_header_are_skipped_and_said():
    sheet = reading.read_bytes(xlsx([["TỔNG HỢP KIẾN NGHỊ CỬ TRI"], [], *ROWS]), "tep.xlsx")
    assert sheet.header.row == 3
    assert [line.number for line in sheet.lines] == [4]
    assert any("dòng 3" in said for said in words(sheet))


def test_of_several_sheets_the_one_with_the_header_is_taken_and_said():
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Bìa"
    first.append(["Báo cáo"])
    second = book.create_sheet("Dữ liệu")
    for row in ROWS:
        second.append(row)
    sheet = reading.read_bytes(saved(book), "tep.xlsx")
    assert cells(sheet, "text") == [TEXT]
    assert any("«Dữ liệu»" in said and "«Bìa»" in said for said in words(sheet))


def test_headers_in_english_or_without_marks_or_doubled():
    sheet = reading.read_bytes(xlsx([["EXTERNAL_ID", " noi  dung KIEN NGHI ", "text", "Ghi chú"], ["1", TEXT, "khác", "x"]]), "tep.xlsx")
    assert sheet.header.places == {"external_id": 0, "text": 1}
    assert dict(sheet.header.others) == {2: "text", 3: "Ghi chú"}
    assert [remark.weight for remark in sheet.remarks] == [Weight.WARNING, Weight.WARNING]


@pytest.mark.parametrize("date_1904", [False, True])
def test_real_dates_of_both_calendars(date_1904):
    def write(book, page):
        page.write_row(0, 0, HEADERS)
        page.write_datetime(1, 1, datetime(2024, 3, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write(1, 2, TEXT)
        page.write_number(1, 0, 20)

    sheet = reading.read_bytes(written(write, date_1904=date_1904), "tep.xlsx")
    assert cells(sheet, "received_on") == ["05/03/2024"]
    assert cells(sheet, "external_id") == ["20"]


def test_formulas_give_their_stored_value_and_errors_are_said():
    def write(_book, page):
        page.write_row(0, 0, HEADERS)
        page.write_formula(1, 2, '="a"&"b"', None, "ab")
        page.write_formula(1, 3, "=1/0", None, "#DIV/0!")

    sheet = reading.read_bytes(written(write), "tep.xlsx")
    assert cells(sheet, "text") == ["ab"]
    assert "#DIV/0!" in str(sheet.lines[0].odd[3])
    bare = reading.read_bytes(xlsx([HEADERS, ["KN-1", "", "=A1&A2", "x"]]), "tep.xlsx")
    assert "công thức" in str(bare.lines[0].odd[2])


def test_merged_places_hold_for_every_row_but_a_merged_text_does_not():
    book = openpyxl.Workbook()
    page = book.active
    for row in [HEADERS, ["1", "", TEXT, "xã Gia Lâm"], ["2", "", "Kiến nghị khác", None], ["3", "", None, None]]:
        page.append(row)
    page.merge_cells("D2:D3")
    page.merge_cells("C3:C4")
    sheet = reading.read_bytes(saved(book), "tep.xlsx")
    assert cells(sheet, "place") == ["xã Gia Lâm", "xã Gia Lâm", ""]
    assert cells(sheet, "text")[2] == ""
    assert "bỏ gộp" in str(sheet.lines[2].odd[2])


def test_empty_broken_wrong_and_locked_files_are_refused_in_words():
    assert "rỗng" in refused(b"")
    assert "rỗng" in refused(b"  \n ")
    assert "hỏng" in refused(b"PK\x03\x04 this is no zip")
    assert "hỏng" in refused(xlsx(ROWS)[:-200])
    assert "PDF" in refused(b"%PDF-1.7 ...")
    assert "Excel" in refused(b"just words", "tep.xlsx")
    assert "nhị phân" in refused(bytes(range(256)) * 8 + b"\x00" * 400, "tep.csv")
    assert "mật khẩu" in refused(reading.OLE + "EncryptedPackage".encode("utf-16-le"))
    assert ".xls" in refused(reading.OLE + b"Workbook")


def test_a_zip_that_is_no_workbook_is_refused_by_what_it_is():
    def zipped(*names):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        return target.getvalue()

    assert "Word" in refused(zipped("word/document.xml"), "tep.xlsx")
    assert "tệp nén" in refused(zipped("a.txt"), "tep.xlsx")


def test_a_sheet_without_text_column_or_without_rows_is_refused():
    assert "Nội dung kiến nghị" in refused(xlsx([["Mã ngoài", "Địa bàn"], ["1", "x"]]))
    assert "dòng tiêu đề" in refused(xlsx([["a", "b"], ["1", "x"]]))
    assert "chỉ có dòng tiêu đề" in refused(xlsx([HEADERS]))
    assert "không có ô nào" in refused(xlsx([]))


def test_a_zip_bomb_is_not_opened():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (40 << 20))
    assert "bất thường" in refused(target.getvalue())


def test_an_entity_bomb_is_not_opened():
    def patched(body):
        return body.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)

    assert "DOCTYPE" in refused(patch(xlsx(ROWS), "xl/worksheets/sheet1.xml", patched))


def test_one_cell_at_the_far_corner_does_not_eat_the_machine():
    book = openpyxl.Workbook()
    page = book.active
    for row in ROWS:
        page.append(row)
    page["XFD1048576"] = "x"
    assert "quá lớn" in refused(saved(book))


def patch(data, member, change):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in source.namelist():
            body = source.read(name)
            changed.writestr(name, change(body) if name == member else body)
    return target.getvalue()


def test_a_file_over_20_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "lon.csv"
    with path.open("wb") as target:
        target.truncate(reading.MOST_BYTES + 1)
    with pytest.raises(RuleBroken, match="20 MB"):
        reading.read(path)


def test_dates_without_hours_are_days():
    sheet = reading.read_bytes(xlsx([HEADERS, ["1", date(2024, 3, 5), TEXT, ""], ["2", datetime(2024, 3, 5, 9, 30), TEXT, ""]]), "tep.xlsx")
    assert cells(sheet, "received_on") == ["05/03/2024", "05/03/2024 09:30"]


def test_reading_one_file_leaves_the_limit_of_a_field_alone():
    before = csv.field_size_limit()
    reading.read_bytes(csv_of(ROWS), "tep.csv")
    assert csv.field_size_limit() == before
