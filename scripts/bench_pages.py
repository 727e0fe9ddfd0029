"""Server time and SQL statements of the pages people open most, with many petitions. One JSON line a case; words go to standard error.

The demo office is multiplied: its petitions are copied with new codes, days and numbers of voters until there are enough, each with its
agencies and one journal line. Pages are asked for through the application itself, signed in as a clerk, without a browser.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, Table, event, func, insert, select

from petitions import cli, ports
from petitions.app import create_app
from petitions.core import clock, db, migrate
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.demo import loading
from petitions.intake.models import Petition, PetitionAgency
from petitions.journal.actions import record
from petitions.settings import Settings

PASSWORD = "Bench-Only-2026!"
CHUNK = 1000
WARM = 3


def main() -> None:
    """Fill, then measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--database", help="an empty PostgreSQL database; SQLite in a temporary folder when not given")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = wanted.database or f"sqlite:///{folder}/petitions.sqlite"
        settings = Settings(data_dir=Path(folder), database_url=url, secret_key="bench-" * 8, today=loading.DAY, demo_password=PASSWORD)
        # In a process of its own: what filling leaves in memory would slow the pages that are measured.
        filling = get_context("spawn").Process(target=fill, args=(settings, wanted.size))
        filling.start()
        filling.join()
        if filling.exitcode:
            raise SystemExit("filling failed")
        office = Office.open(settings)
        measure(office, wanted.size, wanted.rounds)
        office.engine.dispose()


def fill(settings: Settings, size: int) -> None:
    """The demo office, multiplied to `size` petitions."""
    office = Office.open(settings)
    say("filling")
    ports.introduce()
    migrate.upgrade(office.engine)
    for room in cli.REFERENCE:
        with db.transaction(office.engine) as session:
            room.load(session, by=SYSTEM, now=clock.now())
    loading.load(office)
    petitions, agencies = Petition.__table__, PetitionAgency.__table__
    assert isinstance(petitions, Table)
    assert isinstance(agencies, Table)
    with db.reading(office.engine) as session:
        model = [dict(row._mapping) for row in session.execute(select(petitions).where(Petition.state != "draft"))]
        parts: dict[int, list[dict[str, Any]]] = {}
        for part in session.execute(select(agencies)):
            parts.setdefault(part.petition_id, []).append(dict(part._mapping))
        number = session.scalar(select(func.max(Petition.id))) or 0
        missing = size - (session.scalar(select(func.count()).select_from(petitions)) or 0)
    dice = random.Random(2026)
    while missing > 0:
        rows, lines = [], []
        for _ in range(min(CHUNK, missing)):
            number += 1
            pattern = dice.choice(model)
            days = timedelta(days=dice.randrange(-60, 60))
            moved = {name: pattern[name] + days for name in ("dated_on", "listed_on", "received_on") if pattern.get(name)}
            rows.append(pattern | moved | {"id": number, "code": f"BENCH-{number:07}", "form_token": None, "digest": None})
            lines += [line | {"petition_id": number, "id": None} for line in parts.get(pattern["id"], ())]
        with db.transaction(office.engine) as session:
            session.execute(insert(petitions), rows)
            session.execute(insert(agencies), [{name: value for name, value in line.items() if name != "id"} for line in lines])
            for row in rows:
                record(session, "petition.enter", ("petition", row["id"]), by=SYSTEM, now=clock.now(), changes={"state": (None, row["state"])})
        missing -= len(rows)
    with office.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    office.engine.dispose()


def measure(office: Office, size: int, rounds: int) -> None:
    """Ask for each page `rounds` times; print p50, p95 and the number of statements."""
    app = create_app(office)
    client = app.test_client()
    client.post("/sign-in", data=fields_of(client, "/sign-in") | {"username": "clerk", "password": PASSWORD})
    for case, paths in cases(office).items():
        times, statements = [], []
        for turn in range(rounds + WARM):
            path = paths[turn % len(paths)]
            with counted(office.engine) as count:
                start = time.perf_counter()
                answer = client.get(path)
                took = (time.perf_counter() - start) * 1000
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
            if turn >= WARM:
                times.append(took)
                statements.append(count[0])
        figures = {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(statistics.quantiles(times, n=20)[18], 1)}
        line = {"bench": "pages", "case": case, "engine": office.engine.dialect.name, "size": size, **figures, "statements": max(statements)}
        print(json.dumps(line), flush=True)


def cases(office: Office) -> dict[str, list[str]]:
    """The pages, each with some addresses that are taken in turn."""
    with db.reading(office.engine) as session:
        codes = session.scalars(select(Petition.code).where(Petition.state == "classified").order_by(Petition.id.desc()).limit(50)).all()
        numbers = session.scalars(select(Petition.constituency_id).where(Petition.constituency_id.is_not(None)).distinct().limit(10)).all()
        fields = session.scalars(select(Petition.field_id).where(Petition.field_id.is_not(None)).distinct().limit(10)).all()
    return {
        "list": ["/petitions"],
        "list, page 50": ["/petitions?page=50"],
        "list of a constituency": [f"/petitions?constituency={number}" for number in numbers],
        "list of a field": [f"/petitions?field={number}" for number in fields],
        "petition": [f"/petitions/{code}" for code in codes],
        "home of the clerk": ["/"],
        "form": ["/petitions/new"],
    }


def fields_of(client: FlaskClient, path: str) -> dict[str, str]:
    """The hidden fields of a form."""
    found: dict[str, str] = {}
    for tag in client.get(path).get_data(as_text=True).split("<input")[1:]:
        marks = dict(part.split("=", 1) for part in tag.split(">")[0].replace("\n", " ").split() if "=" in part)
        if marks.get("type", "").strip('"') == "hidden":
            found[marks["name"].strip('"')] = marks.get("value", '""').strip('"')
    return found


class counted:  # noqa: N801 (a block, read like a word)
    """Counts the statements sent to the database within the block."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.count = engine, [0]

    def __enter__(self) -> list[int]:
        event.listen(self.engine, "before_cursor_execute", self._one)
        return self.count

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._one)

    def _one(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.count[0] += statement != "BEGIN"  # PostgreSQL's driver sends it unseen


def say(words: str) -> None:
    """Progress, on standard error."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
