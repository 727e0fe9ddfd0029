"""Makers of files as people and attackers send them, and of subjects that have documents."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.documents import ports, receiving
from petitions.documents.kinds import ATTACHMENT, FILE_KINDS
from petitions.documents.receiving import Received

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MAIN = {
    "docx": ("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "docm": ("/word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
}


def types(kind: str) -> str:
    """[Content_Types].xml of a package."""
    part, main = MAIN[kind]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0"?><Types xmlns="{space}"><Override PartName="{part}" ContentType="{main}"/></Types>'


def package(kind: str, **parts: str | bytes) -> bytes:
    """A zip file with these parts ("word/document.xml" is given as word__document)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", types(kind))
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return target.getvalue()


def docx(*paragraphs: str, kind: str = "docx") -> bytes:
    """A Word file of these paragraphs."""
    runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return package(kind, word__document=f"<w:document {WORD}><w:body>{runs}</w:body></w:document>")


def xlsx(*rows: tuple[str, ...]) -> bytes:
    """An Excel file: texts shared and numbered, as Excel writes them."""
    texts = list(dict.fromkeys(text for row in rows for text in row))
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    cells = "".join("<row>" + "".join(f'<c t="s"><v>{texts.index(text)}</v></c>' for text in row) + "</row>" for row in rows)
    return package(
        "xlsx",
        xl__workbook=f"<workbook {SHEET}/>",
        xl__sharedStrings=f"<sst {SHEET}>{strings}</sst>",
        xl__worksheets__sheet1=f"<worksheet {SHEET}><sheetData>{cells}</sheetData></worksheet>",
    )


def zip_bomb() -> bytes:
    """A few hundred kilobytes that unpack to 400 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr("[Content_Types].xml", types("docx"))
        with made.open("word/document.xml", "w") as part:
            for _ in range(400):
                part.write(b"\0" * (1 << 20))
    return target.getvalue()


def many_entries(announced: int) -> bytes:
    """A package whose end record announces that many files."""
    data = bytearray(docx("x"))
    place = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, place + 8, announced, announced)
    return bytes(data)


def pdf(text: str = "", pages: int = 1, content: bytes | None = None) -> bytes:
    """A PDF whose text can be read, Vietnamese too (own codes with a table to Unicode); `content`: a packed stream of one's own."""
    letters = sorted(set(text))
    codes = {letter: number for number, letter in enumerate(letters, 1)}
    table = "".join(f"<{codes[letter]:02x}> <{letter.encode('utf-16-be').hex()}>\n" for letter in letters)
    begin = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
    cmap = f"{begin} {len(letters)} beginbfchar\n{table}endbfchar endcmap end"
    drawn = "".join(f"BT /F1 12 Tf 60 {780 - 16 * n} Td <{''.join(f'{codes[c]:02x}' for c in line)}> Tj ET\n" for n, line in enumerate(text.split("\n")))
    stream = content if content is not None else zlib.compress(drawn.encode())
    widths = " ".join(["500"] * max(1, len(letters)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(['3 0 R'] * pages)}]/Count {pages}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream",
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 1/LastChar {max(1, len(letters))}/Widths[{widths}]/ToUnicode 6 0 R>>".encode(),
        b"<</Length %d>>stream\n" % len(cmap) + cmap.encode() + b"\nendstream",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % size + rows + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))


def pdf_bomb() -> bytes:
    """A page of a few hundred kilobytes whose drawing unpacks to 260 MB, and to twenty million shapes."""
    return pdf(content=zlib.compress(b"0 0 1 1 re f " * 20_000_000, 9))


def photo(width: int = 1200, height: int = 800) -> bytes:
    """A photo that tells where, when and with what it was taken, and lies on its side."""
    image = Image.new("RGB", (width, height), (40, 120, 60))
    exif = image.getexif()
    exif[0x010F] = "Máy ảnh bí mật".encode().decode("latin-1")
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 12.0)})
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=b"bi mat trong anh")
    return target.getvalue()


def png(width: int = 300, height: int = 200) -> bytes:
    """A picture."""
    target = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 30, 30, 128)).save(target, "PNG")
    return target.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(side: int = 20_000) -> bytes:
    """A picture of 400 million pixels in a few hundred kilobytes."""
    rows = zlib.compress(b"\0" * (side // 8 + 1) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def entry(title: str) -> bytes:
    """An entry of the directory of an old office file."""
    return (title.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<H", 2 * len(title) + 2) + bytes(62)


def compound(name: str) -> bytes:
    """An old office file whose directory names `name` ("WordDocument", "Workbook", "EncryptedPackage")."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 28, 0xFFFE, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, *([0xFFFFFFFF] * 125))
    first = entry("Root Entry") + entry("\x01CompObj") + bytes(256)
    return bytes(header) + table + first + entry(name) + bytes(384)


def received(data: bytes, name: str, folder: Path) -> Received:
    """`data` as the door receives it."""
    path = folder / "sent"
    path.write_bytes(data)
    with path.open("rb") as source:
        return receiving.receive(folder / "data", source, name, folder)


def known(digest: str = "a" * 64, *, name: str = "bao-cao.pdf", kind: str = "pdf", size: int = 1000) -> Received:
    """What the door would have said of some file, without any file."""
    return Received(digest, size, FILE_KINDS[kind], 1, name)


@contextmanager
def subjects(kind: str = "note", *, open_to: Any = None, roles: tuple[str, ...] = (ATTACHMENT, "evidence")) -> Iterator[str]:
    """Subjects of `kind` that everybody sees, or who `open_to(session, identity, id)` says; persons with petitioner.read see all."""

    def everybody(_session: Session, _identity: Identity, _number: int) -> bool:
        return True

    def protected(_session: Session, identity: Identity, _number: int) -> bool:
        return identity.may("petitioner.read")

    ports.register(
        kind, open_to or everybody, may_see_personal=protected, place=lambda _session, number: ports.Place(f"/notes/{number}", f"Ghi chú {number}"), roles=roles
    )
    try:
        yield kind
    finally:
        ports.unregister(kind)
