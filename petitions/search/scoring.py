"""Scoring as arrays: groups of alternatives over a snapshot's segments → for every document a tier and a score.

A group is one thing that was asked for; its alternatives (the exact word, the folded one, a synonym) are as many ways to meet it, the
best one counts: BM25 on the weights of `weights.py`, rarity from document counts. A strict alternative makes a document "have the
word"; a loose one (same letters, other marks) only a fallback. Bonus groups (neighbours stand together) add score and are never asked for.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from petitions.search.postings import NONE, Numbers, Postings, Weights
from petitions.search.segments import Snapshot

K1 = 0.9  # for short texts; the value Anserini found for most collections
ALL_STRICT, SOME = 2, 1  # tiers: all words as typed; all words with other marks, or some of the words


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a group: postings per segment. factor: its worth; borrows: it takes the group's rarity instead of its own."""

    lists: tuple[Postings, ...]
    factor: float = 1.0
    loose: bool = False
    borrows: bool = False

    @property
    def frequency(self) -> int:
        """In how many documents it stands."""
        return sum(len(many.documents) for many in self.lists)


@dataclass(slots=True)
class Group:
    """One thing asked for. counted: it belongs to "all words"; the others (small words, bonuses) only add score."""

    label: str
    alternatives: list[Alternative] = field(default_factory=list)
    counted: bool = True
    factor: float = 1.0

    @property
    def frequency(self) -> int:
        """In how many documents its best strict alternative stands."""
        return max((a.frequency for a in self.alternatives if not a.loose), default=0)


@dataclass(frozen=True, slots=True)
class Scores:
    """By document of one segment: summed score, counted groups met strictly, and met at all."""

    score: Weights
    strict: NDArray[np.uint8]
    loose: NDArray[np.uint8]


def rarity(documents: int, frequency: int) -> float:
    """BM25's inverse document frequency, never negative."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def saturate(weights: Weights) -> Weights:
    """How much occurrences are worth: a second one less than the first."""
    return weights * np.float32(K1 + 1) / (weights + np.float32(K1))


def score(snapshot: Snapshot, groups: Sequence[Group]) -> list[Scores]:
    """The scores of every document, per segment."""
    documents = snapshot.all_documents
    results = []
    for number, part in enumerate(snapshot.segments):
        size = part.segment.size
        total = np.zeros(size, np.float32)
        strict, loose = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
        for group in groups:
            own = rarity(documents, group.frequency) if group.frequency else None
            best, met, met_strictly = _group(group, number, size, documents, own)
            total += best
            if group.counted:
                loose += met
                strict += met_strictly
        results.append(Scores(total, strict, loose))
    return results


def _group(group: Group, segment: int, size: int, documents: int, own: float | None) -> tuple[Weights, NDArray[np.bool_], NDArray[np.bool_]]:
    best = np.zeros(size, np.float32)
    strict = np.zeros(size, bool)
    for alternative in group.alternatives:
        many = alternative.lists[segment]
        if not len(many.documents):
            continue
        worth = saturate(many.weights) * np.float32(_rarity(alternative, documents, own) * alternative.factor * group.factor)
        best[many.documents] = np.maximum(best[many.documents], worth)
        if not alternative.loose:
            strict[many.documents] = True
    return best, best > 0, strict


def holding_all(snapshot: Snapshot, groups: Sequence[Group]) -> list[Numbers] | None:
    """Per segment, the documents that meet every counted group strictly; None when nothing is counted."""
    counted = [group for group in groups if group.counted]
    if not counted:
        return None
    found = []
    for number in range(len(snapshot.segments)):
        ways = [[a.lists[number].documents for a in group.alternatives if not a.loose] for group in counted]
        ways.sort(key=lambda lists: sum(map(len, lists)))
        size = snapshot.segments[number].segment.size
        documents = _union(ways[0], size)
        for lists in ways[1:]:
            documents = documents[_held(documents, lists, size)]
        found.append(documents)
    return found


def score_at(snapshot: Snapshot, groups: Sequence[Group], documents: Sequence[Numbers]) -> list[Weights]:
    """The scores of some documents of each segment; the same as `score` gives them."""
    everything = snapshot.all_documents
    results = []
    for number, wanted in enumerate(documents):
        total = np.zeros(len(wanted), np.float32)
        for group in groups:
            own = rarity(everything, group.frequency) if group.frequency else None
            best = np.zeros(len(wanted), np.float32)
            for alternative in group.alternatives:
                many = alternative.lists[number]
                places, held = _places(many.documents, wanted)
                if held.any():
                    worth = saturate(many.weights[places[held]]) * np.float32(_rarity(alternative, everything, own) * alternative.factor * group.factor)
                    best[held] = np.maximum(best[held], worth)
            total += best
        results.append(total)
    return results


def _rarity(alternative: Alternative, documents: int, own: float | None) -> float:
    return own if own is not None and not alternative.loose else rarity(documents, alternative.frequency)


def _held(documents: Numbers, lists: Sequence[Numbers], size: int) -> NDArray[np.bool_]:
    """Which of `documents` stand in any of the lists: few are looked up, of many a mask is quicker ("th* ng*" are a hundred lists)."""
    if len(documents) * len(lists) > size:
        mask = np.zeros(size, bool)
        for many in lists:
            mask[many] = True
        return mask[documents]
    held = np.zeros(len(documents), bool)
    for many in lists:
        held |= _places(many, documents)[1]
    return held


def _union(lists: Sequence[Numbers], size: int) -> Numbers:
    """Documents of a segment of `size` that stand in any of the lists."""
    filled = [many for many in lists if len(many)]
    if not filled:
        return NONE.documents
    if len(filled) == 1:
        return filled[0]
    mask = np.zeros(size, bool)
    for many in filled:
        mask[many] = True
    return np.flatnonzero(mask).astype(np.int32)


def _places(many: Numbers, wanted: Numbers) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each of `wanted` would stand among `many`, and whether it does."""
    if not len(many) or not len(wanted):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), bool)
    places = np.searchsorted(many, wanted)
    places[places == len(many)] = 0
    return places, many[places] == wanted


def together(lists: Sequence[Postings]) -> Postings:
    """Documents that stand in all lists, with the least of their weights."""
    ordered = sorted(lists, key=lambda many: len(many.documents))
    if not ordered or not len(ordered[0].documents):
        return NONE
    documents, weights = ordered[0].documents, ordered[0].weights
    for other in ordered[1:]:
        places = np.searchsorted(other.documents, documents)
        places[places == len(other.documents)] = 0
        both = other.documents[places] == documents
        documents, weights = documents[both], np.minimum(weights[both], other.weights[places[both]])
        if not len(documents):
            return NONE
    return Postings(documents, weights)
