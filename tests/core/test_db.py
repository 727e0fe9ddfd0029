"""Who commits: only the transaction door, and only when all went well."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from petitions.core import db


@pytest.fixture
def own(tmp_path: Path):
    engine = db.make_engine(f"sqlite:///{tmp_path / 'own.sqlite'}")
    with db.transaction(engine) as session:
        session.execute(text("CREATE TABLE notes (word TEXT)"))
    yield engine
    engine.dispose()


def words(engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.scalars(text("SELECT word FROM notes")))


def test_a_transaction_commits_once_at_its_end(own) -> None:
    with db.transaction(own) as session:
        session.execute(text("INSERT INTO notes VALUES ('kept')"))
        assert words(own) == []
    assert words(own) == ["kept"]


def test_an_error_takes_everything_back(own) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction(own) as session:
        session.execute(text("INSERT INTO notes VALUES ('lost')"))
        1 / 0
    assert words(own) == []


def test_what_a_reader_writes_is_gone(own) -> None:
    with db.reading(own) as session:
        session.execute(text("INSERT INTO notes VALUES ('lost')"))
    assert words(own) == []


def test_work_asked_for_before_the_commit_is_done_last_and_once(own) -> None:
    order: list[str] = []

    def last(session: Session) -> None:
        order.append("last")
        session.execute(text("INSERT INTO notes VALUES ('late')"))

    with db.transaction(own) as session:
        db.before_commit(session, "k", last)
        db.before_commit(session, "k", last)
        order.append("block")
    assert order == ["block", "last"]
    assert words(own) == ["late"]


def test_sqlite_keeps_the_house_rules(own) -> None:
    with own.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_moment_keeps_its_zone_and_refuses_none() -> None:
    kind = db.UTCDateTime()
    moment = datetime(2026, 1, 20, 1, 2, tzinfo=UTC)
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        stored = kind.process_bind_param(moment, dialect)
        assert kind.process_result_value(stored, dialect) == moment
        assert kind.process_bind_param(None, dialect) is None
        assert kind.process_result_value(None, dialect) is None
        with pytest.raises(ValueError, match="zone"):
            kind.process_bind_param(datetime(2026, 1, 20), dialect)
