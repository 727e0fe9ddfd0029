"""The piece of a text that shows why it was found, with the found words marked. Marks count: "đường" does not light up "dương"."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from petitions.search import lexicon
from petitions.search.analysis import has_marks, places_of, terms_of, words_as_written
from petitions.search.documents import ANSWER, ATTACHMENT, BODY, SUMMARY
from petitions.search.parsing import Code, Either, Item, Phrase, Prefix, Query, Word

WINDOW = 34  # syllables shown
LEAD = 6  # syllables before the first found one
SHOWN_PARTS = (BODY, ANSWER, SUMMARY, ATTACHMENT)
MOST_WINDOWS = 400  # found words at which a window is tried
LOOKED_AT = 20_000  # letters of a part that are looked through


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `found` when it is to be marked."""

    text: str
    found: bool = False


class Marks(dict[str, bool]):
    """Whether a word, as it stands in a text, is to be marked: worked out once for each way of writing, as a page says the same few hundred again and again."""

    def __init__(self, exact: frozenset[str], folded: frozenset[str], beginnings: tuple[str, ...]) -> None:
        self._exact, self._folded, self._beginnings = exact, folded, beginnings

    def __missing__(self, word: str) -> bool:
        exact, folded = terms_of(word)
        found = self[word] = exact in self._exact or folded in self._folded or folded.startswith(self._beginnings)
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: exact and folded terms, beginnings, and runs of exact terms (synonyms); `loosely`: with other marks too."""

    exactly: Marks
    loosely: Marks
    marked: bool
    small: frozenset[str]
    runs: tuple[tuple[str, ...], ...]
    neighbours: frozenset[tuple[str, str]] = frozenset()


def wanted(query: Query, synonyms: Iterable[str] = ()) -> Wanted:
    """What to mark for `query` and the synonyms that were searched along."""
    words = [word for item in query.items for word in _words(item)]
    marked = any(has_marks(word.exact) for word in words)
    runs = [tuple(word.exact for word in lexicon.form_of(text).words) for text in synonyms]
    exact, folded = frozenset(word.exact for word in words), frozenset(word.folded for word in words)
    beginnings = tuple(item.folded for item in query.items if isinstance(item, Prefix))
    return Wanted(
        exactly=Marks(exact if marked else frozenset(), frozenset() if marked else folded, beginnings),
        loosely=Marks(exact, folded, beginnings),
        marked=marked,
        small=frozenset(word.exact for word in words if lexicon.is_small(word, marked)),
        runs=tuple(run for run in runs if run),
        neighbours=frozenset((one.folded, other.folded) for one, other in pairwise(words)),
    )


def _words(item: Item) -> Iterable[Word]:
    match item:
        case Word():
            return (item,)
        case Phrase():
            return item.words
        case Either():
            return [word for one in item.items for word in _words(one)]
        case Prefix() | Code():
            return ()


def snippet(texts: Mapping[str, str], what: Wanted) -> list[Piece]:
    """The best window over the parts, marked. Without any found word: the beginning of the first part."""
    best, chosen = -1, None
    for part in SHOWN_PARTS:
        text = texts.get(part, "")[:LOOKED_AT]
        if not text:
            continue
        words = words_as_written(text)
        found = _found(words, what)
        worth, start = _window(words, found)
        if worth > best:
            best, chosen = worth, (text, found, start, len(texts[part]) > LOOKED_AT)
    return _pieces(*chosen) if chosen else []


def highlight(text: str, what: Wanted) -> list[Piece]:
    """The whole of a short text, marked."""
    return _cut(text, 0, len(text), places_of(text), _found(words_as_written(text), what))


def _found(words: Sequence[str], what: Wanted) -> list[int]:
    """Which words, by their number, are to be marked."""
    found = _marked(words, what.exactly) or _marked(words, what.loosely)
    found = _as_written(words, found, what)
    if what.runs:
        found = sorted({*found, *_runs(words, what.runs)})
    # Small words (của, ở …) are marked only beside a found one that is not small.
    strong = {i for i in found if not _small(words[i], what)}
    return [i for i in found if i in strong or i - 1 in strong or i + 1 in strong]


def _marked(words: Sequence[str], marks: Marks) -> list[int]:
    return [i for i, word in enumerate(words) if marks[word]]


def _runs(words: Sequence[str], runs: Iterable[Sequence[str]]) -> Iterable[int]:
    """The words that belong to one of the runs of exact terms."""
    exact = [terms_of(word)[0] for word in words]
    places: dict[str, list[int]] = {}
    for i, term in enumerate(exact):
        places.setdefault(term, []).append(i)
    for run in runs:
        for start in places.get(run[0], ()):
            if exact[start : start + len(run)] == list(run):
                yield from range(start, start + len(run))


def _small(word: str, what: Wanted) -> bool:
    """Whether a found word only joins others: as it was typed, or, typed without marks, as it is written here ("tai" that is "tại")."""
    exact = terms_of(word)[0]
    return exact in what.small or (not what.marked and lexicon.is_small_exact(exact))


def _as_written(words: Sequence[str], found: list[int], what: Wanted) -> list[int]:
    """Where a word typed without marks stands beside its neighbour of the query, that writing is meant: "gia lam" next to "Gia Lâm" leaves "làm" alone."""
    terms = [terms_of(words[i]) for i in found]
    meant: dict[str, set[str]] = {}
    for (one, first), (other, second) in pairwise(zip(found, terms, strict=True)):
        if other == one + 1 and (first[1], second[1]) in what.neighbours:
            for exact, folded in (first, second):
                meant.setdefault(folded, set()).add(exact)
    return [i for i, (exact, folded) in zip(found, terms, strict=True) if exact in meant.get(folded, (exact,))] if meant else found


def _window(words: Sequence[str], found: Sequence[int]) -> tuple[int, int]:
    """Worth (different words count most, then neighbours) and first word of the best window."""
    folded = [terms_of(words[i])[1] for i in found]
    best, start = 0, 0
    for number, place in enumerate(found[:MOST_WINDOWS]):
        last = bisect_left(found, place + WINDOW - LEAD)
        inside = found[number:last]
        worth = 100 * len(set(folded[number:last])) + sum(1 for one, other in pairwise(inside) if other == one + 1)
        if worth > best:
            best, start = worth, max(0, place - LEAD)
    return best, start


def _pieces(text: str, found: Sequence[int], start: int, more: bool) -> list[Piece]:
    places = places_of(text)
    if not places:
        return []
    last = min(start + WINDOW, len(places))
    begin = places[start][0] if start else 0
    end = places[last - 1][1] if last < len(places) else len(text)
    pieces = _cut(text, begin, end, places, [i for i in found if start <= i < last])
    if start:
        pieces.insert(0, Piece("… "))
    if last < len(places) or more:
        pieces.append(Piece(" …"))
    return pieces


def _cut(text: str, begin: int, end: int, places: Sequence[tuple[int, int]], found: Sequence[int]) -> list[Piece]:
    """Text begin … end as pieces; neighbours that are both found are marked as one, with the blank between."""
    stretches: list[tuple[int, int]] = []
    before = -2
    for i in found:
        if i == before + 1 and text[places[before][1] : places[i][0]].isspace():
            stretches[-1] = stretches[-1][0], places[i][1]
        else:
            stretches.append(places[i])
        before = i
    pieces: list[Piece] = []
    for first, last in stretches:
        if first > begin:
            pieces.append(Piece(text[begin:first]))
        pieces.append(Piece(text[first:last], True))
        begin = last
    if end > begin:
        pieces.append(Piece(text[begin:end]))
    return [Piece(" ".join(piece.text.split("\n")), piece.found) for piece in pieces]


def plain(pieces: Iterable[Piece]) -> str:
    """As text, found words between ** **: for the command and JSON."""
    return "".join(f"**{piece.text}**" if piece.found else piece.text for piece in pieces)
