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
from petitions.search import analysis, lexicon, queries, sources
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
SCANNED = 400  # terms of one segment that are looked at
SEGMENTS = 4  # the largest ones know the common words
SAMPLE = 8  # documents that are asked how a pair is written
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
    words = [(form, TRADE) for form in queries.words_in_force(session).texts]
    found = dict(_names(_table(tuple(names), tuple(words)), text, syllables))
    try:
        common = _common(engine.reader.snapshot(), text, syllables, MOST - len(found))
    except (NoIndex, *UNREADABLE):
        common = []
    typed = " ".join(text.split()).lower()
    return [Suggestion(whole, kind) for whole, kind in {**found, **{w: k for w, k in common if w not in found}}.items() if whole.lower() != typed][:MOST]


@lru_cache(maxsize=4)
def _table(names: tuple[Name, ...], words: tuple[Name, ...]) -> tuple[list[str], list[tuple[str, Message, int]]]:
    """Folded names and their later parts ("gia lam" of "huyện Gia Lâm"), sorted, with the name and how deep inside it the part begins."""
    entries: dict[tuple[str, str], tuple[str, Message, int]] = {}
    for name, kind in (*names, *words):
        folded = [syllable.folded for syllable in analysis.syllables(name)]
        for start in range(min(len(folded), 3)):
            entries.setdefault((" ".join(folded[start:]), name), (name, kind, start))
    ordered = sorted(entries.items(), key=lambda one: (one[0][0], one[1][2], one[0][1]))
    return [key for (key, _name), _ in ordered], [entry for _, entry in ordered]


def _names(table: tuple[list[str], list[tuple[str, Message, int]]], text: str, syllables: Sequence[Syllable]) -> Iterator[tuple[str, Message]]:
    keys, entries = table
    given = 0
    for length in range(min(TAIL, len(syllables)), 0, -1):
        tail = syllables[-length:]
        start = " ".join(syllable.folded for syllable in tail) + (" " if text[-1].isspace() else "")
        if len(start) < 2 or _in_a_field(text, tail[0].start):
            continue
        place = bisect.bisect_left(keys, start)
        near = [entries[i] for i in range(place, min(place + SCANNED, len(keys))) if keys[i].startswith(start)]
        marked = any(analysis.has_marks(syllable.exact) for syllable in tail)
        for name, kind, _deep in sorted(near, key=lambda entry: (entry[2], len(entry[0]), entry[0])):
            if (not marked or _marks_agree(name, tail)) and given < MOST_NAMES:
                given += 1
                yield text[: tail[0].start] + name, kind


def _in_a_field(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith(":")


def _marks_agree(name: str, tail: Sequence[Syllable]) -> bool:
    """Whether the finished syllables that carry marks stand so in the name."""
    exact = {syllable.exact for syllable in analysis.syllables(name)}
    return all(syllable.exact in exact for syllable in tail[:-1] if analysis.has_marks(syllable.exact))


# common pairs of the index -----------------------------------------------------------------------------------------------


def _common(snapshot: Snapshot, text: str, syllables: Sequence[Syllable], room: int) -> list[tuple[str, Message]]:
    last = syllables[-1]
    beginnings = [] if len(syllables) < 2 or text[-1].isspace() else [(syllables[-2], analysis.pair(syllables[-2].folded, last.folded))]
    if len(last.folded) > 1:
        beginnings.append((last, analysis.pair(last.folded, "") if text[-1].isspace() else last.folded))
    found: dict[str, Message] = {}
    for first, start in beginnings:
        if _in_a_field(text, first.start):
            continue
        for pair in _frequent(snapshot, start, room):
            written = _written(snapshot, pair, first)
            if written:
                found.setdefault(text[: first.start] + written, COMMON)
    return list(found.items())[: max(room, 0)]


def _frequent(snapshot: Snapshot, start: str, most: int) -> list[str]:
    """The pairs that begin with `start` and stand in most documents; pairs with small words are left out."""
    counts = Counter[str]()
    for part in sorted(snapshot.segments, key=lambda part: -part.segment.size)[:SEGMENTS]:
        for pair, many in islice(part.segment.beginning(PAIRS, start), SCANNED):
            counts[pair] += many
    likely = [pair for pair, many in counts.most_common(most * 3) if many >= LEAST_DOCUMENTS]
    return [pair for pair in likely if not any(lexicon.is_small_term(word) or word.isdigit() for word in pair.split(analysis.PAIR))][:most]


def _written(snapshot: Snapshot, pair: str, first: Syllable) -> str:
    """How most documents write a pair; nothing when those that were asked write its first word with other marks than were typed."""
    forms = Counter[str]()
    part = max(snapshot.segments, key=lambda part: part.segment.frequency(PAIRS, pair))
    documents = part.segment.postings(PAIRS, pair).documents
    wanted = pair.split(analysis.PAIR)
    for document in documents[:: max(1, len(documents) // SAMPLE)][:SAMPLE]:
        forms.update(_forms(part.segment, int(document), wanted))
    typed = first.exact if analysis.has_marks(first.exact) else ""
    agreeing = ((many, form) for form, many in forms.items() if not typed or form.split()[0].startswith(typed))
    return max(agreeing, default=(0, ""))[1]


def _forms(segment: Segment, document: int, wanted: Sequence[str]) -> Iterable[str]:
    for run in segment.said(document).parts.values():
        folded = [analysis.terms_of(word)[1] for word in run]
        for place in range(len(run) - 1):
            if folded[place : place + 2] == wanted:
                yield f"{run[place]} {run[place + 1]}"
