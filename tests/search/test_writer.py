"""Feeding the index from the outbox: nothing lost, nothing twice, whoever dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from petitions.core import db
from petitions.core.office import Office
from petitions.outbox.actions import promise
from petitions.search import building, feeding, finding, schema, storage, writer
from petitions.search.engine import Engine as SearchEngine
from petitions.search.finding import Asked
from petitions.search.reading import DAMAGED
from tests.search import notes

ROOT = Path(__file__).resolve().parents[2]


def found(office: Office, text: str) -> list[int]:
    with db.reading(office.engine) as session:
        rows = finding.find(session, finding.engine_of(office), Asked(text=text, limit=100), None).rows
    return sorted(row.hit.subject_id for row in rows)


def test_what_is_written_is_found(shelf: Office) -> None:
    notes.write(shelf, "đèn đường hỏng", "ngập úng")
    assert writer.bring_in(shelf) == 0
    assert found(shelf, "đèn") == [1]
    notes.change(shelf, 1, "vỉa hè vỡ")
    notes.change(shelf, 2, None)
    notes.write(shelf, "đèn mới", first=3)
    assert writer.waiting(shelf) == 3
    assert writer.catch_up(shelf) == 3
    assert found(shelf, "đèn") == [3]
    assert found(shelf, "vỉa") == [1]
    assert found(shelf, "ngập") == []


def test_bringing_in_ends_while_others_keep_saving(shelf: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch that goes in is followed by another save: what was there at the start is in, the end is not run after."""
    monkeypatch.setattr(feeding, "BATCH", 1)
    notes.write(shelf, "đèn một", "đèn hai")
    writer.ensure(shelf)
    saved = [10]
    drain = feeding.drain_once

    def busy(office: Office, generation: Path) -> int:
        many = drain(office, generation)
        saved[0] += 1
        assert saved[0] < 20, "it runs after what others save"
        notes.write(office, "đèn muộn", first=saved[0])
        return many

    notes.write(shelf, "đèn ba", "đèn bốn", first=3)
    monkeypatch.setattr(feeding, "drain_once", busy)
    assert writer.bring_in(shelf, timeout=20) == 0
    assert set(found(shelf, "đèn")) >= {1, 2, 3, 4}
    assert writer.waiting(shelf) > 0
    monkeypatch.setattr(feeding, "drain_once", drain)
    assert writer.catch_up(shelf) > 0
    assert writer.waiting(shelf) == 0


def test_a_rolled_back_change_is_not_found(shelf: Office) -> None:
    with pytest.raises(RuntimeError), db.transaction(shelf.engine) as session:
        session.execute(sa.insert(notes.notes).values(id=1, body="đèn"))
        promise(session, "index", ("note", 1), now=notes.NOW)
        raise RuntimeError
    writer.catch_up(shelf)
    assert found(shelf, "đèn") == []


def test_repeating_a_batch_changes_nothing(shelf: Office) -> None:
    notes.write(shelf, "đèn một", "đèn hai")
    writer.catch_up(shelf)
    generation = storage.current(shelf.settings.index_dir)
    assert generation is not None
    (generation / storage.CURSOR).unlink()  # died between the commit and the cursor
    assert writer.catch_up(shelf) == 2
    assert found(shelf, "đèn") == [1, 2]
    assert building.status(shelf.settings.index_dir)["documents"] == 2


def test_many_single_writes_keep_few_segments(shelf: Office) -> None:
    writer.catch_up(shelf)
    for number in range(1, 40):
        notes.write(shelf, f"đèn {number}", first=number)
        writer.catch_up(shelf)
    state = building.status(shelf.settings.index_dir)
    assert state["documents"] == 39
    assert state["segments"] <= 14
    assert len(found(shelf, "đèn")) == 39


def test_one_writer_at_a_time(shelf: Office) -> None:
    writer.catch_up(shelf)
    code = f"""
import sys
from pathlib import Path
from petitions.search import storage
with storage.writing(Path({str(shelf.settings.index_dir)!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(storage.Busy):
            writer.catch_up(shelf, wait=0.1)
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    assert writer.catch_up(shelf, wait=0.1) == 0  # the lock died with its holder


def test_another_schema_is_noticed_and_rebuilt(shelf: Office) -> None:
    notes.write(shelf, "đèn")
    writer.catch_up(shelf)
    before = storage.current(shelf.settings.index_dir)
    assert before is not None
    (before / storage.VERSIONS).write_text("schema 0\nanalyser 0\n")
    writer.catch_up(shelf)
    after = storage.current(shelf.settings.index_dir)
    assert after is not None
    assert after != before
    assert not before.exists()
    assert found(shelf, "đèn") == [1]


def test_a_damaged_index_is_rebuilt(shelf: Office) -> None:
    notes.write(shelf, *(f"đèn số {n}" for n in range(50)))
    writer.catch_up(shelf)
    generation = storage.current(shelf.settings.index_dir)
    assert generation is not None
    for path in generation.glob("*.trm"):
        path.write_bytes(b"\x00" * 64)
    engine = SearchEngine(shelf.settings.index_dir)
    with db.reading(shelf.engine) as session:
        results = finding.find(session, engine, Asked(text="đèn"), None).results
    assert not results.ready
    assert (generation / DAMAGED).exists()
    writer.catch_up(shelf)
    with db.reading(shelf.engine) as session:
        assert finding.find(session, engine, Asked(text="đèn"), None).results.total == 50


def test_rebuild_verify_and_repair(shelf: Office) -> None:
    notes.write(shelf, "một", "hai", "ba")
    seen: list[tuple[int, int | None]] = []
    assert building.rebuild(shelf, lambda done, total: seen.append((done, total))) == 3
    assert seen[-1][0] == 3
    assert writer.verify(shelf)[0].none
    with db.transaction(shelf.engine) as session:  # behind the outbox's back
        session.execute(sa.update(notes.notes).where(notes.notes.c.id == 1).values(body="một khác"))
        session.execute(sa.delete(notes.notes).where(notes.notes.c.id == 2))
        session.execute(sa.insert(notes.notes).values(id=4, body="bốn"))
    differences, mended = writer.verify(shelf)
    assert (differences.missing, differences.stale, differences.orphaned, mended) == (["note:4"], ["note:1"], ["note:2"], False)
    assert writer.verify(shelf, repair=True)[1]
    assert writer.verify(shelf)[0].none
    assert found(shelf, "bốn") == [4]
    assert found(shelf, "hai") == []


def test_what_changes_during_a_rebuild_is_in_it(shelf: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.write(shelf, "đèn")
    plain = building.documents

    def meanwhile(office: Office):
        yield from plain(office)
        notes.write(office, "đèn mới", first=2)

    monkeypatch.setattr(building, "documents", meanwhile)
    building.rebuild(shelf)
    assert found(shelf, "đèn") == [1, 2]


def test_the_worker_makes_a_change_visible_within_two_seconds(shelf: Office) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=writer.run_forever, args=(shelf, stop))
    worker.start()
    try:
        time.sleep(0.5)
        notes.write(shelf, "đèn")
        until = time.monotonic() + 8  # generous: the machine may be busy
        while not found(shelf, "đèn") and time.monotonic() < until:
            time.sleep(0.05)
        assert found(shelf, "đèn") == [1]
    finally:
        stop.set()
        worker.join(10)
    assert not worker.is_alive()


WRITER = """
import sys
from petitions.core.office import Office
from petitions.core.db import make_engine
from petitions.settings import Settings
from pathlib import Path
from petitions.search import feeding, writer
from tests.search import notes
notes.register()
feeding.BATCH = 7
office = Office(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="for-tests-" * 5), make_engine(sys.argv[2]))
print("ready", flush=True)
while True:
    writer.catch_up(office)
"""


@pytest.mark.parametrize("after", [0.05, 0.4])
def test_a_killed_writer_loses_nothing(shelf: Office, after: float) -> None:
    notes.write(shelf, *(f"đèn số {n}" for n in range(150)))
    arguments = [str(shelf.settings.data_dir), shelf.settings.database_url]
    for _ in range(2):
        with subprocess.Popen([sys.executable, "-c", WRITER, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            time.sleep(after)
            other.kill()
            other.wait()
    assert writer.bring_in(shelf) == 0
    assert len(found(shelf, "đèn")) == 100  # the page's limit
    assert writer.verify(shelf)[0].none
    assert building.status(shelf.settings.index_dir)["documents"] == 150
    leftovers = [path.name for path in shelf.settings.index_dir.glob("g-*/*") if path.name.endswith(".tmp")]
    assert leftovers == []


def test_readers_go_on_while_segments_are_replaced(shelf: Office) -> None:
    notes.write(shelf, *(f"đèn số {n}" for n in range(30)))
    writer.catch_up(shelf)
    engine = finding.engine_of(shelf)
    snapshot = engine.reader.snapshot()
    index = schema.open_index(Path(snapshot.folder))
    index.optimize()
    building.rebuild(shelf)
    assert snapshot.frequency(schema.EXACT, "đèn") == 30  # the old files are gone; who holds them reads on
    assert len(found(shelf, "đèn")) == 30
