"""A process of its own that writes segments, beside those that search: started by `building` and `merging`, never by a person.

`build FOLDER` makes an index of the documents that come down standard input; `merge GENERATION FOLDER NAME…` makes one segment of some.
It touches nothing but its own folder; whoever started it takes the segments over. When that one dies, standard input ends too early,
and nothing is kept.
"""

import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import Struct
from typing import IO, Any

import numpy as np
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from petitions.search import schema
from petitions.search.documents import SearchDocument
from petitions.search.segment_writer import Writer

LARGEST = 9_000_000  # syllables of one segment of a rebuilt index: about 55,000 petitions; more, and sorting them takes too much memory
PLACES = "places.npz"  # beside a merged segment: where the documents of each old one went
LENGTH = Struct("!I")
GONE = 3  # exit status of a merge whose segments the writer has merged meanwhile


def main(arguments: Sequence[str]) -> int:
    """`build FOLDER` or `merge GENERATION FOLDER NAME…`."""
    if arguments[0] == "build":
        return 0 if build(Path(arguments[1]), documents(sys.stdin.buffer)) else 1
    return 0 if merge(Path(arguments[1]), Path(arguments[2]), arguments[3:]) else GONE


def frame(many: Sequence[SearchDocument]) -> bytes:
    """Documents as they are sent down the pipe; none: that was all."""
    rows = [(d.kind, d.subject_id, d.code, d.external_id, dict(d.texts), dict(d.filters), d.received_on) for d in many]
    data = pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def documents(source: IO[bytes]) -> Iterator[list[SearchDocument]]:
    """What `frame` sent: the last list is empty. Only ever the pipe of the process that started this one."""
    while head := source.read(LENGTH.size):
        rows = pickle.loads(source.read(LENGTH.unpack(head)[0]))  # noqa: S301
        yield [SearchDocument(*row) for row in rows]
        if not rows:
            return


def build(folder: Path, chunks: Iterator[list[SearchDocument]]) -> bool:
    """Segments of all documents; whether they came to their end."""
    index = schema.create(folder)
    writer: Any = None
    for chunk in chunks:
        if not chunk:
            if writer is not None:
                writer.commit(merge=False)
            return True
        writer = writer or Writer(index)
        for document in chunk:
            writer.put(document)
        if writer.gathered.size >= LARGEST:
            writer.commit(merge=False)
            writer = None
    return False


def merge(generation: Path, folder: Path, names: Sequence[str]) -> bool:
    """One segment, in `folder`, of the living documents of the segments `names` of `generation`; False when one of them is there no more."""
    source = schema.open_index(generation)
    toc = TOC.read(source.storage, source.indexname)
    segments = {segment.segment_id(): segment for segment in toc.segments}
    if any(name not in segments for name in names):
        return False
    writer: Any = Writer(schema.create(folder))
    for name in names:
        writer.add_reader(SegmentReader(source.storage, toc.schema, segments[name]))
    np.savez(folder / PLACES, **dict(zip(names, writer.places, strict=True)))
    writer.commit(merge=False)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
