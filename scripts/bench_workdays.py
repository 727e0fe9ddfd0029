"""Adding working days on the shipped calendar: one JSON line a case. By hand, never as a timed test. Target: an addition <= 0.02 ms warm."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the package beside the scripts, installed or not

from petitions.workdays.calendar import Calendar, Mark, Name
from petitions.workdays.counting import Rule, Start, Unit, count
from petitions.workdays.reference import seed_days

BATCH = 1000
STARTS = [date(2024, 1, 1) + timedelta(days=n) for n in range(BATCH)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    calendar = build()
    tell("build", [timed(build) for _ in range(min(rounds, 50))])
    tell("add", [timed(lambda: [calendar.add(day, 15) for day in STARTS]) / BATCH for _ in range(rounds)])
    tell("between", [timed(lambda: [calendar.between(day, STARTS[-1]) for day in STARTS]) / BATCH for _ in range(rounds)])
    rule = Rule(Unit.WORKING_DAY, 15)
    tell("explain", [timed(lambda: [count(calendar, Start(day), rule) for day in STARTS]) / BATCH for _ in range(min(rounds, 20))])


def build() -> Calendar:
    """The shipped calendar."""
    names = ("day", "kind", "reason", "for_day")
    marks = [Mark(**{name: row[name] for name in names}, name=Name(row["name_vi"], row["name_en"])) for row in seed_days()]
    return Calendar.of(marks, known_years=range(2021, 2027))


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def tell(case: str, seconds: list[float]) -> None:
    """Print a case's line."""
    ordered = sorted(seconds)
    p50, p95 = (round(ordered[int(len(ordered) * share)] * 1000, 5) for share in (0.5, 0.95))
    print(json.dumps({"bench": "workdays", "case": case, "engine": "memory", "size": len(seed_days()), "p50_ms": p50, "p95_ms": p95}))


if __name__ == "__main__":
    main()
