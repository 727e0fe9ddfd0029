"""Twins: what in the index says the same as a text, with other words, in another order, with or without marks.

Two steps. The postings of the text's rarest folded syllables and pairs of neighbours name the documents that share most of them; then
each of those is compared with the text as a whole, on what the index keeps of it (`said`): how much of the words, weighed by how rare
they are, both have, and how much of their neighbourhoods. Answers are left out: the same answer is given to different petitions.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.search import analysis, finding
from petitions.search.candidates import in_scope
from petitions.search.documents import BODY, SUMMARY
from petitions.search.engine import Engine
from petitions.search.reading import UNREADABLE, NoIndex
from petitions.search.schema import FOLDED, KIND, NUMBER, PAIRS
from petitions.search.scoring import rarity
from petitions.search.segments import Segment, Snapshot
from petitions.search.sources import EVERYTHING, Caption, Condition, Scope, source_of

FEWEST = 5  # syllables: less is no petition yet
SYLLABLES, NEIGHBOURS = 40, 60  # rarest terms that are looked up
COMMON = 0.25  # a syllable in more documents than this names nobody; one in a small index still does
LOOKED_AT = 24  # documents compared as a whole
SHARED = 0.15  # of the weight of those terms, that a document must have to be compared
LEAST = 0.30  # likeness below which nothing is shown
ALIKE = 0.85  # and from which a text is called the same
PAIRED = 0.4  # how much neighbourhoods count in a likeness, the words themselves the rest
NEAR = 0.04  # what the same place or field adds
Weighed = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Twin:
    """One like text. likeness: 0 … 1, how much of the wording both share; score: the same with what place and field add, the order of the list."""

    kind: str
    subject_id: int
    score: float
    likeness: float
    near: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it says nearly the same, word for word."""
        return self.likeness >= ALIKE

    @property
    def reason(self) -> Message:
        """Why it is shown, in a few words."""
        return say("trùng {percent} % nội dung", percent=round(self.likeness * 100))


def similar(
    snapshot: Snapshot, text: str, *, near: Condition | None = None, scope: Scope = EVERYTHING, without: Sequence[tuple[str, int]] = (), limit: int = 5
) -> list[Twin]:
    """The documents most like `text`, best first; none for a text of a few words.

    near: facet → values that make a document likelier (its place, its field); scope: what may be seen at all; without: (kind, id) left out.
    """
    folded = [syllable[1] for syllable in analysis.words(text)]
    if len(folded) < FEWEST or not snapshot.segments:
        return []
    mine = _Text(snapshot, folded)
    found = []
    gone = set(without)
    for part, place in _likely(snapshot, mine, scope):
        segment = snapshot.segments[part].segment
        kind, number = segment.kind(place), int(segment.column(NUMBER)[place])
        if (kind, number) in gone:
            continue
        said = segment.said(place).parts
        likeness = max((mine.likeness(said.get(name, ())) for name in (BODY, SUMMARY)), default=0.0)
        if likeness >= LEAST:
            close = tuple(name for name, values in (near or {}).items() if values and _has(segment, place, name, values))
            found.append(Twin(kind, number, likeness + NEAR * len(close), likeness, close))
    return sorted(found, key=lambda twin: (-twin.score, twin.kind, -twin.subject_id))[:limit]


def _has(segment: Segment, place: int, name: str, values: frozenset[str]) -> bool:
    return bool(segment.facet_mask(name, values)[place])


class _Text:
    """The text that twins are sought of: its syllables and pairs with their rarities in this index."""

    def __init__(self, snapshot: Snapshot, folded: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._rarities: dict[tuple[str, str], tuple[float, int]] = {}
        self.words, self.pairs = Counter(folded), Counter(analysis.pairs(folded))
        self._worth = (self._sum(FOLDED, self.words), self._sum(PAIRS, self.pairs))

    def rare(self, field: str, term: str) -> tuple[float, int]:
        """How rare a term is, and in how many documents it stands."""
        key = (field, term)
        if key not in self._rarities:
            frequency = self._snapshot.frequency(field, term)
            self._rarities[key] = rarity(self._snapshot.all_documents, frequency), frequency
        return self._rarities[key]

    def _sum(self, field: str, terms: Mapping[str, int]) -> float:
        return sum(self.rare(field, term)[0] for term in terms)

    def likeness(self, exact: Sequence[str]) -> float:
        """0 … 1: the shared part of what both say; the shorter one wholly in a longer one counts nearly as much."""
        if not exact:
            return 0.0
        folded = [analysis.terms_of(word)[1] for word in exact]
        return (1 - PAIRED) * self._shared(FOLDED, self.words, Counter(folded), self._worth[0]) + PAIRED * self._shared(
            PAIRS, self.pairs, Counter(analysis.pairs(folded)), self._worth[1]
        )

    def _shared(self, field: str, mine: Counter[str], theirs: Counter[str], worth: float) -> float:
        shared = sum(self.rare(field, term)[0] for term in mine if term in theirs)
        if not shared:
            return 0.0
        rest = self._other(field, mine, theirs)
        inside = shared / min(worth, shared + rest)
        both = 2 * shared / (worth + shared + rest)
        return 0.5 * both + 0.5 * inside * min(1.0, 3 * both)

    def _other(self, field: str, mine: Counter[str], theirs: Counter[str]) -> float:
        # Rarities of words that only the other has are not looked up, which would cost a hundred reads each: mine stand for them.
        usual = self._worth[0 if field == FOLDED else 1] / max(1, len(mine))
        return usual * sum(1 for term in theirs if term not in mine)


def _likely(snapshot: Snapshot, mine: _Text, scope: Scope) -> list[tuple[int, int]]:
    """(segment, document) that share most of the rarest terms."""
    most = max(50, int(COMMON * snapshot.all_documents))
    terms: list[tuple[float, str, str]] = []
    for field, many, limit in ((FOLDED, mine.words, SYLLABLES), (PAIRS, mine.pairs, NEIGHBOURS)):
        rare = [(mine.rare(field, term), term) for term in many]
        known = [(weight, field, term) for (weight, frequency), term in rare if 0 < frequency <= most]
        terms += sorted(known, reverse=True)[:limit]
    found: list[tuple[float, int, int]] = []
    for number, part in enumerate(snapshot.segments):
        score = np.zeros(part.segment.size, np.float32)
        for weight, field, term in terms:
            score[part.segment.postings(field, term).documents] += np.float32(weight)
        score[~(part.alive & in_scope(part, scope))] = 0
        best = np.argpartition(score, -LOOKED_AT)[-LOOKED_AT:] if len(score) > LOOKED_AT else np.arange(len(score))
        found += [(float(score[place]), number, int(place)) for place in best if score[place] > 0]
    least = SHARED * sum(weight for weight, _, _ in terms)
    found.sort(reverse=True)
    return [(number, place) for score_of, number, place in found[:LOOKED_AT] if score_of >= least]


def find(
    session: Session, engine: Engine, text: str, *, kind: str, identity: Identity, near: Condition | None = None, without: Sequence[int] = (), limit: int = 5
) -> list[tuple[Twin, Caption]]:
    """The subjects of `kind` that `identity` may find and that are most like `text`, with their captions; none without a readable index."""
    source = source_of(kind)
    if source is None:
        return []
    scope = finding.scope_of(session, identity, {})
    ways = tuple(condition for condition in scope.any_of if KIND not in condition or kind in condition[KIND])
    try:
        twins = similar(engine.reader.snapshot(), text, near=near, scope=Scope(ways), without=[(kind, number) for number in without], limit=limit * 2)
    except (NoIndex, *UNREADABLE):
        return []
    twins = [twin for twin in twins if twin.kind == kind]
    captions = source.captions(session, [twin.subject_id for twin in twins])
    return [(twin, captions[twin.subject_id]) for twin in twins if twin.subject_id in captions][:limit]
