"""Table of the journal, and the triggers that keep it append-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, BigInteger, Index, Integer, String, event
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base


class JournalEntry(Base):
    """One act. `digest` covers the row and the digest before it."""

    __tablename__ = "journal_entries"
    __table_args__ = (Index("ix_journal_entries_subject", "subject_kind", "subject_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(80), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(index=True)
    by_name: Mapped[str]
    changes: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


REFUSE_SQLITE = """
CREATE TRIGGER IF NOT EXISTS journal_entries_no_{verb} BEFORE {verb} ON journal_entries
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
"""
REFUSE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE OR REPLACE TRIGGER journal_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entries
FOR EACH STATEMENT EXECUTE FUNCTION journal_entries_refuse()
"""
TRIGGERS = {
    "sqlite": [REFUSE_SQLITE.format(verb="UPDATE"), REFUSE_SQLITE.format(verb="DELETE")],
    "postgresql": [REFUSE_POSTGRESQL],
}
for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        event.listen(JournalEntry.__table__, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
