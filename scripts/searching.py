"""Measures the search at a size, beside other engines on the same petitions. Run by scripts/bench_search; JSON lines out, words on standard error."""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import select

from petitions.core import db
from petitions.core.office import Office
from petitions.intake.indexing import KIND
from petitions.intake.models import Petition
from petitions.search import building, sources, storage, writer
from petitions.search.documents import CODE, SearchDocument
from scripts.searching_bench import engines, filling, freshness, hostile, material, measuring, pages, questions, servers
from scripts.searching_bench.material import line, say
from scripts.searching_bench.questions import FACETS, Paper

ENGINES = ("petitions", "fts5", "postgresql", "tantivy", "whoosh")
SAMPLE = 3000  # papers of which questions are made


def main() -> None:
    """Fill, build, ask, compare."""
    if sys.argv[1:2] == ["--reader"]:
        freshness.reader(Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
        return
    if sys.argv[1:2] == ["--worker"]:
        writer.run_forever(filling.office(Path(sys.argv[2]), sys.argv[3]), threading.Event())
        return
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=20_000)
    asked.add_argument("--corpus", type=Path, help="JSON lines with the text in `body` or `text`, perhaps gzipped; a seeded generator when not given")
    asked.add_argument("--keep", type=Path, help="a folder for prepared databases and indexes: used again when they are there")
    asked.add_argument("--engines", default=",".join(ENGINES))
    asked.add_argument("--questions", type=int, default=200)
    asked.add_argument("--rebuild", action="store_true", help="measure a rebuild even when there is an index")
    asked.add_argument("--fresh", action=argparse.BooleanOptionalAction, default=True, help="measure freshness with eight readers")
    asked.add_argument("--pages", action=argparse.BooleanOptionalAction, default=True, help="measure the search page")
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = given.keep / str(given.size) if given.keep else Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-search-")))
        office = filled(folder, given.size, given.corpus)
        built(office, given.size, again=given.rebuild)
        papers = sample(office)
        cases = questions.cases(papers, given.questions)
        figures = {}
        for engine in opened(stack, folder, office, [name for name in given.engines.split(",") if name in ENGINES], given.size):
            say(f"asking {engine.name}")
            figures[engine.name] = measuring.measure(engine, cases, given.size)
        if "petitions" in figures:
            measuring.compare(figures, given.size)
        if "petitions" in figures or given.pages:
            hostile.hostile(office.settings.index_dir, given.size)
        if given.pages:
            pages.pages(office, cases["mixed"], given.size)
        if given.fresh:
            freshness.fresh(office, cases["mixed"], folder, given.size)
        office.engine.dispose()


def filled(folder: Path, size: int, corpus: Path | None) -> Office:
    """An office with `size` petitions in `folder`."""
    fresh = not (folder / "petitions.sqlite").exists()
    office = filling.office(folder)
    if fresh:
        say("filling the database")
        filling.prepare(office)
    missing = size - filling.held(office)
    if missing > 0:
        filling.fill(office, material.texts(missing, corpus))
    return office


def built(office: Office, size: int, *, again: bool) -> None:
    """The index, built anew when there is none or when it is to be measured."""
    generation = storage.current(office.settings.index_dir)
    if generation is not None and storage.fits(generation) and not again:
        writer.catch_up(office)
        return
    say("building the index")
    begun = time.monotonic()
    done = building.rebuild(office, lambda n, total: say(f"  {n} of {total}") if n % 20_000 < building.CHUNK else None)
    seconds = time.monotonic() - begun
    state = building.status(office.settings.index_dir)
    figures = {"seconds": round(seconds, 1), "per_second": round(done / seconds), "segments": state["segments"], "megabytes": state["megabytes"]}
    line(bench="search", case="rebuild", engine="petitions", size=size, **figures, target_per_second=500)


def opened(stack: ExitStack, folder: Path, office: Office, wanted: Sequence[str], size: int) -> Iterator[engines.Engine]:
    """The engines, each filled with the same papers."""

    def texts(numbers: Sequence[int]) -> dict[int, str]:
        with db.reading(office.engine) as session:
            rows = session.execute(select(Petition.id, Petition.original_text).where(Petition.id.in_(numbers)))
            return dict(rows.tuples().all())

    for name in wanted:
        if name == "petitions":
            yield engines.Ours(office.settings.index_dir, texts)
        elif name == "whoosh":
            generation = storage.current(office.settings.index_dir)
            assert generation is not None
            yield engines.Plain(generation, texts)
        elif name == "fts5":
            fts = engines.Fts5(folder / "fts5.sqlite")
            _build(fts, office, size, needed=fts.fresh)
            yield fts
        elif name == "tantivy":
            if find_spec("tantivy") is None:
                say("tantivy is not installed: .venv/bin/pip install --require-hashes -r requirements-bench.lock")
                continue
            tantivy = engines.Tantivy(folder / "tantivy")
            _build(tantivy, office, size, needed=tantivy.fresh)
            yield tantivy
        elif servers.programs() is None:
            say("PostgreSQL's programs are not installed")
        else:
            postgres = engines.Postgres(stack.enter_context(servers.postgresql()))
            stack.callback(postgres.connection.close)
            _build(postgres, office, size, needed=True)
            yield postgres


def _build(engine: engines.Engine, office: Office, size: int, *, needed: bool) -> None:
    if not needed:
        return
    say(f"building {engine.name}")
    begun = time.monotonic()
    engine.build(papers(many) for many in building.documents(office))
    seconds = time.monotonic() - begun
    line(bench="search", case="rebuild", engine=engine.name, size=size, seconds=round(seconds, 1), per_second=round(size / seconds))


def papers(documents: Sequence[SearchDocument]) -> list[Paper]:
    """Documents as the other engines get them: one text, one value a facet."""
    return [
        Paper(  # type: ignore[misc,arg-type,unused-ignore]
            document.subject_id,
            "\n".join(text for part, text in document.texts.items() if part != CODE),
            *((document.filters.get(facet) or ("",))[0] for facet in FACETS),  # type: ignore[misc,arg-type,unused-ignore]
            day=document.received_on.toordinal() if document.received_on else 0,
        )
        for document in documents
    ]


def sample(office: Office) -> list[Paper]:
    """Papers from all over, of which questions are made."""
    with db.reading(office.engine) as session:
        numbers = session.scalars(select(Petition.id).order_by(Petition.id)).all()
    step = max(1, len(numbers) // SAMPLE)
    source = sources.source_of(KIND)
    assert source is not None
    with db.reading(office.engine) as session:
        chosen = list(numbers[::step])
        return [paper for start in range(0, len(chosen), 500) for paper in papers(source.load(session, chosen[start : start + 500]))]


if __name__ == "__main__":
    main()
