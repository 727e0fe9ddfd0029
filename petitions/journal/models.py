"""Table of the journal. Its triggers, which keep it append-only, are made by the first migration."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base


class JournalEntry(Base):
    """One act. `digest` covers the row and the digest before it."""

    __tablename__ = "journal_entries"
    __table_args__ = (
        Index("ix_journal_entries_subject", "subject_kind", "subject_id", "id"),
        # The page of the journal lists by number, newest first: what it is narrowed by ends in that order.
        Index("ix_journal_entries_at", "at", "id"),
        Index("ix_journal_entries_act", "act", "id"),
        Index("ix_journal_entries_by_id", "by_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    changes: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
