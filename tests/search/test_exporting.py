"""Downloads: exactly the listed rows; no cell is a formula; "+84…" and "-5" stay what they are."""

import csv
import io

import pytest
from openpyxl import load_workbook

from petitions.core import db
from petitions.core.errors import NotFound
from petitions.core.office import Office
from petitions.search import exporting, finding, writer
from petitions.search.finding import Asked, Row
from tests.search import notes

BODIES = ("=1+1 đèn", "+84 24 3825 3536 đèn", "-5", "@SUM(A1) đèn", "- đèn hỏng", "đèn bình thường; có chấm phẩy")


@pytest.fixture
def rows(shelf: Office) -> list[Row]:
    notes.write(shelf, *BODIES)
    writer.catch_up(shelf)
    with db.reading(shelf.engine) as session:
        return list(finding.find(session, finding.engine_of(shelf), Asked(sort="oldest"), None).rows)


def test_xlsx_holds_texts(rows: list[Row]) -> None:
    media, data = exporting.file_of("xlsx", rows)
    sheet = load_workbook(io.BytesIO(data)).active
    assert media.endswith("sheet")
    cells = list(sheet.iter_rows(min_row=2))
    assert [row[7].value for row in cells] == [row.caption.texts["body"] for row in rows]
    assert {row[7].data_type for row in cells} == {"s"}
    assert [row[0].value for row in cells] == [row.caption.code for row in rows]


def test_csv_is_read_back(rows: list[Row]) -> None:
    _media, data = exporting.file_of("csv", rows)
    text = data.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(read) == len(rows) + 1
    written = {row[7].removeprefix("'") for row in read[1:]}
    assert written == set(BODIES)
    assert not any(cell.startswith(("=", "@")) for row in read for cell in row)


def test_no_other_kind_of_file(rows: list[Row]) -> None:
    with pytest.raises(NotFound):
        exporting.file_of("exe", rows)
