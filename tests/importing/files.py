"""Files to read, as clerks' offices send them: made here, in memory."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import xlsxwriter

HEADERS = ["Mã ngoài", "Ngày tiếp nhận", "Nội dung kiến nghị", "Địa bàn"]


def xlsx(rows: Iterable[Sequence[Any]], sheet: str = "Kiến nghị") -> bytes:
    """A workbook of one sheet, as Excel would write it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def written(write: Any, **options: Any) -> bytes:
    """A workbook that `write(book, page)` fills by XlsxWriter (formulas with stored values, the 1904 calendar)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    write(book, book.add_worksheet())
    book.close()
    return target.getvalue()


def csv_of(rows: Iterable[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)
