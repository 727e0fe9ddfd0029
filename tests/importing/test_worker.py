"""The background side: a file is checked, confirmed, taken in; refused files, abandoned batches, a person whose rights are gone."""

from datetime import timedelta

import openpyxl
import pytest

from petitions.core import clock, db
from petitions.core.identity import Identity
from petitions.intake.importing import actions, report, storage, worker
from petitions.intake.importing.models import CHECKING, DONE, READY, REFUSED, ImportBatch
from petitions.intake.models import Petition
from tests.conftest import BOTH
from tests.importing.files import HEADERS, xlsx
from tests.make import accounts as make

ROWS = [HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", "xã Gia Lâm"], ["KN-2", "", "", ""], ["KN-3", "hôm qua", "Đề nghị ba", "Xứ Lạ"]]
both = pytest.mark.parametrize("office", BOTH, indirect=True)


def send(desk, data):
    """As the page does it."""
    storage.write_private(storage.upload_of(desk.office.settings.data_dir, desk.body_id(), storage.digest_of(data)), data)
    return desk.begin(data, CHECKING)


def batch(desk, batch_id):
    with db.reading(desk.office.engine) as session:
        found = session.get_one(ImportBatch, batch_id)
        session.refresh(found)
        session.expunge_all()
    return found


def confirm(desk, batch_id, started_by=None):
    with db.transaction(desk.office.engine) as session:
        standing = session.get_one(ImportBatch, batch_id)
        standing.started_by = started_by
        actions.confirm(session, standing, by=desk_by(), now=clock.now())


def desk_by():
    return Identity(user_id=None, username="thu", name="Người thử")


@both
def test_a_file_is_checked_confirmed_and_taken_in(desk):
    data = xlsx(ROWS)
    number = send(desk, data)
    assert worker.work(desk.office)
    checked = batch(desk, number)
    assert (checked.state, checked.rows, checked.imported, checked.failed) == (READY, 3, 2, 1)
    told = report.read(checked.report)
    assert [(refusal.row, refusal.column) for refusal in told.errors] == [(3, "Nội dung kiến nghị")]
    assert {group.column for group in told.remarks} == {"Ngày tiếp nhận", "Địa bàn"}
    assert desk.count(Petition) == 0
    assert not worker.work(desk.office)
    confirm(desk, number)
    assert worker.work(desk.office)
    done = batch(desk, number)
    assert (done.state, done.imported, done.failed, done.next_row) == (DONE, 2, 1, 3)
    assert desk.count(Petition) == 2
    folder = storage.folder(desk.office.settings.data_dir)
    assert [path.name for path in folder.iterdir()] == [f"{number}.errors.xlsx"]
    page = openpyxl.load_workbook(storage.errors_of(desk.office.settings.data_dir, number)).active
    assert page["C2"].value == "KN-2"
    assert not worker.work(desk.office)


def test_files_are_private(desk):
    send(desk, xlsx(ROWS))
    folder = storage.folder(desk.office.settings.data_dir)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(desk):
    number = send(desk, b"%PDF-1.7")
    assert worker.work(desk.office)
    refused = batch(desk, number)
    assert refused.state == REFUSED
    assert "PDF" in str(report.read(refused.report).refused)
    assert send(desk, b"%PDF-1.7") != number  # the same file may be sent again


def test_an_abandoned_run_goes_on_after_what_went_in(desk, monkeypatch):
    data = xlsx([HEADERS, *([f"KN-{n}", "", f"Đề nghị {n}", ""] for n in range(130))])
    number = send(desk, data)
    worker.work(desk.office)
    confirm(desk, number)
    real, calls = actions.write, []

    def die(*given, **named):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given, **named)

    monkeypatch.setattr(actions, "write", die)
    with pytest.raises(KeyboardInterrupt):
        worker.work(desk.office)
    monkeypatch.setattr(actions, "write", real)
    went_in = batch(desk, number).next_row
    assert 0 < went_in < 130
    assert not worker.work(desk.office)  # its lease still holds
    with db.transaction(desk.office.engine) as session:
        session.get_one(ImportBatch, number).held_until = clock.now() - timedelta(seconds=1)
    assert worker.work(desk.office)
    done = batch(desk, number)
    assert (done.state, done.imported, done.unchanged) == (DONE, 130, 0)
    assert desk.count(Petition) == 130


def test_a_person_without_the_right_any_more_stops_the_import(desk):
    with db.transaction(desk.office.engine) as session:
        user = make.user(session, roles=("delegate",))
    number = send(desk, xlsx(ROWS))
    worker.work(desk.office)
    confirm(desk, number, started_by=user.id)
    worker.work(desk.office)
    assert batch(desk, number).state == REFUSED
    assert desk.count(Petition) == 0


def test_old_files_are_tidied_away(desk):
    send(desk, xlsx(ROWS))
    folder = desk.office.settings.data_dir
    assert storage.tidy(folder, now=clock.now()) == 0
    assert storage.tidy(folder, now=clock.now() + storage.KEPT + timedelta(days=1)) == 1
