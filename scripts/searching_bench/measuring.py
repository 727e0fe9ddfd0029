"""Asking an engine all questions of all cases, and saying how long it took."""

import statistics
import time
from collections.abc import Mapping, Sequence

from scripts.searching_bench.engines import Engine
from scripts.searching_bench.material import line, say
from scripts.searching_bench.questions import Question

SECONDS = 25.0  # at most for one case of one engine: slow ones answer fewer questions, `n` says how many
WARM = 15


def measure(engine: Engine, cases: Mapping[str, Sequence[Question]], size: int) -> dict[str, dict[str, float]]:
    """One line a case; the figures by case."""
    figures: dict[str, dict[str, float]] = {}
    for case, questions in cases.items():
        for question in questions[-WARM:]:
            engine.ask(question)
        times, hits = list[float](), 0
        until = time.monotonic() + SECONDS
        for question in questions[:-WARM]:
            begun = time.perf_counter()
            hits += engine.ask(question)
            times.append((time.perf_counter() - begun) * 1000)
            if time.monotonic() > until:
                break
        times.sort()
        figures[case] = {"p50": statistics.median(times), "p95": times[int(len(times) * 0.95)]}
        p50, p95 = round(figures[case]["p50"], 2), round(figures[case]["p95"], 2)
        line(bench="search", case=case, engine=engine.name, size=size, p50_ms=p50, p95_ms=p95, n=len(times), hits=hits)
    return figures


def compare(all_figures: Mapping[str, Mapping[str, Mapping[str, float]]], size: int) -> None:
    """Our p95 against each peer's, case by case."""
    ours = all_figures["petitions"]
    for name, figures in all_figures.items():
        if name != "petitions":
            ratios = {case: round(ours[case]["p95"] / of_case["p95"], 3) for case, of_case in figures.items() if of_case["p95"]}
            line(bench="search", case="our p95 over theirs", engine=name, size=size, **ratios)
            say(f"against {name}: {ratios}")
