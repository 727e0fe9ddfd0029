"""A whole office goes into one file and comes back, on either engine; what does not fit is refused before anything is touched."""

import json
import zipfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from petitions.backup import actions, archive
from petitions.core import clock, db, migrate
from petitions.core.errors import Conflict, RuleBroken
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.journal import actions as journal
from petitions.journal import queries as journal_queries
from petitions.journal.models import JournalEntry
from petitions.outbox import actions as outbox

NOW = datetime(2026, 1, 20, 2, tzinfo=UTC)
BOTH = ["sqlite", "postgresql"]


@pytest.fixture
def empty(own_engine: Engine, office: Office, tmp_path: Path) -> Office:
    """Where to restore to: a database of the other or the same kind, without rows, and an empty folder."""
    folder = tmp_path / "restored"
    folder.mkdir()
    return Office(replace(office.settings, data_dir=folder), own_engine)


def put_something_in(office: Office) -> None:
    with db.transaction(office.engine) as session:
        journal.record(session, "try.act", ("try", 1), by=SYSTEM, now=NOW, changes={"chữ": (None, "Ngập úng «Hoà Lạc» 😀")})
        outbox.promise(session, "index", ("try", 1), now=NOW)
    (office.settings.data_dir / "imports").mkdir(exist_ok=True)
    (office.settings.data_dir / "imports" / "giấy.bin").write_bytes(bytes(range(256)) * 5000)
    (office.settings.data_dir / "index").mkdir(exist_ok=True)
    (office.settings.data_dir / "index" / "left-out").write_text("x")
    (office.settings.data_dir / "secret-key").write_text("never in an archive")


@pytest.mark.parametrize("office", BOTH, indirect=True)
def test_an_office_comes_back_on_either_engine(office: Office, empty: Office, tmp_path: Path) -> None:
    put_something_in(office)
    file = tmp_path / "office.zip"
    written = actions.back_up(office, file, now=NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    assert "imports/giấy.bin" in written.files
    assert not {name for name in written.files if name.startswith(("index", "secret"))}
    assert written.tables["admin_units"].count > 600

    restored = actions.restore(empty, file, now=clock.now())

    assert restored.tables == written.tables
    assert (empty.settings.data_dir / "imports" / "giấy.bin").read_bytes() == bytes(range(256)) * 5000
    again = actions.back_up(empty, tmp_path / "again.zip", now=NOW)
    assert again.tables == written.tables
    with db.reading(empty.engine) as session:
        assert journal_queries.first_broken(session)[1] is None
    with db.transaction(empty.engine) as session:  # counters go on behind the restored rows, and the chain goes on
        journal.record(session, "try.later", ("try", 2), by=SYSTEM, now=NOW)
    with db.reading(empty.engine) as session:
        assert journal_queries.first_broken(session)[1] is None
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == written.tables["journal_entries"].count + 1


def test_a_file_that_exists_is_never_overwritten(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "office.zip"
    file.write_text("older")
    with pytest.raises(Conflict):
        actions.back_up(office, file, now=NOW)
    assert file.read_text() == "older"


def test_a_disk_that_fills_leaves_no_half_archive(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "put_manifest", full)
    with pytest.raises(OSError, match="space"):
        actions.back_up(office, tmp_path / "office.zip", now=NOW)
    assert list(tmp_path.glob("office.zip*")) == []


def test_an_empty_database_has_nothing_to_back_up(office: Office, tmp_path: Path) -> None:
    bare = Office(office.settings, db.make_engine(f"sqlite:///{tmp_path / 'bare.sqlite'}"))
    with pytest.raises(RuleBroken):
        actions.back_up(bare, tmp_path / "bare.zip", now=NOW)


def test_a_database_with_rows_is_not_restored_into(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "office.zip"
    actions.back_up(office, file, now=NOW)
    with pytest.raises(RuleBroken, match="không trống"):
        actions.restore(office, file, now=clock.now())


def forge(file: Path, name: str, content: bytes) -> None:
    """The same archive with one part changed."""
    with zipfile.ZipFile(file) as source:
        parts = {member: source.read(member) for member in source.namelist()}
    parts[name] = content
    with zipfile.ZipFile(file, "w") as target:
        for member, data in parts.items():
            target.writestr(member, data)


def put_manifest(file: Path, manifest: archive.Manifest) -> None:
    forge(file, archive.MANIFEST, json.dumps(asdict(manifest)).encode())


def test_a_changed_part_is_named_and_nothing_is_touched(office: Office, empty: Office, tmp_path: Path) -> None:
    file = tmp_path / "office.zip"
    actions.back_up(office, file, now=NOW)
    forge(file, "rows/admin_units.jsonl", b"{}\n")
    with pytest.raises(RuleBroken, match="admin_units"):
        actions.restore(empty, file, now=clock.now())
    with empty.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(JournalEntry)) == 0


@pytest.mark.parametrize("content", [b"", b"PK nothing", None])
def test_what_is_no_archive_is_refused_in_words(empty: Office, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "office.zip"
    if content is None:
        with zipfile.ZipFile(file, "w") as target:
            target.writestr("rows/x.jsonl", "{}")
    else:
        file.write_bytes(content)
    with pytest.raises(RuleBroken, match=r"office\.zip"):
        actions.restore(empty, file, now=clock.now())


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", "a\\b"])
def test_no_part_is_written_outside_the_data_folder(office: Office, empty: Office, tmp_path: Path, name: str) -> None:
    file = tmp_path / "office.zip"
    manifest = actions.back_up(office, file, now=NOW)
    manifest.files[name] = archive.Part(1, "0" * 64)
    put_manifest(file, manifest)
    with pytest.raises(RuleBroken):
        actions.restore(empty, file, now=clock.now())


def test_an_archive_of_a_later_format_is_refused(office: Office, empty: Office, tmp_path: Path) -> None:
    file = tmp_path / "office.zip"
    manifest = actions.back_up(office, file, now=NOW)
    manifest.format = 99
    put_manifest(file, manifest)
    with pytest.raises(RuleBroken, match="99"):
        actions.restore(empty, file, now=clock.now())


def test_the_step_of_the_archive_is_brought_up_to_now(empty: Office) -> None:
    assert migrate.current(empty.engine) == migrate.newest()
