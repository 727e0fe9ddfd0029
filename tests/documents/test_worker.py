"""The background reading: once per content, by one worker, again when one died, and in the end given up; the store checked and backed up."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from petitions.backup import actions as backup
from petitions.backup import archive
from petitions.core import clock
from petitions.documents import checking, commands, guard, store, worker
from petitions.documents.models import DONE, FAILED
from petitions.web import uploads
from tests.conftest import BOTH
from tests.documents.conftest import Desk
from tests.make import documents as make

both = pytest.mark.parametrize("office", BOTH, indirect=True)


@contextmanager
def running(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The loop, until everything is read or twenty seconds are over."""
    monkeypatch.setattr(worker, "POLL", 0.05)
    stop = threading.Event()
    loop = threading.Thread(target=worker.run_forever, args=(desk.office, stop))
    loop.start()
    try:
        yield
        for _ in range(200):
            if desk.documents()[0].content.state == DONE:
                break
            stop.wait(0.1)
    finally:
        stop.set()
        loop.join(20)


@both
def test_the_loop_is_woken_by_the_outbox(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(desk, monkeypatch):
        threading.Event().wait(0.5)  # it has looked around and found nothing
        desk.send(desk.browser("clerk"), (make.pdf("Ngập úng"), "a.pdf"))
    assert desk.documents()[0].content.state == DONE


def test_what_waited_before_the_start_is_read_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send(desk.browser("clerk"), (make.pdf("Ngập úng"), "a.pdf"))
    with running(desk, monkeypatch):
        pass
    assert desk.documents()[0].content.state == DONE


@both
def test_a_worker_that_died_is_followed_by_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send(desk.browser("clerk"), (make.pdf("x"), "a.pdf"))

    def die(*_given: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(guard, "run", die)
        with pytest.raises(KeyboardInterrupt):
            worker.work(desk.office)
    assert not worker.work(desk.office)  # its lease still runs
    later(monkeypatch, worker.LEASE + timedelta(seconds=1))
    assert worker.work(desk.office)
    assert desk.documents()[0].content.state == DONE


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    moment = clock.now() + by
    monkeypatch.setattr("petitions.documents.worker.clock.now", lambda: moment)


def test_what_kills_every_worker_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send(desk.browser("clerk"), (make.pdf("x"), "a.pdf"))
    monkeypatch.setattr(worker, "LEASE", timedelta(0))

    def die(*_given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(guard, "run", die)
    for number in range(worker.MOST_TRIES):
        later(monkeypatch, timedelta(seconds=number + 1))
        with pytest.raises(KeyboardInterrupt):
            worker.work(desk.office)
    later(monkeypatch, timedelta(seconds=60))
    assert worker.work(desk.office)
    content = desk.documents()[0].content
    assert (content.state, content.problem) == (FAILED, "killed")
    assert not worker.work(desk.office)


def test_a_file_that_is_gone_from_the_store_is_told(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf("x"), "a.pdf"))
    for path in (desk.office.settings.data_dir / "documents" / "originals").rglob("*"):
        if path.is_file():
            path.unlink()
    desk.read_all()
    assert desk.documents()[0].content.problem == "missing"
    answer = clerk.get(f"{desk.path(clerk)}/file")
    assert answer.status_code == 404
    assert "không còn trong kho" in answer.text
    assert len(checking.differences(desk.office).missing) == 1
    told = CliRunner().invoke(commands.documents, ["verify"], obj=desk.office)
    assert told.exit_code == 1
    assert "Thiếu tệp" in told.stderr


def test_the_check_sees_changed_and_strange_files(desk: Desk) -> None:
    desk.send(desk.browser("clerk"), (make.pdf("x"), "a.pdf"), (b"chu", "b.txt"))
    told = CliRunner().invoke(commands.documents, ["read"], obj=desk.office)
    assert "Đã đọc 2 tệp" in told.stdout
    assert CliRunner().invoke(commands.documents, ["verify"], obj=desk.office).exit_code == 0
    folder = desk.office.settings.data_dir / "documents" / "originals"
    changed = next(path for path in folder.rglob("*") if path.is_file())
    changed.write_bytes(b"other")
    (folder / "zz").mkdir()
    (folder / "zz" / "strange").write_bytes(b"x")
    found = checking.differences(desk.office)
    assert (found.checked, found.changed, found.missing, found.orphans) == (2, [changed.name], [], 1)


def test_a_backup_holds_the_store_and_nothing_on_its_way(desk: Desk, tmp_path: Path) -> None:
    desk.send(desk.browser("clerk"), (make.pdf("x"), "a.pdf"))
    desk.read_all()
    (uploads.folder(desk.office.settings.data_dir) / "half").write_bytes(b"x")
    backup.back_up(desk.office, tmp_path / "office.zip", now=clock.now())
    _, manifest = archive.open_checked(tmp_path / "office.zip")
    digest = desk.documents()[0].document.digest
    assert f"documents/originals/{digest[:2]}/{digest}" in manifest.files
    assert f"documents/previews/{digest[:2]}/{digest}/1" in manifest.files
    assert not [name for name in manifest.files if name.startswith("incoming")]
    assert {"documents", "document_contents", "document_texts", "document_links"} <= set(manifest.tables)
    assert store.open_store(desk.office.settings.data_dir).size(digest)
