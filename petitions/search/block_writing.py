"""Writing posting lists in the block format of the tested Whoosh, many terms at a time.

The bytes are those of Whoosh's own writer (a test compares whole files); what is saved is its bookkeeping per posting. With another
version of Whoosh everything goes through its own writer.
"""

import zlib
from hashlib import md5
from operator import sub
from pickle import dumps
from struct import Struct
from typing import Any

import whoosh
from whoosh.codec.whoosh3 import COMPRESSION_MIN_SIZE, WHOOSH3_HEADER_MAGIC, W3TermInfo

TESTED = (3, 54, 0)
TOGETHER = 1 << 18  # bytes that are held before they are written

_LENGTH = Struct("!i")
_SIZES = Struct("!ii")
_FIELD = Struct("!H")
_ENTRY = Struct("!BfIBBfIIqi")  # a term's entry: flags, weight, documents, lengths, greatest weight, first, last, place and size of its list


class BlockWriter:
    """Writes the terms of one segment through `target`, Whoosh's field writer."""

    def __init__(self, target: Any, limit: int, compression: int = 3) -> None:
        self._target, self._limit, self._compression = target, limit, compression
        self._own = whoosh.__version__ == TESTED
        self._lists, self._entries = bytearray(), bytearray()
        self._list_place = self._entry_place = 0
        self._field = b""

    def start(self, name: str, field: Any) -> None:
        """Begin a field; fields come in the order of their names."""
        self._target.start_field(name, field)
        self._field = _FIELD.pack(self._target._fieldid)
        self._list_place, self._entry_place = self._target._postfile.tell(), self._target._tindex.dbfile.tell()

    def add(self, term: bytes, documents: list[int], weights: list[float]) -> None:
        """One term with its list; terms come in order, documents rise."""
        if not self._own:
            self._plainly(term, documents, weights)
            return
        lists = self._lists
        start = self._list_place + len(lists)
        lists += WHOOSH3_HEADER_MAGIC
        size, limit = len(documents), self._limit
        if size <= limit:
            lists += _block(documents, weights, self._compression, last=True)
            total = sum(weights)
        else:
            total = 0.0
            for place in range(0, size, limit):
                end = place + limit
                lists += _block(documents[place:end], weights[place:end], self._compression, last=end >= size)
                total += sum(weights[place:end])
        length = self._list_place + len(lists) - start
        entry = _ENTRY.pack(0, total, size, 0, 0, max(weights), documents[0], documents[-1], start, length)
        self._enter(self._field + term, entry)
        if len(lists) > TOGETHER:
            self._flush()

    def _enter(self, key: bytes, entry: bytes) -> None:
        index = self._target._tindex
        place = self._entry_place + len(self._entries)
        if key <= index.lastkey:
            raise ValueError(f"terms must rise: {index.lastkey!r}, {key!r}")
        index.lastkey = key
        index.index.append(place)
        self._entries += _SIZES.pack(len(key), len(entry)) + key + entry
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        index.buckets[hashed & 255].append((hashed, place))

    def _flush(self) -> None:
        self._target._postfile.write(bytes(self._lists))
        self._target._tindex.dbfile.write(bytes(self._entries))
        self._list_place += len(self._lists)
        self._entry_place += len(self._entries)
        self._lists.clear()
        self._entries.clear()

    def finish(self) -> None:
        """End the field."""
        self._flush()
        self._target.finish_field()

    def _plainly(self, term: bytes, documents: list[int], weights: list[float]) -> None:
        writer = self._target._postwriter
        writer.start_postings(self._target._format, W3TermInfo())
        for document, weight in zip(documents, weights, strict=True):
            writer.add_posting(document, weight, b"")
        self._target._btext = term
        self._target.finish_term()


def _block(documents: list[int], weights: list[float], compression: int, *, last: bool) -> bytes:
    size = len(documents)
    if size == 1:
        steps: tuple[int, ...] = (documents[0],)
    else:
        steps = (documents[0], *map(sub, documents[1:], documents))
    first = weights[0]
    same = size == 1 or weights.count(first) == size
    shown = (None if first == 1.0 else first) if same else tuple(weights)
    body = dumps((steps, shown, None), 2)
    packed = compression if len(body) >= COMPRESSION_MIN_SIZE else 0
    if packed:
        body = zlib.compress(body, packed)
    head = dumps((size, documents[-1], max(weights), packed, 0, 0), 2)
    length = len(head) + len(body)
    return b"".join((_LENGTH.pack(-length if last else length), head, body))
