"""Rows as JSON lines and back, the same text on both engines."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, Engine, LargeBinary, MetaData, Table, Time, func, insert, select, text

BATCH = 500
VERSION_TABLE = "alembic_version"
# A transaction's number means nothing in another database: messages start again at 0, and the index is rebuilt.
RENUMBERED = {("outbox_messages", "transaction"): 0}


def tables(connection: Connection | Engine) -> list[Table]:
    """The tables that stand in the database, parents before children, Alembic's own left out."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row of `table` in the order of its key, as one line of canonical JSON."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for row in connection.execute(query).mappings():
        plain = {name: RENUMBERED.get((table.name, name), _plain(value)) for name, value in row.items()}
        yield json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def write(connection: Connection, table: Table, source: Iterator[bytes]) -> int:
    """Insert the rows of `source`; answers how many. A column that points into its own table is filled in afterwards."""
    own = [next(iter(key.columns)).name for key in table.foreign_key_constraints if key.referred_table is table]
    (key, *_more) = table.primary_key.columns
    batch: list[dict[str, Any]] = []
    later: list[tuple[Any, dict[str, Any]]] = []
    count = 0
    for line in source:
        row = {name: _typed(table, name, value) for name, value in json.loads(line).items()}
        pointing = {name: row[name] for name in own if row.get(name) is not None}
        if pointing:
            later.append((row[key.name], pointing))
            row |= dict.fromkeys(pointing)
        batch.append(row)
        count += 1
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    for identity, pointing in later:
        connection.execute(table.update().where(key == identity).values(pointing))
    return count


def go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL's counters go on after the highest restored key (SQLite does so by itself)."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        counter = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        highest = connection.scalar(select(func.max(column))) if counter else None
        if highest is not None:
            connection.execute(text("SELECT setval(:counter, :highest)"), {"counter": counter, "highest": highest})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _typed(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = table.columns[name].type
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Time):
        return time.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return value
