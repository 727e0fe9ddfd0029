"""How much each part of a document counts: BM25F, with the length norms baked into the weight of each posting.

A posting's weight is the sum over the parts of  weight × occurrences / (1 - norm + norm × length / usual length);  the scorer only
saturates it and multiplies by the rarity of the term. So one list of postings per term serves all parts, an answer of ten pages
does not drown a petition of two lines, and changing a number here means rebuilding (`SCHEMA_VERSION`).

The numbers are reasoned, not fitted: what a clerk summarised says more than the text, names of places and codes are exact
speech, an answer repeats what others ask for, former names only open a door.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from petitions.search import analysis
from petitions.search.documents import AGENCY, ANSWER, ATTACHMENT, BODY, CODE, FIELD, KIN, PLACE, SUMMARY

STEP = 16  # weights are kept in sixteenths: they pack well


@dataclass(frozen=True, slots=True)
class PartWeight:
    """weight of one occurrence; norm 0 … 1: how far length thins it; usual: syllables of an ordinary part."""

    weight: float
    norm: float
    usual: float


PART_WEIGHTS: Mapping[str, PartWeight] = {
    SUMMARY: PartWeight(2.0, 0.5, 25),
    BODY: PartWeight(1.0, 0.6, 110),
    ANSWER: PartWeight(0.35, 0.75, 220),
    ATTACHMENT: PartWeight(0.25, 0.85, 400),
    PLACE: PartWeight(1.5, 0.2, 8),
    KIN: PartWeight(0.5, 0.3, 12),
    FIELD: PartWeight(0.7, 0.2, 5),
    AGENCY: PartWeight(0.6, 0.3, 8),
    CODE: PartWeight(2.5, 0.0, 4),
}

Terms = dict[str, float]


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """The terms of one document with their weights."""

    exact: Terms
    folded: Terms
    pairs: Terms


def worth(part: str, syllables: int) -> float:
    """What one occurrence is worth in a part of so many syllables."""
    how = PART_WEIGHTS[part]
    return how.weight / (1 - how.norm + how.norm * syllables / how.usual)


def weigh(texts: Mapping[str, str]) -> WeightedTerms:
    """The weighted terms of a document's parts: the definition. A segment is written by `gathering`, which comes to the same."""
    exact: Terms = {}
    folded: Terms = {}
    pairs: Terms = {}
    for part, text in texts.items():
        syllables = analysis.words(text)
        if not syllables:
            continue
        one = worth(part, len(syllables))
        plain = [s[1] for s in syllables]
        _add(exact, (s[0] for s in syllables), one)
        _add(folded, plain, one)
        _add(pairs, analysis.pairs(plain), one)
        if part == CODE:
            whole = analysis.codes(text)
            _add(exact, whole, one)
            _add(folded, whole, one)
    return WeightedTerms(_stepped(exact), _stepped(folded), _stepped(pairs))


def _add(into: Terms, terms: Iterable[str], one: float) -> None:
    for term, times in Counter(terms).items():
        into[term] = into.get(term, 0.0) + one * times


def _stepped(terms: Terms) -> Terms:
    return {term: max(1, round(weight * STEP)) / STEP for term, weight in terms.items()}
