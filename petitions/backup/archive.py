"""The archive: a zip file with a manifest that counts and digests every part."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from petitions.core.errors import RuleBroken
from petitions.core.words import say

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest says of one part: how many rows (tables) or bytes (files), and the SHA-256 of its content."""

    count: int
    digest: str


@dataclass(slots=True)
class Manifest:
    """What an archive holds: format, step of the database, moment of writing (ISO, UTC), tables and files by name."""

    revision: str
    written_at: str
    format: int = FORMAT
    tables: dict[str, Part] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)


def put(target: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> tuple[int, int, str]:
    """Write `blocks` as member `name`; answers (blocks, bytes, SHA-256)."""
    digest, pieces, size = hashlib.sha256(), 0, 0
    with target.open(name, "w", force_zip64=True) as member:
        for block in blocks:
            member.write(block)
            digest.update(block)
            pieces += 1
            size += len(block)
    return pieces, size, digest.hexdigest()


def put_manifest(target: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest; it comes last, so an archive without it was never finished."""
    target.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file's content in blocks of a megabyte."""
    with path.open("rb") as source:
        while block := source.read(BLOCK):
            yield block


def digest_of(path: Path) -> str:
    """SHA-256 of a file on the disk."""
    digest = hashlib.sha256()
    for block in blocks_of(path):
        digest.update(block)
    return digest.hexdigest()


def open_checked(path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    """Open an archive and check every part against its manifest; raises RuleBroken with the part that does not fit."""
    try:
        source = zipfile.ZipFile(path)
        manifest = _manifest(json.loads(source.read(MANIFEST)))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise RuleBroken(say("Tệp «{name}» không phải là bản sao lưu hoàn chỉnh.", name=path.name)) from error
    if manifest.format != FORMAT:
        raise RuleBroken(say("Bản sao lưu thuộc dạng {number}, chương trình này chỉ đọc dạng {own}.", number=manifest.format, own=FORMAT))
    for folder, parts in (("rows", manifest.tables), ("files", manifest.files)):
        for name, part in parts.items():
            if not _safe(name) or _digest(source, member_name(folder, name)) != part.digest:
                raise RuleBroken(say("Bản sao lưu hỏng ở phần «{name}»: nội dung không khớp mã kiểm.", name=name))
    return source, manifest


def member_name(folder: str, name: str) -> str:
    """The name within the archive of a table's rows or of a file."""
    return f"{folder}/{name}" + (".jsonl" if folder == "rows" else "")


def _manifest(data: dict[str, Any]) -> Manifest:
    tables, files = ({name: Part(**part) for name, part in data[group].items()} for group in ("tables", "files"))
    return Manifest(revision=data["revision"], written_at=data["written_at"], format=data["format"], tables=tables, files=files)


def _safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _digest(source: zipfile.ZipFile, member: str) -> str:
    digest = hashlib.sha256()
    try:
        with source.open(member) as content:
            while block := content.read(BLOCK):
                digest.update(block)
    except (KeyError, zipfile.BadZipFile, EOFError):
        return ""
    return digest.hexdigest()
