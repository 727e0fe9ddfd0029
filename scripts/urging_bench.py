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
from pathlib import Path

from sqlalchemy import func, select, update

from petitions import ports
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.demo import loading
from petitions.duties.models.duty import Duty
from petitions.duties.urging import job
from petitions.duties.workflow import ACKNOWLEDGED, OPEN, RUNNING
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
    late = half_late(office, size) if again else overdue(office)
    clock.hold(loading.DAY)
    print(f"{late} overdue", file=sys.stderr)
    for name in ("daily proposals", "daily proposals, again")[: 2 if again else 1]:
        start = time.perf_counter()
        made = job.propose_all(office, loading.DAY, clock.now())
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = {"bench": "duties", "case": name, "engine": office.engine.dialect.name, "size": size, "overdue": late, "seconds": round(took, 1)}
        line |= {"peak_mb": round(peak), "drafts": made.drafts, "reminders": made.notices, "items": made.items}
        print(json.dumps(line, ensure_ascii=False), flush=True)


def half_late(office: Office, size: int) -> int:
    """Of the copy, let as many of the answered duties be owed again, since their day, that half of all are overdue; how many are."""
    missing = size // 2 - overdue(office)
    if missing > 0:
        answered = select(Duty.id).where(Duty.state.in_(OPEN - RUNNING), Duty.reply_due < loading.DAY, Duty.suspended_on.is_(None))
        chosen = update(Duty).where(Duty.id.in_(answered.order_by(Duty.id).limit(missing)))
        with db.transaction(office.engine) as session:
            session.execute(chosen.values(state=ACKNOWLEDGED, next_due=Duty.reply_due))
    return overdue(office)


def overdue(office: Office) -> int:
    """How many are owed and past their day."""
    late = (Duty.state.in_(RUNNING), Duty.suspended_on.is_(None), Duty.next_due < loading.DAY)
    with db.reading(office.engine) as session:
        return session.scalar(select(func.count()).select_from(Duty).where(*late)) or 0
