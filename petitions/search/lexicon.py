"""Words of the trade: abbreviations and synonyms as data (data/words.csv, each with its source), and the small words of the language.

A line holds forms that mean the same, parted by " | ". A query that holds one form also finds the others; the page says so and can
switch it off. An office adds lines of its own in `words.csv` in the index's data folder; nothing here is code.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from petitions.core.text import fold
from petitions.search import analysis
from petitions.search.parsing import Word

DATA = Path(__file__).parent / "data"
WORDS = DATA / "words.csv"
SMALL_WORDS = DATA / "small_words.csv"
FORM_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying it."""

    text: str
    words: tuple[Word, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words start … end of a run are `typed`; `others` mean the same, or (`loose`) perhaps: what has them follows what has the words typed."""

    start: int
    end: int
    typed: str
    folded: tuple[str, ...]
    others: tuple[Form, ...]
    loose: bool = False


class Lexicon:
    """Finds forms inside runs of words."""

    def __init__(self, entries: Iterable[Sequence[str]]) -> None:
        self._exact: dict[tuple[str, ...], list[Form]] = {}
        self._folded: dict[tuple[str, ...], list[Form]] = {}
        self._loose: set[tuple[str, ...]] = set()
        self.longest = 1
        self.entries = 0
        for texts in entries:
            self.entries += 1
            forms = [form_of(text) for text in texts]
            for form in forms:
                self._lead(form, [other for other in forms if other is not form])

    def lead(self, text: str, others: Iterable[str], *, loose: bool = False) -> None:
        """Make `text` lead to `others`, one way only. loose: what has the others follows what has the words typed."""
        form = form_of(text)
        if form.words:
            self.entries += 1
            self._lead(form, [form_of(other) for other in others])
            if loose:
                self._loose |= {tuple(w.exact for w in form.words), tuple(w.folded for w in form.words)}

    def _lead(self, form: Form, others: Iterable[Form]) -> None:
        self._exact.setdefault(tuple(w.exact for w in form.words), []).extend(others)
        self._folded.setdefault(tuple(w.folded for w in form.words), []).extend(others)
        self.longest = max(self.longest, len(form.words))

    def expansions(self, run: Sequence[Word], marked: bool) -> list[Expansion]:
        """The forms found in a run of words, longest first, none inside another. With marks only forms of the same marks."""
        table = self._exact if marked else self._folded
        keys = [word.exact if marked else word.folded for word in run]
        found: list[Expansion] = []
        place = 0
        while place < len(run):
            length = next((n for n in range(min(self.longest, len(run) - place), 0, -1) if tuple(keys[place : place + n]) in table), 0)
            if length:
                here = run[place : place + length]
                key = tuple(keys[place : place + length])
                folded = tuple(w.folded for w in here)
                typed = " ".join(w.typed for w in here)
                found.append(Expansion(place, place + length, typed, folded, tuple(dict.fromkeys(table[key])), key in self._loose))
            place += max(length, 1)
        return found


def form_of(text: str) -> Form:
    """A form from its text."""
    words = tuple(Word(text[s.start : s.end], s.exact, s.folded) for s in analysis.syllables(text))
    return Form(text, words, any(analysis.has_marks(word.exact) for word in words))


def read(path: Path) -> list[list[str]]:
    """The entries of a table of words: forms of each line; lines that cannot be read are left out."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = [[form.strip() for form in (row.get("forms") or "").split(FORM_SEPARATOR)] for row in csv.DictReader(source)]
    return [forms for forms in ([form for form in row if form] for row in rows) if len(forms) > 1]


@cache
def shipped() -> Lexicon:
    """The table that comes with the program."""
    return Lexicon(read(WORDS))


@cache
def _small() -> tuple[frozenset[str], frozenset[str]]:
    with SMALL_WORDS.open(encoding="utf-8", newline="") as source:
        exact = frozenset(analysis.terms_of(row["word"])[0] for row in csv.DictReader(source))
    return exact, frozenset(fold(word) for word in exact)


def is_small_term(folded: str) -> bool:
    """The same for a folded term."""
    return folded in _small()[1]


def is_small(word: Word, marked: bool) -> bool:
    """Whether a word only joins others (ở, của, và, cho …): it is scored, but a petition need not hold it."""
    exact, folded = _small()
    return word.exact in exact if marked else word.folded in folded
