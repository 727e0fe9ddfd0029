"""How good is the ranking? Judged queries in, nDCG@10, recall@10, MRR and times out, over all and per type of query.

File: one JSON object a line, {"query", "type", "relevant": {external_id: grade 1-3}}. Gain 2^grade - 1; relevant ids that the base does
not hold are left out and counted; only rows with an external id are ranked.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from petitions.core.errors import Invalid
from petitions.core.words import say

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged query."""

    query: str
    kind: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of one query."""

    ndcg: float
    recall: float
    rank: float


@dataclass(slots=True)
class Report:
    """Measures by type, times in milliseconds, and what was left out."""

    by_type: dict[str, list[Figures]] = field(default_factory=lambda: defaultdict(list))
    times: list[float] = field(default_factory=list)
    unknown: int = 0
    skipped: int = 0

    def as_json(self) -> dict[str, object]:
        """The contract's object."""
        everything = [one for many in self.by_type.values() for one in many]
        return {
            "all": mean(everything),
            "types": {kind: mean(many) for kind, many in sorted(self.by_type.items())},
            "took_ms": {"p50": percentile(self.times, 50), "p95": percentile(self.times, 95)},
            "unknown_ids": self.unknown,
            "skipped_queries": self.skipped,
        }


def mean(many: Sequence[Figures]) -> dict[str, float]:
    """The contract's figures of some queries."""
    n = len(many)
    if not n:
        return {"ndcg@10": 0.0, "recall@10": 0.0, "mrr": 0.0, "n": 0}
    return {
        "ndcg@10": round(sum(one.ndcg for one in many) / n, 4),
        "recall@10": round(sum(one.recall for one in many) / n, 4),
        "mrr": round(sum(one.rank for one in many) / n, 4),
        "n": n,
    }


def percentile(times: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(times)
    return round(ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)], 1) if ordered else 0.0


def measure(found: Sequence[str], relevant: Mapping[str, int]) -> Figures:
    """The measures of one ranking (external ids, best first) against its judgements."""
    top = found[:DEPTH]
    gain = sum((2 ** relevant.get(one, 0) - 1) / math.log2(place + 2) for place, one in enumerate(top))
    ideal = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(sorted(relevant.values(), reverse=True)[:DEPTH]))
    first = next((place for place, one in enumerate(found, 1) if one in relevant), 0)
    return Figures(
        ndcg=gain / ideal if ideal else 0.0,
        recall=sum(1 for one in top if one in relevant) / len(relevant) if relevant else 0.0,
        rank=1 / first if first else 0.0,
    )


def read(path: Path) -> list[Judged]:
    """The judged queries of a file; raises `Invalid` naming the line that cannot be read."""
    found = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            grades = {str(key): int(grade) for key, grade in row["relevant"].items()}
            found.append(Judged(str(row["query"]), str(row.get("type", "")), {key: grade for key, grade in grades.items() if grade > 0}))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Invalid({"": [say("Dòng {n} của tệp đánh giá không đọc được.", n=number)]}) from None
    return found


def _lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid({"": [say("Không đọc được tệp {name}: {why}.", name=str(path), why=str(error))]}) from None
