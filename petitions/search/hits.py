"""The page that is asked for, in its order, and the counts beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from petitions.search.candidates import Candidates
from petitions.search.requests import NEWEST, RELEVANCE, Hit, SearchRequest
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
    pieces = []
    for i, part in enumerate(snapshot.segments):
        where = np.flatnonzero(included[i] & candidates.allowed[i])
        score = candidates.scores[i].score[where].astype(np.float64)
        if request.query.items:
            score += (candidates.tiers[i][where].astype(np.float64) - SOME) * STAIR
        day = part.segment.column(DAY)[where]
        # What is not among the first of its segment is not among the first of all.
        keep = _cut(_key(request.sort, score, day), many)
        where = where[keep]
        pieces.append((np.full(len(where), i, np.int32), where, score[keep], day[keep], part.segment.column(NUMBER)[where]))
    owner, place, score, day, number = (np.concatenate(columns) for columns in zip(*pieces, strict=True))
    key = _key(request.sort, score, day)
    then = -day.astype(np.float64) if request.sort == RELEVANCE else -score
    keep = _cut(key, many)
    order = keep[np.lexsort((number[keep], then[keep], key[keep]))][:many]
    return Ranked(owner[order], place[order], score[order], day[order], number[order])


def _key(sort: str, score: NDArray[np.float64], day: NDArray[np.int32]) -> NDArray[np.float64]:
    """What is sorted by first, least first; without a day last of the oldest."""
    if sort == RELEVANCE:
        return -score
    days = day.astype(np.float64)
    return -days if sort == NEWEST else np.where(days == 0, np.inf, days)


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
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    for i, part in enumerate(snapshot.segments):
        columns = part.segment.facets()
        masks = {name: mask for name, mask in candidates.by_facet[i].items() if name}
        base = candidates.by_facet[i][""] & included[i]
        shown: dict[str, tuple[Mask, NDArray[np.int64]]] = {}
        for name in names:
            if name not in columns:
                continue
            narrowed = name if name in masks else ""  # facets without a chosen value all count the same documents
            if narrowed not in shown:
                shown[narrowed] = _under(base, [mask for other, mask in masks.items() if other != narrowed])
            many = found[name]
            for value, count in columns[name].counts(*shown[narrowed]).items():
                many[value] = many.get(value, 0) + count
    return {name: dict(sorted(many.items(), key=lambda pair: (-pair[1], pair[0]))) for name, many in found.items()}


def _under(base: Mask, masks: Iterable[Mask]) -> tuple[Mask, NDArray[np.int64]]:
    for mask in masks:
        base = base & mask
    return base, np.flatnonzero(base)
