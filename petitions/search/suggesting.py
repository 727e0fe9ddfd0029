"""Completions while somebody types, with marks put back: "ngap u" → "ngập úng".

They come from lists that are nobody's secret (places, agencies, fields, words of the trade) and from the index's own pairs of
syllables, of which only those that stand in many documents are offered: nothing of a single document that the reader may not see.
"""

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sqlalchemy.orm import Session

from petitions.core.words import Message, say
from petitions.search import analysis, lexicon, phrases, queries, sources
from petitions.search.analysis import Syllable
from petitions.search.engine import Engine
from petitions.search.reading import UNREADABLE, NoIndex
from petitions.search.schema import PAIRS
from petitions.search.segments import Segment, Snapshot

LONGEST = 120  # letters looked at
MOST = 8
MOST_NAMES = 5  # so that common words have room beside long lists of names
LEAST_DOCUMENTS = 5  # a pair that stands in fewer documents is nobody's common word
TAIL = 5  # syllables that may be the beginning of a name
SCANNED = 250  # terms of one segment that are looked at
SEGMENTS = 4  # the largest ones know the common words
SAMPLE = 6  # documents that are asked how a pair is written
LONGEST_RUN = 4  # syllables of a completion
LEAST_ALIKE = 3  # so many of them must go on alike
LOOKED_UP = 40  # names whose frequency is looked up
COMMON = say("từ hay gặp")
TRADE = say("từ chuyên môn")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A whole query to put into the field, and where its end comes from."""

    text: str
    kind: Message


Name = tuple[str, Message]


def suggest(session: Session, engine: Engine, text: str) -> list[Suggestion]:
    """At most `MOST` completions of `text`, best first; none inside quotes or behind a field's name. Never raises for anything typed."""
    syllables = list(analysis.syllables(text))
    if not syllables or text.count('"') % 2 or len(syllables[-1].folded) > analysis.LONGEST:
        return []
    names = [name for source in sources.registered() for name in source.vocabulary(session)]
    table = _table(tuple(names), tuple((form, TRADE) for form in queries.words_in_force(session).texts))
    try:
        snapshot = engine.reader.snapshot()
        found = list(islice(_found(snapshot, table, text, syllables), MOST + 2))
    except (NoIndex, *UNREADABLE):
        found = [*_names(None, table, text, syllables, range(TAIL, 0, -1))]
    typed = " ".join(text.split()).lower()
    once: dict[str, Suggestion] = {}
    for whole, kind in found:
        if whole.lower() != typed:
            once.setdefault(whole.lower(), Suggestion(whole, kind))
    return list(once.values())[:MOST]


Table = tuple[list[str], list[tuple[str, Message, int]]]


@lru_cache(maxsize=4)
def _table(names: tuple[Name, ...], words: tuple[Name, ...]) -> Table:
    """Folded names and their later parts ("gia lam" of "huyện Gia Lâm"), sorted, with the name and how deep inside it the part begins."""
    entries: dict[tuple[str, str], tuple[str, Message, int]] = {}
    for name, kind in (*names, *words):
        folded = _folded(name)
        for start in range(min(len(folded), 3)):
            entries.setdefault((" ".join(folded[start:]), name), (name, kind, start))
    ordered = sorted(entries.items(), key=lambda one: (one[0][0], one[1][2], one[0][1]))
    return [key for (key, _name), _ in ordered], [entry for _, entry in ordered]


def _found(snapshot: Snapshot, table: Table, text: str, syllables: Sequence[Syllable]) -> Iterator[tuple[str, Message]]:
    """Names that go on with several of the words typed, then common words, then names that begin with the last word alone."""
    alone = len(syllables) == 1
    yield from islice(_names(snapshot, table, text, syllables, range(TAIL, 0 if alone else 1, -1)), MOST_NAMES)
    yield from _common(snapshot, text, syllables)
    if not alone:
        yield from islice(_names(snapshot, table, text, syllables, range(1, 0, -1)), MOST_NAMES)


def _names(snapshot: Snapshot | None, table: Table, text: str, syllables: Sequence[Syllable], lengths: Iterable[int]) -> Iterator[tuple[str, Message]]:
    """Names that begin with the last words, the most of them first; among those the ones that stand in most documents."""
    keys, entries = table
    for length in lengths:
        tail = syllables[-length:]
        start = " ".join(syllable.folded for syllable in tail) + (" " if text[-1].isspace() else "")
        if length > len(syllables) or len(start) < (2 if len(syllables) == 1 else 3) or _in_a_field(text, tail[0].start):
            continue
        place = bisect.bisect_left(keys, start)
        near = sorted(
            (entries[i] for i in range(place, min(place + SCANNED, len(keys))) if keys[i].startswith(start)), key=lambda one: (one[2], len(one[0]), one[0])
        )
        agreeing = [entry for entry in near if _marks_agree(entry[0], tail)][:LOOKED_UP]
        before = syllables[-length - 1].folded if length < len(syllables) else ""
        for name, kind, deep in sorted(agreeing, key=lambda entry: (entry[2] > 1, -_common_name(snapshot, entry[0]), len(entry[0]), entry[0])):
            if not (deep and before and before == _folded(name)[deep - 1]):  # else the longer tail has brought it already
                yield text[: tail[0].start] + name, kind


def _common_name(snapshot: Snapshot | None, name: str) -> int:
    """In how many documents the first two syllables of a name stand together."""
    folded = _folded(name)[:2]
    return snapshot.frequency(PAIRS, analysis.pair(*folded)) if snapshot is not None and len(folded) == 2 else 0


def _folded(name: str) -> list[str]:
    return [syllable.folded for syllable in analysis.syllables(name)]


def _in_a_field(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith(":")


def _marks_agree(name: str, tail: Sequence[Syllable]) -> bool:
    """Whether the finished syllables that carry marks stand so in the name."""
    exact = {syllable.exact for syllable in analysis.syllables(name)}
    return all(syllable.exact in exact for syllable in tail[:-1] if analysis.has_marks(syllable.exact))


# common words of the index -----------------------------------------------------------------------------------------------


def _common(snapshot: Snapshot, text: str, syllables: Sequence[Syllable]) -> Iterator[tuple[str, Message]]:
    last = syllables[-1]
    beginnings = [] if len(syllables) < 2 or text[-1].isspace() else [(syllables[-2], analysis.pair(syllables[-2].folded, last.folded))]
    if text[-1].isspace():
        beginnings.append((last, analysis.pair(last.folded, "")))
    elif len(last.folded) > 2:
        beginnings.append((last, last.folded))
    for first, start in beginnings:
        if not _in_a_field(text, first.start):
            for pair in _frequent(snapshot, start):
                written = _written(snapshot, pair, first)
                if written:
                    yield text[: first.start] + written, COMMON


def _frequent(snapshot: Snapshot, start: str) -> list[str]:
    """The pairs that begin with `start` and stand in most documents; pairs with small words are left out."""
    counts = Counter[str]()
    for part in sorted(snapshot.segments, key=lambda part: -part.segment.size)[:SEGMENTS]:
        for pair, many in islice(part.segment.beginning(PAIRS, start), SCANNED):
            counts[pair] += many
    likely = [pair for pair, many in counts.most_common(MOST * 3) if many >= LEAST_DOCUMENTS]
    return [pair for pair in likely if not any(lexicon.is_small_term(word) or word.isdigit() for word in pair.split(analysis.PAIR))][:MOST]


def _written(snapshot: Snapshot, pair: str, first: Syllable) -> str:
    """How most documents write a pair, with the words that mostly follow it; nothing when its first word was typed with other marks."""
    part = max(snapshot.segments, key=lambda part: part.segment.frequency(PAIRS, pair))
    documents = part.segment.postings(PAIRS, pair).documents
    wanted = pair.split(analysis.PAIR)
    runs = [run for document in documents[:: max(1, len(documents) // SAMPLE)][:SAMPLE] for run in _runs(part.segment, int(document), wanted)]
    typed = first.exact if analysis.has_marks(first.exact) else ""
    runs = [run for run in runs if run[0].startswith(typed)]
    if not runs:
        return ""
    (best, _many), *_ = Counter(run[:2] for run in runs).most_common(1)
    runs = [run for run in runs if run[:2] == best]
    for length in range(3, LONGEST_RUN + 1):
        (longer, many), *_ = Counter(run[:length] for run in runs).most_common(1)
        if len(longer) < length or many * 3 < len(runs) * 2 or len(runs) < LEAST_ALIKE or lexicon.is_small_exact(longer[-1]):
            break
        best = longer
    return " ".join(best)


def _runs(segment: Segment, document: int, wanted: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Where a pair stands in a document: it and the words behind it."""
    pattern = phrases.pattern(wanted)
    for text in segment.packed(document).split("\n"):
        for place in phrases.places(text, pattern):
            yield tuple(text[place : place + LONGEST_RUN * 12].split()[:LONGEST_RUN])
