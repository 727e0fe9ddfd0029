"""Tables of importing: the batches, and what each imported row is known by. Neither holds a petitioner's words."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.intake.models import one_of

CHECKING, READY, WAITING, RUNNING, DONE, REFUSED, CANCELLED = "checking", "ready", "waiting", "running", "done", "refused", "cancelled"
STATES = (CHECKING, READY, WAITING, RUNNING, DONE, REFUSED, CANCELLED)
OPEN = (CHECKING, READY, WAITING, RUNNING)
_OPEN_SQL = text("state IN ('checking', 'ready', 'waiting', 'running')")


class ImportBatch(Base):
    """One file taken in. Its row is the promise: a worker that finds it open goes on with it, from `next_row`.

    States: checking (being read and planned) → ready (the preview waits for a yes) → waiting → running → done; refused: nothing of the
    file could be read; cancelled by a person. While open, the same file for the same body cannot be opened twice.
    """

    __tablename__ = "import_batches"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint("next_row >= 0", name="next_row"),
        Index("uq_import_batches_open_file", "body_id", "file_digest", unique=True, sqlite_where=_OPEN_SQL, postgresql_where=_OPEN_SQL),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    file_name: Mapped[str] = mapped_column(String(300))
    file_digest: Mapped[str] = mapped_column(String(64))
    file_size: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    started_by_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0, server_default="0")
    next_row: Mapped[int] = mapped_column(default=0, server_default="0")
    imported: Mapped[int] = mapped_column(default=0, server_default="0")
    updated: Mapped[int] = mapped_column(default=0, server_default="0")
    unchanged: Mapped[int] = mapped_column(default=0, server_default="0")
    failed: Mapped[int] = mapped_column(default=0, server_default="0")
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportedRow(Base):
    """What a row of a file is known by, the petition it became, and digests of what it said (to tell "unchanged" and whose change is newer).

    `key` is the identity (see `identity.key_of`); `content` covers all cells; `fields` holds one short digest per field as it went in.
    """

    __tablename__ = "imported_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batches.id"), index=True)
    row: Mapped[int]
    content: Mapped[str] = mapped_column(String(64))
    fields: Mapped[dict[str, Any]]
