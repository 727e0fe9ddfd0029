"""Table of the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.functions import FunctionElement

from petitions.core.db import Base


class CurrentTransaction(FunctionElement[int]):
    """The number of the running transaction: PostgreSQL's 64-bit id; 0 on SQLite, where one writer at a time commits in order."""

    inherit_cache = True
    type = BigInteger()


@compiles(CurrentTransaction)  # type: ignore[no-untyped-call,untyped-decorator,unused-ignore]
def _anywhere(_element: object, _compiler: object, **_options: object) -> str:
    return "0"


@compiles(CurrentTransaction, "postgresql")  # type: ignore[no-untyped-call,untyped-decorator,unused-ignore]
def _postgresql(_element: object, _compiler: object, **_options: object) -> str:
    return "pg_current_xact_id()::text::bigint"


class OutboxMessage(Base):
    """One promise: `topic` says who keeps it, `subject` what it is about. Ordered by (transaction, id)."""

    __tablename__ = "outbox_messages"
    __table_args__ = (Index("ix_outbox_messages_order", "topic", "transaction", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    transaction: Mapped[int] = mapped_column(BigInteger, default=CurrentTransaction())
    topic: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
