"""How names of places are spelt: tone placement, i/y, missing marks, a slip of the finger. Pure; for comparing, never for storing."""

import re
from dataclasses import dataclass

from petitions.core.text import fold, nfc, tone_normal

_WORD = re.compile(r"[^\W_]+")
# Mĩ/Mỹ, Quí/Quý, Lí/Lý, Kì/Kỳ, Hi/Hy, Ti/Ty: the same syllable, spelt after two schools.
_Y = {"i": "y", "ì": "ỳ", "í": "ý", "ỉ": "ỷ", "ĩ": "ỹ", "ị": "ỵ"}
_I_SYLLABLE = re.compile(r"^(h|k|l|m|s|t|qu)([iìíỉĩị])$")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place, in normal syllables with marks."""

    place_id: int
    is_district: bool
    exact: tuple[str, ...]
    alias: bool = False


def syllable(word: str) -> str:
    """A word in its normal form, marks kept: lower case, composed, tone placed one way, y for i where both are written."""
    normal = tone_normal(nfc(word))
    return _I_SYLLABLE.sub(lambda found: found.group(1) + _Y[found.group(2)], normal)


def syllables(text: str) -> tuple[str, ...]:
    """The normal syllables of a name: "Văn Miếu - Quốc Tử Giám" → văn miếu quốc tử giám."""
    return tuple(syllable(word) for word in _WORD.findall(nfc(text)))


def plain_key(word: str) -> str:
    """A normal syllable without its marks."""
    return fold(word)


def written_so(typed: tuple[str, ...], exact: tuple[str, ...]) -> bool:
    """Whether `typed` may stand for `exact`: each syllable equal, or typed without any mark."""
    return all(one == other or (one == fold(one) and one == fold(other)) for one, other in zip(typed, exact, strict=True))


def near_keys(letters: str) -> set[str]:
    """The word and all it becomes when one letter is struck out (the meeting points of two words one slip apart)."""
    return {letters, *(letters[:i] + letters[i + 1 :] for i in range(len(letters)))}


def one_slip(typed: str, meant: str) -> bool:
    """Whether at most one letter was added, left out, replaced, or two neighbours swapped."""
    if typed == meant:
        return True
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    a, b = typed[start:], meant[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
