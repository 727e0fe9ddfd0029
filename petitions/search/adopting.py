"""Taking segments that were written elsewhere into an index: files are moved, then the list of segments is replaced in one step.

A search sees the old list or the new one. What dies in between leaves files that no list names; Whoosh's next commit removes them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.index import TOC, clean_files

from petitions.search import schema
from petitions.search.postings import Numbers


def adopt(generation: Path, part: Path, instead_of: Sequence[tuple[str, Numbers]] = ()) -> bool:
    """Move the segments of the index in `part` into that of `generation`. The caller holds the writer's lock, or nobody knows `generation` yet.

    instead_of: the segments that the (one) new segment replaces, each with the new number of each of its documents (-1: left out); what was
    deleted from them meanwhile is deleted from the new one. Whether it was done: not when one of them is there no more.
    """
    target, source = schema.open_index(generation), schema.open_index(part)
    toc = TOC.read(target.storage, target.indexname)
    new = list(TOC.read(source.storage, source.indexname).segments)
    standing = {segment.segment_id(): segment for segment in toc.segments}
    if any(name not in standing for name, _ in instead_of):
        return False
    for name, places in instead_of:
        for number in standing.pop(name).deleted_docs():
            if places[number] >= 0:
                new[0].delete_document(int(places[number]))
    for segment in new:
        for path in part.glob(f"{segment.segment_id()}.*"):
            path.rename(generation / path.name)
    segments: list[Any] = [*standing.values(), *new]
    generation_number = toc.generation + 1
    TOC(toc.schema, segments, generation_number).write(target.storage, target.indexname)
    clean_files(target.storage, target.indexname, generation_number, segments)
    return True
