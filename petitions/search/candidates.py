"""Who may be shown for a query, in which tier, and how far the search is widened when few have all its words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from petitions.core.words import Message, say
from petitions.search import scoring
from petitions.search.parsing import Query
from petitions.search.plan import Plan
from petitions.search.postings import Numbers
from petitions.search.requests import SearchRequest
from petitions.search.schema import DAY
from petitions.search.scoring import ALL_STRICT, SOME, Scores
from petitions.search.segments import Living, Mask, Snapshot
from petitions.search.sources import Scope

SPARSE = 8  # so many times fewer documents than there are
ENOUGH = 20  # a page: fewer hits than this with all words, and those with other marks or fewer words follow


@dataclass(slots=True)
class Candidates:
    """Per segment: who may be shown at all, each chosen facet's own mask ("": all but those), and the tier of each document."""

    scores: list[Scores]
    allowed: list[Mask]
    by_facet: list[dict[str, Mask]]
    tiers: list[NDArray[np.uint8]]
    met: list[NDArray[np.uint8]]  # how many of the words each document has


def candidates_of(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> Candidates:
    """Score all documents and mark those that pass the scope, the filters and the days."""
    wanted = len(plan.counted)
    allowed, by_facet = [], []
    for number, part in enumerate(snapshot.segments):
        masks = {name: part.segment.facet_mask(name, values) for name, values in request.filters.items()}
        base = part.alive & in_scope(part, request.scope) & _in_days(part, request.query)
        for name, values in request.query.filters.items():
            base &= part.segment.facet_mask(name, values)
        for name, values in request.query.excluding.items():
            base &= ~part.segment.facet_mask(name, values)
        for alternative in plan.without:
            base[alternative.lists[number].documents] = False
        by_facet.append({**masks, "": base})
        for mask in masks.values():
            base = base & mask
        allowed.append(base)
    whole = scoring.holding_all(snapshot, plan.groups)
    if whole is not None and _fill_a_page(whole, allowed):
        return _complete(snapshot, plan, whole, allowed, by_facet)
    scores = scoring.score(snapshot, plan.groups)
    met = [_met(one, wanted) for one in scores]
    if not any(bool((words[mask] > 0).any()) for words, mask in zip(met, allowed, strict=True)):
        met = [one.loose for one in scores]
    tiers = [_tiers(one, words, wanted, bool(plan.groups)) for one, words in zip(scores, met, strict=True)]
    return Candidates(scores, allowed, by_facet, tiers, met)


def _fill_a_page(whole: Sequence[Numbers], allowed: Sequence[Mask]) -> bool:
    """Whether enough documents have all words as typed, so that no other is shown; and few enough that looking them up one by one is quicker."""
    found = sum(int(np.count_nonzero(mask[documents])) for documents, mask in zip(whole, allowed, strict=True))
    return found >= ENOUGH and sum(map(len, whole)) * SPARSE <= sum(map(len, allowed))


def _complete(snapshot: Snapshot, plan: Plan, whole: Sequence[Numbers], allowed: list[Mask], by_facet: list[dict[str, Mask]]) -> Candidates:
    """The candidates when only documents with all words are shown: the others are not scored at all."""
    wanted = len(plan.counted)
    scores, tiers = [], []
    for mask, documents, found in zip(allowed, whole, scoring.score_at(snapshot, plan.groups, whole), strict=True):
        score, met, tier = np.zeros(len(mask), np.float32), np.zeros(len(mask), np.uint8), np.zeros(len(mask), np.uint8)
        score[documents], met[documents], tier[documents] = found, wanted, ALL_STRICT
        scores.append(Scores(score, met, met))
        tiers.append(tier)
    return Candidates(scores, allowed, by_facet, tiers, [one.strict for one in scores])


def _met(scores: Scores, wanted: int) -> NDArray[np.uint8]:
    """How many of the words a document has. Other marks count only where all words are there so: one such word among others is chance."""
    return np.where(scores.loose == wanted, scores.loose, scores.strict)


def in_scope(part: Living, scope: Scope) -> Mask:
    """Which documents of a segment `scope` lets see."""
    mask = np.zeros(part.segment.size, bool)
    for condition in scope.any_of:
        one = np.ones(part.segment.size, bool)
        for name, values in condition.items():
            one &= part.segment.facet_mask(name, values)
        mask |= one
    return mask


def _in_days(part: Living, query: Query) -> Mask:
    mask = np.ones(part.segment.size, bool)
    if query.since or query.until:
        days = part.segment.column(DAY)
        mask &= days > 0
        if query.since:
            mask &= days >= query.since.toordinal()
        if query.until:
            mask &= days <= query.until.toordinal()
    return mask


def _tiers(scores: Scores, met: NDArray[np.uint8], wanted: int, asked: bool) -> NDArray[np.uint8]:
    if not asked:  # no words: everything that passes the filters
        return np.full(len(scores.score), ALL_STRICT, np.uint8)
    if not wanted:
        return np.where(scores.score > 0, ALL_STRICT, 0).astype(np.uint8)
    tiers = (met > 0).astype(np.uint8) * np.uint8(SOME)
    tiers[scores.strict == wanted] = ALL_STRICT
    return tiers


def how_far(candidates: Candidates, wanted: int) -> tuple[int, tuple[Message, ...]]:
    """The least number of words a shown document must have (`wanted`: all, as typed), and what is said about it.

    Documents with fewer words, or with words of other marks, follow only when those with all words do not fill a page, and only
    down to a third of the words, unless nothing else is found.
    """
    complete = 0
    by_words = [0] * (wanted + 1)
    for allowed, tiers, met in zip(candidates.allowed, candidates.tiers, candidates.met, strict=True):
        complete += int(np.count_nonzero(allowed & (tiers == ALL_STRICT)))
        some = allowed & (tiers == SOME)
        for words in range(1, wanted + 1):
            by_words[words] += int(np.count_nonzero(some & (met == words)))
    least, shown = wanted, 0
    for words in range(wanted, 0, -1):
        if complete + shown >= ENOUGH or (shown and words < (wanted + 2) // 3):
            break
        if by_words[words]:
            least, shown = words, shown + by_words[words]
    if not shown or complete >= ENOUGH:
        return 0, ()
    return least, (_widened(complete, shown, wanted, least),)


def _widened(complete: int, shown: int, wanted: int, least: int) -> Message:
    if least == wanted:
        return (
            say("{n} kết quả có đủ từ nhưng viết khác dấu hoặc mang tên khác.", n=shown)
            if not complete
            else say("Thêm {n} kết quả viết khác dấu hoặc mang tên khác đứng sau.", n=shown)
        )
    if not complete:
        return say("Không có kết quả nào đủ {wanted} từ; dưới đây là những kết quả có ít nhất {least} từ.", wanted=wanted, least=least)
    return say("{n} kết quả có đủ {wanted} từ; sau đó là những kết quả có ít nhất {least} từ.", n=complete, wanted=wanted, least=least)


def included_in(candidates: Candidates, part: int, least: int) -> Mask:
    """Which documents of one segment are shown, filters aside; `least` 0: only those with all words."""
    complete = candidates.tiers[part] == ALL_STRICT
    return np.asarray(complete | (candidates.met[part] >= least)) if least else np.asarray(complete)
