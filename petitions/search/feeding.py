"""One batch from the outbox into one generation of the index: load the subjects as they stand now, replace, commit, put the cursor down."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.office import Office
from petitions.outbox import queries as outbox
from petitions.outbox.models import OutboxMessage
from petitions.search import merging, schema, sources, storage
from petitions.search.documents import SearchDocument
from petitions.search.segment_writer import Writer

TOPIC = "index"
BATCH = 3_000  # messages of one commit
CHUNK = 500  # subjects loaded at once

log = logging.getLogger(__name__)


def drain_once(office: Office, generation: Path) -> int:
    """One batch from the outbox into `generation`; how many messages it held. The caller holds the writer's lock."""
    cursor = storage.read_cursor(generation)
    with db.reading(office.engine) as session:
        messages = outbox.after(session, cursor, TOPIC, BATCH)
        if not messages:
            return 0
        changes = list(_changes(session, messages))
        reached = outbox.Cursor(messages[-1].transaction, messages[-1].id)
    apply(generation, changes)
    storage.write_cursor(generation, reached)
    return len(messages)


Change = tuple[str, SearchDocument | None]


def _changes(session: Session, messages: Sequence[OutboxMessage]) -> Iterable[Change]:
    """What is to be done for the subjects of `messages`: each once, as it stands now."""
    by_kind: dict[str, set[int]] = {}
    for message in messages:
        by_kind.setdefault(message.subject_kind, set()).add(message.subject_id)
    for kind, ids in by_kind.items():
        source = sources.source_of(kind)
        if source is None:
            log.warning("nobody loads %s for the index", kind)
            continue
        ordered = sorted(ids)
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            found = {document.subject_id: document for document in source.load(session, chunk)}
            yield from ((f"{kind}:{number}", found.get(number)) for number in chunk)


def apply(generation: Path, changes: Sequence[Change]) -> None:
    """Replace or remove documents, in one commit. The caller holds the writer's lock."""
    if not changes:
        return
    writer: Any = Writer(schema.open_index(generation))
    try:
        for key, _ in changes:
            writer.remove(key)
        for key, document in changes:
            if document is not None:
                _put(writer, key, document)
    except BaseException:
        writer.cancel()
        raise
    finish(writer, merging.AT_ONCE)


def _put(writer: Writer, key: str, document: SearchDocument) -> None:
    try:
        writer.put(document)
    except (ValueError, OverflowError, UnicodeError):
        log.exception("%s could not be put into the index and is left out", key)


def finish(writer: Any, most: int, *, thin: bool = False) -> None:
    """Commit, merging at most `most` documents."""
    writer.commit(mergetype=merging.policy(most, thin=thin))
