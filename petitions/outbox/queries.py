"""Reading the outbox from a consumer's cursor, never skipping a transaction that commits late."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal_column, not_, or_, select, true
from sqlalchemy.orm import Session

from petitions.outbox.models import OutboxMessage


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """How far a consumer has come: the last message it has dealt with, in (transaction, id) order."""

    transaction: int = 0
    id: int = 0


def after(session: Session, cursor: Cursor, topic: str, limit: int = 500) -> Sequence[OutboxMessage]:
    """The next messages of `topic` behind `cursor`, oldest first.

    On PostgreSQL only those whose transaction is older than every running one: a transaction that took a low number and commits late
    would otherwise be stepped over. SQLite commits in order.
    """
    query = select(OutboxMessage).where(OutboxMessage.topic == topic, _behind(cursor), _settled(session))
    return session.scalars(query.order_by(OutboxMessage.transaction, OutboxMessage.id).limit(limit)).all()


def waiting(session: Session, cursor: Cursor, topic: str, goal: Cursor | None = None) -> int:
    """How many messages of `topic` stand behind `cursor` (up to `goal`, when given), those of transactions still running elsewhere not counted."""
    where = [OutboxMessage.topic == topic, _behind(cursor)]
    if goal is not None:
        where.append(not_(_behind(goal)))
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(*where)) or 0


def last(session: Session, topic: str) -> Cursor:
    """The last message that is committed now, settled or not: a consumer that has come there has seen everything up to this moment."""
    query = select(OutboxMessage.transaction, OutboxMessage.id).where(OutboxMessage.topic == topic)
    row = session.execute(query.order_by(OutboxMessage.transaction.desc(), OutboxMessage.id.desc()).limit(1)).first()
    return Cursor(row[0], row[1]) if row else Cursor()


def newest(session: Session, topic: str) -> Cursor:
    """The cursor behind which a consumer that starts now (after a full rebuild) has everything later: the last settled message."""
    query = select(OutboxMessage.transaction, OutboxMessage.id).where(OutboxMessage.topic == topic, _settled(session))
    row = session.execute(query.order_by(OutboxMessage.transaction.desc(), OutboxMessage.id.desc()).limit(1)).first()
    return Cursor(row[0], row[1]) if row else Cursor()


def _behind(cursor: Cursor) -> ColumnElement[bool]:
    later = and_(OutboxMessage.transaction == cursor.transaction, OutboxMessage.id > cursor.id)
    return or_(OutboxMessage.transaction > cursor.transaction, later)


def _settled(session: Session) -> ColumnElement[bool]:
    if session.get_bind().dialect.name != "postgresql":
        return true()
    return OutboxMessage.transaction < literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
