"""What is offered where a search finds nothing, or little: the whole city, the words alone, no filters; each with how much it finds.

Only counted where it may help: an empty page costs at most four searches that read no row, a page of few hits one, any other none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from petitions.search import parsing
from petitions.search.engine import Engine
from petitions.search.parsing import Code, Either, Item, Phrase, Prefix, Query, Word
from petitions.search.requests import SearchRequest, SearchResults
from petitions.search.sources import Scope

FEW = 5  # hits of the own constituency up to which the city is offered


@dataclass(frozen=True, slots=True)
class Offers:
    """How much other searches find; 0 or None: that one is no help.

    city: the same search over the whole city; whole: those of its hits that have all the words, where none of the own has. simpler: the words
    alone, without quotes, fields, days and filters. unfiltered: the same words without the filters beside them. elsewhere: the words alone, over the city.
    """

    city: int = 0
    whole: int = 0
    simpler: tuple[str, int] | None = None
    unfiltered: int = 0
    elsewhere: tuple[str, int] | None = None


NONE = Offers()


def offers(engine: Engine, request: SearchRequest, typed: Query, results: SearchResults, city: Scope | None) -> Offers:
    """What to offer beside `results` of `request`. typed: the query without what was chosen beside it; city: the wider scope, when there is one."""
    if not results.ready:
        return NONE
    wider, whole = _city(engine, request, results, city)
    if results.total:
        return Offers(wider, whole)
    simpler, unfiltered = None, 0
    words = plain_words(typed)
    if words and words != typed.text:
        simpler = _alone(engine, request, words)
    if request.filters or typed != request.query:
        unfiltered = _counted(engine, replace(request, query=typed, filters={})).total
    found = Offers(wider, whole, simpler, unfiltered)
    if city is not None and words and found == NONE:
        return replace(found, elsewhere=_alone(engine, replace(request, scope=city), words))
    return found


def _city(engine: Engine, request: SearchRequest, results: SearchResults, city: Scope | None) -> tuple[int, int]:
    """How much the city has, where the own constituency has little or nothing with all the words; and how much of it then has them all."""
    if city is None or (results.total > FEW and results.complete):
        return 0, 0
    found = _counted(engine, replace(request, scope=city))
    whole = found.complete if results.total and not results.complete else 0
    return (found.total, whole) if whole or (results.total <= FEW and found.total > results.total) else (0, 0)


def _alone(engine: Engine, request: SearchRequest, words: str) -> tuple[str, int] | None:
    total = _counted(engine, replace(request, query=parsing.parse(words), filters={})).total
    return (words, total) if total else None


def _counted(engine: Engine, request: SearchRequest) -> SearchResults:
    return engine.search(replace(request, facets=(), limit=1, offset=0, feedback=False))


def plain_words(query: Query) -> str:
    """The words of a query, as they were typed, without quotes, fields and days; what was not wanted is left out."""
    return " ".join(word for item in query.items for word in _typed(item))


def _typed(item: Item) -> Iterable[str]:
    match item:
        case Phrase():
            return [word.typed for word in item.words]
        case Either():
            return [word for one in item.items for word in _typed(one)]
        case Word() | Prefix():
            return (item.typed,)
        case Code():
            return (item.folded,)
