"""The piece of a text that shows why it was found, with the found words marked. Marks count: "đường" does not light up "dương"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from petitions.search import analysis, lexicon
from petitions.search.analysis import Syllable
from petitions.search.documents import ANSWER, ATTACHMENT, BODY, SUMMARY
from petitions.search.parsing import Code, Either, Item, Phrase, Prefix, Query, Word

WINDOW = 34  # syllables shown
LEAD = 6  # syllables before the first found one
SHOWN_PARTS = (BODY, ANSWER, SUMMARY, ATTACHMENT)
LOOKED_AT = 20_000  # letters of a part that are looked through


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `found` when it is to be marked."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: exact and folded terms, beginnings, and runs of exact terms (synonyms)."""

    exact: frozenset[str]
    folded: frozenset[str]
    loose: frozenset[str]
    beginnings: tuple[str, ...]
    small: frozenset[str]
    runs: tuple[tuple[str, ...], ...]
    neighbours: frozenset[tuple[str, str]] = frozenset()

    def marks(self, syllable: Syllable, loose: bool) -> bool:
        """Whether one syllable is to be marked."""
        if syllable.exact in self.exact or syllable.folded in self.folded:
            return True
        if loose and syllable.folded in self.loose:
            return True
        return any(syllable.folded.startswith(start) for start in self.beginnings)


def wanted(query: Query, synonyms: Iterable[str] = ()) -> Wanted:
    """What to mark for `query` and the synonyms that were searched along."""
    words = [word for item in query.items for word in _words(item)]
    marked = any(analysis.has_marks(word.exact) for word in words)
    runs = [tuple(word.exact for word in lexicon.form_of(text).words) for text in synonyms]
    return Wanted(
        exact=frozenset(word.exact for word in words) if marked else frozenset(),
        folded=frozenset() if marked else frozenset(word.folded for word in words),
        loose=frozenset(word.folded for word in words),
        beginnings=tuple(item.folded for item in query.items if isinstance(item, Prefix)),
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
    best: tuple[int, list[Piece]] = (-1, [])
    for part in SHOWN_PARTS:
        text = texts.get(part, "")[:LOOKED_AT]
        if not text:
            continue
        syllables = list(analysis.syllables(text))
        found = _found(syllables, what)
        worth, start = _window(syllables, found, what)
        if worth > best[0]:
            best = worth, _pieces(text, syllables, found, start, len(texts[part]) > LOOKED_AT)
    return best[1]


def highlight(text: str, what: Wanted) -> list[Piece]:
    """The whole of a short text, marked."""
    syllables = list(analysis.syllables(text))
    return _cut(text, 0, len(text), syllables, _found(syllables, what))


def _found(syllables: Sequence[Syllable], what: Wanted) -> list[bool]:
    found = [what.marks(syllable, False) for syllable in syllables]
    if not any(found):
        found = [what.marks(syllable, True) for syllable in syllables]
    found = _as_written(syllables, found, what)
    for run in what.runs:
        length = len(run)
        for start in range(len(syllables) - length + 1):
            if all(syllables[start + i].exact == run[i] for i in range(length)):
                found[start : start + length] = [True] * length
    # Small words (của, ở …) are marked only beside a found one that is not small.
    strong = [is_found and not _small(syllable, what) for is_found, syllable in zip(found, syllables, strict=True)]
    return [strong[i] or (f and (strong[i - 1 : i] == [True] or strong[i + 1 : i + 2] == [True])) for i, f in enumerate(found)]


def _small(syllable: Syllable, what: Wanted) -> bool:
    """Whether a found syllable only joins others: as it was typed, or, typed without marks, as it is written here ("tai" that is "tại")."""
    return syllable.exact in what.small or (bool(what.folded) and lexicon.is_small_exact(syllable.exact))


def _as_written(syllables: Sequence[Syllable], found: list[bool], what: Wanted) -> list[bool]:
    """Where a word typed without marks stands beside its neighbour of the query, that writing is meant: "gia lam" next to "Gia Lâm" leaves "làm" alone."""
    meant: dict[str, set[str]] = {}
    for one, other in pairwise(i for i, is_found in enumerate(found) if is_found):
        if other == one + 1 and (syllables[one].folded, syllables[other].folded) in what.neighbours:
            for i in (one, other):
                meant.setdefault(syllables[i].folded, set()).add(syllables[i].exact)
    return [is_found and syllable.exact in meant.get(syllable.folded, {syllable.exact}) for is_found, syllable in zip(found, syllables, strict=True)]


def _window(syllables: Sequence[Syllable], found: Sequence[bool], what: Wanted) -> tuple[int, int]:
    """Worth (different words count most, then neighbours) and first syllable of the best window."""
    places = [i for i, is_found in enumerate(found) if is_found]
    best, start = 0, 0
    for place in places[:400]:
        inside = [i for i in places if place <= i < place + WINDOW - LEAD]
        different = len({syllables[i].folded for i in inside})
        worth = 100 * different + sum(1 for i in inside if i + 1 in inside)
        if worth > best:
            best, start = worth, max(0, place - LEAD)
    return best, start


def _pieces(text: str, syllables: Sequence[Syllable], found: Sequence[bool], start: int, more: bool) -> list[Piece]:
    if not syllables:
        return []
    last = min(start + WINDOW, len(syllables))
    begin = syllables[start].start if start else 0
    end = syllables[last - 1].end if last < len(syllables) else len(text)
    pieces = _cut(text, begin, end, syllables[start:last], found[start:last])
    if start:
        pieces.insert(0, Piece("… "))
    if last < len(syllables) or more:
        pieces.append(Piece(" …"))
    return pieces


def _cut(text: str, begin: int, end: int, syllables: Sequence[Syllable], found: Sequence[bool]) -> list[Piece]:
    """Text begin … end as pieces; neighbours that are both found are marked as one, with the blank between."""
    pieces: list[Piece] = []
    place, i = begin, 0
    while i < len(syllables):
        if not found[i]:
            i += 1
            continue
        last = i
        while last + 1 < len(syllables) and found[last + 1] and text[syllables[last].end : syllables[last + 1].start].isspace():
            last += 1
        if syllables[i].start > place:
            pieces.append(Piece(text[place : syllables[i].start]))
        pieces.append(Piece(text[syllables[i].start : syllables[last].end], True))
        place, i = syllables[last].end, last + 1
    if end > place:
        pieces.append(Piece(text[place:end]))
    return [Piece(" ".join(piece.text.split("\n")), piece.found) for piece in pieces]


def plain(pieces: Iterable[Piece]) -> str:
    """As text, found words between ** **: for the command and JSON."""
    return "".join(f"**{piece.text}**" if piece.found else piece.text for piece in pieces)
