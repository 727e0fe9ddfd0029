"""The index folder: what lies where, which generation is current, whose turn it is to write, how far the writer has come.

    index/
      current            name of the folder in use; replaced atomically
      writer.lock        held (flock) by the process that writes; free again when that process dies, however it dies
      rebuild.lock       held while a new generation is built beside
      merge.lock, merge/ held while segments are merged beside; the merged one until it is taken over
      g-000001/          one Whoosh index
        versions         schema and analyser that wrote it, as text
        cursor           "transaction id" of the last outbox message that is in it

The folder is trusted data (Whoosh's files hold pickles): mode 700, built here only, never taken from outside.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from petitions.core.errors import Conflict
from petitions.core.words import say
from petitions.outbox.queries import Cursor
from petitions.search.analysis import ANALYSER_VERSION

SCHEMA_VERSION = 3
CURRENT = "current"
VERSIONS = "versions"
CURSOR = "cursor"
GENERATION = "g-"
MERGE = "merge"


class Busy(Conflict):
    """Another process is writing this index."""


def versions() -> str:
    """What an index must have been written by to be read by this program."""
    return f"schema {SCHEMA_VERSION}\nanalyser {ANALYSER_VERSION}\n"


def current(folder: Path) -> Path | None:
    """The folder of the generation in use, or None when there is none yet."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    target = folder / name
    return target if name.startswith(GENERATION) and "/" not in name and target.is_dir() else None


def fits(generation: Path) -> bool:
    """Whether `generation` was written by this schema and analyser."""
    with suppress(OSError, ValueError):
        return (generation / VERSIONS).read_text(encoding="ascii") == versions()
    return False


def new_generation(folder: Path) -> Path:
    """An empty folder for the next generation; not in use until `switch`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    numbers = [int(path.name[len(GENERATION) :]) for path in folder.glob(f"{GENERATION}*") if path.name[len(GENERATION) :].isdigit()]
    target = folder / f"{GENERATION}{max(numbers, default=0) + 1:06}"
    target.mkdir(mode=0o700)
    return target


def seal(generation: Path) -> None:
    """Write down which schema and analyser this generation is of."""
    _replace(generation / VERSIONS, versions())


def switch(folder: Path, generation: Path) -> None:
    """Make `generation` the one in use, atomically, and remove the others; readers that hold an old one keep its open files."""
    _replace(folder / CURRENT, generation.name + "\n")
    for path in folder.glob(f"{GENERATION}*"):
        if path != generation:
            shutil.rmtree(path, ignore_errors=True)


def drop_unfinished(folder: Path) -> None:
    """Remove generations that no pointer names: what a killed rebuild left. Call with the rebuild lock held."""
    in_use = current(folder)
    for path in folder.glob(f"{GENERATION}*"):
        if path != in_use:
            shutil.rmtree(path, ignore_errors=True)


def read_cursor(generation: Path) -> Cursor:
    """How far this generation has come; the beginning when the file is missing or unreadable (work is then repeated, never lost)."""
    try:
        transaction, number = (generation / CURSOR).read_text(encoding="ascii").split()
        return Cursor(int(transaction), int(number))
    except (OSError, ValueError):
        return Cursor()


def write_cursor(generation: Path, cursor: Cursor) -> None:
    """Put the cursor down, after the commit it stands for: a crash between the two only repeats work."""
    _replace(generation / CURSOR, f"{cursor.transaction} {cursor.id}\n")


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="ascii") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def writing(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the writer's lock; raises `Busy` when another process (or thread) still holds it after `wait` seconds."""
    with _locked(folder / "writer.lock", wait):
        yield


@contextmanager
def rebuilding(folder: Path) -> Iterator[None]:
    """Hold the lock of a rebuild; raises `Busy` when one is running."""
    with _locked(folder / "rebuild.lock", 0.0):
        yield


@contextmanager
def tidying(folder: Path) -> Iterator[None]:
    """Hold the lock of a merge; raises `Busy` when one is running."""
    with _locked(folder / "merge.lock", 0.0):
        yield


def merge_folder(folder: Path) -> Path:
    """An empty folder for a merge beside the generations; what a killed merge left is removed. Call with the lock of merges held."""
    target = folder / MERGE
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700)
    return target


@contextmanager
def _locked(path: Path, wait: float) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + wait
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy(say("Một tiến trình khác đang ghi chỉ mục tìm kiếm. Hãy chờ một lát rồi làm lại.")) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(handle)
