"""Writing an archive of the office, and bringing an office back from one."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from petitions.backup import archive, rows
from petitions.backup.archive import Manifest, Part
from petitions.core import db, migrate
from petitions.core.errors import Conflict, RuleBroken
from petitions.core.office import Office
from petitions.core.words import say
from petitions.notifications import mailbox

LEFT_OUT = ("index", "incoming", "petitions.sqlite", "secret-key")
Progress = Callable[[str], None]


def back_up(office: Office, target: Path, *, now: datetime, progress: Progress = lambda name: None) -> Manifest:
    """Write the whole office into `target` (a new file, mode 600): one consistent picture of the rows, then the files.

    Raises Conflict when the file exists, RuleBroken when the database has no tables yet. A half-written archive is removed.
    """
    if target.exists():
        raise Conflict(say("Tệp «{name}» đã có. Hãy chọn tên khác; bản sao lưu cũ không bị ghi đè.", name=target.name))
    revision = migrate.current(office.engine)
    if revision is None:
        raise RuleBroken(say("Cơ sở dữ liệu còn trống, chưa có gì để sao lưu."))
    manifest = Manifest(revision=revision, written_at=now.isoformat())
    partial = target.with_name(target.name + ".partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as out:
            _put_rows(office, out, manifest, progress)
            for name, path in _files(office.settings.data_dir):
                progress(name)
                _blocks, size, digest = archive.put(out, archive.member_name("files", name), archive.blocks_of(path))
                manifest.files[name] = Part(size, digest)
            archive.put_manifest(out, manifest)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def restore(office: Office, source: Path, *, now: datetime, progress: Progress = lambda name: None) -> Manifest:
    """Bring an office back into an empty database and data folder; all rows in one transaction.

    The archive is checked before anything is touched; what was written is read again and compared, table by table, before the commit.
    Mail that waited when the archive was written may have been sent since, so a person decides about it.
    Raises RuleBroken when the archive does not fit or the database is not empty.
    """
    opened, manifest = archive.open_checked(source)
    with closing(opened):
        _must_be_empty(office)
        migrate.upgrade(office.engine, manifest.revision)
        with office.engine.execution_options(writes=True).begin() as connection:
            standing = {table.name: table for table in rows.tables(connection)}
            for table in standing.values():
                progress(table.name)
                if table.name in manifest.tables:
                    with opened.open(archive.member_name("rows", table.name)) as member:
                        rows.write(connection, table, iter(member))
                    rows.go_on_counting(connection, table)
            for name, part in manifest.tables.items():
                digest, count = hashlib.sha256(), 0
                for line in rows.lines(connection, standing[name]):
                    digest.update(line)
                    count += 1
                if Part(count, digest.hexdigest()) != part:
                    raise RuleBroken(say("Bảng «{name}» sau khi khôi phục không khớp bản sao lưu; đã hoàn lại, chưa có gì được ghi.", name=name))
        _write_files(office.settings.data_dir, opened, manifest)
    migrate.upgrade(office.engine)
    with db.transaction(office.engine) as session:
        mailbox.doubt_what_waited(session, now=now)
    return manifest


def _put_rows(office: Office, out: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> None:
    engine = office.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection, connection.begin():
        for table in rows.tables(connection):
            progress(table.name)
            count, _size, digest = archive.put(out, archive.member_name("rows", table.name), rows.lines(connection, table))
            manifest.tables[table.name] = Part(count, digest)


def _files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(data_dir.rglob("*")):
        name = path.relative_to(data_dir).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith(LEFT_OUT) and not name.endswith((".lock", ".partial", ".zip")):
            yield name, path


def _must_be_empty(office: Office) -> None:
    with office.engine.connect() as connection:
        for table in rows.tables(connection):
            if connection.scalar(select(func.count()).select_from(table)):
                raise RuleBroken(say("Cơ sở dữ liệu đích không trống (bảng «{name}» đã có dữ liệu). Hãy khôi phục vào cơ sở dữ liệu mới.", name=table.name))


def _write_files(data_dir: Path, opened: zipfile.ZipFile, manifest: Manifest) -> None:
    for name, part in manifest.files.items():
        path = data_dir / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as target, opened.open(archive.member_name("files", name)) as member:
            while block := member.read(archive.BLOCK):
                target.write(block)
        if archive.digest_of(path) != part.digest:
            raise RuleBroken(say("Tệp «{name}» ghi ra không khớp bản sao lưu; hãy kiểm tra ổ đĩa rồi khôi phục lại.", name=name))
