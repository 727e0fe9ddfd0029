"""Whether the store still holds what the database says: every content's bytes against its digest."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from petitions.core import db
from petitions.core.errors import NotFound
from petitions.core.office import Office
from petitions.core.words import Message, say
from petitions.documents import queries, store

CHUNK = 500


@dataclass(slots=True)
class Differences:
    """What was checked; digests that are not there, and those whose bytes are others; files that belong to no document."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    orphans: int = 0

    def lines(self) -> Iterator[Message]:
        """In words."""
        for digest in self.missing:
            yield say("Thiếu tệp {digest}.", digest=digest)
        for digest in self.changed:
            yield say("Tệp {digest} đã bị thay đổi.", digest=digest)


def differences(office: Office) -> Differences:
    """Walk both sides."""
    found = Differences()
    kept = store.open_store(office.settings.data_dir)
    known: set[str] = set()
    after = ""
    while True:
        with db.reading(office.engine) as session:
            chunk = [content.digest for content in queries.digests(session, after, CHUNK)]
        for digest in chunk:
            _check(kept, digest, found)
        known.update(chunk)
        if len(chunk) < CHUNK:
            break
        after = chunk[-1]
    found.orphans = sum(1 for digest in kept.digests() if digest not in known)
    return found


def _check(kept: store.Store, digest: str, found: Differences) -> None:
    found.checked += 1
    seen = hashlib.sha256()
    try:
        for block in kept.original(digest).blocks:
            seen.update(block)
    except NotFound:
        found.missing.append(digest)
        return
    if seen.hexdigest() != digest:
        found.changed.append(digest)
