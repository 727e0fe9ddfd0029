"""The daily run that proposes urging drafts, over very many open duties: seconds, peak memory, what it made; then once more, which must add nothing.

Run by scripts/bench_duties in a process of its own, on a copy of the filled office (SQLite), so that the filled one stays as it is.
"""

import json
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from petitions import ports
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.demo import loading
from petitions.duties.models.duty import Duty
from petitions.duties.urging import job
from petitions.duties.workflow import RUNNING
from petitions.settings import Settings


def run(settings: Settings, size: int) -> None:
    """Measure, and print one JSON line for each of two runs on one day."""
    ports.introduce()
    with tempfile.TemporaryDirectory() as folder:
        source = settings.database_url.removeprefix("sqlite:///")
        on_sqlite = source != settings.database_url
        if on_sqlite:
            shutil.copy(source, Path(folder) / "petitions.sqlite")
            settings = replace(settings, data_dir=Path(folder), database_url=f"sqlite:///{folder}/petitions.sqlite")
        office = Office.open(settings)
        _measure(office, size, on_sqlite)
        office.engine.dispose()


def _measure(office: Office, size: int, again: bool) -> None:
    day, late = half_late(office, size)
    clock.hold(day)
    print(f"{late} overdue on {day}", file=sys.stderr)
    for name in ("daily proposals", "daily proposals, again")[: 2 if again else 1]:
        start = time.perf_counter()
        made = job.propose_all(office, day, clock.now())
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = {"bench": "duties", "case": name, "engine": office.engine.dialect.name, "size": size, "overdue": late, "seconds": round(took, 1)}
        line |= {"peak_mb": round(peak), "drafts": made.drafts, "reminders": made.notices, "items": made.items}
        print(json.dumps(line, ensure_ascii=False), flush=True)


def half_late(office: Office, size: int) -> tuple[date, int]:
    """The first day on which half of the open duties are overdue (at least the demo's own day), and how many are."""
    running = (Duty.state.in_(RUNNING), Duty.suspended_on.is_(None), Duty.next_due.is_not(None))
    with db.reading(office.engine) as session:
        due = session.scalar(select(Duty.next_due).where(*running).order_by(Duty.next_due).offset(size // 2 - 1).limit(1)) or loading.DAY
        day = max(loading.DAY, due + timedelta(days=1))
        return day, session.scalar(select(func.count()).select_from(Duty).where(*running, Duty.next_due < day)) or 0
