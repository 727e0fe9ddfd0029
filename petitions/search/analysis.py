"""The analyser: text → terms. Syllables, exact (marks kept, spelling made one) and folded (no marks), and pairs of neighbours.

Vietnamese writes a blank between syllables, so a syllable is the unit and a pair of neighbours stands for the word. Exact terms are
lower-case NFC with tones where one school puts them (hòa = hoà, thủy = thuỷ) and with y for a lone final i after h, k, l, m, s, t
(kĩ = kỹ, bác sĩ = bác sỹ). Whoosh never sees an analyser: it is fed finished terms, and `ANALYSER_VERSION` stands in a file beside the index.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from petitions.core.text import fold, tone_normal

ANALYSER_VERSION = 1
LONGEST = 40  # letters of one term; longer runs are noise and are cut
PAIR = "_"

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CODE = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)+", re.UNICODE)
_LONE_I = re.compile("^([hklmst])([iìíỉĩị])$")
_Y_FOR_I = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
_MANY = 200_000  # letters of one part that are looked at; a longer text is cut


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable of a text: where it stands and its two terms."""

    start: int
    end: int
    exact: str
    folded: str


@lru_cache(maxsize=60_000)
def terms_of(word: str) -> tuple[str, str]:
    """The exact and the folded term of one word as it stands in a text (any case, any composition)."""
    plain = unicodedata.normalize("NFC", word).lower()[:LONGEST]
    exact = tone_normal(plain)
    lone = _LONE_I.match(exact)
    if lone:
        exact = lone.group(1) + lone.group(2).translate(_Y_FOR_I)
    return exact, fold(exact)


def has_marks(exact: str) -> bool:
    """Whether a term carries a mark of Vietnamese writing (a tone, a hat, a horn, or đ)."""
    return "đ" in exact or any(c in _MARKS for c in unicodedata.normalize("NFD", exact))


def syllables(text: str) -> Iterator[Syllable]:
    """The syllables of `text` (NFC), in order, with their places in it."""
    for found in _WORD.finditer(text):
        exact, folded = terms_of(found.group())
        yield Syllable(found.start(), found.end(), exact, folded)


def words_as_written(text: str) -> list[str]:
    """The words of `text` (NFC) as they stand there, in order."""
    found: list[str] = _WORD.findall(text)
    return found


def places_of(text: str) -> list[tuple[int, int]]:
    """Where each of these words begins and ends."""
    return [found.span() for found in _WORD.finditer(text)]


def raw_words(text: str) -> list[str]:
    """Every syllable of `text` as it stands there, composed, in order."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFC", text[:_MANY]))
    return found


def words(text: str) -> list[tuple[str, str]]:
    """(exact, folded) of every syllable of `text`, in order."""
    return [terms_of(word) for word in raw_words(text)]


def codes(text: str) -> list[str]:
    """Codes and numbers written with - / . inside (HD16-20-00123, 179/QĐ-UBND), whole, folded, for the code part."""
    return [fold(unicodedata.normalize("NFC", code))[:LONGEST] for code in _CODE.findall(unicodedata.normalize("NFC", text[:_MANY]))]


def pair(first: str, second: str) -> str:
    """The term of two folded neighbours."""
    return f"{first}{PAIR}{second}"


def pairs(folded: Sequence[str]) -> list[str]:
    """All pairs of neighbours of a run of folded syllables."""
    return [f"{a}{PAIR}{b}" for a, b in pairwise(folded)]
