"""An index as the scorer sees it: segments with posting lists, facets and columns as arrays by document number.

A segment never changes; only which of its documents are deleted does. So everything read from one is kept for as long as the
segment lives, and a new petition costs the reading of a new, small segment. `Snapshot` is one consistent state; searches hold it
while the writer goes on.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from petitions.search import postings, said
from petitions.search.postings import Postings
from petitions.search.said import Said
from petitions.search.schema import EQUALS, FACETS, KIND, STORED

Mask = NDArray[np.bool_]
SPARSE = 16  # documents for each one counted, from which on looking them up is quicker than going through all
MASKS = 64  # of facets' values that a segment remembers, a byte a document each
FREQUENCIES = 20_000  # of terms that a segment remembers


class PostingCache:
    """Decoded posting lists, the least used dropped first, within `limit` bytes (it may be set anew); shared by all segments and threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._size = 0
        self._lists: OrderedDict[tuple[str, str, str], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str, str]) -> Postings | None:
        """The list of `key`, if kept."""
        with self._lock:
            found = self._lists.get(key)
            if found is not None:
                self._lists.move_to_end(key)
            return found

    def put(self, key: tuple[str, str, str], many: Postings) -> None:
        """Keep `many`, dropping others when there is no room; a list larger than a quarter of the room is not kept."""
        if many.bytes * 4 > self.limit:
            return
        with self._lock:
            old = self._lists.pop(key, None)
            self._size += many.bytes - (old.bytes if old else 0)
            self._lists[key] = many
            while self._size > self.limit:
                self._size -= self._lists.popitem(last=False)[1].bytes

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._size


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet of a segment: its values, and (document, value) pairs sorted by document."""

    values: list[str]
    documents: NDArray[np.int32]
    codes: NDArray[np.int32]
    single: bool  # every document of the segment has exactly one value: `codes` is by document
    starts: NDArray[np.int32]  # by document: its first pair; one more at the end

    def mask(self, wanted: frozenset[str], size: int) -> Mask:
        """Which documents have at least one of the wanted values."""
        chosen = np.array([value in wanted for value in self.values], bool)
        found = np.zeros(size, bool)
        if len(self.codes):
            found[self.documents[chosen[self.codes]]] = True
        return found

    def counts(self, included: Mask, chosen: NDArray[np.int64]) -> dict[str, int]:
        """How many of the included documents have each value; `chosen`: their numbers."""
        if not len(self.codes) or not len(chosen):
            return {}
        if self.single:
            codes = self.codes[chosen]
        elif len(chosen) * SPARSE > len(included):
            codes = self.codes[included[self.documents]]
        else:  # few: their runs of pairs are looked up
            starts = self.starts[chosen]
            sizes = self.starts[chosen + 1] - starts
            ends = np.cumsum(sizes)
            codes = self.codes[np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1])]
        many = np.bincount(codes, minlength=len(self.values))
        found = np.flatnonzero(many)
        return dict(zip([self.values[i] for i in found.tolist()], many[found].tolist(), strict=True))


@dataclass(slots=True)
class Segment:
    """One Whoosh segment, read through `reader`."""

    name: str
    reader: Any
    size: int
    cache: PostingCache
    quick: bool = True
    _columns: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    _facets: dict[str, FacetColumn] | None = None
    _lexicons: dict[str, list[str]] = field(default_factory=dict)
    _frequencies: dict[tuple[str, str], int] = field(default_factory=dict)
    _masks: dict[tuple[str, frozenset[str]], Mask] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Whether the quick reader and Whoosh's own agree on this segment; if not, all is read through Whoosh.
        first = next(iter(self.reader.lexicon(FACETS)), None)
        if first is not None:
            try:
                one, other = postings.quick(self.reader, FACETS, first), postings.plain(self.reader, FACETS, first)
                self.quick = np.array_equal(one.documents, other.documents) and np.array_equal(one.weights, other.weights)
            except (postings.UnknownFormat, AttributeError, TypeError):
                self.quick = False

    def postings(self, name: str, term: str) -> Postings:
        """The postings of `term` in field `name`, deleted documents included."""
        key = (self.name, name, term)
        many = self.cache.get(key)
        if many is None:
            many = self.read(name, term.encode())
            self.cache.put(key, many)
        return many

    def read(self, name: str, term: bytes) -> Postings:
        """The same from the disk, without the cache."""
        return (postings.quick if self.quick else postings.plain)(self.reader, name, term)

    def frequency(self, name: str, term: str) -> int:
        """In how many documents `term` stands, deleted ones included; the postings themselves stay on the disk."""
        key = (name, term)
        known = self._frequencies.get(key)
        if known is None:
            if len(self._frequencies) >= FREQUENCIES:
                self._frequencies.clear()
            known = self._frequencies[key] = postings.frequency(self.reader, name, term.encode())
        return known

    def beginning(self, name: str, start: str) -> Iterator[tuple[str, int]]:
        """The terms of a field that begin with `start`, in order, each with the number of its documents."""
        return postings.beginning(self.reader, name, start.encode())

    def packed(self, document: int) -> str:
        """What one document says, in one string (`said`)."""
        stored = self.reader.stored_fields(document).get(STORED, ())
        return str(stored[3]) if len(stored) > 3 else ""

    def said(self, document: int) -> Said:
        """What one document says."""
        return said.unpack(self.packed(document))

    def lexicon(self, name: str) -> list[str]:
        """All terms of a field, sorted by code point."""
        if name not in self._lexicons:
            self._lexicons[name] = [term.decode() for term in self.reader.lexicon(name)]
        return self._lexicons[name]

    def column(self, name: str) -> NDArray[np.int32]:
        """A column of numbers by document; 0 where none was given."""
        if name not in self._columns:
            values = np.zeros(self.size, np.int32)
            if self.reader.has_column(name):
                raw = postings.numbers(self.reader.column_reader(name, translate=False))
                values[: len(raw)] = raw
            self._columns[name] = values
        return self._columns[name]

    def facets(self) -> dict[str, FacetColumn]:
        """All facets of the segment."""
        if self._facets is None:
            gathered: dict[str, list[tuple[str, NDArray[np.int32]]]] = {}
            for term in self.lexicon(FACETS):
                name, _, value = term.partition(EQUALS)
                gathered.setdefault(name, []).append((value, self.read(FACETS, term.encode()).documents))
            self._facets = {name: _column(values, self.size) for name, values in gathered.items()}
        return self._facets

    def facet_mask(self, name: str, wanted: frozenset[str]) -> Mask:
        """Which documents have one of the wanted values of facet `name`; not to be written to: a person's scope is asked for with every search."""
        key = (name, wanted)
        known = self._masks.get(key)
        if known is None:
            found = self.facets().get(name)
            known = found.mask(wanted, self.size) if found else np.zeros(self.size, bool)
            known.flags.writeable = False
            if len(self._masks) >= MASKS:
                self._masks.clear()
            self._masks[key] = known
        return known

    def kind(self, document: int) -> str:
        """The kind of one document."""
        found = self.facets()[KIND]
        return found.values[int(found.codes[document])]


def _column(values: list[tuple[str, NDArray[np.int32]]], size: int) -> FacetColumn:
    documents = np.concatenate([many for _, many in values])
    codes = np.repeat(np.arange(len(values), dtype=np.int32), [len(many) for _, many in values])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    single = len(documents) == size and bool((documents == np.arange(size)).all())
    starts = np.searchsorted(documents, np.arange(size + 1)).astype(np.int32)
    return FacetColumn([value for value, _ in values], documents, codes[order], single, starts)


@dataclass(frozen=True, slots=True)
class Living:
    """A segment at one moment: with the documents that are alive in it."""

    segment: Segment
    alive: Mask


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent state of the index."""

    folder: str
    generation: int
    segments: tuple[Living, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents are alive."""
        return sum(int(np.count_nonzero(part.alive)) for part in self.segments)

    @property
    def all_documents(self) -> int:
        """How many documents there are, deleted ones included: the base of rarity, as term counts include them too."""
        return sum(part.segment.size for part in self.segments)

    def frequency(self, name: str, term: str) -> int:
        """In how many documents `term` stands."""
        return sum(part.segment.frequency(name, term) for part in self.segments)

    def begins(self, name: str, start: str) -> bool:
        """Whether any term begins with `start`."""
        return any(next(part.segment.beginning(name, start), None) is not None for part in self.segments)
