"""The search engine behind one narrow interface: `Engine.search(SearchRequest) -> SearchResults`.

It knows the index and nothing else: no database, no person, no words for facet values. How documents are scored is `scoring.py`'s
affair, where they lie is Whoosh's; both can be exchanged behind this file.
"""

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from petitions.core.words import Message, say, say_n
from petitions.search import lexicon, scoring, spelling
from petitions.search.parsing import Query
from petitions.search.plan import Plan, Planner
from petitions.search.reading import CACHE_BYTES, NoIndex, Reader
from petitions.search.schema import DAY, NUMBER
from petitions.search.scoring import ALL_LOOSE, ALL_STRICT, SOME, Scores
from petitions.search.segments import Living, Mask, Snapshot
from petitions.search.sources import EVERYTHING, Condition, Scope

RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
SORTS = (RELEVANCE, NEWEST, OLDEST)
ENOUGH = 20  # a page: fewer hits than this with all words, and those with other marks or fewer words follow
STAIR = 1000.0  # what a tier is worth in the score that is shown, so that a list by score is the list as ranked

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is wanted. filters: facet → values chosen beside the query's own; facets: names to count; expand: words of the trade too."""

    query: Query
    scope: Scope = EVERYTHING
    filters: Condition = field(default_factory=dict)
    facets: Sequence[str] = ()
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    expand: bool = True
    correct: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One found subject."""

    kind: str
    subject_id: int
    score: float
    tier: int = ALL_STRICT


@dataclass(frozen=True, slots=True)
class Said:
    """One expansion, for the line "also searching": what was typed, what else is searched."""

    typed: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """total: all that was found; shown in words: notices (what was widened), hints (what was not understood), said (expansions).

    terms: folded syllables to highlight; exact ones where the query was typed with marks. corrected: the query searched instead.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    complete: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    took_ms: float = 0.0
    notices: tuple[Message, ...] = ()
    hints: tuple[Message, ...] = ()
    said: tuple[Said, ...] = ()
    corrected: Query | None = None
    ready: bool = True
    documents: int = 0


@dataclass(slots=True)
class _Candidates:
    """Per segment: who may be shown at all, each facet's own mask, and the tier of each document."""

    scores: list[Scores]
    allowed: list[Mask]
    by_facet: list[dict[str, Mask]]
    tiers: list[NDArray[np.uint8]]


class Engine:
    """Searches the index in `folder`. One per process; threads share it."""

    def __init__(self, folder: Path, cache_bytes: int = CACHE_BYTES) -> None:
        self.reader = Reader(folder, cache_bytes)

    def search(self, request: SearchRequest) -> SearchResults:
        """Search. Never raises for anything typed; without a readable index it says so (`ready` is False)."""
        started = time.perf_counter()
        try:
            snapshot = self.reader.snapshot()
        except NoIndex:
            return SearchResults(ready=False, notices=(say("Chỉ mục tìm kiếm đang được dựng. Hãy thử lại sau ít phút."),))
        try:
            results = _search(snapshot, request)
        except Exception:
            # Bytes that cannot be read are the index's fault, not the reader's: the writer rebuilds it from the database.
            log.exception("search failed in generation %s", snapshot.folder)
            self.reader.mark_damaged(snapshot)
            return SearchResults(ready=False, notices=(say("Chỉ mục tìm kiếm bị hỏng và đang được dựng lại. Hãy thử lại sau ít phút."),))
        return replace(results, took_ms=round((time.perf_counter() - started) * 1000, 1), documents=snapshot.documents)


def _search(snapshot: Snapshot, request: SearchRequest) -> SearchResults:
    found = _once(snapshot, request)
    if found.total or not request.correct or not request.query.items:
        return found
    better = spelling.correct(snapshot, request.query)
    if better is None:
        return found
    again = _once(snapshot, replace(request, query=better.query))
    if not again.total:
        return found
    notice = say("Không có “{typed}”. Đang tìm “{instead}”.", typed=better.typed, instead=better.instead)
    return replace(again, notices=(notice, *again.notices), hints=found.hints, corrected=better.query)


def _once(snapshot: Snapshot, request: SearchRequest) -> SearchResults:
    planner = Planner(snapshot, lexicon.shipped() if request.expand else None)
    plan = planner.plan(request.query)
    candidates = _candidates(snapshot, request, plan)
    wanted = len(plan.counted)
    least, notices = _how_far(candidates, plan, wanted)
    included = [_included(candidates, part, least, wanted) for part in range(len(snapshot.segments))]
    total = sum(int((included[i] & candidates.allowed[i]).sum()) for i in range(len(included)))
    complete = sum(int((allowed & (tiers >= ALL_LOOSE)).sum()) for allowed, tiers in zip(candidates.allowed, candidates.tiers, strict=True))
    hits = _top(snapshot, candidates, included, request) if total else ()
    return SearchResults(
        hits=hits,
        total=total,
        complete=complete,
        facets=_facets(snapshot, candidates, included, request.facets),
        notices=notices,
        hints=request.query.hints,
        said=tuple(Said(e.typed, tuple(form.text for form in e.others)) for e in plan.expansions),
    )


# who may be shown ---------------------------------------------------------------------------------------------


def _candidates(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> _Candidates:
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
    return _Candidates(scores, allowed, by_facet, tiers)


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


# how far to widen ---------------------------------------------------------------------------------------------


def _how_far(candidates: _Candidates, plan: Plan, wanted: int) -> tuple[tuple[int, int], tuple[Message, ...]]:
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


def _included(candidates: _Candidates, part: int, least: tuple[int, int], wanted: int) -> Mask:
    tier, words = least
    tiers = candidates.tiers[part]
    if tier > SOME or not wanted:
        return np.asarray(tiers >= tier)
    return np.asarray((tiers >= ALL_LOOSE) | (candidates.scores[part].loose >= words))


# the page that is asked for, and the counts -------------------------------------------------------------------


def _top(snapshot: Snapshot, candidates: _Candidates, included: Sequence[Mask], request: SearchRequest) -> tuple[Hit, ...]:
    owners, places, scores, days, numbers = [], [], [], [], []
    for i, part in enumerate(snapshot.segments):
        where = np.flatnonzero(included[i] & candidates.allowed[i])
        owners.append(np.full(len(where), i, np.int32))
        places.append(where)
        tiers = candidates.tiers[i][where].astype(np.float64)
        scores.append((tiers - 1) * STAIR * (tiers > SOME) + candidates.scores[i].score[where])
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


def _facets(snapshot: Snapshot, candidates: _Candidates, included: Sequence[Mask], names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
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
