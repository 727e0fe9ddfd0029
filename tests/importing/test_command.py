"""`petitions import`: exit statuses, JSON alone on standard output, refused rows in a file; and a run that is killed."""

import json
import os
import signal
import subprocess
import sys
import time

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from petitions.cli import cli
from petitions.core import db
from petitions.intake.models import Petition
from petitions.journal import queries as journal
from petitions.outbox.models import OutboxMessage
from tests.importing.files import HEADERS, xlsx

ROWS = [HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", "xã Gia Lâm"], ["KN-2", "", "", ""]]
KEYS = {"rows", "imported", "updated", "unchanged", "failed", "errors", "seconds"}


@pytest.fixture
def run(office, tmp_path):
    def go(data, *options, name="tep.xlsx"):
        file = tmp_path / name
        if data is not None:
            file.write_bytes(data)
        return CliRunner().invoke(cli, ["import", str(file), *options], obj=office)

    return go


def test_json_alone_on_standard_output_and_the_rows_can_be_found(run, office):
    done = run(xlsx(ROWS), "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(told) == KEYS
    assert [told[name] for name in ("rows", "imported", "failed")] == [2, 1, 1]
    assert [(error["row"], error["column"]) for error in told["errors"]] == [(3, "Nội dung kiến nghị")]
    found = CliRunner().invoke(cli, ["search", "--json", "--", "de nghi mot"], obj=office)
    assert json.loads(found.stdout)["results"][0]["external_id"] == "KN-1"
    again = json.loads(run(xlsx(ROWS), "--json").stdout)
    assert [again[name] for name in ("imported", "updated", "unchanged")] == [0, 0, 1]


def test_a_dry_run_writes_nothing(run, office, desk):
    done = run(xlsx(ROWS), "--dry-run", "--json")
    assert json.loads(done.stdout)["imported"] == 1
    assert desk.count(Petition) == 0


def test_refused_rows_come_back_in_the_file_asked_for(run, tmp_path):
    target = tmp_path / "loi.xlsx"
    assert run(xlsx(ROWS), "--errors", str(target)).exit_code == 0
    page = openpyxl.load_workbook(target).active
    assert page["C2"].value == "KN-2"
    assert target.stat().st_mode & 0o777 == 0o600


def test_nothing_that_can_go_in_is_status_1(run):
    done = run(xlsx([HEADERS, ["KN-2", "", "", ""]]))
    assert done.exit_code == 1
    done = run(b"%PDF-1.7", "--json")
    assert done.exit_code == 1
    assert set(json.loads(done.stdout)) == KEYS
    assert "PDF" in done.stderr


def test_wrong_use_is_status_2(run, tmp_path):
    missing = run(None, name="khong-co.xlsx")
    assert missing.exit_code == 2
    assert "khong-co.xlsx" in missing.stderr
    assert run(xlsx(ROWS), "--errors", str(tmp_path / "loi.txt")).exit_code == 2
    assert CliRunner().invoke(cli, ["import"]).exit_code == 2


def test_after_kill_minus_9_what_went_in_stays_and_the_same_file_goes_on(run, office, tmp_path):
    count = 3_000
    file = tmp_path / "nhieu.xlsx"
    file.write_bytes(xlsx([HEADERS, *([f"KN-{n}", "14/11/2024", f"Đề nghị số {n} về đường làng", ""] for n in range(count))]))
    environment = {
        **os.environ,
        "PETITIONS_DATA_DIR": str(office.settings.data_dir),
        "PETITIONS_DATABASE_URL": office.settings.database_url,
        "PETITIONS_SECRET_KEY": office.settings.secret_key,
    }
    running = subprocess.Popen([sys.executable, "-m", "petitions", "import", str(file)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 90
    while rows(office)[0] == 0 and time.monotonic() < until and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    went_in, promised = rows(office)
    assert 0 < went_in < count
    assert promised == went_in
    with db.reading(office.engine) as session:
        assert journal.first_broken(session)[1] is None
    told = json.loads(run(None, "--json", name="nhieu.xlsx").stdout)
    assert (told["imported"], told["unchanged"], told["failed"]) == (count - went_in, went_in, 0)
    assert rows(office) == (count, count)


def rows(office):
    """(petitions, promises to the index)."""
    with db.reading(office.engine) as session:
        return tuple(session.scalar(select(func.count()).select_from(table)) for table in (Petition, OutboxMessage))
