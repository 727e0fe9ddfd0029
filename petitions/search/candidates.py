"""Who may be shown for a query, in which tier, and how far the search is widened when few have all its words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from petitions.core.words import Message, say, say_n
from petitions.search import scoring
from petitions.search.parsing import Query
from petitions.search.plan import Plan
from petitions.search.requests import SearchRequest
from petitions.search.schema import DAY
from petitions.search.scoring import ALL_LOOSE, ALL_STRICT, SOME, Scores
from petitions.search.segments import Living, Mask, Snapshot
from petitions.search.sources import Scope

ENOUGH = 20  # a page: fewer hits than this with all words, and those with other marks or fewer words follow


@dataclass(slots=True)
class Candidates:
    """Per segment: who may be shown at all, each facet's own mask, and the tier of each document."""

    scores: list[Scores]
    allowed: list[Mask]
    by_facet: list[dict[str, Mask]]
    tiers: list[NDArray[np.uint8]]


def candidates_of(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> Candidates:
    scores = scoring.score(snapshot, plan.groups)
    wanted = len(plan.counted)
    allowed, by_facet, tiers = [], [], []
    chosen: dict[str, list[frozenset[str]]] = {}
    for condition in (request.query.filters, request.filters):
        for name, values in condition.items():
            chosen.setdefault(name, []).append(values)
    for number, part in enumerate(snapshot.segments):
        masks = {name: _all_of(part, name, many) for name, many in chosen.items()}
        base = part.alive & _in_scope(part, request.scope) & _in_days(part, request.query)
        for name, values in request.query.excluding.items():
            base &= ~part.segment.facet_mask(name, values)
        for alternative in plan.without:
            base[alternative.lists[number].documents] = False
        by_facet.append({**masks, "": base})
        for mask in masks.values():
            base = base & mask
        allowed.append(base)
        tiers.append(_tiers(scores[number], wanted, bool(plan.groups)))
    return Candidates(scores, allowed, by_facet, tiers)


def _all_of(part: Living, name: str, many: Sequence[frozenset[str]]) -> Mask:
    mask = part.segment.facet_mask(name, many[0])
    for values in many[1:]:
        mask &= part.segment.facet_mask(name, values)
    return mask


def _in_scope(part: Living, scope: Scope) -> Mask:
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


def _tiers(scores: Scores, wanted: int, asked: bool) -> NDArray[np.uint8]:
    if not asked:  # no words: everything that passes the filters
        return np.full(len(scores.score), ALL_STRICT, np.uint8)
    if not wanted:
        return np.where(scores.score > 0, ALL_STRICT, 0).astype(np.uint8)
    tiers = np.where(scores.loose > 0, SOME, 0)
    tiers[scores.loose == wanted] = ALL_LOOSE
    tiers[scores.strict == wanted] = ALL_STRICT
    return tiers.astype(np.uint8)


def how_far(candidates: Candidates, plan: Plan, wanted: int) -> tuple[tuple[int, int], tuple[Message, ...]]:
    """The least tier, and within SOME the least number of words, that is shown; and what is said about it."""
    by_tier = Counter[int]()
    by_words = Counter[int]()
    for allowed, tiers, scores in zip(candidates.allowed, candidates.tiers, candidates.scores, strict=True):
        by_tier.update({tier: int(n) for tier, n in enumerate(np.bincount(tiers[allowed], minlength=4))})
        some = allowed & (tiers == SOME)
        by_words.update({n: int(many) for n, many in enumerate(np.bincount(scores.loose[some], minlength=wanted + 1))})
    strict, loose = by_tier[ALL_STRICT], by_tier[ALL_LOOSE]
    if strict >= ENOUGH or not wanted:
        return (ALL_STRICT, 0), ()
    notices = []
    if loose:
        notices.append(say("Thêm {n} kết quả viết khác dấu đứng sau.", n=loose))
    if strict + loose >= ENOUGH or wanted == 1:
        return (ALL_LOOSE, 0), tuple(notices)
    least, shown = wanted, 0
    for words in range(wanted - 1, 0, -1):
        if (shown and words < (wanted + 2) // 3) or strict + loose + shown >= ENOUGH:
            break
        if by_words[words]:
            least, shown = words, shown + by_words[words]
    if not shown:
        return (ALL_LOOSE, 0), tuple(notices)
    notices.append(_fewer(strict + loose, wanted, least))
    return (SOME, least), tuple(notices)


def _fewer(complete: int, wanted: int, least: int) -> Message:
    if not complete:
        return say("Không có kết quả nào đủ {wanted} từ; dưới đây là những kết quả có ít nhất {least} từ.", wanted=wanted, least=least)
    return say_n(
        "Chỉ {n} kết quả có đủ {wanted} từ; sau đó là những kết quả có ít nhất {least} từ.",
        "Chỉ {n} kết quả có đủ {wanted} từ; sau đó là những kết quả có ít nhất {least} từ.",
        complete,
        wanted=wanted,
        least=least,
    )


def included_in(candidates: Candidates, part: int, least: tuple[int, int], wanted: int) -> Mask:
    tier, words = least
    tiers = candidates.tiers[part]
    if tier > SOME or not wanted:
        return np.asarray(tiers >= tier)
    return np.asarray((tiers >= ALL_LOOSE) | (candidates.scores[part].loose >= words))
