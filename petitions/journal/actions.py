"""Writing the journal: an action calls `record` in the same breath as its change; the chain is closed just before the commit."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.identity import Identity
from petitions.journal.models import JournalEntry

CHAIN_LOCK = 7_216_001
START = "0" * 64
WAITING = "journal"


def record(
    session: Session,
    act: str,
    subject: tuple[str, int],
    *,
    by: Identity,
    now: datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str | None = None,
) -> None:
    """Note that `by` did `act` ("room.verb") to `subject` (kind, id); `changes` maps a field to (old, new), JSON-able or a date.

    The row is chained and written just before this session commits, so that the chain's lock is held briefly.
    """
    entry = {
        "at": now,
        "act": act,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "by_id": by.user_id,
        "by_name": by.name,
        "changes": {name: [_plain(old), _plain(new)] for name, (old, new) in (changes or {}).items()},
        "reason": reason,
    }
    session.info.setdefault(WAITING, []).append(entry)
    db.before_commit(session, WAITING, close_chain)


def close_chain(session: Session) -> None:
    """Write the waiting entries, each holding the digest of the one before it."""
    entries = session.info.pop(WAITING, [])
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    previous = session.scalar(select(JournalEntry.digest).order_by(JournalEntry.id.desc()).limit(1)) or START
    for entry in entries:
        entry["previous"] = previous
        previous = entry["digest"] = digest_of(entry)
    session.execute(insert(JournalEntry), entries)


def digest_of(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an entry's fields and the digest before it."""
    names = ("act", "subject_kind", "subject_id", "by_id", "by_name", "changes", "reason", "previous")
    body = {name: entry[name] for name in names} | {"at": entry["at"].isoformat()}
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def sealed(value: str | None, key: str) -> str | None:
    """A keyed digest that stands for a protected value in the journal: equal values show as equal, the value does not show."""
    return None if value is None else "sealed:" + hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
