"""The log of promised work: in order, from one's own cursor, and no late commit is stepped over."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from petitions.outbox import actions, queries
from petitions.outbox.queries import Cursor

NOW = datetime(2026, 1, 20, 2, tzinfo=UTC)


def numbers(messages) -> list[int]:
    return [message.subject_id for message in messages]


def test_messages_come_in_order_from_the_cursor(session: Session) -> None:
    actions.promise_all(session, "try-order", [("petition", n) for n in (3, 1, 2)], now=NOW)
    actions.promise(session, "try-other", ("petition", 9), now=NOW, payload={"why": "x"})
    assert queries.waiting(session, Cursor(), "try-order") == 3
    if session.get_bind().dialect.name == "postgresql":
        assert queries.after(session, Cursor(), "try-order") == []  # its own transaction is still running
        return
    first = queries.after(session, Cursor(), "try-order", limit=2)
    assert numbers(first) == [3, 1]
    cursor = Cursor(first[-1].transaction, first[-1].id)
    assert numbers(queries.after(session, cursor, "try-order")) == [2]
    assert queries.newest(session, "try-order").id > cursor.id


def test_nothing_promised_is_nothing_to_do(session: Session) -> None:
    actions.promise_all(session, "try-empty", [], now=NOW)
    assert queries.waiting(session, Cursor(), "try-empty") == 0
    assert queries.newest(session, "try-empty") == Cursor()


def test_a_transaction_that_commits_late_is_not_stepped_over(own_engine: Engine) -> None:
    if own_engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time: nobody can commit late")
    with Session(own_engine) as early, Session(own_engine) as late, Session(own_engine) as reader:
        actions.promise(early, "index", ("petition", 1), now=NOW)
        early.flush()
        actions.promise(late, "index", ("petition", 2), now=NOW)
        late.commit()
        assert numbers(queries.after(reader, Cursor(), "index")) == []  # 2 has committed, but 1 may still come before it
        reader.rollback()
        early.commit()
        assert numbers(queries.after(reader, Cursor(), "index")) == [1, 2]
