"""CSV: which encoding, which separator, and its records as lines."""

import codecs
import csv
import io
import re

from petitions.core.errors import RuleBroken
from petitions.core.words import say
from petitions.intake.importing import columns, encodings
from petitions.intake.importing.lines import Line, Lines
from petitions.intake.importing.remarks import Remark, note, warning

SEPARATORS = (",", ";", "\t", "|")
MOST_ROWS = 100_000
MOST_COLUMNS = 200
FEW_BROKEN = 0.001
# The limit holds for the whole process, other readers and threads too: raised once, never set to suit one file. What a cell may hold is judged with its row.
csv.field_size_limit(2**31 - 1)
_SEP_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def lines(data: bytes, name: str) -> Lines:
    """The records of the CSV file in `data`; their numbers count records, as a spreadsheet program shows them."""
    remarks: list[Remark] = []
    text = decode(data, remarks)
    if text.count("\x00") > len(text) // 20:
        raise RuleBroken(say("Tệp «{name}» không phải bảng tính: đây là tệp nhị phân. Hãy dùng tệp .xlsx hoặc .csv.", name=name))
    said = _SEP_LINE.match(text)
    text = text[said.end() :] if said else text
    separator = said.group(1) if said else _separator(text)
    found = []
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 2 if said else 1):
            if number > MOST_ROWS or len(record) > MOST_COLUMNS:
                raise RuleBroken(
                    say("Bảng trong tệp «{name}» quá lớn: nhiều nhất {rows} dòng và {columns} cột.", name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
                )
            found.append(Line(number, record))
    except csv.Error as problem:
        raise RuleBroken(say("Không đọc được tệp CSV «{name}» từ dòng {row}: {reason}.", name=name, row=len(found) + 1, reason=str(problem))) from None
    return Lines(found, remarks=remarks)


def decode(data: bytes, remarks: list[Remark]) -> str:
    """The text of `data`: UTF-8 or UTF-16, with or without a mark; else Windows-1258, or Western bytes in which TCVN3 or VNI may lie."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lossy(data[len(bom) :], encoding, remarks)
    wide = _wide(data)
    if wide:
        return _lossy(data, wide, remarks)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        broken = data.decode("utf-8", "replace")
    good = sum(1 for character in broken if ord(character) > 0x7F and character != "\ufffd")
    if good and broken.count("\ufffd") <= max(2, good * FEW_BROKEN):
        return _lossy(data, "utf-8", remarks)
    text, said = encodings.from_bytes(data)
    remarks.append(note(said))
    return text


def _lossy(data: bytes, encoding: str, remarks: list[Remark]) -> str:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    if broken:
        remarks.append(warning(say("Có {n} ký tự hỏng trong tệp, được thay bằng «\ufffd»; hãy xem lại các chỗ đó.", n=broken)))
    return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the first ones is mostly NUL."""
    head = data[:2000]
    if len(head) < 8 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.2 and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) * 0.2 and odd < even / 4 else None


def _separator(text: str) -> str:
    """The separator with which some early record names most columns; else the one that comes most often at the start."""
    head = text[:20_000]

    def score(separator: str) -> tuple[int, int]:
        records = list(csv.reader(io.StringIO(head, newline=""), delimiter=separator))[: columns.HEADER_WITHIN]
        return max((columns.known(record) for record in records), default=0), head.count(separator)

    return max(SEPARATORS, key=score)
