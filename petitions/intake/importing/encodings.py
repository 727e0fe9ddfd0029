"""Old Vietnamese encodings in new files: TCVN3 (ABC fonts) and VNI letters that came along as Western ones, and Windows-1258 bytes.

A cell is converted only where all agree: it has Western letters and no letter that only Unicode Vietnamese has, the row, the column
or the file's fonts speak for the encoding, and the cell reads better afterwards. So French names and plain Unicode stay as they are.
The tables and the frequency model are viparse's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from viparse.normalize.detector import detect_encoding, detect_encoding_by_content
from viparse.normalize.encodings import CHARMAPS
from viparse.normalize.frequency import vietnamese_score
from viparse.normalize.tables import convert

from petitions.core.text import nfc
from petitions.core.words import Message, say
from petitions.intake.importing.lines import Line
from petitions.intake.importing.remarks import Remark, note

NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
TABLES = {name: CHARMAPS[name] for name in NAMES}
LEAST_EVIDENCE = 12
SAMPLE = 6_000
_WESTERN = re.compile(r"[\x80-\xff]")
_OWN_LETTERS = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def has_hidden(text: str) -> bool:
    """Whether `text` holds NULs, controls or characters that cannot be seen."""
    return _HIDDEN.search(text) is not None


def suspicious(cell: str) -> bool:
    """Whether `cell` may be an old encoding: Western letters, none that only Unicode Vietnamese has."""
    return _WESTERN.search(cell) is not None and _OWN_LETTERS.search(cell) is None


def detect(text: str) -> str | None:
    """ "tcvn3" or "vni" when `text` clearly is one of them; None when it is not or too short to tell."""
    if len(text) < LEAST_EVIDENCE:
        return None
    found: str | None = detect_encoding_by_content(text[:SAMPLE], TABLES).encoding
    return found


def to_unicode(text: str, encoding: str) -> str:
    """`text` (letters of `encoding` shown as Western ones) as Unicode, composed."""
    converted: str = convert(text, TABLES[encoding])
    return converted


def mend(lines: Sequence[Line], *, fonts: frozenset[str], remarks: list[Remark]) -> Iterator[Line]:
    """The lines with cells of old encodings converted; a note per row and column tells which."""
    columns = _by_column(lines)
    if not columns:
        yield from lines
        return
    font = detect_encoding(sorted(fonts)).encoding
    for line in lines:
        suspects = [position for position, cell in enumerate(line.cells) if cell and suspicious(cell)]
        if not suspects:
            yield line
            continue
        row = detect(" ".join(line.cells[position] for position in suspects))
        cells = list(line.cells)
        for position in suspects:
            for encoding in dict.fromkeys(filter(None, (row, columns.get(position), font))):
                better = to_unicode(cells[position], encoding) if encoding in TABLES else cells[position]
                if better != cells[position] and vietnamese_score(better) > vietnamese_score(cells[position]):
                    cells[position] = better
                    remarks.append(note(say("Chữ ở bảng mã {name} đã được chuyển sang Unicode.", name=NAMES[encoding]), line.number, str(position)))
                    break
        yield replace(line, cells=cells)


def _by_column(lines: Sequence[Line]) -> dict[int, str | None]:
    """What the suspicious cells of each column say together; empty when no cell is suspicious."""
    samples: dict[int, list[str]] = {}
    sizes: dict[int, int] = {}
    for line in lines:
        for position, cell in enumerate(line.cells):
            if cell and sizes.get(position, 0) < SAMPLE and suspicious(cell):
                samples.setdefault(position, []).append(cell)
                sizes[position] = sizes.get(position, 0) + len(cell)
    return {position: detect(" ".join(cells)) for position, cells in samples.items()}


def from_bytes(data: bytes) -> tuple[str, Message]:
    """Text of bytes that are not UTF-8: Windows-1258 where that reads as Vietnamese, else Western letters (TCVN3 and VNI show there)."""
    western = data.decode("cp1252", "replace") if _fits(data, "cp1252") else data.decode("latin-1")
    windows = nfc(data.decode("cp1258", "replace"))
    sample = slice(0, 4 * SAMPLE)
    scores = {name: vietnamese_score(to_unicode(western[sample], name)) for name in TABLES}
    scores["cp1258"] = vietnamese_score(windows[sample])
    if max(scores, key=lambda name: scores[name]) == "cp1258":
        return windows, say("Tệp dùng bảng mã Windows-1258, đã được chuyển sang Unicode.")
    return western, say("Tệp không ở bảng mã Unicode (UTF-8); chữ của từng ô được xét để chuyển.")


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
