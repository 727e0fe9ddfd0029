"""A row's cells as values: days, numbers, lists of names. Pure; what needs the office's lists is done in `matching`."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from petitions.core.dates import LooseDay, parse_loose
from petitions.core.text import fold
from petitions.core.words import say
from petitions.intake.importing.columns import TEXT, Header
from petitions.intake.importing.lines import Line
from petitions.intake.importing.remarks import Remark, error, warning

MOST_TEXT = 32_767  # what a spreadsheet cell can hold; more than that is a broken file
MOST_WORDS = 500
LONG = frozenset({TEXT, "summary", "answer"})
SHORT = {"external_id": 200, "place": 500, "petitioner": 200, "answer_number": 200, "answer_class": 300}
WORDS = (
    *("external_id", "text", "summary", "place", "constituency", "field", "level", "origin", "session", "timing"),
    *("answer_number", "answer", "answer_class", "petitioner"),
)
TIMINGS = {"truoc": "before", "before": "before", "sau": "after", "after": "after", "ca hai": "both", "both": "both", "truoc va sau": "both"}
CLASSES = {
    "da giai quyet": "resolved",
    "da giai quyet xong": "resolved",
    "giai quyet xong": "resolved",
    "da xong": "resolved",
    "resolved": "resolved",
    "dang giai quyet": "in_progress",
    "dang xem xet giai quyet": "in_progress",
    "dang xem xet": "in_progress",
    "giao xem xet": "in_progress",
    "se giai quyet": "in_progress",
    "in progress": "in_progress",
    "giai trinh": "explained",
    "giai trinh cung cap thong tin": "explained",
    "giai trinh cung cap thong tin cho cu tri": "explained",
    "cung cap thong tin": "explained",
    "tiep thu giai trinh": "explained",
    "explained": "explained",
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SESSION = re.compile(r"^(?:ky hop)?\s*(?:thu|so|lan thu)?\s*([0-9]{1,3}|[ivxlc]{1,7})(?:st|nd|rd|th)?(?:\s*(?:,|-|hdnd|hoi dong|khoa|nhiem ky|session).*)?$")
_CONSTITUENCY = re.compile(r"^(?:don vi bau cu|dvbc|don vi|dv|constituency)?\s*(?:so|no\.?)?\s*[:.]?\s*0*([0-9]{1,2})\b")
_SERIAL = re.compile(r"^[2-6]\d{4}(?:[.,]\d+)?$")
ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}


@dataclass(frozen=True, slots=True)
class Day:
    """A date column: the exact day, or the words kept as written."""

    day: date | None = None
    words: str = ""
    loose: LooseDay | None = None

    @property
    def first(self) -> date | None:
        """The first day that the words may mean."""
        return self.loose.first if self.loose else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: plain values, nothing looked up yet. Words are as written; "" when the cell is empty or the column is missing."""

    number: int
    text: str
    external_id: str = ""
    received: Day = Day()
    met: Day = Day()
    answered: Day = Day()
    summary: str = ""
    place: str = ""
    constituency: str = ""
    field: str = ""
    level: str = ""
    origin: str = ""
    session: str = ""
    timing: str = ""
    agencies: tuple[str, ...] = ()
    answer_number: str = ""
    answer: str = ""
    answer_class: str = ""
    petitioner: str = ""
    notes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    cells: tuple[str, ...] = ()


def read_row(line: Line, header: Header, remarks: list[Remark]) -> Row | None:
    """The values of `line`; None when its text is empty or cannot be taken, with the reason among the remarks."""
    cells = {name: line.cells[place] if place < len(line.cells) else "" for name, place in header.places.items()}
    refused = _odd_cells(line, header, remarks) or _too_long(cells, line.number, header, remarks)
    if not refused and not cells.get(TEXT):
        refused = True
        remarks.append(error(say("Thiếu nội dung kiến nghị."), line.number, header.name_of(TEXT)))
    if refused:
        return None

    def day(name: str) -> Day:
        return read_day(cells.get(name, ""), line.number, header.name_of(name), remarks)

    return Row(
        number=line.number,
        received=day("received_on"),
        met=day("met_on"),
        answered=day("answered_on"),
        agencies=split_agencies(cells.get("agency", "")),
        notes={name: line.cells[place] for place, name in header.others.items() if place < len(line.cells) and line.cells[place]},
        cells=tuple(line.cells),
        **{name: cells.get(name, "") for name in WORDS},
    )


def _odd_cells(line: Line, header: Header, remarks: list[Remark]) -> bool:
    """Say what is wrong with single cells (an error of Excel, a formula without a value); True when the text itself is hit."""
    refused = False
    for position, message in line.odd.items():
        hit = position == header.places.get(TEXT)
        refused |= hit
        remarks.append((error if hit else warning)(message, line.number, header.name_at(position)))
    return refused


def _too_long(cells: dict[str, str], row: int, header: Header, remarks: list[Remark]) -> bool:
    refused = False
    for name, cell in cells.items():
        most = MOST_TEXT if name in LONG else SHORT.get(name, MOST_WORDS)
        if len(cell) > most:
            refused = True
            remarks.append(error(say("Ô có {n} ký tự, quá {most}: hãy rút gọn hoặc tách thành nhiều dòng.", n=len(cell), most=most), row, header.name_of(name)))
    return refused


def read_day(cell: str, row: int, column: str, remarks: list[Remark]) -> Day:
    """The day, month or year in `cell`; other words are kept as written, with a warning."""
    if not cell:
        return Day()
    found = parse_loose(cell) or parse_loose(cell.split(" ")[0] if ":" in cell else "")
    if found and found.exact:
        return Day(found.first, "", found)
    if found is None:
        said = (
            say("«{words}» có vẻ là số ngày của Excel; hãy định dạng ô thành ngày. Giữ nguyên như đã ghi.", words=cell)
            if _SERIAL.match(cell)
            else say("Không đọc được ngày «{words}»; giữ nguyên như đã ghi.", words=cell[:60])
        )
        remarks.append(warning(said, row, column))
    return Day(None, cell[:100], found)


def split_agencies(cell: str) -> tuple[str, ...]:
    """The agencies of a cell, ";" or a line break between them, each once, in their order."""
    names = (" ".join(name.split()) for name in re.split(r"[;\n]", cell))
    return tuple(dict.fromkeys(name[:300] for name in names if name))


def session_number(words: str) -> int | None:
    """The number of a council session: "kỳ họp thứ 20", "20", "XX", "thứ nhất"; None when the words tell none."""
    folded = " ".join(fold(words).split())
    found = _SESSION.match(folded)
    if found:
        return int(found.group(1)) if found.group(1).isdigit() else roman(found.group(1))
    spoken = folded.removeprefix("ky hop").strip().removeprefix("thu").strip()
    return ORDINALS.get(spoken)


def roman(letters: str) -> int | None:
    """The number of well-formed Roman `letters` up to CCC; None when they are not."""
    total, last = 0, 1000
    for letter in letters.upper():
        value = _ROMAN.get(letter, 0)
        if not value:
            return None
        total += value - 2 * last if value > last else value
        last = value
    return total if letters and _as_roman(total) == letters.upper() else None


def _as_roman(number: int) -> str:
    pairs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    letters = ""
    for value, mark in pairs:
        while number >= value:
            letters += mark
            number -= value
    return letters


def timing(words: str) -> str | None:
    """ "before", "after" or "both"; None when the words tell none."""
    folded = " ".join(re.sub(r"[^a-z ]", " ", fold(words)).replace("ky hop", "").split())
    return TIMINGS.get(folded)


def answer_class(words: str) -> str | None:
    """ "resolved", "in_progress" or "explained" (the three classes of the law's report); None when the words tell none."""
    return CLASSES.get(" ".join(re.sub(r"[^a-z]", " ", fold(words)).split()))


def constituency_number(words: str) -> int | None:
    """The number in "20", "ĐVBC số 20", "Đơn vị bầu cử số 20 (Gia Lâm)"; None when there is none."""
    found = _CONSTITUENCY.match(" ".join(fold(words).split()))
    return int(found.group(1)) if found else None
