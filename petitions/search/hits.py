"""The page that is asked for, in its order, and the counts beside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from petitions.search.candidates import Candidates
from petitions.search.requests import NEWEST, OLDEST, RELEVANCE, Hit, SearchRequest
from petitions.search.schema import DAY, NUMBER
from petitions.search.scoring import SOME
from petitions.search.segments import Mask, Snapshot

STAIR = 1000.0  # what a tier is worth in the score that is shown, so that a list by score is the list as ranked


@dataclass(slots=True)
class Ranked:
    """The first documents in the order asked for: segment, place in it, score, day and subject id of each."""

    owner: NDArray[np.int32]
    place: NDArray[np.int64]
    score: NDArray[np.float64]
    day: NDArray[np.int32]
    number: NDArray[np.int32]

    def lift(self, bonus: NDArray[np.float64]) -> None:
        """Add `bonus` to the scores of the first ones and put those in order again; the very first stays, and nobody leaves his tier."""
        many = len(bonus)
        score = self.score[:many] + bonus
        tier = np.floor(self.score[:many] / STAIR)
        score[0] = max(score[0], score[tier == tier[0]].max())
        order = np.lexsort((self.number[:many], -self.day[:many], np.arange(many) > 0, -score, -tier))
        self.score[:many] = score
        for column in (self.owner, self.place, self.score, self.day, self.number):
            column[:many] = column[:many][order]


def ranked(snapshot: Snapshot, candidates: Candidates, included: Sequence[Mask], request: SearchRequest, many: int) -> Ranked:
    """The first `many` in the order asked for; ties by the newer day, then by subject id."""
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
    keep = _cut(keys[0], many)
    order = keep[np.lexsort((number[keep], keys[1][keep], keys[0][keep]))][:many]
    return Ranked(owner[order], place[order], score[order], day[order], number[order])


def hits_of(snapshot: Snapshot, candidates: Candidates, ranking: Ranked, first: int, last: int) -> tuple[Hit, ...]:
    """The hits first … last of a ranking."""
    return tuple(
        Hit(
            snapshot.segments[ranking.owner[i]].segment.kind(int(ranking.place[i])),
            int(ranking.number[i]),
            round(float(ranking.score[i]), 3),
            int(candidates.tiers[ranking.owner[i]][ranking.place[i]]),
        )
        for i in range(first, min(last, len(ranking.place)))
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
