"""Writing segments: the same terms, weights and bytes as the slow way, whole when they are joined, and taken over without a loss."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.core.office import Office
from petitions.search import adopting, beside, block_writing, building, part_builder, postings, schema, storage, writer
from petitions.search.documents import BODY, CODE, PARTS, SearchDocument
from petitions.search.gathering import Gathered
from petitions.search.segment_writer import Writer
from petitions.search.tidying import Tidying
from petitions.search.weights import weigh
from tests.search import notes
from tests.search.conftest import Index
from tests.search.notes import document

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["đường", "Đường", "hoà", "hòa", "ngõ", "12", "a1", "a", "QĐ", "179/QĐ-UBND", "HD16-20-00123", "—", "z", "ở"]
texts = st.dictionaries(st.sampled_from(PARTS), st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=12).map(" ".join), max_size=4)


@settings(max_examples=80, deadline=None)
@given(st.lists(texts, max_size=5))
def test_a_segment_holds_what_each_document_weighs(many: list[dict[str, str]]) -> None:
    gathered = Gathered()
    expected: dict[str, dict[str, dict[int, float]]] = {"exact": {}, "folded": {}, "pairs": {}}
    for number, one in enumerate(many):
        gathered.texts(number, one)
        weighed = weigh(one)
        for field, of_field in expected.items():
            for term, weight in getattr(weighed, field).items():
                of_field.setdefault(term, {})[number] = weight
    for field, of_field in expected.items():
        lists = list(getattr(gathered, field)())
        assert [term.decode() for term, _, _ in lists] == sorted(of_field)
        for term, documents, weights in lists:
            assert dict(zip(documents, weights, strict=True)) == pytest.approx(of_field[term.decode()], abs=1 / 16)


steps = st.one_of(st.integers(1, 255), st.integers(1, 255), st.integers(1, 70_000))
weights = st.one_of(st.integers(1, 400).map(lambda n: n / 16), st.just(1.0))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(steps, weights), min_size=1, max_size=60), st.integers(1, 9), st.booleans())
def test_a_block_is_read_as_it_was_written(rows: list[tuple[int, float]], times: int, same: bool) -> None:
    rows = rows * times
    documents = np.cumsum([step for step, _ in rows]).tolist()
    worths = [1.25 if same else worth for _, worth in rows]
    block = block_writing._block(documents, worths, 3, last=True)
    found: tuple[list[Any], list[Any]] = ([], [])
    postings._block(block[4:], *found)
    assert found[0][0].tolist() == documents
    assert found[1][0].tolist() == worths


def files(folder: Path, monkeypatch: pytest.MonkeyPatch, *, own: bool) -> dict[str, bytes]:
    monkeypatch.setattr(block_writing, "TESTED", block_writing.whoosh.__version__ if own else ())  # type: ignore[attr-defined]
    folder.mkdir()
    rng = random.Random(5)
    segment: Any = Writer(schema.create(folder))
    for number in range(1300):
        words = ["chung", *rng.choices(WORDS, k=rng.randint(1, 30)), f"riêng{number}"]
        segment.put(SearchDocument("note", number, None, None, {BODY: " ".join(words), CODE: f"N-{number}"}, {"ward": (str(number % 7),)}))
    segment.commit(merge=False)
    return {path.suffix: path.read_bytes() for path in folder.iterdir() if path.suffix in (".trm", ".pst")}


def test_bytes_are_those_of_whooshs_own_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = files(tmp_path / "ours", monkeypatch, own=True), files(tmp_path / "theirs", monkeypatch, own=False)
    assert set(ours) == {".trm", ".pst"}
    assert ours == theirs


def lists_of(index: Index) -> dict[tuple[str, str], dict[int, float]]:
    """Term → subject id → weight, over all segments, without the deleted."""
    found: dict[tuple[str, str], dict[int, float]] = {}
    for part in index.engine.reader.snapshot().segments:
        numbers = part.segment.column(schema.NUMBER)
        for field in (schema.EXACT, schema.FOLDED, schema.PAIRS, schema.FACETS, schema.KEY):
            for term in part.segment.lexicon(field):
                many = part.segment.postings(field, term)
                for place, weight in zip(many.documents, many.weights, strict=True):
                    if part.alive[place]:
                        found.setdefault((field, term), {})[int(numbers[place])] = float(weight)
    return found


def filled(index: Index, seed: int) -> None:
    rng = random.Random(seed)
    for start in range(0, 90, 15):
        index.add(*(document(n, " ".join(rng.choices(WORDS, k=rng.randint(1, 20))), ward=str(n % 5)) for n in range(start, start + 15)))
    index.remove(*(f"note:{rng.randrange(90)}" for _ in range(20)))


@pytest.mark.parametrize("seed", range(4))
def test_a_merge_beside_keeps_every_posting(index: Index, tmp_path: Path, seed: int) -> None:
    filled(index, seed)
    before = lists_of(index)
    names = [segment.segment_id() for segment in schema.open_index(index.generation)._segments()][1:]
    part = tmp_path / "part"
    part.mkdir()
    part_builder.merge(index.generation, part, names)
    index.add(document(200, "đường mới"))  # meanwhile the writer goes on
    index.remove("note:20", "note:21", "note:0")
    changed = lists_of(index)
    with np.load(part / part_builder.PLACES) as places:
        assert adopting.adopt(index.generation, part, [(name, places[name]) for name in names])
        assert not adopting.adopt(index.generation, part, [(name, places[name]) for name in names])  # they are gone
    assert lists_of(index) == changed
    assert len(schema.open_index(index.generation)._segments()) == 3
    assert before != changed
    assert sorted(index.ids("đường mới"))[-1] == 200


def test_a_rebuild_in_several_processes_finds_the_same(shelf: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.write(shelf, *(f"đèn số {n} ngõ {n % 7}" for n in range(700)))
    building.rebuild(shelf)
    alone = storage.current(shelf.settings.index_dir)
    assert alone is not None
    monkeypatch.setattr(building, "FEW", 0)
    monkeypatch.setattr(beside, "processes", lambda: 2)
    held = building.held(alone)
    assert building.rebuild(shelf) == 700
    together = storage.current(shelf.settings.index_dir)
    assert together is not None
    assert building.held(together) == held
    assert building.status(shelf.settings.index_dir)["segments"] in (1, 2)  # the quicker process may have taken all
    assert not list(together.glob("part-*"))
    assert writer.verify(shelf)[0].none


def test_a_rebuild_whose_process_dies_leaves_the_old_index(shelf: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.write(shelf, *(f"đèn số {n}" for n in range(20)))
    building.rebuild(shelf)
    before = storage.current(shelf.settings.index_dir)
    monkeypatch.setattr(building, "FEW", 0)
    start = beside.start

    def dying(*arguments: str, fed: bool = False) -> subprocess.Popen[bytes]:
        one = start(*arguments, fed=fed)
        one.kill()
        one.wait()
        return one

    monkeypatch.setattr(beside, "start", dying)
    with pytest.raises(beside.Failed):
        building.rebuild(shelf)
    assert storage.current(shelf.settings.index_dir) == before
    monkeypatch.setattr(beside, "start", start)
    assert building.rebuild(shelf) == 20


def test_builders_keep_nothing_when_their_starter_dies(tmp_path: Path) -> None:
    one = beside.start("build", str(tmp_path), fed=True)
    one.communicate(part_builder.frame([document(1, "đèn")]), timeout=60)  # the pipe closes without the end being said
    assert one.returncode == 1
    assert schema.open_index(tmp_path).doc_count() == 0


def test_the_plain_reader_reads_what_is_written(index: Index) -> None:
    index.add(*(document(n, f"đèn {'ngõ ' * (n % 3)}") for n in range(20)))
    segment = index.engine.reader.snapshot().segments[0].segment
    for term in segment.lexicon(schema.EXACT):
        one, other = postings.quick(segment.reader, schema.EXACT, term.encode()), postings.plain(segment.reader, schema.EXACT, term.encode())
        assert np.array_equal(one.documents, other.documents)
        assert np.array_equal(one.weights, other.weights)


def crowded(shelf: Office) -> None:
    """An office whose index has many segments of one size: more than a commit may merge."""
    writer.catch_up(shelf)
    for start in range(0, 9 * 70, 70):
        notes.write(shelf, *(f"đèn số {n}" for n in range(start, start + 70)), first=start + 1)
        writer.catch_up(shelf)


def wait_for(tidying: Tidying) -> None:
    until = time.monotonic() + 60
    while tidying.busy and time.monotonic() < until:
        tidying.step(look=False)
        time.sleep(0.05)
    assert not tidying.busy


def test_segments_are_merged_beside_while_the_writer_goes_on(shelf: Office) -> None:
    crowded(shelf)
    before = building.status(shelf.settings.index_dir)["segments"]
    tidying, other = Tidying(shelf), Tidying(shelf)
    assert tidying.step(look=True)
    assert not other.step(look=True)  # one merge at a time
    notes.write(shelf, "ngập úng", first=5000)
    notes.change(shelf, 3, None)
    writer.catch_up(shelf)  # does not wait for the merge
    wait_for(tidying)
    state = building.status(shelf.settings.index_dir)
    assert state["segments"] < before
    assert state["documents"] == 9 * 70
    assert writer.verify(shelf)[0].none
    assert not (shelf.settings.index_dir / storage.MERGE).exists()


def test_a_merge_of_segments_that_are_gone_is_left_alone(shelf: Office) -> None:
    crowded(shelf)
    before = building.status(shelf.settings.index_dir)
    generation = storage.current(shelf.settings.index_dir)
    assert generation is not None
    assert part_builder.main(["merge", str(generation), str(storage.merge_folder(shelf.settings.index_dir)), "MAIN_gone"]) == part_builder.GONE
    assert building.status(shelf.settings.index_dir) == before


def test_a_killed_merge_changes_nothing(shelf: Office) -> None:
    crowded(shelf)
    before = building.status(shelf.settings.index_dir)
    tidying = Tidying(shelf)
    assert tidying.step(look=True)
    assert tidying._running is not None
    tidying._running.process.send_signal(signal.SIGKILL)
    wait_for(tidying)
    assert building.status(shelf.settings.index_dir) == before
    assert tidying.step(look=True)  # and it is tried again
    tidying.stop()
    assert building.status(shelf.settings.index_dir) == before
    assert writer.verify(shelf)[0].none


REBUILDER = """
import sys
from pathlib import Path
from petitions.core.db import make_engine
from petitions.core.office import Office
from petitions.search import beside, building
from petitions.settings import Settings
from tests.search import notes
notes.register()
building.FEW, building.CHUNK = 0, 10
beside.processes = lambda: 2
office = Office(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="for-tests-" * 5), make_engine(sys.argv[2]))
print("ready", flush=True)
building.rebuild(office)
"""


@pytest.mark.parametrize("after", [0.1, 0.6])
def test_a_killed_rebuild_leaves_the_index_that_was(shelf: Office, after: float) -> None:
    notes.write(shelf, *(f"đèn số {n}" for n in range(400)))
    building.rebuild(shelf)
    before = building.status(shelf.settings.index_dir)
    arguments = [str(shelf.settings.data_dir), shelf.settings.database_url]
    with subprocess.Popen([sys.executable, "-c", REBUILDER, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        time.sleep(after)
        other.kill()
    state = building.status(shelf.settings.index_dir)
    assert state["ready"]
    assert state["documents"] == before["documents"]
    assert writer.verify(shelf)[0].none
    assert building.rebuild(shelf) == 400  # and the half-built one is gone
    assert len(list(shelf.settings.index_dir.glob("g-*"))) == 1
