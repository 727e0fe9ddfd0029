"""Building the index anew from the database, beside the one in use, and switching over; and comparing the two."""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from petitions.core import db
from petitions.core.office import Office
from petitions.outbox import queries as outbox
from petitions.search import adopting, beside, feeding, part_builder, schema, sources, storage
from petitions.search.documents import SearchDocument

CHUNK = 500
FEW = 3_000  # documents for which no processes are started

log = logging.getLogger(__name__)
Progress = Callable[[int, int | None], None]


def documents(office: Office) -> Iterator[list[SearchDocument]]:
    """All documents of all sources, a chunk at a time, each chunk read in a short transaction of its own."""
    for source in sources.registered():
        last = 0
        while True:
            with db.reading(office.engine) as session:
                ids = source.all_ids(session, last, CHUNK)
                loaded = source.load(session, ids) if ids else []
            if not ids:
                break
            last = ids[-1]
            yield loaded


def expected(office: Office) -> int | None:
    """How many documents there will be, when the sources know."""
    with db.reading(office.engine) as session:
        counts = [source.count(session) for source in sources.registered()]
    return None if None in counts else sum(count or 0 for count in counts)


def rebuild(office: Office, progress: Progress | None = None) -> int:
    """Build a new generation while searches and the writer go on with the old one, catch up with the outbox, switch. How many documents.

    Raises `storage.Busy` when a rebuild is running already.
    """
    folder = office.settings.index_dir
    with storage.rebuilding(folder):
        storage.drop_unfinished(folder)
        generation = storage.new_generation(folder)
        with db.reading(office.engine) as session:
            start = outbox.newest(session, feeding.TOPIC)
        done = _fill(office, generation, progress)
        storage.seal(generation)
        storage.write_cursor(generation, start)
        with storage.writing(folder, wait=60.0):  # what changed meanwhile goes in before anybody looks
            while feeding.drain_once(office, generation) >= feeding.BATCH:
                pass
            storage.switch(folder, generation)
    return done


def _fill(office: Office, generation: Path, progress: Progress | None) -> int:
    total = expected(office)
    schema.create(generation)
    parts = [generation / f"part-{number}" for number in range(1 if total is not None and total < FEW else beside.processes())]
    for part in parts:
        part.mkdir(mode=0o700)
    chunks = _counted(documents(office), total, progress)
    done = _alone(parts[0], chunks) if len(parts) == 1 else _together(parts, chunks)
    for part in parts:
        adopting.adopt(generation, part)
        shutil.rmtree(part)
    return done


def _counted(chunks: Iterator[list[SearchDocument]], total: int | None, progress: Progress | None) -> Iterator[list[SearchDocument]]:
    done = 0
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        if progress:
            progress(done, total)


def _alone(part: Path, chunks: Iterator[list[SearchDocument]]) -> int:
    done = 0

    def counted() -> Iterator[list[SearchDocument]]:
        nonlocal done
        for chunk in chunks:
            if chunk:
                done += len(chunk)
                yield chunk
        yield []

    part_builder.build(part, counted())
    return done


def _together(parts: list[Path], chunks: Iterator[list[SearchDocument]]) -> int:
    done = 0
    builders = beside.Builders(parts)
    try:
        for chunk in chunks:
            if chunk:
                builders.put(chunk)
                done += len(chunk)
        builders.finish()
    finally:
        builders.stop()
    return done


@dataclass(slots=True)
class Differences:
    """Keys (kind:id) that the index lacks, holds in an older state, or holds though nobody has them."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)

    @property
    def none(self) -> bool:
        """Whether index and database agree."""
        return not (self.missing or self.stale or self.orphaned)


def held(generation: Path) -> dict[str, str]:
    """Key → digest of every document in the index."""
    reader = schema.open_index(generation).reader()
    try:
        stored = (fields[schema.STORED] for fields in reader.all_stored_fields())
        return {f"{kind}:{number}": digest for kind, number, digest, *_ in stored}
    finally:
        reader.close()


def compare(office: Office, generation: Path) -> tuple[Differences, dict[str, SearchDocument]]:
    """How the index differs from the database, and the documents that would mend it."""
    known = held(generation)
    found, mending = Differences(), {}
    for chunk in documents(office):
        for document in chunk:
            found.checked += 1
            digest = known.pop(document.key, None)
            if digest != document.digest:
                (found.missing if digest is None else found.stale).append(document.key)
                mending[document.key] = document
    found.orphaned = sorted(known)
    return found, mending


def status(folder: Path) -> dict[str, Any]:
    """ready, generation, documents, segments, megabytes, versions, cursor of the index in `folder`."""
    generation = storage.current(folder)
    plain: dict[str, Any] = {"ready": False, "generation": None, "documents": 0, "segments": 0, "megabytes": 0.0, "versions": storage.versions()}
    if generation is None:
        return plain
    plain["generation"] = generation.name
    plain["megabytes"] = round(sum(path.stat().st_size for path in generation.iterdir() if path.is_file()) / 1e6, 1)
    cursor = storage.read_cursor(generation)
    plain["cursor"] = [cursor.transaction, cursor.id]
    if storage.fits(generation):
        index = schema.open_index(generation)
        plain |= {"ready": True, "documents": index.doc_count(), "segments": len(index._segments())}
    return plain
