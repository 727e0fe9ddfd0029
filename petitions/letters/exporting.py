"""A year of a register as a spreadsheet, in the ten columns of the book of outgoing letters (decree 30/2020): every cell is text as it was written,
days are days. Who keeps the copy, how many were made and who received them are left to the pen."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

from petitions.core.words import Message, say
from petitions.letters.models import LetterEntry

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_MOST = 32_767
COLUMNS: tuple[tuple[Message, int], ...] = (
    (say("Số, ký hiệu"), 16),
    (say("Ngày văn bản"), 14),
    (say("Tên loại và trích yếu"), 60),
    (say("Người ký"), 26),
    (say("Nơi nhận"), 36),
    (say("Đơn vị, người nhận bản lưu"), 18),
    (say("Số lượng bản"), 10),
    (say("Ngày chuyển"), 14),
    (say("Ký nhận"), 14),
    (say("Ghi chú"), 18),
)


def register(rows: Sequence[LetterEntry], states: Mapping[int, Message], left: Mapping[int, date]) -> bytes:
    """The rows in their order; by entry `states`, and `left`: the day on which the letter left."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(str(say("Sổ văn bản đi"))[:31])
    bold, wrap = book.add_format({"bold": True, "bg_color": "#F1F5F9", "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
    for column, (name, width) in enumerate(COLUMNS):
        sheet.write_string(0, column, str(name), bold)
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, 1):
        cells = (row.full_number, None, row.subject_line, row.signatory, row.addressee, "", "", None, "", str(states[row.id]))
        sheet.write_datetime(number, 1, row.dated_on, day)
        if row.id in left:
            sheet.write_datetime(number, 7, left[row.id], day)
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write_string(number, column, cell[:CELL_MOST], wrap)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    book.close()
    return target.getvalue()
