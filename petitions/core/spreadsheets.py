"""Tables as files that a spreadsheet program opens. No cell becomes a formula, and no value is changed to prevent it where that can be helped.

XLSX: every cell is text (days are days), so "=1+1", "+84 24 …" and "-5" stand there as they were written.
CSV (UTF-8 with its mark, semicolons): spreadsheets take a cell that begins with = + - @, a tab or a line break for a formula. Numbers
and telephone numbers ("-5", "+84 24 3825 3536") are harmless and stay as they are; before everything else that begins so stands an
apostrophe, which spreadsheets show as "this is text".
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

from petitions.core.dates import format_day

XLSX_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_MEDIA = "text/csv; charset=utf-8"
CELL_MOST = 32_767  # what a spreadsheet's cell can hold
SHEET_NAME_MOST = 31
TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
RISKY = tuple("=+-@\t\r\n")
_HARMLESS = re.compile(r"[+-]?[\d\s.,()]*\d[\d\s.,()%-]*")
Cell = str | date | None


def xlsx(name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Cell]], *, frozen: int = 1, filtered: bool = True) -> bytes:
    """One sheet: `columns` are heads with their widths, `frozen` of them stay in view; longer texts are cut at what a cell holds."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, TEXT_ONLY)
    sheet = book.add_worksheet(name[:SHEET_NAME_MOST])
    bold, wrap = book.add_format({"bold": True, "bg_color": "#F1F5F9", "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
    for column, (head, width) in enumerate(columns):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell:
                sheet.write_string(number, column, cell[:CELL_MOST], wrap)
    sheet.freeze_panes(1, frozen)
    if filtered:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    return target.getvalue()


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same as CSV."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([format_day(cell) if isinstance(cell, date) else safe(cell or "") for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula; numbers and telephone numbers are left as they are."""
    return f"'{cell}" if cell.startswith(RISKY) and not _HARMLESS.fullmatch(cell) else cell
