"""An office with many petitions in its database: the facts of the demo office's rows, the texts of the material, no journal."""

import itertools
import random
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select

from petitions import cli, ports
from petitions.core import clock, db, migrate
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.demo import loading
from petitions.intake.models import ExternalReference, ImportedAnswer, Petition, PetitionAgency
from petitions.settings import Settings
from scripts.searching_bench.material import say

CHUNK = 2000
PARTS = (PetitionAgency, ImportedAnswer)


def office(folder: Path, database: str | None = None) -> Office:
    """The office of a bench in `folder`; its database may already be full."""
    ports.introduce()
    folder.mkdir(parents=True, exist_ok=True)
    url = database or f"sqlite:///{folder}/petitions.sqlite"
    return Office.open(Settings(data_dir=folder, database_url=url, secret_key="bench-" * 8, today=loading.DAY, demo_password="Bench-Only-2026!"))


def held(where: Office) -> int:
    """How many petitions there are."""
    with db.reading(where.engine) as session:
        return session.scalar(select(func.count()).select_from(Petition)) or 0


def prepare(where: Office) -> None:
    """Tables, reference data, and the demo office's petitions, which are the patterns."""
    migrate.upgrade(where.engine)
    for room in cli.REFERENCE:
        with db.transaction(where.engine) as session:
            room.load(session, by=SYSTEM, now=clock.now())
    loading.load(where)


def fill(where: Office, texts: Iterable[str], seed: int = 2026) -> int:
    """One petition per text, behind those that stand; how many there are then."""
    tables = {model: _table(model) for model in (Petition, ExternalReference, *PARTS)}
    patterns, parts, number = _patterns(where.engine)
    chance = random.Random(seed)
    source = iter(texts)
    while chunk := list(itertools.islice(source, CHUNK)):
        rows: list[dict[str, Any]] = []
        hanging: dict[Any, list[dict[str, Any]]] = {model: [] for model in PARTS}
        for text in chunk:
            number += 1
            pattern = chance.choice(patterns)
            days = timedelta(days=chance.randrange(-400, 60))
            moved = {name: pattern[name] + days for name in ("met_on", "dated_on", "listed_on", "received_on") if pattern.get(name)}
            own = {"id": number, "code": f"BENCH-{number:07}", "original_text": text, "summary": " ".join(text.split()[:18]) if number % 2 else ""}
            rows.append(pattern | moved | own | {"form_token": None, "digest": None})
            for model, lines in parts.items():
                hanging[model] += [line | {"petition_id": number} for line in lines.get(pattern["id"], ())]
        references = [{"petition_id": row["id"], "system": "bench", "reference": f"B-{row['id']:07}"} for row in rows]
        with db.transaction(where.engine) as session:
            session.execute(insert(tables[Petition]), rows)
            session.execute(insert(tables[ExternalReference]), references)
            for model, added in hanging.items():
                if added:
                    session.execute(insert(tables[model]), added)
        if number % 20_000 < CHUNK:
            say(f"  {number} petitions in the database")
    with where.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return held(where)


def _table(model: Any) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _patterns(engine: Engine) -> tuple[list[dict[str, Any]], dict[type, dict[int, list[dict[str, Any]]]], int]:
    with db.reading(engine) as session:
        patterns = [dict(row._mapping) for row in session.execute(select(_table(Petition)).where(Petition.state.in_(["registered", "classified"])).limit(400))]
        known = {pattern["id"] for pattern in patterns}
        parts: dict[type, dict[int, list[dict[str, Any]]]] = {}
        for model in PARTS:
            of_model: dict[int, list[dict[str, Any]]] = parts.setdefault(model, {})
            for row in session.execute(select(_table(model)).where(_table(model).c.petition_id.in_(known))):
                values = dict(row._mapping)
                of_model.setdefault(values["petition_id"], []).append({name: value for name, value in values.items() if name != "id"})
        number = session.scalar(select(func.max(Petition.id))) or 0
    return patterns, parts, number
