"""DOCX and XLSX: their words, by a small reader of our own (zip, expat): no entities, no links, no more than asked for."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from petitions.documents.packed import BROKEN
from petitions.documents.reading.answers import FIRST, MOST_TEXT, Answer, marking, refused

BLOCK = 64 * 1024
WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
SHEETS = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
STRINGS = "xl/sharedStrings.xml"
BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t"}


class Doctype(Exception):
    """An office file declares no entities."""


def look(source: io.BytesIO, kind: str) -> Answer:
    """Whether it opens, and bears a mark of secrecy."""
    try:
        return Answer({"marking": marking(_text(source, kind, FIRST))})
    except (*BROKEN, expat.ExpatError, Doctype, KeyError):
        return refused("broken")


def read(source: io.BytesIO, kind: str) -> Answer:
    """The words."""
    return Answer().with_text(_text(source, kind, MOST_TEXT + 1))


def _text(source: io.BytesIO, kind: str, most: int) -> str:
    with zipfile.ZipFile(source) as package:
        words: list[str] = []
        left = most
        for piece in _word(package) if kind == "docx" else _sheets(package):
            words.append(piece[:left])
            left -= len(piece)
            if left <= 0:
                break
        return "".join(words)


def _word(package: zipfile.ZipFile) -> Iterator[str]:
    """The document first, then headers, notes and comments."""
    parts = sorted((name for name in package.namelist() if WORD_PARTS.fullmatch(name)), key=lambda name: (name != "word/document.xml", name))
    if "word/document.xml" not in parts:
        raise KeyError("word/document.xml")
    for part in parts:
        heard = _Words()
        yield from _parsed(package, part, heard.start, heard.end, heard.said, heard.taken)


class _Words:
    """The runs of a Word part. A text box stands in it twice, for old and new readers: the copy for old ones is skipped."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._in_text = False
        self._skipped = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if self._skipped or name == "Fallback":
            self._skipped += 1
        elif name == "t":
            self._in_text = True
        elif name in ("br", "cr", "tab"):
            self.words.append(BREAKS[name])

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "t":
            self._in_text = False
        elif name in ("p", "tc"):
            self.words.append(BREAKS[name])

    def said(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self.words.append(text)

    def taken(self) -> str:
        piece = "".join(self.words)
        self.words.clear()
        return piece


def _sheets(package: zipfile.ZipFile) -> Iterator[str]:
    """The cells of all sheets, a row a line."""
    strings = _strings(package)
    found = sorted((int(match.group(1)), name) for name in package.namelist() if (match := SHEETS.fullmatch(name)))
    if not found:
        raise KeyError("xl/worksheets")
    for _, part in found:
        heard = _Cells(strings)
        yield from _parsed(package, part, heard.start, heard.end, heard.said, heard.taken)


def _strings(package: zipfile.ZipFile) -> list[str]:
    if STRINGS not in package.namelist():
        return []
    heard = _Strings()
    for _ in _parsed(package, STRINGS, heard.start, heard.end, heard.said, lambda: ""):
        pass
    return heard.found


class _Strings:
    """The strings that cells share, by their number; readings (rPh) are left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words: list[str] = []
        self._in_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._in_text = name == "t"

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "si":
            self.found.append("".join(self._words))
            self._words.clear()

    def said(self, text: str) -> None:
        if self._in_text:
            self._words.append(text)


class _Cells:
    """The cells of a sheet."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._lines: list[str] = []
        self._row: list[str] = []
        self._kind = ""
        self._value: list[str] = []
        self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._kind = attributes.get("t", "n")
            self._value.clear()
        self._in_value = name in ("v", "t")

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "c" and self._value:
            value = "".join(self._value)
            if self._kind == "s":
                value = self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""
            self._row.append(value)
        elif name == "row" and self._row:
            self._lines.append("\t".join(self._row) + "\n")
            self._row.clear()

    def said(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def taken(self) -> str:
        piece = "".join(self._lines)
        self._lines.clear()
        return piece


def _parsed(
    package: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    said: Callable[[str], None],
    taken: Callable[[], str],
) -> Iterator[str]:
    """Feed `part` to the handlers block by block (names without their namespace); what they have `taken` after each."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(" ")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = said

    def refuse(*_anything: object) -> None:
        raise Doctype

    parser.StartDoctypeDeclHandler = refuse
    with package.open(part) as member:
        while block := member.read(BLOCK):
            parser.Parse(block, False)
            yield taken()
        parser.Parse(b"", True)
    yield taken()
