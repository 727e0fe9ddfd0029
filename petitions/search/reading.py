"""Opening the index for reading and noticing when it has changed. One `Reader` per process, shared by its threads."""

import logging
import os
import pickle
import struct
import threading
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, EmptyIndexError
from whoosh.reading import CorruptIndexError, SegmentReader

from petitions.search import schema, storage
from petitions.search.postings import UnknownFormat
from petitions.search.segments import Living, PostingCache, Segment, Snapshot

KB, MB = 1024, 1024 * 1024
LEAST_ROOM, MOST_ROOM, ROOM_A_DOCUMENT = 64 * MB, 768 * MB, KB  # for decoded postings, when nobody says how much
TRIES = 20
FRESH = 0.1  # seconds during which a folder's time stamp is too coarse to be believed
DAMAGED = "damaged"  # dropped into a generation by a reader that could not read it; the writer rebuilds


# What bytes that are not what Whoosh wrote raise when they are read.
UNREADABLE = (OSError, EOFError, CorruptIndexError, UnknownFormat, pickle.UnpicklingError, struct.error, zlib.error, UnicodeDecodeError)

log = logging.getLogger(__name__)


def mark_damaged(generation: Path) -> None:
    """Tell the writer that this generation cannot be read; one that is gone meanwhile needs no telling."""
    with suppress(OSError):
        (generation / DAMAGED).touch(exist_ok=True)


class NoIndex(Exception):
    """There is no index yet, or none that this program can read."""


class Damaged(NoIndex):
    """The bytes of the index cannot be read; the writer has been told to rebuild it."""


class Reader:
    """Hands out the newest snapshot of the index in `folder`; a check costs two stats when nothing has changed."""

    def __init__(self, folder: Path, cache_bytes: int = 0) -> None:
        """`cache_bytes`: room for decoded postings; 0: by the size of the index."""
        self._folder = folder
        self._fixed = bool(cache_bytes)
        self._cache = PostingCache(cache_bytes or LEAST_ROOM)
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._stamp: tuple[int, ...] | None = None

    def snapshot(self) -> Snapshot:
        """The newest state; raises `NoIndex`."""
        snapshot = self._snapshot
        if snapshot is not None and self._stamp is not None and self._look(Path(snapshot.folder)) == self._stamp:
            return snapshot
        with self._lock:
            return self._refresh()

    def _look(self, generation: Path) -> tuple[int, ...] | None:
        try:
            pointer, folder = os.stat(self._folder / storage.CURRENT), os.stat(generation)
        except OSError:
            return None
        return pointer.st_mtime_ns, pointer.st_ino, folder.st_mtime_ns

    def _refresh(self) -> Snapshot:
        for _ in range(TRIES):
            generation = storage.current(self._folder)
            if generation is None or not storage.fits(generation):
                raise NoIndex
            stamp = self._look(generation)
            try:
                self._snapshot = self._open(generation)
            except (OSError, EmptyIndexError):  # a file went away between the list and its opening: the writer has gone on
                time.sleep(0.02)
                continue
            except Exception as error:
                log.exception("generation %s cannot be opened", generation)
                mark_damaged(generation)
                raise Damaged from error
            settled = stamp is not None and time.time_ns() - max(stamp[0], stamp[2]) > FRESH * 1e9
            self._stamp = stamp if settled else None
            return self._snapshot
        raise NoIndex

    def _open(self, generation: Path) -> Snapshot:
        index = schema.open_index(generation)
        newest = index.latest_generation()
        old = self._snapshot
        if old is not None and old.folder == str(generation) and old.generation == newest:
            return old
        toc = TOC.read(index.storage, index.indexname, gen=newest)
        known = {part.segment.name: part.segment for part in old.segments} if old is not None and old.folder == str(generation) else {}
        parts = [_living(known.get(segment.segment_id()) or self._segment(index, toc, segment), segment) for segment in toc.segments]
        snapshot = Snapshot(str(generation), newest, tuple(parts))
        if not self._fixed:
            self._cache.limit = min(max(LEAST_ROOM, ROOM_A_DOCUMENT * snapshot.all_documents), MOST_ROOM)
        return snapshot

    def _segment(self, index: Any, toc: Any, segment: Any) -> Segment:
        reader = SegmentReader(index.storage, toc.schema, segment, generation=toc.generation)
        return Segment(segment.segment_id(), reader, segment.doc_count_all(), self._cache)


def _living(segment: Segment, state: Any) -> Living:
    alive = np.ones(segment.size, bool)
    gone = np.fromiter(state.deleted_docs(), np.int64)
    alive[gone] = False
    return Living(segment, alive)
