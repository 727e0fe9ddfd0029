"""Words of the trade: abbreviations and synonyms as data (data/words.csv, each with its source), and the small words of the language.

A line holds forms that mean the same, parted by " | ". A query that holds one form also finds the others; the page says so and can
switch it off. An office adds lines of its own and drops ours on a page (`models.SearchWords`); nothing here is code.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from petitions.core.text import fold
from petitions.search import analysis
from petitions.search.parsing import Word

DATA = Path(__file__).parent / "data"
WORDS = DATA / "words.csv"
SMALL_WORDS = DATA / "small_words.csv"
SEPARATOR = " | "
SPOKEN = 2  # letters of an abbreviation that may be read as a syllable


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
        self.texts: dict[str, None] = {}  # every form as it is written
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
        self.texts[form.text] = None
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
            if length == 1 and _a_syllable_too(run[place]):
                length = 0
            if length:
                here = run[place : place + length]
                key = tuple(keys[place : place + length])
                folded = tuple(w.folded for w in here)
                typed = " ".join(w.typed for w in here)
                found.append(Expansion(place, place + length, typed, folded, tuple(dict.fromkeys(table[key])), key in self._loose))
            place += max(length, 1)
        return found


def _a_syllable_too(word: Word) -> bool:
    """Whether a short word may be an abbreviation only when it is typed in capitals: "CA" is công an, "ca" may be a shift or a fish."""
    return len(word.folded) <= SPOKEN and not word.typed.isupper() and any(c in "aeiouy" for c in word.folded)


@lru_cache(maxsize=20_000)
def form_of(text: str) -> Form:
    """A form from its text."""
    words = tuple(Word(text[s.start : s.end], s.exact, s.folded) for s in analysis.syllables(text))
    return Form(text, words, any(analysis.has_marks(word.exact) for word in words))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table that comes with the program."""

    forms: tuple[str, ...]
    kind: str
    source: str


def forms_of(text: str) -> tuple[str, ...]:
    """The forms of a stored line."""
    return tuple(form.strip() for form in text.split("|") if form.strip())


def forms_typed(text: str) -> tuple[str, ...]:
    """The forms of a line as a person types it, parted by =, ; or |, each once; what holds no word is left out."""
    typed = (form.strip() for form in re.split(r"[=;|]", text))
    return tuple({tuple(word.exact for word in form_of(form).words): form for form in typed if form_of(form).words}.values())


def key_of(forms: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The same for the same forms in any order, case and spelling."""
    return frozenset(tuple(word.exact for word in form_of(form).words) for form in forms)


def holds(forms: Iterable[str], words: str) -> bool:
    """Whether one of the forms holds what somebody looks for, marks aside."""
    wanted = fold(words).strip()
    return not wanted or any(wanted in fold(form) for form in forms)


def read(path: Path) -> list[Line]:
    """The lines of a table of words; those that cannot be read are left out."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = [Line(forms_of(row.get("forms") or ""), row.get("kind") or "", row.get("source") or "") for row in csv.DictReader(source)]
    return [line for line in rows if len(line.forms) > 1]


@cache
def lines() -> tuple[Line, ...]:
    """The table that comes with the program."""
    return tuple(read(WORDS))


@cache
def shipped() -> Lexicon:
    """The same, to look forms up in."""
    return Lexicon(line.forms for line in lines())


@cache
def _small() -> tuple[frozenset[str], frozenset[str]]:
    with SMALL_WORDS.open(encoding="utf-8", newline="") as source:
        exact = frozenset(analysis.terms_of(row["word"])[0] for row in csv.DictReader(source))
    return exact, frozenset(fold(word) for word in exact)


def is_small_term(folded: str) -> bool:
    """The same for a folded term."""
    return folded in _small()[1]


def is_small_exact(exact: str) -> bool:
    """The same for an exact term."""
    return exact in _small()[0]


def is_small(word: Word, marked: bool) -> bool:
    """Whether a word only joins others (ở, của, và, cho …): it is scored, but a petition need not hold it."""
    exact, folded = _small()
    return word.exact in exact if marked else word.folded in folded
