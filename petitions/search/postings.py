"""Reading Whoosh's posting lists as numpy arrays.

The quick reader takes a term's bytes out of the postings file in one piece and unpacks its blocks itself: no shared file position,
so many threads may read at once. It knows the block format of the tested Whoosh (a byte-level test pins it). When a segment does
not look like that, `plain` reads the same through Whoosh's own matchers, under a lock.
"""

import io
import pickle
import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.reading import TermNotFound

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

_LENGTH = struct.Struct("!i")


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents (local numbers, ascending) that hold a term, with the term's weight in each."""

    documents: Numbers
    weights: Weights

    @property
    def bytes(self) -> int:
        """Memory taken."""
        return int(self.documents.nbytes + self.weights.nbytes)


NONE = Postings(np.empty(0, np.int32), np.empty(0, np.float32))
_plain_lock = threading.Lock()


class UnknownFormat(Exception):
    """These bytes are not posting blocks as the tested Whoosh writes them."""


def plain(reader: Any, field: str, term: bytes) -> Postings:
    """The postings of `term` through Whoosh's own matcher."""
    documents, weights = [], []
    with _plain_lock:
        try:
            # The codec's matcher, not the reader's: that one steps over deleted documents, and both ways must count alike.
            matcher = reader._terms.matcher(field, term, reader.schema[field].format)
        except TermNotFound:
            return NONE
        while matcher.is_active():
            documents.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
    return Postings(np.array(documents, np.int32), np.array(weights, np.float32))


def quick(reader: Any, field: str, term: bytes) -> Postings:
    """The same from the bytes of the posting blocks; raises `UnknownFormat` when they are not what is expected. Deleted documents included."""
    try:
        info: W3TermInfo = reader._terms.term_info(field, term)
    except TermNotFound:
        return NONE
    return of_info(reader, info)


def of_info(reader: Any, info: W3TermInfo) -> Postings:
    """The postings that a term's entry in the lexicon points to; raises `UnknownFormat`."""
    if info.is_inlined():
        documents, weights, _values = info.inlined_postings()
        return Postings(np.array(documents, np.int32), np.array(weights, np.float32))
    offset, length = info.extent()
    if isinstance(length, tuple):  # the tested version hands over what struct unpacked
        (length,) = length
    return _unpack(bytes(reader._terms._postfile.get(offset, length)))


def numbers(column: Any) -> Numbers:
    """The values of a column of numbers by document, from its bytes at once; through Whoosh's own reader where that does not know them so.

    Whoosh reads them one by one: a second of processor for the first search after a start, or a merge, of 200,000 documents.
    """
    try:
        raw = np.frombuffer(column._dbfile.get(column._basepos, column._count * 4), ">i4").astype(np.int32)
        known = len(raw) == column._count and column._typecode == "i"
        if known and all(raw[i] == column[i] for i in {0, len(raw) // 2, len(raw) - 1} if 0 <= i < len(raw)):
            return raw
    except (AttributeError, TypeError, ValueError):
        pass
    return np.array(column.load(), np.int32)


def frequency(reader: Any, field: str, term: bytes) -> int:
    """In how many documents `term` stands, deleted ones included."""
    try:
        return int(reader._terms.doc_frequency(field, term))
    except KeyError:
        return 0


def beginning(reader: Any, field: str, start: bytes) -> Iterator[tuple[str, int]]:
    """The terms of `field` that begin with `start`, in order, each with the number of its documents."""
    terms = reader._terms
    if field not in terms.indexed_field_names():
        return
    for (name, term), info in terms.items_from(field, start):
        if name != field or not term.startswith(start):
            return
        yield term.decode(), int(info.doc_frequency())


def _unpack(data: bytes) -> Postings:
    if data[:4] != WHOOSH3_HEADER_MAGIC:
        raise UnknownFormat("no magic at the start of a posting list")
    place = 4
    documents: list[Numbers] = []
    weights: list[Weights] = []
    last = False
    while not last:
        (size,) = _LENGTH.unpack_from(data, place)
        last, size = size < 0, abs(size)
        place += _LENGTH.size
        block = data[place : place + size]
        place += size
        try:
            _block(block, documents, weights)
        except (pickle.UnpicklingError, zlib.error, ValueError, TypeError, IndexError, EOFError) as error:
            raise UnknownFormat(str(error)) from error
    return Postings(np.concatenate(documents), np.concatenate(weights))


def _block(block: bytes, documents: list[Numbers], weights: list[Weights]) -> None:
    # A pickled head (count, last id, greatest weight, compression, two length bytes), then the pickled, perhaps packed body.
    stream = io.BytesIO(block)
    count, last, _greatest, packed, _shortest, _longest = pickle.load(stream)  # noqa: S301
    rest = block[stream.tell() :]
    steps, many = _body(zlib.decompress(rest) if packed else rest, count)
    numbers = np.cumsum(steps, dtype=np.int32)
    if len(numbers) != count or numbers[-1] != last:
        raise UnknownFormat("a block does not hold the documents its head promises")
    documents.append(numbers)
    if many is None:
        weights.append(np.ones(count, np.float32))
    elif isinstance(many, float):
        weights.append(np.full(count, many, np.float32))
    else:
        weights.append(many)


# The pickle of (steps, weights, None), as protocol 2 writes it: a tuple of more than three is  ( items t q number ; an int below 256 is
# K and a byte, a float is G and eight bytes. So most of a block can be taken as it lies, without making an object of every number.
_START, _OPEN, _SMALL, _REAL = b"\x80\x02", ord("("), ord("K"), ord("G")
_STEPS_END, _END = b"tq\x00", b"tq\x01N\x87q\x02."
_FLOATS = np.dtype([("op", "u1"), ("value", ">f8")])
_WIDTHS = {ord("K"): 2, ord("M"): 3, ord("J"): 5}
_FEW = 64  # so many and more: fewer are quicker by pickle


def _body(body: bytes, count: int) -> tuple[Numbers, Weights | float | None]:
    """Steps and weights of a block; by pickle itself where it does not lie as is usual."""
    begin = len(body) - len(_END) - 9 * count
    if count >= _FEW and begin > 0 and body[begin - 1] == _OPEN and body.endswith(_END):
        floats = np.frombuffer(body, _FLOATS, count, begin)
        if (floats["op"] == _REAL).all():
            return _steps(body[: begin - 1], count), floats["value"].astype(np.float32)
    steps, many, _ = pickle.loads(body)  # noqa: S301
    weights = many if many is None or isinstance(many, float) else np.fromiter(many, np.float32, len(many))
    return np.fromiter(steps, np.int32, len(steps)), weights


def _steps(body: bytes, count: int) -> Numbers:
    """The steps between documents: the first of any width, the others mostly a byte each."""
    if body[:2] == _START and body[2] == _OPEN and body.endswith(_STEPS_END):
        first = _WIDTHS.get(body[3], 0)
        if len(body) == 3 + first + 2 * (count - 1) + len(_STEPS_END):
            small = np.frombuffer(body, np.uint8, 2 * (count - 1), 3 + first)
            if (small[::2] == _SMALL).all():
                steps = np.empty(count, np.int32)
                steps[0] = int.from_bytes(body[4 : 3 + first], "little")
                steps[1:] = small[1::2]
                return steps
    return np.fromiter(pickle.loads(body + b"."), np.int32, count)  # noqa: S301
