"""Whoosh's segment writer, fed with finished posting lists: documents are gathered as arrays, other segments are joined term by term.

Whoosh keeps schema, storage, columns, lexicon and the format of posting blocks; what is exchanged is the pool in which it would sort
one Python tuple per posting.
"""

import heapq
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from petitions.search import postings, said
from petitions.search.block_writing import BlockWriter
from petitions.search.documents import SearchDocument
from petitions.search.gathering import Gathered, List
from petitions.search.postings import Numbers
from petitions.search.schema import BLOCK, DAY, EQUALS, EXACT, FACETS, FOLDED, KEY, KIND, NUMBER, PAIRS, STORED

MOST = 2**31 - 1


class Writer(SegmentWriter):
    """Writes one segment, and removes from the others."""

    def __init__(self, whoosh_index: Any) -> None:
        super().__init__(whoosh_index, codec=W3Codec(blocklimit=BLOCK), compound=False)  # type: ignore[no-untyped-call]
        self.gathered = Gathered()
        self._joined: list[tuple[Any, Numbers]] = []

    def put(self, document: SearchDocument) -> None:
        """Add `document`. Nothing of the same key may be in the index: `remove` it first."""
        if self._joined:
            raise RuntimeError("documents are put before segments are taken over")
        number, gathered = self.docnum, self.gathered
        if not -MOST <= document.subject_id <= MOST:
            raise OverflowError(document.subject_id)
        terms = {f"{name}{EQUALS}{value}" for name, many in document.filters.items() for value in many} | {f"{KIND}{EQUALS}{document.kind}"}
        for term in (*terms, document.key):
            term.encode()  # what cannot be written is refused before anything of it is held
        packed = said.pack_runs(gathered.texts(number, document.texts))
        for term in terms:
            gathered.value(FACETS, term, number)
        gathered.value(KEY, document.key, number)
        day = document.received_on.toordinal() if document.received_on else 0
        self._row((document.kind, document.subject_id, document.digest, packed), day, document.subject_id)

    def _row(self, shown: tuple[str, int, str, str], day: int, subject_id: int) -> None:
        row, fields = cast(Any, self.perdocwriter), cast(Any, self.schema)
        row.start_doc(self.docnum)
        row.add_field(STORED, fields[STORED], shown, 0)
        row.add_column_value(DAY, fields[DAY].column_type, day)
        row.add_column_value(NUMBER, fields[NUMBER].column_type, subject_id)
        row.finish_doc()
        self._added = True
        self.docnum += 1

    def remove(self, key: str) -> None:
        """Take the document of `key` out, if it is in."""
        self.delete_by_term(KEY, key)

    def add_reader(self, reader: Any) -> None:
        """Take over the living documents of a segment, behind those that were put; `reader` stays open until the commit."""
        size = reader.doc_count_all()
        days, numbers = (reader.column_reader(name, translate=False).load() for name in (DAY, NUMBER))
        places = np.full(size, -1, np.int32)
        for place in range(size):
            if not reader.is_deleted(place):
                places[place] = self.docnum
                self._row(reader.stored_fields(place)[STORED], days[place], numbers[place])
        self._joined.append((reader, places))

    @property
    def places(self) -> list[Numbers]:
        """For each segment taken over: the new number of each of its documents, -1 for those left out."""
        return [places for _, places in self._joined]

    def _flush_segment(self) -> None:
        row: Any = self.perdocwriter
        row.close()
        self._write_lists()
        target: Any = self.fieldwriter
        target.close()
        for reader, _ in self._joined:
            reader.close()

    def _write_lists(self) -> None:
        writer = BlockWriter(self.fieldwriter, BLOCK)
        for name in sorted((EXACT, FACETS, FOLDED, KEY, PAIRS)):
            lists = self._lists(name)
            first = next(lists, None)
            if first is None:
                continue
            writer.start(name, self.schema[name])
            writer.add(*first)
            for term, documents, weights in lists:
                writer.add(term, documents, weights)
            writer.finish()

    def _lists(self, name: str) -> Iterator[List]:
        gathered = self.gathered
        own = {EXACT: gathered.exact, FOLDED: gathered.folded, PAIRS: gathered.pairs}
        new = own[name]() if name in own else gathered.valued(name)
        if not self._joined:
            yield from new
            return
        sources = [new, *(_renumbered(reader, name, places) for reader, places in self._joined)]
        for term, many in groupby(heapq.merge(*sources, key=itemgetter(0)), key=itemgetter(0)):
            documents, weights = [], []
            for _, more, of_more in many:  # in the order of the sources, so that numbers rise
                documents += more
                weights += of_more
            yield term, documents, weights


def _renumbered(reader: Any, name: str, places: Numbers) -> Iterator[List]:
    """The posting lists of a field of another segment, without the documents that are left out."""
    terms = reader._terms
    if name not in terms.indexed_field_names():
        return
    for (field, term), info in terms.items_from(name, b""):
        if field != name:
            return
        try:
            many = postings.of_info(reader, info)
        except postings.UnknownFormat:
            many = postings.plain(reader, name, term)
        numbers = places[many.documents]
        kept = numbers >= 0
        if kept.all():
            yield term, numbers.tolist(), many.weights.tolist()
        elif kept.any():
            yield term, numbers[kept].tolist(), many.weights[kept].tolist()
