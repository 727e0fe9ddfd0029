"""A search as a person asks it: words, chosen filters, scope → rows with captions, counts in words. Used by the page, the command and JSON.

The engine knows no people and no database; here the two meet. Scope is put into the query itself, never applied to its results.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.search import offering, parsing, queries, snippets, sources
from petitions.search.documents import SUMMARY
from petitions.search.engine import Engine
from petitions.search.lexicon import Lexicon
from petitions.search.offering import NONE, Offers
from petitions.search.parsing import Query
from petitions.search.requests import RELEVANCE, Hit, SearchRequest, SearchResults
from petitions.search.schema import KIND
from petitions.search.snippets import Piece
from petitions.search.sources import EVERYTHING, Caption, Condition, Facet, Labels, Scope

MINE, CITY = "mine", "city"
STORED = "~"  # before a value in an address: this very value; without it, words that a source resolves
MOST_VALUES = 60  # of one facet that are put into words


@dataclass(frozen=True, slots=True)
class Asked:
    """What came in. filters: facet → words or ~values; scope: mine or city; expand: words of the trade too."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    scope: str = ""  # mine, city, or empty: mine where the person has a scope of his own
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    expand: bool = True
    switches: bool = True  # filters are switches on a page: a facet counts its other values too; else they are part of the query


@dataclass(frozen=True, slots=True)
class Row:
    """One hit as it is shown."""

    hit: Hit
    caption: Caption
    title: Sequence[Piece]
    snippet: Sequence[Piece]
    place: Sequence[Piece]

    @property
    def told(self) -> bool:
        """Whether the snippet says something that the title does not."""
        said, title = (" ".join("".join(piece.text for piece in pieces).strip("… ").split()) for pieces in (self.snippet, self.title))
        return bool(said) and not (said in title if self.caption.texts.get(SUMMARY) else said == title)

    @property
    def titled(self) -> bool:
        """Whether the title says more than the snippet, which shows the same text when nobody wrote a summary."""
        return bool(self.caption.texts.get(SUMMARY)) or not self.told


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet with its count under the present query."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A facet with its values, the chosen ones first."""

    facet: Facet
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the page or the command shows."""

    asked: Asked
    query: Query
    results: SearchResults
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    scope: str  # mine or city
    mine: bool  # whether this person has a narrower scope of his own
    offers: Offers = NONE  # where little or nothing is found: what would find more
    named: tuple[str, ...] = ()  # in words: the fields that words of the query name, and that were lifted


@cache
def _engine(folder: Path, cache_bytes: int) -> Engine:
    return Engine(folder, cache_bytes)


def engine_of(office: Office) -> Engine:
    """The office's search engine: one per process."""
    return _engine(office.settings.index_dir, office.settings.search_cache_mb * 1024 * 1024)


def find(session: Session, engine: Engine, asked: Asked, identity: Identity | None) -> Findings:
    """Search for `identity` (None: the operator at the command line, who sees everything)."""
    typed = parse(session, asked.text)
    query = between(typed, asked.since, asked.until)
    own = mine_of(session, identity)
    narrow = bool(own) and asked.scope != CITY
    scope = scope_of(session, identity, own if narrow else {})
    facets = sources.facets()
    filters = chosen(session, asked.filters)
    if not asked.switches:
        query, filters = replace(query, filters=_both(query.filters, filters)), {}
    lexicons = lexicons_of(session) if asked.expand else ()
    named = _named(session, query) if asked.expand else {}
    request = SearchRequest(
        query=query,
        scope=scope,
        filters=filters,
        facets=[facet.name for facet in facets],
        sort=asked.sort,
        offset=asked.offset,
        limit=asked.limit,
        expand=asked.expand,
        lexicons=lexicons,
        named=named,
    )
    results = engine.search(request)
    what = snippets.wanted(results.corrected or query, [other for said in results.said for other in said.others])
    rows = tuple(_rows(session, results.hits, what))
    values = {facet.name: _values(facet.name, results, request) for facet in facets}
    labels = labels_of(session, {name: list(dict.fromkeys([*many, *sorted(named.get(name, ()))])) for name, many in values.items()})
    city = scope_of(session, identity, {}) if narrow else None
    offers = offering.offers(engine, request, typed, results, city) if asked.switches else NONE
    columns = tuple(_column(facet, values[facet.name], labels.get(facet.name, {}), results, request) for facet in facets)
    said = tuple(labels[name][value] for name, many in sorted(named.items()) for value in sorted(many) if value in labels.get(name, {}))
    return Findings(asked, query, results, rows, columns, MINE if narrow else CITY, bool(own), offers, said)


def lexicons_of(session: Session) -> list[Lexicon]:
    """The words in force, then the other names that the sources know."""
    return [queries.words_in_force(session), *(one for source in sources.registered() for one in source.lexicons(session))]


def between(query: Query, since: date | None, until: date | None) -> Query:
    """The query within these days too."""
    later = max((day for day in (query.since, since) if day), default=None)
    sooner = min((day for day in (query.until, until) if day), default=None)
    return replace(query, since=later, until=sooner)


def parse(session: Session, text: str) -> Query:
    """Read what was typed, field values resolved by the sources."""
    names = {facet.name: facet.words for facet in sources.facets()}
    return parsing.parse(text, names, lambda facet, words: resolve(session, facet, words))


def resolve(session: Session, facet: str, words: str) -> Sequence[str]:
    """The stored values that `words` mean for `facet`, over all sources."""
    if words.startswith(STORED):
        return (words[1:],)
    found: dict[str, None] = {}
    for source in sources.registered():
        if any(one.name == facet for one in source.facets):
            found.update(dict.fromkeys(source.resolve(session, facet, words)))
    return tuple(found)


def chosen(session: Session, filters: Mapping[str, tuple[str, ...]]) -> Condition:
    """Filters of an address as stored values; words that mean nothing match nothing, so that a wrong filter is never shown as no filter."""
    known = {facet.name for facet in sources.facets()}
    result = {}
    for name, many in filters.items():
        if name in known and any(words.strip() for words in many):
            values = [value for words in many if words.strip() for value in resolve(session, name, words.strip())]
            result[name] = frozenset(values)
    return result


def scope_of(session: Session, identity: Identity | None, narrower: Mapping[str, Condition]) -> Scope:
    """What may be found: the scopes of all sources, each bound to its kind; `narrower`: kind → the person's own filter."""
    if identity is None:
        return EVERYTHING
    conditions: list[Condition] = []
    for source in sources.registered():
        if not identity.may(source.permission) or (narrower and source.kind not in narrower):
            continue
        for condition in source.scope(session, identity).any_of:
            conditions.append(_both({**condition, KIND: frozenset({source.kind})}, narrower.get(source.kind, {})))
    return Scope(tuple(conditions))


def mine_of(session: Session, identity: Identity | None) -> dict[str, Condition]:
    """Kind → "my constituency" of this person, for the kinds that have one."""
    if identity is None:
        return {}
    found = {source.kind: source.mine(session, identity) for source in sources.registered() if identity.may(source.permission)}
    return {kind: condition for kind, condition in found.items() if condition}


def _both(one: Condition, other: Condition) -> dict[str, frozenset[str]]:
    joined = {**one, **other}
    return {name: one[name] & other[name] if name in one and name in other else values for name, values in joined.items()}


def _rows(session: Session, hits: Iterable[Hit], what: snippets.Wanted) -> Iterable[Row]:
    hits = list(hits)
    captions: dict[tuple[str, int], Caption] = {}
    for source in sources.registered():
        ids = [hit.subject_id for hit in hits if hit.kind == source.kind]
        if ids:
            captions.update({(source.kind, number): caption for number, caption in source.captions(session, ids).items()})
    for hit in hits:
        caption = captions.get((hit.kind, hit.subject_id))
        if caption is not None:  # deleted since: the writer is on its way
            yield row_of(hit, caption, what)


def row_of(hit: Hit, caption: Caption, what: snippets.Wanted) -> Row:
    """One hit with its words marked; a summary that is the title is not looked through again for the snippet."""
    texts = {part: text for part, text in caption.texts.items() if part != SUMMARY or text != caption.title}
    return Row(hit, caption, snippets.highlight(caption.title, what), snippets.snippet(texts, what), snippets.highlight(caption.place, what))


def _named(session: Session, query: Query) -> dict[str, frozenset[str]]:
    text = offering.plain_words(query)
    found: dict[str, frozenset[str]] = {}
    for source in sources.registered():
        for facet, values in source.named(session, text).items():
            found[facet] = found.get(facet, frozenset()) | values
    return found


def labels_of(session: Session, wanted: Mapping[str, Sequence[str]]) -> Labels:
    """Words for values of facets; where sources share a facet, the next is asked only for what those before have no word for."""
    found: dict[str, dict[str, str]] = {}
    for source in sources.registered():
        names = [facet.name for facet in source.facets]
        left = {name: [value for value in wanted.get(name, ()) if value not in found.get(name, {})] for name in names}
        for name, words in source.labels(session, {name: values for name, values in left.items() if values}).items():
            found[name] = {**words, **found.get(name, {})}
    return found


def _picked(facet: str, request: SearchRequest) -> frozenset[str]:
    return request.filters.get(facet, frozenset()) | request.query.filters.get(facet, frozenset())


def _values(facet: str, results: SearchResults, request: SearchRequest) -> list[str]:
    """The values of a facet that are shown: the chosen ones, then the most frequent."""
    picked = _picked(facet, request)
    return [*sorted(picked), *(value for value in list(results.facets.get(facet, {}))[:MOST_VALUES] if value not in picked)]


def _column(facet: Facet, values: Sequence[str], labels: Mapping[str, str], results: SearchResults, request: SearchRequest) -> Column:
    picked, counts = _picked(facet.name, request), results.facets.get(facet.name, {})
    return Column(facet, tuple(Value(value, labels.get(value, value), counts.get(value, 0), value in picked) for value in values))


def external_ids(session: Session) -> set[str]:
    """Every external id that the sources hold, for the evaluation."""
    return {known for source in sources.registered() for known in source.external_ids(session)}
