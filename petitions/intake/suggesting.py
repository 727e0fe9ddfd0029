"""A field suggested from the words of a petition, with the words that led there. Pure; a suggestion never fills anything by itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from petitions.intake.lists import FieldNode, Lists, folded

LONGEST_TEXT = 5000
MOST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field and the word of the text that speaks for it."""

    field: FieldNode
    because: str


def fields_for(text: str, lists: Lists, agencies: Iterable[str] = ()) -> list[Suggestion]:
    """The fields whose names or other words stand in `text`, likeliest first: more often, longer words, deeper in the tree.

    Words within the names of `agencies` (folded, the longest first) say who is asked, not what about.
    """
    plain = f" {folded(text[:LONGEST_TEXT])} "
    for name in agencies:
        plain = plain.replace(f" {name} ", " | ")
    scored = []
    for number, words in lists.telling_words.items():
        found = [(plain.count(f" {word} ") * len(word.split()), word) for word in words if f" {word} " in plain]
        if found:
            node, (score, word) = lists.fields[number], max(found)
            scored.append((score, node.depth, len(word), node.id, word))
    best = sorted(scored, key=lambda row: (-row[0], -row[1], -row[2], row[3]))[:MOST]
    return [Suggestion(lists.fields[number], written(text, word)) for _score, _depth, _length, number, word in best]


def names_in(names: Iterable[str], lists: Lists) -> list[str]:
    """Names of agencies as `fields_for` takes them; without those that are themselves words for a field ("công an")."""
    telling = {word for words in lists.telling_words.values() for word in words}
    plain = {folded(name) for name in names}
    return sorted((name for name in plain - telling if len(name.split()) > 1), key=lambda name: (-len(name), name))


def written(text: str, plain: str) -> str:
    """How `plain` (folded) is written in `text`; itself when it cannot be found back."""
    words = re.findall(r"\w+", text[:LONGEST_TEXT])
    wanted = plain.split()
    keys = [folded(word) for word in words]
    for start in range(len(keys) - len(wanted) + 1):
        if keys[start : start + len(wanted)] == wanted:
            return " ".join(words[start : start + len(wanted)])
    return plain
