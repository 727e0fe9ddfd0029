"""The spreadsheet of rows that did not go in: their cells as they came, the reason in words, ready to be mended and imported again."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from petitions.core import spreadsheets
from petitions.core.spreadsheets import CELL_MOST
from petitions.core.words import say
from petitions.intake.importing.columns import HEADERS, REASON, SOURCE_ROW, TEXT, Header, label, letter
from petitions.intake.importing.plan import Candidate
from petitions.intake.importing.remarks import Remark, Weight
from petitions.intake.importing.storage import write_private

WIDTHS = {REASON: 60, SOURCE_ROW: 12}
SHEET = "Kiến nghị"
HINTS = {
    "external_id": say("Mã trong hệ thống cũ; nhập lại cùng mã là cập nhật."),
    "received_on": say("Ngày 14/11/2025; hoặc tháng 11/2025, năm 2025 (giữ như đã ghi)."),
    "met_on": say("Ngày 14/11/2025; hoặc tháng 11/2025, năm 2025 (giữ như đã ghi)."),
    TEXT: say("Bắt buộc. Mỗi dòng một kiến nghị, ghi nguyên văn."),
    "place": say("Phường, xã và quận, huyện như cử tri nói; tên cũ hay mới đều được."),
    "agency": say("Nhiều cơ quan cách nhau bằng dấu chấm phẩy; cơ quan đầu là chủ trì."),
    "timing": say("Trước hoặc Sau."),
}


def write(path: Path, rows: Sequence[Candidate], header: Header, remarks: Sequence[Remark]) -> None:
    """Write the refused `rows` to `path` (mode 600); every cell is text, so nothing in it is a formula."""
    write_private(path, content(rows, header, remarks))


def content(rows: Sequence[Candidate], header: Header, remarks: Sequence[Remark]) -> bytes:
    """The spreadsheet as bytes: reason, row in the original, then the file's own columns in their order."""
    why = reasons(remarks)
    width = max((len(row.cells) for row in rows), default=len(header.names))
    names = [header.names[place] if place < len(header.names) and header.names[place] else letter(place) for place in range(width)]
    columns = [(name, WIDTHS.get(name, 30)) for name in (REASON, SOURCE_ROW, *names)]
    cells = [("\n".join(why.get(row.number, [])), str(row.number), *map(_fitting, row.cells)) for row in rows]
    return spreadsheets.xlsx(SHEET, columns, cells, frozen=2, filtered=False)


def reasons(remarks: Sequence[Remark]) -> Mapping[int, list[str]]:
    """Row → why it did not go in, each with its column."""
    found: dict[int, list[str]] = {}
    for remark in remarks:
        if remark.weight == Weight.ERROR and remark.row is not None:
            found.setdefault(remark.row, []).append(f"«{remark.column}»: {remark.message}" if remark.column else str(remark.message))
    return found


def _fitting(cell: str) -> str:
    """A cell no longer than a spreadsheet can hold; what is cut still stands in the original file, and is said."""
    if len(cell) <= CELL_MOST:
        return cell
    said = str(say(" … [cắt bớt: ô gốc có {n} ký tự]", n=len(cell)))
    return cell[: CELL_MOST - len(said)] + said


def template() -> bytes:
    """An empty spreadsheet with the contract's columns; a note on each says what it takes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet(SHEET)
    must, may = (book.add_format({"bold": True, "bg_color": colour, "bottom": 1, "text_wrap": True}) for colour in ("#DBEAFE", "#F1F5F9"))
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, name in enumerate(HEADERS):
        page.set_column(column, column, 60 if name in (TEXT, "answer") else 22, plain)
        page.write_string(0, column, label(name), must if name == TEXT else may)
        if name in HINTS:
            page.write_comment(0, column, str(HINTS[name]), {"x_scale": 2})
    page.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
