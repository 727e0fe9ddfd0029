"""The queries of the bench: words of all frequencies out of the documents themselves, with and without marks, phrases, slips of a finger."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from petitions.core.text import fold

LETTERS = "abcdeghiklmnopqrstuvxy"
FACETS = ("constituency", "field", "level", "state")


@dataclass(frozen=True)
class Paper:
    """A petition as every engine gets it: one text, one value per facet, the day as a number."""

    id: int
    text: str
    constituency: str
    field: str
    level: str
    state: str
    day: int


@dataclass(frozen=True)
class Question:
    """Top 20 for all of `words`, and what else is wanted with them."""

    words: tuple[str, ...]
    phrase: bool = False
    constituency: str | None = None
    facets: bool = False
    snippets: bool = False
    by_date: bool = False

    @property
    def text(self) -> str:
        """As it is typed."""
        return f'"{" ".join(self.words)}"' if self.phrase else " ".join(self.words)


def drawn(papers: Sequence[Paper], count: int, seed: int) -> list[Question]:
    """`count` questions of 1 to 4 words that stand near one another in some paper; half without marks, 10 % with a slip, 10 % phrases."""
    chance = random.Random(seed)
    found: list[Question] = []
    while len(found) < count:
        words = [word.strip(".,;:!?()\"'“”") for word in chance.choice(papers).text.split()]
        size = chance.choice((1, 2, 2, 3, 3, 4))
        start = chance.randrange(max(1, len(words) - size - 4))
        phrase = size > 1 and chance.random() < 0.1
        picked = words[start : start + size] if phrase else chance.sample(words[start : start + size + 4], min(size, len(words[start : start + size + 4])))
        if not picked or not all(word.isalpha() for word in picked):
            continue
        if chance.random() < 0.5:
            picked = [fold(word) for word in picked]
        if chance.random() < 0.1:
            picked[0] = slipped(picked[0], chance)
        found.append(Question(tuple(picked), phrase))
    return found


def slipped(word: str, chance: random.Random) -> str:
    """The word with one letter more, less, or another."""
    place = chance.randrange(len(word))
    return chance.choice(
        (
            word[:place] + word[place + 1 :] or word,
            word[:place] + chance.choice(LETTERS) + word[place:],
            word[:place] + chance.choice(LETTERS) + word[place + 1 :],
        )
    )


def cases(papers: Sequence[Paper], count: int, seed: int = 2026) -> dict[str, list[Question]]:
    """Case → its questions; `mixed` is what a day of work looks like."""
    chance = random.Random(seed)
    plain = drawn(papers, count, seed)
    numbers = sorted({paper.constituency for paper in papers if paper.constituency})
    mixed = [
        replace(
            question,
            constituency=chance.choice(numbers) if chance.random() < 0.3 else None,
            facets=chance.random() < 0.5,
            snippets=chance.random() < 0.5,
            by_date=chance.random() < 0.15,
        )
        for question in drawn(papers, count, seed + 1)
    ]
    slips = [replace(question, words=(slipped(question.words[0], chance), *question.words[1:]), phrase=False) for question in plain]
    return {
        "top 20": plain,
        "filter": [replace(question, constituency=chance.choice(numbers)) for question in plain],
        "facets": [replace(question, facets=True) for question in plain],
        "snippets": [replace(question, snippets=True) for question in plain],
        "by date": [replace(question, by_date=True) for question in plain],
        "slips": slips,
        "mixed": mixed,
    }
