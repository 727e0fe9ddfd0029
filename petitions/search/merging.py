"""Which segments are merged when a writer commits: few enough to search quickly, little enough work that a commit stays quick."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from whoosh.reading import SegmentReader

WIDTH = 8  # so many segments of one size class become one of the next
AT_ONCE = 500  # documents a commit may rewrite while somebody waits for it
BESIDE = 200_000  # and a process beside, for which nobody waits
LEAST_LIVING = 0.5  # a segment with fewer of its documents alive is rewritten beside

Merge = Callable[[Any, list[Any]], list[Any]]


def size_class(documents: int) -> int:
    """0 for up to 7 documents, 1 for up to 63, 2 for up to 511 …"""
    found = 0
    while documents >= WIDTH:
        documents //= WIDTH
        found += 1
    return found


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def chosen(segments: list[Any], most: int, *, thin: bool = False) -> list[Any]:
    """The segments to merge: of the smallest class that is full, at most `most` documents in all; with `thin`, mostly deleted ones too."""
    classes: dict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        classes[size_class(_living(segment))].append(segment)
    for number in sorted(classes):
        run: list[Any] = []
        for segment in sorted(classes[number], key=_living):
            if sum(map(_living, run)) + _living(segment) <= most:
                run.append(segment)
        if len(run) >= WIDTH:
            return run
    if thin:
        return [s for s in segments if s.deleted_count() > (1 - LEAST_LIVING) * s.doc_count_all() and _living(s) <= most][:1]
    return []


def policy(most: int, *, thin: bool = False) -> Merge:
    """A merge function as Whoosh takes it."""

    def merge(writer: Any, segments: list[Any]) -> list[Any]:
        run = chosen(segments, most, thin=thin)
        for segment in run:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)  # closed by the writer
        return [segment for segment in segments if segment not in run]

    return merge
