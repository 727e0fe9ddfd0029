"""The page that is asked for, in its order, and the counts beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from petitions.search.candidates import Candidates
from petitions.search.requests import NEWEST, OLDEST, RELEVANCE, Hit, SearchRequest
from petitions.search.schema import DAY, NUMBER
from petitions.search.scoring import SOME
from petitions.search.segments import Mask, Snapshot

STAIR = 1000.0  # what a tier is worth in the score that is shown, so that a list by score is the list as ranked


def top(snapshot: Snapshot, candidates: Candidates, included: Sequence[Mask], request: SearchRequest) -> tuple[Hit, ...]:
    """The hits of the page asked for, in the order asked for; ties by the newer day, then by subject id."""
    owners, places, scores, days, numbers = [], [], [], [], []
    for i, part in enumerate(snapshot.segments):
        where = np.flatnonzero(included[i] & candidates.allowed[i])
        owners.append(np.full(len(where), i, np.int32))
        places.append(where)
        tiers = candidates.tiers[i][where].astype(np.float64)
        stairs = (tiers - SOME) * STAIR if request.query.items else 0.0
        scores.append(stairs + candidates.scores[i].score[where])
        days.append(part.segment.column(DAY)[where])
        numbers.append(part.segment.column(NUMBER)[where])
    owner, place, score = np.concatenate(owners), np.concatenate(places), np.concatenate(scores)
    day, number = np.concatenate(days), np.concatenate(numbers)
    newest = -day.astype(np.float64)
    keys = {RELEVANCE: (-score, newest), NEWEST: (newest, -score), OLDEST: (np.where(day == 0, np.inf, -newest), -score)}[request.sort]
    keep = _cut(keys[0], request.offset + request.limit)
    order = keep[np.lexsort((number[keep], keys[1][keep], keys[0][keep]))][request.offset : request.offset + request.limit]
    return tuple(
        Hit(
            snapshot.segments[owner[i]].segment.kind(int(place[i])),
            int(number[i]),
            round(float(score[i]), 3),
            int(candidates.tiers[owner[i]][place[i]]),
        )
        for i in order
    )


def _cut(key: NDArray[np.float64], wanted: int) -> NDArray[np.int64]:
    """Places of everything that can be among the first `wanted` by `key`, ties at the edge included."""
    if wanted >= len(key):
        return np.arange(len(key))
    edge = np.partition(key, wanted - 1)[wanted - 1] if wanted > 0 else -np.inf
    return np.flatnonzero(key <= edge)


def facets_of(snapshot: Snapshot, candidates: Candidates, included: Sequence[Mask], names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """Counts per value: under all filters, except a facet's own, so that another value of it can be chosen."""
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    for i, part in enumerate(snapshot.segments):
        columns = part.segment.facets()
        for name in names:
            if name not in columns:
                continue
            shown = candidates.by_facet[i][""] & included[i]
            for other, mask in candidates.by_facet[i].items():
                if other not in ("", name):
                    shown = shown & mask
            found[name].update(columns[name].counts(shown))
    return {name: dict(sorted(many.items(), key=lambda pair: (-pair[1], pair[0]))) for name, many in found.items()}
