"""Word's and Excel's old files (OLE compound files): which of the two, read from the names in their directory and nothing else.

[MS-CFB]: a header, sectors of 512 or 4096 bytes, a table that chains them, a directory of 128-byte entries.
"""

import struct
from typing import IO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER, ENTRY = 512, 128
FIRST_TABLES = 109
MOST_SECTORS = 64  # of directory: an office file has a few
END = 0xFFFFFFFA  # this and above: no sector
NAMES = {"worddocument": "doc", "workbook": "xls", "book": "xls", "encryptedpackage": "locked"}


def kind_of(source: IO[bytes]) -> str | None:
    """ "doc", "xls", "locked" (a DOCX or XLSX with a password), or None for any other compound file."""
    source.seek(0)
    header = source.read(HEADER)
    if len(header) < HEADER or not header.startswith(MAGIC):
        return None
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        return None
    size = 1 << shift
    sector = struct.unpack_from("<I", header, 48)[0]
    tables = struct.unpack_from(f"<{FIRST_TABLES}I", header, 76)
    found = None
    for _ in range(MOST_SECTORS):
        if sector >= END:
            break
        for name in _names(_sector(source, sector, size)):
            found = NAMES.get(name) or found
            if found == "locked":
                return found
        sector = _next(source, sector, size, tables)
    return found


def _sector(source: IO[bytes], number: int, size: int) -> bytes:
    source.seek((number + 1) * size)
    return source.read(size)


def _next(source: IO[bytes], sector: int, size: int, tables: tuple[int, ...]) -> int:
    per_table = size // 4
    place, offset = divmod(sector, per_table)
    if place >= len(tables) or tables[place] >= END:
        return END
    found = _sector(source, tables[place], size)[offset * 4 : offset * 4 + 4]
    return int(struct.unpack("<I", found)[0]) if len(found) == 4 else END


def _names(directory: bytes) -> list[str]:
    found = []
    for start in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", directory, start + 64)[0]
        if 2 <= length <= 64:
            found.append(directory[start : start + length - 2].decode("utf-16-le", "replace").lower())
    return found
