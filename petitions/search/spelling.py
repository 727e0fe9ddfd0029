"""When nothing is found: one slip of the finger, a joined word, a parted word. Answers come from the index's own vocabulary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from petitions.search import analysis
from petitions.search.parsing import Item, Phrase, Query, Word
from petitions.search.schema import FOLDED, PAIRS
from petitions.search.segments import Snapshot

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SHORTEST = 2
LONGEST = 24
MOST_TRIED = 4_000  # strings that are looked up for all unknown words of a query: ten misspelt syllables need some two thousand
LOOKED_UP = 2  # letters from which on it is asked whether any word begins so


@dataclass(frozen=True, slots=True)
class Correction:
    """The query to try instead, and the words that were changed."""

    query: Query
    typed: str
    instead: str


def correct(snapshot: Snapshot, query: Query, *, phrases: bool = True) -> Correction | None:
    """The likeliest query in which unknown words are replaced by known ones, and with `phrases` quotes are opened; None when there is none."""
    items: list[Item] = []
    typed: list[str] = []
    instead: list[str] = []
    rest = list(query.items)
    room = MOST_TRIED
    while rest:
        item = rest.pop(0)
        if isinstance(item, Phrase) and phrases:  # a phrase that stands nowhere: its words
            taken, was = item.words, " ".join(word.typed for word in item.words)
        elif not isinstance(item, Word) or snapshot.frequency(FOLDED, item.folded):
            items.append(item)
            continue
        elif (joined := _joined(snapshot, item, rest)) is not None:
            taken, was = joined
        else:
            slips = list(islice(_slips(snapshot, item.folded), room))
            room -= len(slips)
            taken, was = _mended(snapshot, item, slips, _beside(items[-1:]), _beside(rest[:1])), item.typed
        if taken:
            items.extend(taken)
            typed.append(was)
            instead.append(" ".join(word.typed for word in taken))
        elif isinstance(item, Word):
            items.append(item)  # nothing like it is known: it stays, for what is said about it
    if not typed:
        return None
    return Correction(replace(query, items=tuple(items)), " ".join(typed), " ".join(instead))


def _joined(snapshot: Snapshot, word: Word, rest: list[Item]) -> tuple[tuple[Word, ...], str] | None:
    """The word and the one after it, unknown too, as one known word: "đư ờng"."""
    following = rest[0] if rest else None
    if not isinstance(following, Word) or snapshot.frequency(FOLDED, following.folded):
        return None
    whole = _word(word.folded + following.folded)
    if not snapshot.frequency(FOLDED, whole.folded):
        return None
    rest.pop(0)
    return (whole,), f"{word.typed} {following.typed}"


def _word(folded: str) -> Word:
    return Word(folded, folded, folded)


def _beside(items: list[Item]) -> str:
    return items[0].folded if items and isinstance(items[0], Word) else ""


def _mended(snapshot: Snapshot, word: Word, slips: Iterable[str], before: str, after: str) -> tuple[Word, ...]:
    """The two known neighbours it was joined of, or the known word among `slips`: the one that stands most often beside the words around it,
    else in most documents.
    """
    folded = word.folded
    if not SHORTEST <= len(folded) <= LONGEST:
        return ()
    parted = max(_partings(snapshot, folded), default=None)
    if parted is not None:
        return tuple(_word(half) for half in parted[1])
    known = [(frequency, other) for other in slips if (frequency := snapshot.frequency(FOLDED, other))]
    company = [(sum(snapshot.frequency(PAIRS, pair) for pair in _pairs(before, other, after)), frequency, other) for frequency, other in known]
    return (_word(max(company)[2]),) if company else ()


def _pairs(before: str, word: str, after: str) -> list[str]:
    return [analysis.pair(*both) for both in ((before, word), (word, after)) if all(both)]


def _partings(snapshot: Snapshot, folded: str) -> Iterator[tuple[int, tuple[str, str]]]:
    for cut in range(1, len(folded)):
        halves = folded[:cut], folded[cut:]
        frequency = snapshot.frequency(PAIRS, analysis.pair(*halves))
        if frequency:
            yield frequency, halves


def _slips_at(word: str, i: int) -> Iterable[str]:
    """Every string one letter away in place `i`: left out, put in, changed, or two neighbours swapped."""
    head, tail = word[:i], word[i:]
    if tail:
        yield head + tail[1:]
    if len(tail) > 1:
        yield head + tail[1] + tail[0] + tail[2:]
    for letter in LETTERS:
        yield head + letter + tail
        if tail and letter != tail[0]:
            yield head + letter + tail[1:]


def _slips(snapshot: Snapshot, word: str) -> Iterable[str]:
    """Every string one letter away, each once, as far as any word of the index begins like the letters before the slip: few for "qwxzfk…"."""
    if not SHORTEST <= len(word) <= LONGEST:
        return
    seen: set[str] = set()
    for i in range(len(word) + 1):
        if i >= LOOKED_UP and not snapshot.begins(FOLDED, word[:i]):
            return
        for other in _slips_at(word, i):
            if other not in seen:
                seen.add(other)
                yield other
