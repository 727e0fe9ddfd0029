"""Measures an import on a fresh office, and a clerk's saves meanwhile. Run by scripts/bench_import; JSON lines out, words on standard error."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import xlsxwriter

import petitions.app
from petitions.core import clock, db
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.council import queries as council
from petitions.intake.actions.entry import save_draft
from petitions.intake.values import PetitionValues
from petitions.settings import Settings
from scripts import sample_petitions

PETITIONS = Path(sys.executable).with_name("petitions")
EVERY = 0.2
MOST_SECONDS, MOST_MB, MOST_MS = 120, 600, 500


def main() -> None:
    """Make the office and the file, import it beside a saving clerk, print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--clerk", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.clerk:
        clerk(given.clerk)
        return
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        os.environ["PETITIONS_DATA_DIR"] = f"{folder}/office"
        for words in (["db", "upgrade"], ["reference", "load"]):
            subprocess.run([PETITIONS, *words], check=True, stdout=sys.stderr)
        file = Path(folder, "petitions.xlsx")
        write(file, given.rows)
        print(f"{given.rows} rows, {file.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
        measure(file, given.rows, Path(folder, "saves.json"))


def write(path: Path, count: int) -> None:
    """A spreadsheet of `count` rows."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate([list(sample_petitions.HEADERS), *sample_petitions.rows(count)]):
        page.write_row(number, 0, row)
    book.close()


def measure(file: Path, count: int, saves: Path) -> None:
    """Run the import and the clerk at once; then see whether the rows are found."""
    engine = Settings.from_environment().database_url.partition(":")[0].partition("+")[0]
    saving = subprocess.Popen([sys.executable, "-m", "scripts.importing_bench", "--clerk", saves])
    time.sleep(2)
    begun = time.monotonic()
    importing = subprocess.Popen([PETITIONS, "import", file, "--json"], stdout=subprocess.PIPE, text=True)
    assert importing.stdout is not None
    out = importing.stdout.read()
    _, status, used = os.wait4(importing.pid, 0)
    seconds = time.monotonic() - begun
    saving.terminate()
    saving.wait()
    told = json.loads(out)
    found = {words: search(words) for words in ("ngập úng", "ngap ung", f"MAU-{count:07}")}
    mb = used.ru_maxrss / 1024
    good = status == 0 and told["imported"] == count and all(found.values())
    common = {"bench": "import", "engine": engine}
    figures = {"seconds": round(seconds, 1), "rows_per_second": round(count / seconds), "peak_mb": round(mb), "found": found}
    ok = good and (count > 10_000 or (seconds <= MOST_SECONDS and mb <= MOST_MB))
    say({**common, "case": "imported and searchable", "size": count, **figures, "target_seconds": MOST_SECONDS, "target_mb": MOST_MB, "ok": ok})
    times = sorted(json.loads(saves.read_text()))
    worst = {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(times[int(len(times) * 0.95)], 1), "max_ms": round(times[-1], 1)}
    say({**common, "case": "a clerk saves meanwhile", "size": len(times), **worst, "target_ms": MOST_MS, "ok": worst["max_ms"] <= MOST_MS})


def search(words: str) -> int:
    """How many rows `petitions search` finds."""
    done = subprocess.run([PETITIONS, "search", "--json", "--", words], capture_output=True, text=True, check=True)
    return int(json.loads(done.stdout)["total"])


def clerk(saves: Path) -> None:
    """Save a petition every 200 ms until told to stop; the milliseconds of each save go to `saves`."""
    petitions.app.assemble()
    office = Office.open(Settings.from_environment())
    with db.reading(office.engine) as session:
        body = council.body_by_code(session, "HD").id
    times: list[float] = []
    try:
        for number, row in enumerate(sample_petitions.rows(100_000, seed=7)):
            begun = time.monotonic()
            values = PetitionValues(body_id=body, text=f"{number}. {row[3]}", place_words=row[5], received_on=clock.today())
            with db.transaction(office.engine) as session:
                save_draft(session, values, by=SYSTEM, now=clock.now(), key=office.settings.secret_key)
            times.append((time.monotonic() - begun) * 1000)
            saves.write_text(json.dumps(times))
            time.sleep(max(0.0, EVERY - (time.monotonic() - begun)))
    except KeyboardInterrupt:
        return


def say(line: dict[str, Any]) -> None:
    """One figure, one line."""
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
