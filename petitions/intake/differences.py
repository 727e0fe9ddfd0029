"""Two texts side by side with what differs marked, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `differs` from the other side."""

    text: str
    differs: bool


def marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; joined again they are the texts. Very long ones are marked whole, for comparing them takes too long."""
    if one == other:
        return [Piece(one, False)], [Piece(other, False)]
    if len(one) + len(other) > LONGEST:
        return [Piece(one, True)], [Piece(other, True)]
    left, right = _WORDS.findall(one), _WORDS.findall(other)
    mine: list[Piece] = []
    theirs: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, words in ((mine, left[a:b]), (theirs, right[c:d])):
            if words:
                side.append(Piece("".join(words), kind != "equal"))
    return mine, theirs
