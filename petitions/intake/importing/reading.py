"""Reading a file into lines of text: what kind it is, whether it may be opened at all, and what had to be mended in its cells.

Nothing is trusted: the kind is told by content, not by name; sizes are counted before anything is parsed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from petitions.core import text
from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say
from petitions.intake.importing import columns, delimited, encodings, workbook
from petitions.intake.importing.lines import Line, Lines
from petitions.intake.importing.remarks import Remark, note, warning

MOST_BYTES = 20 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
OTHER_KINDS = {
    b"%PDF": "PDF",
    b"{\\rt": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "GZIP",
    b"PK\x05\x06": "ZIP",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file read: its header, its lines below the header that hold anything, and what was said while reading."""

    header: columns.Header
    lines: list[Line]
    remarks: list[Remark] = field(default_factory=list)


def read(path: Path, name: str | None = None) -> Sheet:
    """The sheet of petitions in the file at `path` (`name` is what people call it); RuleBroken says in words why it cannot be read."""
    name = name or path.name
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as problem:
        raise RuleBroken(say("Không mở được tệp «{name}»: {reason}.", name=name, reason=problem.strerror or type(problem).__name__)) from None
    if size > MOST_BYTES:
        raise RuleBroken(say("Tệp «{name}» lớn {mb} MB, quá 20 MB. Hãy chia thành nhiều tệp rồi nhập từng tệp.", name=name, mb=f"{size / 1_048_576:.1f}"))
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Sheet:
    """The same for a file already in memory (at most MOST_BYTES)."""
    lines = _lines(data, name)
    remarks = list(lines.remarks)
    mended = list(encodings.mend(lines.lines, fonts=lines.fonts, remarks=remarks))
    tidy = list(_tidied(mended, remarks))
    header = columns.find_header(tidy, remarks)
    body = [_unmerged(line, header, remarks) for line in tidy if line.number > header.row and any(line.cells)]
    if not body:
        raise RuleBroken(say("Tệp «{name}» chỉ có dòng tiêu đề, chưa có kiến nghị nào.", name=name))
    about = [remark for remark in remarks if remark.row is None or remark.row >= header.row]
    return Sheet(header, body, [_named(remark, header) for remark in about])


def _lines(data: bytes, name: str) -> Lines:
    if not data.strip():
        raise RuleBroken(say("Tệp «{name}» rỗng.", name=name))
    if data.startswith(OLE):
        raise RuleBroken(_about_ole(data, name))
    if data.startswith(ZIP):
        return workbook.lines(data, name)
    for magic, kind in OTHER_KINDS.items():
        if data.startswith(magic):
            raise RuleBroken(say("Tệp «{name}» là tệp {kind}, không phải bảng tính. Hãy dùng tệp .xlsx hoặc .csv.", name=name, kind=kind))
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise RuleBroken(
            say("Tệp «{name}» mang đuôi Excel nhưng nội dung không phải bảng tính Excel, hoặc đã hỏng. Hãy mở bằng Excel và lưu lại dạng .xlsx.", name=name)
        )
    return delimited.lines(data, name)


def _about_ole(data: bytes, name: str) -> Message:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return say("Tệp «{name}» được đặt mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi lưu lại.", name=name)
    return say("Tệp «{name}» ở dạng Office cũ (.xls, .doc). Hãy mở bằng Excel và lưu lại dạng .xlsx.", name=name)


def _tidied(lines: list[Line], remarks: list[Remark]) -> Iterator[Line]:
    """Every cell in the house's one form: composed, no NULs, controls or invisible characters."""
    for line in lines:
        cells = [text.clean(cell) if cell else cell for cell in line.cells]
        for position, (before, after) in enumerate(zip(line.cells, cells, strict=True)):
            if before == after:
                continue
            composed = text.nfc(before)
            if composed != before:
                remarks.append(note(say("Chữ có dấu rời (Unicode tổ hợp) đã được ghép lại thành chữ dựng sẵn."), line.number, str(position)))
            if encodings.has_hidden(before):
                remarks.append(note(say("Ký tự ẩn hoặc ký tự điều khiển đã được bỏ."), line.number, str(position)))
        yield replace(line, cells=cells)


def _unmerged(line: Line, header: columns.Header, remarks: list[Remark]) -> Line:
    """A line whose cells were filled from a merged one: said; but one text or id merged over rows is not several petitions."""
    cells, odd = list(line.cells), dict(line.odd)
    for position in sorted(line.merged):
        if position in (header.places.get(columns.TEXT), header.places.get("external_id")):
            cells[position] = ""
            odd[position] = say("Ô này gộp với dòng trên: hãy bỏ gộp ô và ghi riêng cho từng dòng.")
        else:
            remarks.append(warning(say("Ô gộp nhiều dòng: nội dung được dùng cho từng dòng."), line.number, str(position)))
    return replace(line, cells=cells, odd=odd) if line.merged else line


def _named(remark: Remark, header: columns.Header) -> Remark:
    """A remark that knows its column by position, said by the column's name."""
    if remark.column is None or not remark.column.isdigit():
        return remark
    return replace(remark, column=header.name_at(int(remark.column)))
