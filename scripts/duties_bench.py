"""Server time, processor time and SQL statements of the pages of duties, with very many open ones. Run by scripts/bench_duties; one JSON line a case.

Pages are asked for through the application itself, signed in as those who use them, without a browser. `figures` is the question behind a
report (as of a day, by agency), not a page.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import select

from petitions.agencies.models import Agency
from petitions.app import create_app
from petitions.core import db
from petitions.core.office import Office
from petitions.demo import loading
from petitions.duties.models.duty import Duty
from petitions.duties.queries import figures
from petitions.intake.models import Petition
from petitions.settings import Settings
from scripts import duties_filling, urging_bench
from scripts.bench_pages import counted, fields_of

PASSWORD = "Bench-Only-2026!"
WARM = 3


@dataclass(frozen=True, slots=True)
class Case:
    """Pages that `user` asks for in turn."""

    name: str
    user: str
    paths: list[str]


def main() -> None:
    """Fill (in a process of its own: what it leaves in memory would slow the pages), then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="a folder in which the filled office stays, and is used again")
    parser.add_argument("--database", help="an empty PostgreSQL database; SQLite in the folder when not given")
    parser.add_argument("--only", default="", help="the cases whose name holds this word")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = wanted.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        ready = kept / f"filled-{wanted.size}"
        url = wanted.database or f"sqlite:///{kept}/petitions.sqlite"
        settings = Settings(data_dir=kept, database_url=url, secret_key="bench-" * 8, today=loading.DAY, demo_password=PASSWORD)
        if not ready.exists():
            filling = get_context("spawn").Process(target=duties_filling.fill, args=(settings, wanted.size))
            filling.start()
            filling.join()
            if filling.exitcode:
                raise SystemExit("filling failed")
            ready.touch()
        office = Office.open(settings)
        measure(office, wanted.size, wanted.rounds, wanted.only)
        office.engine.dispose()
        if wanted.only in "daily proposals":
            proposing = get_context("spawn").Process(target=urging_bench.run, args=(settings, wanted.size))
            proposing.start()
            proposing.join()
            if proposing.exitcode:
                raise SystemExit("proposing failed")


def measure(office: Office, size: int, rounds: int, only: str) -> None:
    """Ask for everything `rounds` times; print p50, p95, the slowest, and the number of statements."""
    app = create_app(office)
    browsers: dict[str, Any] = {}
    for case in cases(office):
        if only not in case.name:
            continue
        if case.user not in browsers:
            client = browsers[case.user] = app.test_client()
            client.post("/sign-in", data=fields_of(client, "/sign-in") | {"username": case.user, "password": PASSWORD})
        print_line(office, case.name, size, [one(browsers[case.user], path) for path in case.paths], rounds)
    if only in "figures":
        print_line(office, "figures by agency", size, [lambda: figures_of(office)], max(rounds // 8, 3))


def one(client: Any, path: str) -> Callable[[], None]:
    """Ask for a page."""

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")

    return ask


def figures_of(office: Office) -> None:
    """The figures of every agency as of a past day."""
    with db.reading(office.engine) as session:
        figures.by_agency(session, date(2026, 1, 15))


def print_line(office: Office, name: str, size: int, asks: list[Callable[[], None]], rounds: int) -> None:
    """Measure one case."""
    times, busy, statements = [], [], []
    for turn in range(rounds + WARM):
        with counted(office.engine) as count:
            start, own = time.perf_counter(), time.process_time()
            asks[turn % len(asks)]()
            took, used = (time.perf_counter() - start) * 1000, (time.process_time() - own) * 1000
        if turn >= WARM:
            times.append(took)
            busy.append(used)
            statements.append(count[0])
    figures_: Mapping[str, float] = {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": percentile(times),
        "cpu_p95_ms": percentile(busy),  # on a busy machine the fairer one; with SQLite the database's work is in it
        "max_ms": round(max(times), 1),
    }
    line = {"bench": "duties", "case": name, "engine": office.engine.dialect.name, "size": size, **figures_, "statements": max(statements)}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def percentile(values: list[float]) -> float:
    """Of a hundred, ninety-five take no longer."""
    return round(statistics.quantiles(values, n=20, method="inclusive")[18], 1)


def cases(office: Office) -> list[Case]:
    """The pages, each with some addresses that are taken in turn."""
    with db.reading(office.engine) as session:
        own = select(Agency.id).where(Agency.name == "Sở Xây dựng").scalar_subquery()
        some = select(Duty.id, Petition.code).join(Petition, Petition.id == Duty.subject_id).where(Duty.agency_id == own, Duty.state != "recalled")
        rows = session.execute(some.order_by(Duty.id.desc()).limit(60)).all()
        print(f"Sở Xây dựng: {session.query(Duty).filter(Duty.agency_id == own).count()} duties", file=sys.stderr)
    petitions, duties = [f"/petitions/{code}" for _, code in rows], [f"/duties/{number}" for number, _ in rows]
    return [
        Case("agency's inbox", "agency", ["/inbox"]),
        Case("agency's inbox, overdue", "agency", ["/inbox?section=late"]),
        Case("agency's inbox, page 20", "agency", ["/inbox?page=20"]),
        Case("agency's home", "agency", ["/"]),
        Case("agency's duty", "agency", duties),
        Case("agency's petition page", "agency", petitions),
        Case("city office's inbox", "ubnd", ["/inbox"]),
        Case("city office's inbox, overdue", "ubnd", ["/inbox?section=late"]),
        Case("city office's home", "ubnd", ["/"]),
        Case("clerk's petition page", "clerk", petitions),
        Case("supervisor's petition page", "supervisor", petitions),
        Case("supervisor's home", "supervisor", ["/"]),
        Case("standing committee's home", "standing", ["/"]),
        Case("board", "supervisor", ["/board"]),
        Case("board's list", "supervisor", ["/board/list?what=late", "/board/list?what=missed", "/board/list?what=silent"]),
        Case("queue of answers to judge", "supervisor", ["/duties/queue/judge"]),
    ]


if __name__ == "__main__":
    main()
