"""The search engine behind one narrow interface: `Engine.search(SearchRequest) -> SearchResults`.

It knows the index and nothing else: no database, no person, no words for facet values. How documents are scored is `scoring.py`'s
affair, where they lie is Whoosh's; both can be exchanged behind this file.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from petitions.core.words import say
from petitions.search import feedback, lexicon, spelling
from petitions.search.candidates import Candidates, candidates_of, how_far, included_in
from petitions.search.hits import facets_of, hits_of, ranked
from petitions.search.plan import Plan, Planner
from petitions.search.reading import UNREADABLE, Damaged, NoIndex, Reader, mark_damaged
from petitions.search.requests import RELEVANCE, Hit, Said, SearchRequest, SearchResults
from petitions.search.scoring import ALL_STRICT
from petitions.search.segments import Mask, Snapshot

log = logging.getLogger(__name__)


class Engine:
    """Searches the index in `folder`. One per process; threads share it."""

    def __init__(self, folder: Path, cache_bytes: int = 0) -> None:
        self.reader = Reader(folder, cache_bytes)

    def search(self, request: SearchRequest) -> SearchResults:
        """Search. Never raises for anything typed; without a readable index it says so (`ready` is False)."""
        started = time.perf_counter()
        try:
            snapshot = self.reader.snapshot()
        except Damaged:
            return _damaged()
        except NoIndex:
            return SearchResults(ready=False, notices=(say("Chỉ mục tìm kiếm đang được dựng. Hãy thử lại sau ít phút."),))
        try:
            results = _search(snapshot, request)
        except UNREADABLE:
            log.exception("generation %s cannot be read", snapshot.folder)
            mark_damaged(Path(snapshot.folder))
            return _damaged()
        except Exception:  # a mistake of ours must not take the page down, nor have a good index built anew
            log.exception("a search failed: %r", request.query.text)
            return SearchResults(ready=False, notices=(say("Không tìm được vì một lỗi của chương trình. Hãy thử viết câu tìm khác."),))
        return replace(results, took_ms=round((time.perf_counter() - started) * 1000, 1), documents=snapshot.documents)


def _damaged() -> SearchResults:
    return SearchResults(ready=False, notices=(say("Chỉ mục tìm kiếm bị hỏng và đang được dựng lại. Hãy thử lại sau ít phút."),))


def _search(snapshot: Snapshot, request: SearchRequest) -> SearchResults:
    found = _once(snapshot, request)
    if found.complete or not request.correct or not request.query.items:
        return found
    better = spelling.correct(snapshot, request.query, phrases=not found.total)
    if better is None:
        return found
    again = _once(snapshot, replace(request, query=better.query))
    if not again.total:
        return found
    if better.typed == better.instead:
        notice = say("Các từ “{typed}” không đứng liền nhau ở đâu cả. Đang tìm từng từ.", typed=better.typed)
    else:
        notice = say("Không có “{typed}”. Đang tìm “{instead}”.", typed=better.typed, instead=better.instead)
    return replace(again, notices=(notice, *again.notices), hints=found.hints, corrected=better.query)


def _once(snapshot: Snapshot, request: SearchRequest) -> SearchResults:
    planner = Planner(snapshot, request.lexicons or (lexicon.shipped(),) if request.expand else ())
    plan = planner.plan(request.query, request.named if request.expand else None)
    candidates = candidates_of(snapshot, request, plan)
    wanted = len(plan.counted)
    least, notices = how_far(candidates, wanted)
    included = [included_in(candidates, part, least) for part in range(len(snapshot.segments))]
    total = sum(int(np.count_nonzero(included[i] & candidates.allowed[i])) for i in range(len(included)))
    complete = sum(int(np.count_nonzero(allowed & (tiers == ALL_STRICT))) for allowed, tiers in zip(candidates.allowed, candidates.tiers, strict=True))
    hits = _hits(snapshot, plan, candidates, included, request) if total else ()
    return SearchResults(
        hits=hits,
        total=total,
        complete=complete,
        facets=facets_of(snapshot, candidates, included, request.facets),
        notices=notices,
        hints=request.query.hints,
        said=tuple(Said(e.typed, tuple(form.text for form in e.others)) for e in plan.expansions),
    )


def _hits(snapshot: Snapshot, plan: Plan, candidates: Candidates, included: Sequence[Mask], request: SearchRequest) -> tuple[Hit, ...]:
    """The page asked for; by relevance, what the best hits say together moves those that follow."""
    last = request.offset + request.limit
    feeds = request.sort == RELEVANCE and request.feedback
    ranking = ranked(snapshot, candidates, included, request, max(last, feedback.PUPILS) if feeds else last)
    if feeds:
        feedback.reorder(snapshot, plan, ranking)
    return hits_of(snapshot, candidates, ranking, request.offset, last)
