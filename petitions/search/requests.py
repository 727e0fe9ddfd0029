"""What goes into the engine and what comes out of it: plain values, no database, no index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from petitions.core.words import Message
from petitions.search.lexicon import Lexicon
from petitions.search.parsing import Query
from petitions.search.scoring import ALL_STRICT
from petitions.search.sources import EVERYTHING, Condition, Scope

RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
SORTS = (RELEVANCE, NEWEST, OLDEST)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is wanted. filters: facet → values chosen beside the query's own; facets: names to count.

    expand: words of the trade and other names too, from `lexicons` (none: those shipped). correct: mend slips when nothing is found.
    feedback: what the best hits say together moves those that follow. named: facet → values that words of the query name; documents
    that have one are lifted a little, none is brought in or left out.
    """

    query: Query
    scope: Scope = EVERYTHING
    filters: Condition = field(default_factory=dict)
    facets: Sequence[str] = ()
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    expand: bool = True
    correct: bool = True
    feedback: bool = True
    lexicons: Sequence[Lexicon] = ()
    named: Condition = field(default_factory=dict)


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
