"""The journal's page: everything that was done, for those who audit; filters, going on behind the last entry, the file, the state of the chain."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from petitions.core import db
from petitions.core.identity import Identity
from petitions.journal import actions, queries, views
from petitions.journal.models import JournalEntry
from petitions.journal.queries import Asked
from tests.make import accounts as people

NOW = datetime(2026, 1, 20, 2, tzinfo=UTC)
CLERK, LEAD = Identity(7001, "clerk7", "Trần Thị Chuyên"), Identity(7002, "lead7", "Lê Văn Trưởng")


@pytest.fixture
def auditor(client: Any, office: Any) -> Any:
    with db.transaction(office.engine) as session:
        for n in range(120):
            actions.record(session, "petition.correct", ("petition", 900 + n), by=CLERK, now=NOW + timedelta(minutes=n), changes={"summary": ("bí mật", "kín")})
        sealed = {"petitioners": (None, [actions.sealed("Trần Thị Ẩn Danh", "k" * 32)])}
        actions.record(session, "petition.accept", ("petition", 900), by=LEAD, now=NOW + timedelta(days=2), changes=sealed, reason="=cmd|' /C calc'!A0")
    return people.sign_in(client, office.engine, people.stored(office.engine, roles=("auditor",)))


def numbers(shown: str) -> list[int]:
    return [int(found) for found in re.findall(r'quiet" data-label="Số">(\d+)<', shown)]


def test_everything_is_there_once_page_after_page(auditor: Any, office: Any) -> None:
    with db.reading(office.engine) as session:
        every = list(session.scalars(select(JournalEntry.id).order_by(JournalEntry.id.desc())))
    path, seen, pages = "/journal", [], 0
    while path:
        shown = auditor.get(path).get_data(as_text=True)
        seen += numbers(shown)
        older = re.search(r'href="([^"]+)" rel="next"', shown)
        path, pages = older.group(1).replace("&amp;", "&") if older else "", pages + 1
    assert seen == every
    assert pages == -(-len(every) // views.SIZE)


def test_what_was_done_by_whom_when_and_to_what(auditor: Any) -> None:
    shown = auditor.get("/journal?act=petition.accept&by=7002").get_data(as_text=True)
    assert "Lê Văn Trưởng đã tiếp nhận vào sổ." in shown
    assert "Người kiến nghị" in shown
    assert len(numbers(shown)) == 1
    assert len(numbers(auditor.get("/journal?subject=petition:900").get_data(as_text=True))) == 2
    assert len(numbers(auditor.get("/journal?from=22/01/2026&to=22/01/2026").get_data(as_text=True))) == 1
    assert "Không có đối tượng này" in auditor.get("/journal?subject=HD16-99-99999").get_data(as_text=True)
    assert auditor.get("/journal?by=x&from=32/13/2026&before=0&act=" + "a" * 200).status_code == 200


def test_no_value_is_shown_and_no_cell_is_a_formula(auditor: Any) -> None:
    shown, file = auditor.get("/journal?by=7001").get_data(as_text=True), auditor.get("/journal.csv?by=7001")
    rows = list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 121
    whole = auditor.get("/journal.csv").get_data().decode("utf-8-sig")
    for secret in ("bí mật", "kín", "sealed:"):
        assert secret not in shown
        assert secret not in whole
    assert "'=cmd|" in whole


def test_the_first_page_of_an_auditor_shows_what_was_done_last(auditor: Any, client: Any) -> None:
    home = auditor.get("/").get_data(as_text=True)
    assert "Lê Văn Trưởng đã tiếp nhận vào sổ." in home
    assert "Hệ thống đã nạp dữ liệu nền" not in home, "set up before, whatever the clock says"
    assert "mục mới nhất khớp nhau" in home


def test_only_who_audits_may_look(client: Any, office: Any) -> None:
    clerk = people.sign_in(client, office.engine, people.stored(office.engine, roles=("clerk", "administrator")))
    assert clerk.get("/journal").status_code == 403
    assert clerk.get("/journal.csv").status_code == 403


def test_an_altered_entry_is_told(auditor: Any, office: Any) -> None:
    assert "mục mới nhất khớp nhau" in auditor.get("/journal").get_data(as_text=True)
    with office.engine.begin() as connection:
        connection.execute(text('DROP TRIGGER "journal_entries_no_UPDATE"'))
        number = connection.scalar(text("SELECT max(id) FROM journal_entries WHERE by_id = 7001"))
        connection.execute(text("UPDATE journal_entries SET by_name = 'Người khác' WHERE id = :id"), {"id": number})
    shown = auditor.get("/journal").get_data(as_text=True)
    assert f"mục số {number} không khớp" in shown
    assert shown.count("mục này bị sửa") == 1


@pytest.mark.parametrize(
    "asked",
    [
        *(Asked(), Asked(by=3), Asked(act="a.7"), Asked(by=3, act="a.7"), Asked(since=NOW), Asked(act="a.7", until=NOW)),
        *(Asked(before=900), Asked(act="a.7", before=900), Asked(subject=("k", 7)), Asked(subject=("k", 7), act="a.7")),
    ],
)
def test_each_list_has_the_newest_number_first_and_is_found_by_an_index(office: Any, asked: Asked) -> None:
    rows = [
        {"at": NOW - timedelta(minutes=n // 2), "act": f"a.{n % 11}", "subject_kind": "k", "subject_id": n, "by_id": n % 5, "by_name": f"n{n % 5}",
         "changes": {}, "reason": None, "previous": "", "digest": f"d{n}"}
        for n in range(2000)
    ]  # fmt: skip
    said: list[tuple[str, Any]] = []
    with office.engine.begin() as connection:
        connection.execute(insert(JournalEntry), rows)
    event.listen(office.engine, "before_cursor_execute", lambda _c, _cur, statement, parameters, _ctx, _many: said.append((statement, parameters)))
    with db.reading(office.engine) as session:
        wanted = [one.id for one in session.scalars(select(JournalEntry)) if fits(one, asked)]
        assert [one.id for one in queries.listed(session, asked, 50)] == sorted(wanted, reverse=True)[:50]
        statement, parameters = said[-1]
        plan = " / ".join(row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
        assert "TEMP B-TREE" not in plan, "walks the numbers, or an index in their order"
        if asked.by is not None or asked.act is not None or asked.subject is not None:
            assert "INDEX ix_journal_entries" in plan
        assert {number for number, _ in queries.people(session)} >= {1, 2, 3, 4}
        assert {f"a.{n}" for n in range(11)} <= set(queries.acts(session))


def fits(one: JournalEntry, asked: Asked) -> bool:
    wanted = (
        (asked.by, one.by_id == asked.by),
        (asked.act, one.act == asked.act),
        (asked.subject, (one.subject_kind, one.subject_id) == asked.subject),
        (asked.since, asked.since is not None and one.at >= asked.since),
        (asked.until, asked.until is not None and one.at < asked.until),
        (asked.before, asked.before is not None and one.id < asked.before),
    )
    return all(right for given, right in wanted if given is not None)
