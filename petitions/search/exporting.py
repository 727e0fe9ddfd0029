"""The listed rows as a file. No cell becomes a formula, and no value is changed to prevent it where that can be helped.

XLSX: every cell is text (days are days), so "=1+1", "+84 24 …" and "-5" stand there as they were written.
CSV (UTF-8 with its mark, semicolons): spreadsheets take a cell that begins with = + - @, a tab or a line break for a formula. Numbers
and telephone numbers ("-5", "+84 24 3825 3536") are harmless and stay as they are; before everything else that begins so stands an
apostrophe, which spreadsheets show as "this is text".
"""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from petitions.core.dates import format_day
from petitions.core.errors import NotFound
from petitions.core.words import Message, say
from petitions.search.documents import BODY
from petitions.search.finding import Row

XLSX, CSV = "xlsx", "csv"
KINDS = (XLSX, CSV)
MEDIA = {XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CSV: "text/csv; charset=utf-8"}
CELL_MOST = 32_767  # what a spreadsheet's cell can hold
RISKY = tuple("=+-@\t\r\n")
_HARMLESS = re.compile(r"[+-]?[\d\s.,()]*\d[\d\s.,()%-]*")
COLUMNS: tuple[tuple[Message, int], ...] = (
    (say("Mã"), 16),
    (say("Mã ngoài"), 14),
    (say("Ngày tiếp nhận"), 14),
    (say("Trạng thái"), 18),
    (say("Đơn vị bầu cử"), 18),
    (say("Địa bàn"), 30),
    (say("Tóm tắt"), 50),
    (say("Nội dung kiến nghị"), 80),
)
Cell = str | date


def file_of(kind: str, rows: Sequence[Row]) -> tuple[str, bytes]:
    """Media type and bytes of the rows in their order; NotFound for another kind of file."""
    if kind not in KINDS:
        raise NotFound(say("Chỉ tải được tệp XLSX hoặc CSV."))
    return MEDIA[kind], _xlsx(rows) if kind == XLSX else _csv(rows)


def _cells(row: Row) -> tuple[Cell, ...]:
    caption = row.caption
    return (
        caption.code or "",
        caption.external_id or "",
        caption.received_on or "",
        str(caption.state_label),
        caption.constituency_label,
        caption.place,
        caption.title,
        caption.texts.get(BODY, ""),
    )


def _xlsx(rows: Sequence[Row]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(str(say("Kết quả tìm")))
    bold, wrap = book.add_format({"bold": True, "bg_color": "#F1F5F9", "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
    for column, (name, width) in enumerate(COLUMNS):
        sheet.write_string(0, column, str(name), bold)
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(_cells(row)):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell:
                sheet.write_string(number, column, cell[:CELL_MOST], wrap)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    book.close()
    return target.getvalue()


def _csv(rows: Sequence[Row]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(name) for name, _ in COLUMNS])
    writer.writerows([format_day(cell) if isinstance(cell, date) else safe(cell) for cell in _cells(row)] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula; numbers and telephone numbers are left as they are."""
    return f"'{cell}" if cell.startswith(RISKY) and not _HARMLESS.fullmatch(cell) else cell
