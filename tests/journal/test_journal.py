"""The journal is whole, append-only, and says so when it is not."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.identity import Identity
from petitions.journal import actions, queries

NOW = datetime(2026, 1, 20, 2, tzinfo=UTC)
CLERK = Identity(7, "clerk", "Chuyên viên")


def note(session: Session, number: int, **more) -> None:
    actions.record(session, "petition.correct", ("petition", number), by=CLERK, now=NOW, **more)


def test_an_act_is_on_its_subjects_timeline(session: Session) -> None:
    note(session, 5, changes={"met_on": (None, date(2025, 11, 14)), "summary": ("a", "b")}, reason="sửa")
    note(session, 6)
    db.finish(session)
    (entry,) = queries.timeline(session, ("petition", 5))
    assert (entry.act, entry.by_id, entry.by_name, entry.reason) == ("petition.correct", 7, "Chuyên viên", "sửa")
    assert entry.changes == {"met_on": [None, "2025-11-14"], "summary": ["a", "b"]}
    assert entry.at == NOW


def test_the_timeline_shows_the_newest_when_there_are_too_many(session: Session) -> None:
    for number in range(4):
        note(session, 5, reason=str(number))
    db.finish(session)
    assert [entry.reason for entry in queries.timeline(session, ("petition", 5), limit=2)] == ["2", "3"]


def test_each_link_holds_the_one_before(own_engine: Engine) -> None:
    for number in range(3):
        with db.transaction(own_engine) as session:
            note(session, number)
            note(session, number)
    with db.reading(own_engine) as session:
        checked, broken = queries.first_broken(session)
    assert broken is None
    assert checked >= 6


@pytest.mark.parametrize("statement", ["UPDATE journal_entries SET reason = 'x'", "DELETE FROM journal_entries"])
def test_the_database_itself_refuses_a_change(own_engine: Engine, statement: str) -> None:
    with db.transaction(own_engine) as session:
        note(session, 1)
    with pytest.raises(DatabaseError, match="append-only"), db.transaction(own_engine) as session:
        session.execute(text(statement))


def test_a_forged_row_is_named(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        note(session, 1)
        note(session, 2, reason="thật")
    with own_engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER journal_entries_no_UPDATE")
        else:
            connection.exec_driver_sql("ALTER TABLE journal_entries DISABLE TRIGGER ALL")
        connection.exec_driver_sql("UPDATE journal_entries SET reason = 'giả' WHERE subject_id = 2")
    with db.reading(own_engine) as session:
        checked, broken = queries.first_broken(session)
        assert broken == session.scalar(text("SELECT id FROM journal_entries WHERE subject_id = 2"))
        assert checked >= 2


def test_a_protected_value_is_sealed_not_shown() -> None:
    sealed = actions.sealed("0912 345 678", "k" * 32)
    assert sealed is not None
    assert "0912" not in sealed
    assert sealed == actions.sealed("0912 345 678", "k" * 32) != actions.sealed("0912 345 679", "k" * 32)
    assert actions.sealed(None, "k" * 32) is None
