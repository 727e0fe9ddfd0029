"""Columns: which field a header means, however it is spaced, marked or capitalised (contract: "import columns")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from petitions.core.errors import RuleBroken
from petitions.core.text import fold
from petitions.core.words import Message, say
from petitions.intake.importing.lines import Line
from petitions.intake.importing.remarks import Remark, note, warning

HEADER_WITHIN = 50
TEXT = "text"
# field → header in Vietnamese (as written back), then other spellings that are understood
HEADERS: dict[str, tuple[str, ...]] = {
    "external_id": ("Mã ngoài", "Mã kiến nghị ngoài"),
    "received_on": ("Ngày tiếp nhận",),
    "met_on": ("Ngày tiếp xúc", "Ngày tiếp xúc cử tri"),
    "text": ("Nội dung kiến nghị",),
    "summary": ("Tóm tắt",),
    "place": ("Địa bàn",),
    "constituency": ("Đơn vị bầu cử",),
    "field": ("Lĩnh vực",),
    "level": ("Thẩm quyền", "Thẩm quyền giải quyết"),
    "origin": ("Nguồn", "Nguồn kiến nghị"),
    "session": ("Kỳ họp",),
    "timing": ("Trước/sau kỳ họp",),
    "agency": ("Cơ quan giải quyết",),
    "answer_number": ("Số văn bản trả lời",),
    "answered_on": ("Ngày trả lời",),
    "answer": ("Nội dung trả lời",),
    "answer_class": ("Kết quả", "Kết quả giải quyết"),
    "petitioner": ("Người kiến nghị",),
}
# Columns that our own spreadsheet of refused rows adds: taken back without a word.
REASON, SOURCE_ROW = "Lý do chưa nhập", "Dòng trong tệp gốc"
OWN = (REASON, SOURCE_ROW)
_LETTERS = re.compile(r"[^a-z0-9]+")


def key(words: str) -> str:
    """What counts of a header: its letters and digits, without marks, blanks and case."""
    return _LETTERS.sub("", fold(words))


FIELDS: Mapping[str, str] = {key(spelling): name for name, spellings in HEADERS.items() for spelling in (name, *spellings)}
IGNORED = frozenset(key(words) for words in OWN)


def label(name: str) -> str:
    """The Vietnamese header of field `name`: what a row's remark calls its column."""
    return HEADERS[name][0]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what its columns mean: `places` field → position, `others` position → name kept as a note."""

    row: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    others: Mapping[int, str]

    def name_at(self, position: int) -> str:
        """What the file itself calls the column at `position`."""
        return (self.names[position] if position < len(self.names) else "") or letter(position)

    def name_of(self, field: str) -> str:
        """What the file calls the column of `field`; the contract's header when the file has none."""
        return self.name_at(self.places[field]) if field in self.places else label(field)


def letter(position: int) -> str:
    """The spreadsheet's letter of the column at `position` (from 0): A … Z, AA …"""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def known(cells: Sequence[str]) -> int:
    """How many different fields the header `cells` name."""
    return len({FIELDS[key(cell)] for cell in cells if key(cell) in FIELDS})


def names_text(cells: Sequence[str]) -> bool:
    """Whether the header `cells` name the one column that must be there."""
    return any(FIELDS.get(key(cell)) == TEXT for cell in cells)


def find_header(lines: Sequence[Line], remarks: list[Remark]) -> Header:
    """The header among the first rows: the first one that names the text column. RuleBroken when there is none."""
    near = [line for line in lines[:HEADER_WITHIN] if any(line.cells)]
    found = next((line for line in near if names_text(line.cells)), None)
    if found is None:
        raise RuleBroken(_no_header(near))
    above = [line.number for line in near if line.number < found.number]
    if above:
        remarks.append(note(say("Dòng tiêu đề là dòng {row}; {n} dòng phía trên được bỏ qua.", row=found.number, n=len(above))))
    return _header(found, lines, remarks)


def _header(line: Line, lines: Sequence[Line], remarks: list[Remark]) -> Header:
    places: dict[str, int] = {}
    others: dict[int, str] = {}
    width = max(len(below.cells) for below in lines)
    for position in range(width):
        name = line.cells[position] if position < len(line.cells) else ""
        field = FIELDS.get(key(name))
        if field and field not in places:
            places[field] = position
        elif key(name) not in IGNORED and _anything(lines, line.number, position):
            others[position] = name or letter(position)
            remarks.append(warning(_about_other(others[position], field)))
    return Header(line.number, tuple(line.cells), places, others)


def _anything(lines: Sequence[Line], header: int, position: int) -> bool:
    return any(line.number > header and position < len(line.cells) and line.cells[position] for line in lines)


def _about_other(name: str, field: str | None) -> Message:
    if field:
        return say("Cột «{name}» có hai lần: cột đầu được dùng, cột sau giữ làm ghi chú.", name=name)
    return say("Cột «{name}» không có trong mẫu: giữ làm ghi chú của từng kiến nghị.", name=name)


def _no_header(near: Sequence[Line]) -> Message:
    best = max(near, key=lambda line: known(line.cells), default=None)
    if best is None or not known(best.cells):
        return say("Không thấy dòng tiêu đề. Dòng đầu của bảng phải có cột «{header}» (xem tệp mẫu).", header=label(TEXT))
    names = ", ".join(filter(None, best.cells))
    return say(
        "Dòng tiêu đề (dòng {row}) thiếu cột «{header}». Các cột đang có: {names}.",
        row=best.number,
        header=label(TEXT),
        names=names,
    )
