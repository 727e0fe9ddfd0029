"""Promising work in the transaction that causes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from petitions.outbox.models import OutboxMessage


def promise(session: Session, topic: str, subject: tuple[str, int], *, now: datetime, payload: Mapping[str, Any] | None = None) -> None:
    """Promise that the consumers of `topic` will look at `subject` (kind, id) once this transaction has committed."""
    promise_all(session, topic, [subject], now=now, payload=payload)


def promise_all(session: Session, topic: str, subjects: Iterable[tuple[str, int]], *, now: datetime, payload: Mapping[str, Any] | None = None) -> None:
    """The same for many subjects in one statement."""
    rows = [{"topic": topic, "subject_kind": kind, "subject_id": number, "payload": dict(payload or {}), "created_at": now} for kind, number in subjects]
    if rows:
        session.execute(insert(OutboxMessage), rows)
