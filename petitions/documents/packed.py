"""DOCX and XLSX from outside: what their own list of contents says they are, and whether they can be unpacked safely.

The end record is read before the list, so a list of a million names is refused without being read. Nothing is unpacked but
[Content_Types].xml, up to a limit.
"""

import lzma
import struct
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from petitions.documents.kinds import MOST_ENTRIES, MOST_UNPACKED

MAGIC = b"PK\x03\x04"
CONTENT_TYPES = "[Content_Types].xml"
MOST_TYPES = 256 * 1024
MOST_LIST = 2 * 1024 * 1024
END_RECORD, END_LENGTH, COMMENT = b"PK\x05\x06", 22, 65_535
SUSPICIOUS, MOST_RATIO = 20 * 1024 * 1024, 150  # beyond this size, nothing honest packs better than 150 to 1
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, struct.error)
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}


class Unsafe(Exception):
    """The package is refused; the word says why: bomb, broken, macro."""


def kind_of(source: IO[bytes]) -> str | None:
    """ "docx", "xlsx", or None for another zip file; raises Unsafe."""
    entries, length = _announced(source)
    if entries > MOST_ENTRIES or length > MOST_LIST:
        raise Unsafe("bomb")
    try:
        with zipfile.ZipFile(source) as package:
            _measure(package)
            types = _types(package)
            names = {name.lower() for name in package.namelist()}
    except BROKEN as problem:
        raise Unsafe("broken") from problem
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in types) or any(name.endswith("vbaproject.bin") for name in names):
        raise Unsafe("macro")
    return next((MAIN[kind] for kind in types if kind in MAIN), None)


def _announced(source: IO[bytes]) -> tuple[int, int]:
    """How many entries the end record announces, and how long their list is."""
    size = source.seek(0, 2)
    source.seek(max(0, size - END_LENGTH - COMMENT))
    tail = source.read()
    place = tail.rfind(END_RECORD)
    if place < 0 or len(tail) - place < END_LENGTH:
        raise Unsafe("broken")
    entries, length = struct.unpack_from("<HI", tail, place + 10)
    source.seek(0)
    return entries, length


def _measure(package: zipfile.ZipFile) -> None:
    listed = package.infolist()
    unpacked = sum(entry.file_size for entry in listed)
    packed = sum(entry.compress_size for entry in listed)
    if len(listed) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise Unsafe("bomb")
    if unpacked > SUSPICIOUS and unpacked > MOST_RATIO * max(packed, 1):
        raise Unsafe("bomb")
    if any(entry.flag_bits & 1 for entry in listed):
        raise Unsafe("locked")


def _types(package: zipfile.ZipFile) -> list[str]:
    try:
        entry = package.getinfo(CONTENT_TYPES)
    except KeyError:
        return []
    if entry.file_size > MOST_TYPES:
        raise Unsafe("bomb")
    with package.open(entry) as member:
        text = member.read(MOST_TYPES + 1)
    found: list[str] = []
    parser = expat.ParserCreate()

    def start(_name: str, attributes: dict[str, str]) -> None:
        found.append(attributes.get("ContentType", ""))

    def refuse(*_anything: object) -> None:
        raise Unsafe("bomb")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse  # no entity ever needs unfolding
    try:
        parser.Parse(text, True)
    except expat.ExpatError as problem:
        raise Unsafe("broken") from problem
    return found
