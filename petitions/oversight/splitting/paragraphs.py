"""Lines of a document put together to paragraphs, and what its heading says: number, day, kind, title. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from petitions.core.text import clean

MOST_CHARACTERS = 2_000_000
SHORT_LINE = 45  # a line shorter than this was ended by its writer, not by the margin
# I.  A.  1.  1.1.  1)  a)  a.  -  +  •  and Điều 1. Chương II. Mục 3. Phần thứ nhất
MARKER = re.compile(
    r"^(?:(?P<article>Điều|ĐIỀU)\s+(?P<article_no>\d{1,3})\s*[.:]?"
    r"|(?P<part>Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)\s+(?P<part_no>[IVXLC]+|\d{1,3}|(?:thứ\s+)?[^\W\d_]+)\s*[.:]?(?=\s|$)"
    r"|(?P<ordinal>(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+là|Thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\s*[,:]"
    r"|(?P<roman>[IVX]{1,6})\s*[.)/](?=\s)"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,4})\s*[.)]?(?=\s+\D)"
    r"|(?P<arabic>\d{1,2})\s*[.)/](?=\s)"
    r"|(?P<capital>[A-HĐ])\s*[.)](?=\s)"
    r"|(?P<letter>[a-zđ])\s*[.)](?=\s)"
    r"|\((?P<bracket>\d{1,2}|[a-zđ]|[ivx]{1,5})\)(?=\s)"
    r"|(?P<dash>[-–—−])(?=\s)|(?P<plus>[+•●▪*\uf0b7])(?=\s))\s*"
)
_NUMBER = re.compile(r"\bSố\s*:?\s*(?P<number>\d{1,5})\s*/\s*(?P<symbol>[A-ZĐ0-9][\wĐđ/\-&.]{1,40})")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_SHORT_DAY = re.compile(r"ngày\s+(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")  # of the meeting, where the document itself bears none
_KINDS = (
    ("resolution", re.compile(r"^NGHỊ QUYẾT\b")),
    ("notice", re.compile(r"^THÔNG BÁO\b")),
    ("conclusion", re.compile(r"^KẾT LUẬN\b")),
    ("report", re.compile(r"^BÁO CÁO\b")),
)
_END = re.compile(r"^(?:Nơi nhận\s*:|TM\.|TL\.|KT\.|TUQ\.|Q\.\s*CHÁNH)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*(?:-\s*)?\d{1,3}(?:\s*-)?\s*$|^\s*Trang\s+\d+(?:\s*/\s*\d+)?\s*$", re.IGNORECASE)
_STOPS = (".", ";", ":", "!", "?", "…", "./.", "/.")
HEAD_LINES = 25
MARGIN, FEW_LINES = 120, 4


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the text; None and "" where it says nothing."""

    number: str = ""
    symbol: str = ""
    dated_on: date | None = None
    kind: str = ""
    title: str = ""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a document: lines broken by the margin are joined, blank lines and page numbers left out, the signatures too."""
    made: list[str] = []
    last = ""  # the line before, as it stood
    lines = clean(text[:MOST_CHARACTERS]).split("\n")
    short = _short(lines)
    for line in lines:
        if not line or _PAGE_NUMBER.match(line):
            last = last if line else ""
            continue
        if _END.match(line) and len(made) > 3:
            break
        if made and _goes_on(made[-1], last, line, short):
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
        last = line
    return made


def _short(lines: list[str]) -> int:
    """Below how many letters a line was ended by its writer: two thirds of the margin at which most long lines end."""
    long = sorted(len(line) for line in lines if len(line) >= SHORT_LINE)
    return max(SHORT_LINE, min(long[len(long) * 9 // 10], MARGIN) * 2 // 3) if len(long) >= FEW_LINES else SHORT_LINE


def _goes_on(before: str, last: str, line: str, short: int) -> bool:
    """Whether `line` continues the paragraph `before`, whose last line was `last`; `short`: see `_short`."""
    if before.endswith(_STOPS) or _shouted(before) != _shouted(line):
        return False
    small = line[0].islower() or line[0] in ",;)"
    if MARKER.match(line) and not (small and not re.match(r"^[a-zđ]\s*[.)]\s", line)):
        return False
    if small:
        return bool(last)
    return len(last) >= short and not _shouted(line)


def _shouted(line: str) -> bool:
    """A heading in capitals."""
    letters = [c for c in MARKER.sub("", line) if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def shouted(line: str) -> bool:
    """Whether a line is a heading in capitals."""
    return _shouted(line)


def heading(lines: list[str]) -> Heading:
    """What the first lines say: "Số: 41/TB-HĐND", "ngày 15 tháng 7 năm 2024", THÔNG BÁO, the title below it."""
    top = lines[:HEAD_LINES]
    number = next((found for line in top if (found := _NUMBER.search(line))), None)
    dated = next((day for line in top[:12] if (day := _day(line))), None) or next((day for line in top[:12] if (day := _day(line, _SHORT_DAY))), None)
    kind, title = "", ""
    for place, line in enumerate(top):
        known = next((name for name, pattern in _KINDS if pattern.match(line)), "")
        if known and _shouted(line.split(" Về ")[0].split(" về ")[0]):
            kind = known
            rest = re.sub(r"^(?:NGHỊ QUYẾT|THÔNG BÁO|KẾT LUẬN|BÁO CÁO)\s*", "", line)
            title = rest or (top[place + 1] if place + 1 < len(top) else "")
            break
    return Heading(number["number"] if number else "", number["symbol"].rstrip(".") if number else "", dated, kind, title)


def _day(line: str, pattern: re.Pattern[str] = _DAY) -> date | None:
    found = pattern.search(line)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
