"""How soon a new petition is found: alone, and while eight processes query. `reader` is one of those processes."""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, insert, select

from petitions.core import clock, db
from petitions.core.office import Office
from petitions.intake.models import Petition
from petitions.outbox.actions import promise
from petitions.search import writer
from petitions.search.engine import Engine
from petitions.search.parsing import parse
from petitions.search.requests import SearchRequest
from scripts.searching_bench.material import line
from scripts.searching_bench.questions import Question

READERS, NEW = 8, 25
PATIENCE = 60.0
PAUSE = 0.05  # a person reads


def reader(folder: Path, questions: Path, seconds: float) -> None:
    """Query until the time is over; then tell how much memory it took and how quick it was."""
    texts = json.loads(questions.read_text())
    engine, times = Engine(folder), list[float]()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for text in texts:
            begun = time.perf_counter()
            engine.search(SearchRequest(parse(text), facets=("constituency", "field", "level", "state")))
            times.append((time.perf_counter() - begun) * 1000)
            if time.monotonic() > until:
                break
            time.sleep(PAUSE)
    times.sort()
    figures = {"own_mb": _own_mb(), "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "p50_ms": round(statistics.median(times), 2)}
    print(json.dumps(figures | {"p95_ms": round(times[int(len(times) * 0.95)], 2), "queries": len(times)}))


def _own_mb() -> int:
    """Memory that is this process's own; the rest of `mb` are pages of the index that all readers share and the system may take back."""
    status = Path("/proc/self/status")
    found = re.search(r"^RssAnon:\s+(\d+)", status.read_text(), re.MULTILINE) if status.exists() else None
    return round(int(found.group(1)) / 1024) if found else 0


def start_reader(folder: Path, questions: Path, seconds: float) -> subprocess.Popen[str]:
    """A reader as a process of its own."""
    program = [sys.executable, "-m", "scripts.searching", "--reader", str(folder), str(questions), str(seconds)]
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})


def memory(office: Office, questions: Path, size: int) -> None:
    """The memory of one reader that has answered all questions."""
    one = start_reader(office.settings.index_dir, questions, 20)
    told = json.loads(one.communicate()[0])
    line(bench="search", case="memory of a reader", engine="petitions", size=size, **told)


def fresh(office: Office, questions: Sequence[Question], folder: Path, size: int) -> None:
    """Add petitions one by one: first alone, then with eight readers and the worker's loop going on."""
    file = folder / "questions.json"
    file.write_text(json.dumps([question.text for question in questions]))
    memory(office, file, size)
    engine = Engine(office.settings.index_dir)
    engine.search(SearchRequest(parse("đường")))
    alone = [_visible(office, engine, lambda: writer.catch_up(office)) for _ in range(NEW)]
    _tell("add one until visible", alone, size, target_ms=300)
    readers = [start_reader(office.settings.index_dir, file, 90) for _ in range(READERS)]
    worker = subprocess.Popen([sys.executable, "-m", "scripts.searching", "--worker", str(office.settings.data_dir), office.settings.database_url])
    # Nine processes begin at once here; none of that is measured.
    _visible(office, engine, lambda: time.sleep(0.02))
    time.sleep(2)
    among = [_visible(office, engine, lambda: time.sleep(0.02)) for _ in range(NEW)]
    _tell("add one among 8 readers", among, size, target_ms=2000)
    worker.terminate()
    worker.wait()
    told = [json.loads(one.communicate()[0]) for one in readers]
    line(
        bench="search",
        case="each of 8 readers",
        engine="petitions",
        size=size,
        p50_ms=statistics.median(one["p50_ms"] for one in told),
        p95_ms=max(one["p95_ms"] for one in told),
    )


def _visible(office: Office, engine: Engine, meanwhile: Any) -> float:
    word = f"sổmới{time.time_ns()}"
    table = Petition.__table__
    assert isinstance(table, Table)
    with db.transaction(office.engine) as session:
        pattern = dict(session.execute(select(table).order_by(table.c.id.desc()).limit(1)).one()._mapping)
        number = (session.scalar(select(func.max(table.c.id))) or 0) + 1
        session.execute(insert(table).values(**pattern | {"id": number, "code": f"BENCH-{number:07}", "original_text": f"kiến nghị {word}"}))
        promise(session, "index", ("petition", number), now=clock.now())
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE:
        meanwhile()
        if engine.search(SearchRequest(parse(word), correct=False)).total:
            break
    return (time.perf_counter() - begun) * 1000


def _tell(case: str, times: list[float], size: int, **more: object) -> None:
    times.sort()
    line(bench="search", case=case, engine="petitions", size=size, p50_ms=round(statistics.median(times)), p95_ms=round(times[int(len(times) * 0.95)]), **more)
