"""Taking rows in: what they become, the same file twice, changed rows, one bad row, crashes, two at once."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from petitions.core import clock, db
from petitions.core.errors import Conflict, RuleBroken
from petitions.intake.actions import entry
from petitions.intake.importing import actions, running
from petitions.intake.importing.models import CANCELLED, ImportBatch, ImportedRow
from petitions.intake.importing.plan import Verdict
from petitions.intake.models import Petition, Petitioner
from petitions.journal import queries as journal
from petitions.journal.models import JournalEntry
from petitions.outbox.models import OutboxMessage
from tests.conftest import BOTH
from tests.importing.files import HEADERS

ALL = [
    *("Mã ngoài", "Ngày tiếp nhận", "Ngày tiếp xúc", "Nội dung kiến nghị", "Tóm tắt", "Địa bàn", "Đơn vị bầu cử", "Lĩnh vực", "Thẩm quyền", "Nguồn", "Kỳ họp"),
    *("Trước/sau kỳ họp", "Cơ quan giải quyết", "Số văn bản trả lời", "Ngày trả lời", "Nội dung trả lời", "Kết quả", "Người kiến nghị", "Ghi chú"),
]
FULL = [
    *("KN-1", "15/11/2024", "14/11/2024", "Đề nghị sửa đường 179", "Sửa đường 179", "xã Đa Tốn, huyện Gia Lâm", "", "Giao thông", "Thành phố"),
    *("", "kỳ họp thứ 20", "Trước", "Sở Xây dựng; UBND huyện Gia Lâm", "12/SXD", "20/01/2025", "Đang làm", "Đang giải quyết", "Nguyễn Văn A", "xem lại"),
]
both = pytest.mark.parametrize("office", BOTH, indirect=True)


def counts(tally):
    return {verdict.value: tally.counts[verdict] for verdict in Verdict}


def expected(new=0, updated=0, same=0, failed=0):
    return {"imported": new, "updated": updated, "unchanged": same, "failed": failed}


@both
def test_a_full_row_becomes_a_registered_petition(desk):
    assert counts(desk.run([ALL, FULL])) == expected(new=1)
    row = desk.one()
    assert (row.state, row.accepted_by, row.import_batch_id) == ("registered", None, 1)
    assert (row.met_on, row.received_on) == (date(2024, 11, 14), date(2024, 11, 15))
    assert (row.original_text, row.summary, row.timing) == ("Đề nghị sửa đường 179", "Sửa đường 179", "before")
    assert row.unit_id is not None
    assert row.council_session_id is not None
    assert row.field_id is not None
    assert row.level == "city"
    assert row.notes == "Ghi chú: xem lại"
    assert [(agency.as_written, agency.part) for agency in row.agencies] == [("Sở Xây dựng", "lead"), ("UBND huyện Gia Lâm", "with")]
    assert all(agency.agency_id for agency in row.agencies)
    assert [(answer.number, answer.answered_on, answer.answer_class) for answer in row.answers] == [("12/SXD", date(2025, 1, 20), "in_progress")]
    assert [person.name for person in row.petitioners] == ["Nguyễn Văn A"]
    assert [(one.system, one.reference) for one in row.references] == [("Mã ngoài HD", "KN-1")]
    assert row.code.startswith("HD16-")
    assert not row.code.startswith("HD16-00")


@both
def test_the_dry_run_says_the_same_and_writes_nothing(desk):
    rows = [ALL, FULL, ["KN-2", *[""] * 18], ["KN-3", "", "", "Đề nghị", *[""] * 15]]
    dry = counts(desk.run(rows, dry=True))
    assert desk.count(Petition) == 0
    assert desk.count(OutboxMessage) == 0
    assert counts(desk.run(rows)) == dry == expected(new=2, failed=1)


@both
def test_the_same_file_twice_adds_nothing(desk):
    rows = [HEADERS, ["KN-1", "2024", "Đề nghị một", "xã Gia Lâm"], ["", "2024", "Đề nghị hai", "xã Gia Lâm"]]
    desk.run(rows)
    before = (desk.count(JournalEntry), desk.count(OutboxMessage))
    assert counts(desk.run(rows)) == expected(same=2)
    assert desk.count(Petition) == 2
    assert desk.count(OutboxMessage) == before[1]
    assert desk.count(JournalEntry) == before[0] + 2  # the batch itself: begun, finished


@both
def test_every_row_has_its_journal_line_and_its_promise(desk):
    desk.run([HEADERS, *([f"KN-{n}", "14/11/2024", f"Đề nghị {n}", "xã Gia Lâm"] for n in range(1200))])
    assert desk.count(Petition) == desk.count(OutboxMessage) == desk.count(ImportedRow) == 1200
    with db.reading(desk.office.engine) as session:
        assert journal.first_broken(session)[1] is None
        acts = session.scalars(select(JournalEntry.subject_id).where(JournalEntry.act == actions.ACT_NEW)).all()
        assert sorted(acts) == sorted(session.scalars(select(Petition.id)))
        codes = session.scalars(select(Petition.code)).all()
        assert len(set(codes)) == 1200


@both
def test_a_changed_row_with_a_known_id_is_an_update_shown_old_to_new(desk):
    desk.run([HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", "xã Gia Lâm"]])
    code = desk.one().code
    changed = [HEADERS, ["KN-1", "14/11/2024", "Đề nghị một, bổ sung", "xã Gia Lâm"]]
    tally = desk.run(changed, dry=True)
    (change,) = tally.updates[0].changes
    assert (change.field, change.old, change.new) == ("text", "Đề nghị một", "Đề nghị một, bổ sung")
    assert counts(desk.run(changed)) == expected(updated=1)
    row = desk.one()
    assert (row.original_text, row.code, row.version) == ("Đề nghị một, bổ sung", code, 2)
    assert counts(desk.run(changed)) == expected(same=1)


@both
def test_an_answer_that_comes_later_is_an_update_and_leaves_the_rest(desk):
    desk.run([ALL, [*FULL[:13], "", "", "", "", *FULL[17:]]])
    assert desk.one().answers == []
    tally = desk.run([ALL, FULL])
    assert [change.field for change in tally.updates[0].changes] == ["answers"]
    row = desk.one()
    assert row.answers[0].text == "Đang làm"
    assert row.petitioners[0].name == "Nguyễn Văn A"


@both
def test_what_a_person_changed_is_never_overwritten_silently(desk):
    desk.run([HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", "xã Gia Lâm"]])
    row = desk.one()
    desk.change(row.id, lambda session, petition: setattr(petition, "original_text", "Đề nghị một (đã sửa)"))
    tally = desk.run([HEADERS, ["KN-1", "14/11/2024", "Đề nghị một, theo tệp", "xã Gia Lâm"]])
    assert counts(tally) == expected(failed=1)
    assert row.code in str(tally.remarks[-1].message)
    assert desk.one().original_text == "Đề nghị một (đã sửa)"
    # another field than the one the person changed goes in
    tally = desk.run([[*HEADERS, "Tóm tắt"], ["KN-1", "14/11/2024", "Đề nghị một", "xã Gia Lâm", "Tóm"]])
    assert counts(tally) == expected(updated=1)
    assert (desk.one().original_text, desk.one().summary) == ("Đề nghị một (đã sửa)", "Tóm")


@both
def test_one_bad_row_never_stops_the_rest(desk, monkeypatch):
    real = entry.add_all

    def stumble(session, many, **given):
        if any(values.text == "Đề nghị 7" for values in many):
            raise IntegrityError("INSERT", {}, Exception("lạ"))
        return real(session, many, **given)

    monkeypatch.setattr(actions, "add_all", stumble)
    tally = desk.run([HEADERS, *([f"KN-{n}", "14/11/2024", f"Đề nghị {n}", ""] for n in range(40))])
    assert counts(tally) == expected(new=39, failed=1)
    assert [row.number for row in tally.refused] == [9]
    with db.reading(desk.office.engine) as session:
        batch = session.scalars(select(ImportBatch)).one()
        assert (batch.imported, batch.failed, batch.next_row, batch.state) == (39, 1, 40, "done")


@both
def test_a_row_whose_id_a_person_entered_by_hand_is_left(desk):
    desk.run([HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", ""]])
    with db.transaction(desk.office.engine) as session:
        session.query(ImportedRow).delete()
    tally = desk.run([HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", ""]])
    assert counts(tally) == expected(failed=1)
    assert desk.count(Petition) == 1


def test_rows_from_before_the_term_or_other_places_go_in_marked(desk):
    rows = [["1", "2017", "Đề nghị một", "xã Gia Lâm"], ["2", "14/11/2024", "Đề nghị hai", "TP. Hồ Chí Minh"], ["3", "03/2010", "Đề nghị ba", ""]]
    assert counts(desk.run([HEADERS, *rows])) == expected(new=3)
    for text, outside in (("Đề nghị một", "before_term"), ("Đề nghị hai", "other_place"), ("Đề nghị ba", "before_term")):
        row = desk.one(original_text=text)
        assert (row.outside, row.code[:8]) == (outside, "HD16-00-")
    assert desk.one(original_text="Đề nghị một").as_written == {"received_on": "2017"}


def test_unknown_words_are_reported_kept_and_left_to_the_clerk(desk):
    heads = [*HEADERS, "Lĩnh vực", "Thẩm quyền", "Nguồn", "Kỳ họp", "Cơ quan giải quyết", "Kết quả", "Đơn vị bầu cử"]
    tally = desk.run([heads, ["1", "14/11/2024", "Đề nghị", "Xứ Lạ", "chuyện lạ", "cấp lạ", "nguồn lạ", "kỳ họp thứ 99", "Cục Lạ", "kết quả lạ", "77"]])
    assert counts(tally) == expected(new=1)
    assert {remark.column for remark in tally.remarks} == {"Địa bàn", *heads[4:]}
    row = desk.one()
    assert row.as_written == {"field": "chuyện lạ", "level": "cấp lạ", "origin": "nguồn lạ", "session": "kỳ họp thứ 99", "constituency": "77"}
    assert row.agencies[0].as_written == "Cục Lạ"
    assert row.answers[0].class_as_written == "kết quả lạ"
    assert row.place_words == "Xứ Lạ"


def test_the_constituency_of_the_file_stands_where_it_differs_and_is_said(desk):
    heads = [*HEADERS, "Đơn vị bầu cử"]
    tally = desk.run([heads, ["1", "14/11/2024", "Đề nghị", "huyện Gia Lâm", "ĐVBC số 1"], ["2", "14/11/2024", "Đề nghị hai", "", "1"]])
    first, second = desk.one(original_text="Đề nghị"), desk.one(original_text="Đề nghị hai")
    assert first.code[:8] == second.code[:8] == "HD16-01-"
    assert first.constituency_basis == "as_written"
    assert [remark.row for remark in tally.remarks if "lấy theo tệp" in str(remark.message)] == [2]
    assert counts(desk.run([heads, ["1", "14/11/2024", "Đề nghị", "huyện Gia Lâm", "ĐVBC số 1"]])) == expected(same=1)


def test_petitioners_stand_in_the_protected_table_alone(desk):
    desk.run([ALL, FULL])
    with db.reading(desk.office.engine) as session:
        assert session.scalars(select(Petitioner.name)).all() == ["Nguyễn Văn A"]
        batch = session.scalars(select(ImportBatch)).one()
        row = session.scalars(select(ImportedRow)).one()
        entries = session.scalars(select(JournalEntry.changes)).all()
        assert "Nguyễn" not in f"{batch.report}{row.fields}{entries}"


def test_the_same_file_is_not_taken_in_twice_at_once(desk):
    data = b"mot tep"
    desk.begin(data)
    with pytest.raises(Conflict, match="đang được nhập"):
        desk.begin(data)


def test_a_run_that_died_is_closed_when_its_lease_is_over(desk):
    data = b"mot tep"
    first = desk.begin(data)
    with db.transaction(desk.office.engine) as session:
        session.get_one(ImportBatch, first).held_until = clock.now() - timedelta(seconds=1)
    second = desk.begin(data)
    with db.reading(desk.office.engine) as session:
        assert session.get_one(ImportBatch, first).state == CANCELLED
    assert second != first


@both
def test_two_runs_of_the_same_rows_at_once_do_not_double(desk):
    rows = [HEADERS, *([f"KN-{n}", "14/11/2024", f"Đề nghị {n}", ""] for n in range(120))]
    done = []
    threads = [
        threading.Thread(target=lambda extra=extra: done.append(desk.run([[*row, ""] for row in rows] + [["", "", extra, "", ""]]))) for extra in ("a", "b")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 2
    assert desk.count(Petition) == 122
    assert sum(tally.counts[Verdict.NEW] for tally in done) == 122
    assert sum(tally.counts[Verdict.SAME] for tally in done) == 120
    assert not any(tally.counts[Verdict.REFUSED] for tally in done)


def test_a_full_disk_stops_with_a_sentence_and_what_is_in_stays(desk, monkeypatch):
    real, calls = entry.add_all, []

    def fill(session, many, **given):
        calls.append(len(many))
        if len(calls) > 1:
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))
        return real(session, many, **given)

    monkeypatch.setattr(actions, "add_all", fill)
    rows = [HEADERS, *([f"KN-{n}", "", f"Đề nghị {n}", ""] for n in range(200))]
    with pytest.raises(RuleBroken, match="đầy"):
        desk.run(rows)
    assert desk.count(Petition) == running.FIRST_ROWS
    monkeypatch.setattr(actions, "add_all", real)
    with db.transaction(desk.office.engine) as session:
        session.scalars(select(ImportBatch)).one().held_until = clock.now() - timedelta(seconds=1)
    assert counts(desk.run(rows)) == expected(new=200 - running.FIRST_ROWS, same=running.FIRST_ROWS)


def test_chunks_grow_and_shrink_with_the_time_they_take():
    pace = running.Pace()
    for _ in range(20):
        pace.learn(0.01)
    assert pace.size == running.MOST_ROWS
    pace.learn(2.0)
    assert pace.size == running.MOST_ROWS // 2
    for _ in range(20):
        pace.learn(2.0)
    assert pace.size == running.LEAST_ROWS
