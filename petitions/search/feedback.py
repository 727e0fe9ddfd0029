"""Words that keep company: what the best hits say together moves what follows them (pseudo-relevance feedback).

From the first hits are taken the pairs of syllables that several of them share and few others have; who says the same moves up. It is
the collection's own language, of the documents this person may see, so it needs no list. It is cautious: nothing comes in that was
not found by the words typed, the best hit keeps its place, documents with all words stay before the others, and all feedback
together is worth less than half of the words, less still when even the best hits hold only some of them.
Numbers follow the literature (Abdul-Jaleel 2004, RM3: ten documents, weight 0.4-0.6; Lv and Zhai 2009: reward ranks, not scores)
and were checked on known items and topics of another collection.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from petitions.search import analysis, lexicon
from petitions.search.hits import STAIR, Ranked
from petitions.search.plan import Plan
from petitions.search.said import FEEDING
from petitions.search.schema import PAIRS
from petitions.search.scoring import K1, rarity
from petitions.search.segments import Snapshot
from petitions.search.weights import worth

TEACHERS = 10  # hits that are listened to
LEAST = 3  # so many of them must say it
TERMS = 20
MOST_LOOKED_AT = 60  # pairs whose rarity is looked up
COMMON = 0.1  # what a tenth of all documents say tells nothing
WORTH = 0.4  # all feedback against the words that the teachers hold
PUPILS = 60  # hits that may change places
FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Company:
    """A pair and what meeting it adds."""

    pair: str
    value: float


def reorder(snapshot: Snapshot, plan: Plan, ranked: Ranked) -> None:
    """Move the first hits by what the very first ones say together; in place."""
    many = min(PUPILS, len(ranked.place))
    if len(plan.counted) < FEWEST_WORDS or many <= LEAST:
        return
    said = [_pairs(snapshot, int(ranked.owner[i]), int(ranked.place[i])) for i in range(min(TEACHERS, many))]
    query = sum(rarity(snapshot.all_documents, group.frequency) for group in plan.counted if group.frequency)
    # Hits that hold half of what was asked are half believed.
    held = float((ranked.score[:TEACHERS] % STAIR).mean())
    company = _company(snapshot, plan, said, WORTH * min(query, held))
    if company:
        ranked.lift(_bonus(snapshot, company, ranked.owner[:many], ranked.place[:many]))


def _bonus(snapshot: Snapshot, company: Sequence[_Company], owners: NDArray[np.int32], places: NDArray[np.int64]) -> NDArray[np.float64]:
    """What each hit gains: read from the postings of the pairs, not from what sixty documents say."""
    bonus = np.zeros(len(places))
    for owner in np.unique(owners):
        mine = np.flatnonzero(owners == owner)
        wanted = places[mine]
        for one in company:
            many = snapshot.segments[owner].segment.postings(PAIRS, one.pair)
            if len(many.documents):
                found = np.minimum(np.searchsorted(many.documents, wanted), len(many.documents) - 1)
                weights = np.where(many.documents[found] == wanted, many.weights[found], 0.0)
                bonus[mine] += one.value * weights * (K1 + 1) / (weights + K1)
    return bonus


def _saturated(weight: float) -> float:
    return weight * (K1 + 1) / (weight + K1)


@lru_cache(maxsize=60_000)
def _telling(exact: str) -> str:
    """The folded syllable, empty for a small word."""
    folded = analysis.terms_of(exact)[1]
    return "" if lexicon.is_small_term(folded) else folded


def _pairs(snapshot: Snapshot, owner: int, place: int) -> Mapping[str, float]:
    """The folded pairs of one document with their weights, those with a small word left out."""
    found: dict[str, float] = {}
    parts = snapshot.segments[owner].segment.said(place).parts
    for name in FEEDING:
        words = parts.get(name, ())
        one = worth(name, len(words)) if words else 0.0
        before = ""
        for word in map(_telling, words):
            if before and word:
                pair = analysis.pair(before, word)
                found[pair] = found.get(pair, 0.0) + one
            before = word
    return found


def _company(snapshot: Snapshot, plan: Plan, teachers: Sequence[Mapping[str, float]], value: float) -> list[_Company]:
    """The pairs that the teachers share and few others have, `value` shared out among them."""
    asked = {group.label for group in plan.groups}
    shared = Counter(pair for pairs in teachers for pair in pairs if pair not in asked)
    likely: dict[str, float] = {}
    total = sum(1 / (rank + 1) for rank in range(len(teachers)))
    for pair, times in shared.most_common(MOST_LOOKED_AT):
        if times < LEAST:
            break
        likely[pair] = sum(_saturated(pairs.get(pair, 0.0)) / (rank + 1) for rank, pairs in enumerate(teachers)) / total
    documents = snapshot.all_documents
    rare = {pair: rarity(documents, many) for pair in likely if (many := snapshot.frequency(PAIRS, pair)) <= max(COMMON * documents, LEAST + 2)}
    best = sorted(((likely[pair] * rare[pair], pair) for pair in rare), key=lambda one: (-one[0], one[1]))[:TERMS]
    whole = sum(part for part, _ in best)
    if not whole:
        return []
    return [_Company(pair, value * part / whole) for part, pair in best]
