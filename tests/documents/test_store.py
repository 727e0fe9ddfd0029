"""The store keeps a content once, gives it back byte for byte, and says in words that the disk is full."""

import errno
import hashlib
import io
import stat
from pathlib import Path
from typing import Any

import pytest
from obstore.exceptions import BaseError

from petitions.core.disk import DiskFull
from petitions.core.errors import NotFound, RuleBroken
from petitions.documents import store
from petitions.web import uploads
from tests.make import documents as make

DATA = b"noi dung" * 100_000
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_a_content_is_kept_once_and_comes_back_whole(tmp_path: Path) -> None:
    kept = store.open_store(tmp_path)
    source = io.BytesIO(DATA)
    source.read(17)  # wherever the reader stands
    assert kept.keep(DIGEST, source)
    assert not kept.keep(DIGEST, io.BytesIO(b"other"))
    found = kept.original(DIGEST)
    assert (found.size, b"".join(found.blocks)) == (len(DATA), DATA)
    assert list(kept.digests()) == [DIGEST]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [DIGEST]


def test_the_folder_is_the_services_own(tmp_path: Path) -> None:
    store.open_store(tmp_path)
    assert stat.S_IMODE((tmp_path / "documents").stat().st_mode) == 0o700


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    kept = store.open_store(tmp_path)
    assert kept.size(DIGEST) is None
    with pytest.raises(NotFound):
        kept.original(DIGEST)
    with pytest.raises(NotFound):
        kept.preview(DIGEST, 1)


@pytest.mark.parametrize(
    ("problem", "refusal"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (BaseError("Generic LocalFileSystem error: Unable to copy data to file: No space left on device (os error 28)"), DiskFull),
        (OSError(errno.EIO, "Input/output error"), RuleBroken),
    ],
)
def test_a_full_disk_is_one_clear_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception, refusal: type[Exception]) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        raise problem

    monkeypatch.setattr("petitions.documents.store.obstore.put", fail)
    with pytest.raises(refusal) as told:
        store.open_store(tmp_path).keep(DIGEST, io.BytesIO(DATA))
    assert ("đầy" in str(told.value)) == (refusal is DiskFull)


def test_the_same_file_under_two_names_is_kept_once(tmp_path: Path) -> None:
    one = make.received(make.pdf("Nội dung"), "một.pdf", tmp_path)
    other = make.received(make.pdf("Nội dung"), "hai.pdf", tmp_path)
    assert one.digest == other.digest
    assert (one.name, other.name) == ("một.pdf", "hai.pdf")
    assert len(list(store.open_store(tmp_path / "data").digests())) == 1


def test_a_file_with_a_mark_of_secrecy_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="TỐIMẬT"):
        make.received(make.docx("TỐI MẬT", "Kế hoạch"), "kế hoạch.docx", tmp_path)
    assert not list(tmp_path.rglob("originals"))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("petitions.documents.receiving.MOST_BYTES", 100)
    with pytest.raises(RuleBroken, match="lớn hơn"):
        make.received(b"a" * 101, "a.txt", tmp_path)


class Full(io.FileIO):
    """A file on a full disk."""

    def write(self, _data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_upload_onto_a_full_disk_is_told_while_it_lands(tmp_path: Path) -> None:
    landing = uploads.Landing(Full(tmp_path / "file", "w+"))  # type: ignore[arg-type,unused-ignore]
    with pytest.raises(DiskFull, match="đầy"):
        landing.write(b"x" * 1_000_000)
    small = uploads.Landing(Full(tmp_path / "small", "w+"))  # type: ignore[arg-type,unused-ignore]
    small.write(b"x")
    with pytest.raises(DiskFull):
        small.seek(0)
