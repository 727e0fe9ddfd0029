"""The seam behind which files are kept: by digest, in a folder of the data folder (obstore; S3 comes behind the same five calls).

originals/ab/<digest> as sent; previews/ab/<digest>/1, 2, … made anew when they are lost. Nothing here is ever served by its place.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore

from petitions.core.disk import DiskFull
from petitions.core.errors import NotFound, RuleBroken
from petitions.core.words import say

FOLDER = "documents"
BLOCK = 256 * 1024
FULL_MARKS = ("os error 28", "os error 122", "No space left", "quota exceeded")


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept thing: its size in bytes, and its content in blocks."""

    size: int
    blocks: Iterator[bytes]


class Store:
    """Keeps contents by their digest."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._store = LocalStore(folder)

    def keep(self, digest: str, source: IO[bytes]) -> bool:
        """Keep what `source` holds from its beginning; False when it is here already."""
        if self.size(digest) is not None:
            return False
        source.seek(0)
        self._put(_original(digest), source)
        return True

    def size(self, digest: str) -> int | None:
        """Bytes of the original; None when it is not here."""
        try:
            return int(obstore.head(self._store, _original(digest))["size"])
        except FileNotFoundError:
            return None

    def original(self, digest: str) -> Kept:
        """The file as it was sent; raises NotFound."""
        return self._get(_original(digest))

    def keep_preview(self, digest: str, number: int, data: bytes) -> None:
        """Keep the picture of a page."""
        self._put(_preview(digest, number), data)

    def preview(self, digest: str, number: int) -> Kept:
        """The picture of a page (PNG; of a JPEG photo: JPEG); raises NotFound."""
        return self._get(_preview(digest, number))

    def digests(self) -> Iterator[str]:
        """The digests of all originals."""
        for batch in obstore.list(self._store, prefix="originals"):
            for found in batch:
                yield found["path"].rpartition("/")[2]

    def _put(self, key: str, source: IO[bytes] | bytes) -> None:
        try:
            obstore.put(self._store, key, source)
            _settle(self._folder / key)
        except (BaseError, OSError) as problem:
            if any(mark in str(problem) for mark in FULL_MARKS):
                raise DiskFull from problem
            raise RuleBroken(say("Không ghi được tệp vào kho tài liệu. Hãy báo người quản trị rồi thử lại.")) from problem

    def _get(self, key: str) -> Kept:
        try:
            found = obstore.get(self._store, key)
        except FileNotFoundError:
            raise NotFound(say("Tệp không còn trong kho tài liệu. Hãy báo người quản trị.")) from None
        return Kept(int(found.meta["size"]), (bytes(block) for block in found.stream(min_chunk_size=BLOCK)))


def _settle(path: Path) -> None:
    """See the file through to the disk: a document that was answered for survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _original(digest: str) -> str:
    return f"originals/{digest[:2]}/{digest}"


def _preview(digest: str, number: int) -> str:
    return f"previews/{digest[:2]}/{digest}/{number}"


def open_store(data_dir: Path) -> Store:
    """The store of the office whose data folder this is."""
    return Store(data_dir / FOLDER)
