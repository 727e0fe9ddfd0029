"""XLSX: looked over as a zip and as XML first (bombs, limits, formulas without a value, error cells), then read by calamine.

calamine gives a formula's stored value and real dates (1900 and 1904 alike), but is silent about errors and lays the sheet out as
a full grid, so one cell at XFD1048576 would eat the machine: the look-over counts first.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

import python_calamine

from petitions.core.dates import format_day
from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say
from petitions.intake.importing import columns
from petitions.intake.importing.delimited import MOST_COLUMNS, MOST_ROWS
from petitions.intake.importing.lines import Line, Lines
from petitions.intake.importing.remarks import Remark, note

MOST_UNPACKED = 300 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_RATIO = 300
RATIO_FROM = 5 * 1024 * 1024
PIECE = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError, IndexError)
OTHER_OFFICE = {"word/": "Word", "ppt/": "PowerPoint", "content.xml": "OpenDocument", "xl/workbook.bin": "XLSB"}


@dataclass(slots=True)
class Look:
    """What the look-over of one worksheet found; positions count from 0."""

    rows: int = 0
    columns: int = 0
    odd: dict[tuple[int, int], Message] = field(default_factory=dict)


def lines(data: bytes, name: str) -> Lines:
    """The rows of the sheet that has the petitions' header (else of the first that has anything); RuleBroken says why not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(archive, name)
            looks = _look_over(archive, name)
            fonts = _fonts(archive)
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            return replace(_choose(book, looks, name), fonts=fonts)
    except python_calamine.PasswordError:
        raise RuleBroken(say("Tệp «{name}» được đặt mật khẩu. Hãy bỏ mật khẩu rồi lưu lại.", name=name)) from None
    except (*BROKEN, python_calamine.CalamineError):
        raise RuleBroken(say("Tệp «{name}» bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại.", name=name)) from None


def _measure(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if "xl/workbook.xml" not in archive.NameToInfo:
        for mark, kind in OTHER_OFFICE.items():
            if any(member.filename.startswith(mark) for member in members):
                raise RuleBroken(say("Tệp «{name}» là tệp {kind}, không phải bảng tính .xlsx. Hãy lưu lại dạng .xlsx rồi nhập.", name=name, kind=kind))
        raise RuleBroken(say("Tệp «{name}» là tệp nén, không phải bảng tính .xlsx.", name=name))
    unpacked = sum(member.file_size for member in members)
    ratio = max((member.file_size / max(1, member.compress_size) for member in members if member.file_size > RATIO_FROM), default=0)
    if unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS or ratio > MOST_RATIO:
        raise RuleBroken(say("Tệp «{name}» nén một lượng dữ liệu lớn bất thường ({mb} MB khi bung ra) nên không được mở.", name=name, mb=unpacked // 1_048_576))


def _look_over(archive: zipfile.ZipFile, name: str) -> Mapping[str, Look]:
    """Every member unpacked once (its checksum and true size), every worksheet looked over; sheet name → what was found."""
    paths = _sheet_paths(archive)
    looks = {}
    for member in archive.namelist():
        look = Look()
        parser = _sheet_parser(look, name) if member in paths.values() else _plain_parser(name) if member.endswith((".xml", ".rels")) else None
        with archive.open(member) as source:
            while piece := source.read(PIECE):
                if parser:
                    parser.Parse(piece, False)
        if parser:
            parser.Parse(b"", True)
        looks[member] = look
    return {title: looks[path] for title, path in paths.items() if path in looks}


def _plain_parser(name: str) -> expat.XMLParserType:
    """A parser that only refuses what no spreadsheet program writes: document types, in which entity bombs hide."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise RuleBroken(say("Tệp «{name}» có cấu trúc lạ (DOCTYPE) nên không được mở.", name=name))

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _sheet_parser(look: Look, name: str) -> expat.XMLParserType:
    """A parser that notes in `look` how far the cells with content reach, error cells, and formulas without a stored value."""
    parser = _plain_parser(name)
    cell = {"row": 0, "column": -1, "formula": False, "value": False, "kind": ""}
    at: dict[str, Any] = dict(cell)
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            at.update(row=int(attributes.get("r") or at["row"] + 1), column=-1)
        elif tag == "c":
            row, column = _position(attributes.get("r", ""), at["row"], at["column"])
            at.update(row=row, column=column, formula=False, value=False, kind=attributes.get("t", ""))
            words.clear()
        elif tag == "f":
            at["formula"] = True
        elif tag in ("v", "is"):
            at["value"] = True
            if at["kind"] == "e" or at["formula"]:
                parser.CharacterDataHandler = words.append

    def end(tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v":
            parser.CharacterDataHandler = None
        elif tag == "c" and (at["value"] or at["formula"]):
            look.rows, look.columns = max(look.rows, at["row"]), max(look.columns, at["column"] + 1)
            if look.rows > MOST_ROWS or look.columns > MOST_COLUMNS:
                raise RuleBroken(
                    say("Bảng trong tệp «{name}» quá lớn: nhiều nhất {rows} dòng và {columns} cột.", name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
                )
            value = "".join(words)
            if at["kind"] == "e":
                look.odd[at["row"] - 1, at["column"]] = say("Ô báo lỗi {value} của Excel.", value=value or "#")
            elif at["formula"] and not value and at["kind"] != "str":
                look.odd[at["row"] - 1, at["column"]] = say("Ô là công thức chưa có kết quả. Hãy mở tệp bằng Excel để tính, rồi lưu lại.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.buffer_text = True
    return parser


def _position(reference: str, row: int, column: int) -> tuple[int, int]:
    """("B7") → row 7, column 1 (from 0); a cell without a reference stands right of the one before it."""
    letters = reference.rstrip("0123456789")
    if not letters:
        return row, column + 1
    number = 0
    for character in letters:
        number = number * 26 + ord(character.upper()) - 64
    return int(reference[len(letters) :] or row), number - 1


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet title → member, in the workbook's order."""
    targets = {attributes.get("Id", ""): attributes.get("Target", "") for attributes in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")}
    paths = {}
    for attributes in _elements(archive, "xl/workbook.xml", "sheet"):
        identity = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        target = targets.get(identity, "")
        paths[attributes.get("name", "")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    return paths


def _fonts(archive: zipfile.ZipFile) -> frozenset[str]:
    if "xl/styles.xml" not in archive.NameToInfo:
        return frozenset()
    return frozenset(attributes["val"] for attributes in _elements(archive, "xl/styles.xml", "name") if "val" in attributes)


def _elements(archive: zipfile.ZipFile, member: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element called `wanted` (whatever its prefix) in `member`."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser.StartElementHandler = start
    if member in archive.NameToInfo:
        parser.Parse(archive.read(member), True)
    return found


def _choose(book: python_calamine.CalamineWorkbook, looks: Mapping[str, Look], name: str) -> Lines:
    """The first sheet whose early rows name the text column; else the one that names most columns; else the first with anything."""
    best: tuple[int, int, str] | None = None
    filled = [title for title in book.sheet_names if looks.get(title, Look()).rows]
    if not filled:
        raise RuleBroken(say("Tệp «{name}» không có ô nào có chữ.", name=name))
    for order, title in enumerate(filled):
        head = book.get_sheet_by_name(title).to_python(skip_empty_area=False, nrows=columns.HEADER_WITHIN)
        rows = [[_words(value) for value in row] for row in head]
        named = max((columns.known(row) + 100 * columns.names_text(row) for row in rows), default=0)
        if best is None or named > best[0]:
            best = (named, order, title)
    assert best is not None
    remarks: list[Remark] = []
    if len(filled) > 1:
        others = ", ".join(f"«{title}»" for title in filled if title != best[2])
        remarks.append(note(say("Tệp có nhiều trang tính: chỉ đọc trang «{title}», không đọc {others}.", title=best[2], others=others)))
    return _sheet(book, best[2], looks[best[2]], remarks)


def _sheet(book: python_calamine.CalamineWorkbook, title: str, look: Look, remarks: list[Remark]) -> Lines:
    sheet = book.get_sheet_by_name(title)
    rows = [[_words(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    odd: dict[int, dict[int, Message]] = {}
    for (row, column), message in look.odd.items():
        odd.setdefault(row, {})[column] = message
    merged: dict[int, set[int]] = {}
    for first, last in sheet.merged_cell_ranges or []:
        for row in _spread(rows, first, last):
            merged.setdefault(row, set()).add(first[1])
    found = [Line(row + 1, cells, odd.get(row, {}), frozenset(merged.get(row, ()))) for row, cells in enumerate(rows)]
    return Lines(found, remarks=remarks)


def _spread(rows: list[list[str]], first: tuple[int, int], last: tuple[int, int]) -> list[int]:
    """A cell merged over several rows holds for each of them (a place written once for five petitions); the rows that were filled."""
    (top, left), (bottom, right) = first, last
    if left != right or top >= len(rows) or left >= len(rows[top]) or not rows[top][left]:
        return []
    below = list(range(top + 1, min(bottom + 1, len(rows))))
    for row in below:
        rows[row][left] = rows[top][left]
    return below


def _words(value: Any) -> str:
    """A cell as text: whole numbers without a decimal point, days as dd/mm/yyyy, hours kept when there are any."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        hours = value.time()
        return format_day(value.date()) + (f" {hours:%H:%M}" if hours != time() else "")
    if isinstance(value, date):
        return format_day(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value) if isinstance(value, timedelta | int | float) else ""
