"""From a query to groups of alternatives: which posting lists are wanted, and what each is worth."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from petitions.search import analysis, lexicon, phrases
from petitions.search.lexicon import Expansion, Lexicon
from petitions.search.parsing import Code, Either, Item, Phrase, Prefix, Query, Word
from petitions.search.postings import Postings
from petitions.search.schema import EQUALS, EXACT, FACETS, FOLDED, PAIRS
from petitions.search.scoring import Alternative, Group, together
from petitions.search.segments import Snapshot
from petitions.search.sources import Condition

UNMARKED = 0.7  # "duong" in a text, when "đường" was asked
LOOSE = 0.35  # "dương" in a text, when "đường" was asked
SYNONYM = 0.8
NEIGHBOURS = 0.7
NAMED = 0.5  # a word that names a field, for a petition of that field: half of what a word as rare would be worth
MOST_COMPLETIONS = 64
COMPLETIONS = 512  # shared by all beginnings of a query
MOST_LOOKED_AT = 3_000  # terms of a segment among which they are looked for
ROOM = 16_000  # the same for all beginnings of a query
MOST_OTHERS = 24  # other names of one: a district has had some twenty units


@dataclass(slots=True)
class Plan:
    """Groups to score; lists whose documents are left out; what was expanded, to be said."""

    groups: list[Group] = field(default_factory=list)
    without: list[Alternative] = field(default_factory=list)
    expansions: list[Expansion] = field(default_factory=list)
    marked: bool = False

    @property
    def counted(self) -> list[Group]:
        """The groups that "all words" means."""
        return [group for group in self.groups if group.counted]


class Planner:
    """Plans one query on one snapshot."""

    def __init__(self, snapshot: Snapshot, lexicons: Sequence[Lexicon]) -> None:
        self._snapshot = snapshot
        self._lexicons = lexicons
        self._room, self._completions = ROOM, MOST_COMPLETIONS

    def plan(self, query: Query, named: Condition | None = None) -> Plan:
        """The plan of `query`; documents with a value of `named` are lifted. Typed with any mark at all, words without marks are meant as they stand."""
        plan = Plan(marked=any(analysis.has_marks(word.exact) for item in (*query.items, *query.without) for word in _words(item)))
        beginnings = sum(isinstance(one, Prefix) for item in (*query.items, *query.without) for one in (item.items if isinstance(item, Either) else (item,)))
        self._completions = min(MOST_COMPLETIONS, COMPLETIONS // max(beginnings, 1))
        for item in query.items:
            plan.groups.append(self._item(item, plan.marked))
        self._small_words(query.items, plan)
        self._neighbours(query.items, plan)
        for words in self._lexicons:
            self._expand(query.items, plan, words)
        plan.groups.extend(self._named(named))
        for item in query.without:
            plan.without.extend(a for a in self._item(item, plan.marked).alternatives if not a.loose)
        return plan

    # items --------------------------------------------------------------------------------------------------

    def _item(self, item: Item, marked: bool) -> Group:
        match item:
            case Word():
                return Group(item.typed, self._word(item, marked))
            case Phrase():
                return Group(" ".join(word.typed for word in item.words), self._phrase_or_code(item, marked))
            case Prefix():
                name, start = (EXACT, item.exact) if analysis.has_marks(item.exact) else (FOLDED, item.folded)
                return Group(f"{item.typed}*", [self._term(name, term) for term in self.beginning(name, start)])
            case Code():
                terms = self.beginning(FOLDED, item.folded) if item.prefix else [item.folded]
                return Group(item.folded, [self._term(FOLDED, term) for term in terms])
            case Either():
                groups = [self._item(one, marked) for one in item.items]
                return Group(" | ".join(group.label for group in groups), [a for group in groups for a in group.alternatives])

    def _word(self, word: Word, marked: bool) -> list[Alternative]:
        if not marked:
            return [self._term(FOLDED, word.folded)]
        found = [self._term(EXACT, word.exact)]
        if word.exact != word.folded:
            found.append(self._term(EXACT, word.folded, UNMARKED))
        if not any(alternative.frequency for alternative in found):  # nobody writes it so: the marks are the slip
            return [self._term(FOLDED, word.folded, UNMARKED)]
        found.append(self._term(FOLDED, word.folded, LOOSE, loose=True))
        return found

    def _phrase_or_code(self, item: Phrase, marked: bool) -> list[Alternative]:
        found = [Alternative(self._in_a_row(item.words, exact=marked))]
        if marked:
            found.append(Alternative(self._in_a_row(item.words, exact=False), LOOSE, loose=True))
        if item.code:
            found.append(self._term(FOLDED, item.code))
        return found

    def _term(self, name: str, term: str, factor: float = 1.0, *, loose: bool = False) -> Alternative:
        return Alternative(tuple(part.segment.postings(name, term) for part in self._snapshot.segments), factor, loose)

    def phrase(self, words: Sequence[Word], *, exact: bool) -> tuple[Postings, ...]:
        """Per segment, the documents in which these words stand in a row: all pairs of neighbours, and with `exact` their marks too."""
        if len(words) == 1:
            name, term = (EXACT, words[0].exact) if exact else (FOLDED, words[0].folded)
            return self._term(name, term).lists
        asked = [(PAIRS, pair) for pair in analysis.pairs([word.folded for word in words])]
        if exact:
            asked += [(EXACT, word.exact) for word in words]
        return tuple(together([part.segment.postings(name, term) for name, term in asked]) for part in self._snapshot.segments)

    def _in_a_row(self, words: Sequence[Word], *, exact: bool) -> tuple[Postings, ...]:
        """The same, verified in what the documents say: pairs alone do not know "a b … b c", nor which of two words has the marks."""
        lists = self.phrase(words, exact=exact)
        if len(words) < 2 or (len(words) == 2 and not exact) or sum(len(many.documents) for many in lists) > phrases.MOST:
            return lists
        return tuple(phrases.adjacent(part.segment, many, words, exact=exact) for part, many in zip(self._snapshot.segments, lists, strict=True))

    def beginning(self, name: str, start: str) -> list[str]:
        """The most frequent terms that begin with `start`."""
        found: Counter[str] = Counter()
        for part in self._snapshot.segments:
            for term, many in islice(part.segment.beginning(name, start), min(MOST_LOOKED_AT, self._room)):
                found[term] += many
                self._room -= 1
        return [term for term, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))[: self._completions]]

    # what stands around the words ---------------------------------------------------------------------------

    def _small_words(self, items: Sequence[Item], plan: Plan) -> None:
        small = [isinstance(item, Word) and lexicon.is_small(item, plan.marked) for item in items]
        if all(small):
            return
        for group, is_small in zip(plan.groups, small, strict=True):
            group.counted = not is_small

    def _neighbours(self, items: Sequence[Item], plan: Plan) -> None:
        for first, second in pairwise(items):
            if isinstance(first, Word) and isinstance(second, Word):
                pair = analysis.pair(first.folded, second.folded)
                plan.groups.append(Group(pair, [self._term(PAIRS, pair)], counted=False, factor=NEIGHBOURS))

    def _named(self, named: Condition | None) -> Iterable[Group]:
        for facet, values in sorted((named or {}).items()):
            alternatives = [self._term(FACETS, f"{facet}{EQUALS}{value}") for value in sorted(values)]
            yield Group(f"{facet}{EQUALS}", alternatives, counted=False, factor=NAMED)

    def _expand(self, items: Sequence[Item], plan: Plan, words: Lexicon) -> None:
        for start, run in _runs(items):
            for expansion in words.expansions(run, plan.marked):
                if self._attach(expansion, start, plan):
                    plan.expansions.append(expansion)

    def _attach(self, expansion: Expansion, start: int, plan: Plan) -> bool:
        known = False
        for form in expansion.others[:MOST_OTHERS]:
            # As it is written: "CA" must not bring in "cả" and "cá".
            alternative = Alternative(self.phrase(form.words, exact=True), SYNONYM, loose=expansion.loose, borrows=True)
            if not alternative.frequency:
                continue
            known = True
            first, last = start + expansion.start, start + expansion.end
            inner = {analysis.pair(a, b) for a, b in pairwise(expansion.folded)}
            for group in (*plan.groups[first:last], *(g for g in plan.groups if not g.counted and g.label in inner)):
                group.alternatives.append(alternative)
        return known


def _runs(items: Sequence[Item]) -> Iterable[tuple[int, list[Word]]]:
    """Runs of plain words (and quoted phrases of their own) with their place among the items."""
    run: list[Word] = []
    for place, item in enumerate((*items, None)):
        if isinstance(item, Word):
            run.append(item)
            continue
        if run:
            yield place - len(run), run
        run = []


def _words(item: Item) -> Iterable[Word]:
    match item:
        case Word():
            return (item,)
        case Phrase():
            return item.words
        case Prefix():
            return (Word(item.typed, item.exact, item.folded),)
        case Either():
            return [word for one in item.items for word in _words(one)]
        case _:
            return ()
