"""Whether words really stand in a row: pairs of neighbours bring the candidates, what each document says settles it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from petitions.core.text import fold
from petitions.search import said
from petitions.search.parsing import Word
from petitions.search.postings import Postings
from petitions.search.segments import Segment

MOST = 400  # candidates looked at in all; where more documents have all the pairs, the few that have them apart do not matter


def _ways() -> dict[str, str]:
    """Letter → all ways to write it with marks."""
    ways: dict[str, str] = defaultdict(str)
    for letter in map(chr, range(0xC0, 0x1F00)):
        if letter.isalpha() and letter == letter.lower() and fold(letter) != letter and len(fold(letter)) == 1:
            ways[fold(letter)] += letter
    return {letter: f"[{letter}{others}]" for letter, others in ways.items()}


_WAYS = _ways()


@lru_cache(maxsize=500)
def _compiled(words: tuple[str, ...], exact: bool) -> re.Pattern[str]:
    run = " ".join(re.escape(word) if exact else "".join(_WAYS.get(letter, re.escape(letter)) for letter in word) for word in words)
    return re.compile(rf"(?<![^\s]){run}(?![^\s])")


def pattern(words: Sequence[str], *, exact: bool = False) -> re.Pattern[str]:
    """Finds words in a row in what a document says; folded ones in any marks."""
    return _compiled(tuple(words), exact)


def places(text: str, what: re.Pattern[str]) -> Iterator[int]:
    """Where a pattern stands."""
    return (found.start() for found in what.finditer(text))


def adjacent(segment: Segment, candidates: Postings, words: Sequence[Word], *, exact: bool) -> Postings:
    """Those of `candidates` in which `words` stand in a row. A document whose text is not kept whole stays when nothing speaks against it."""
    what = pattern([word.exact if exact else word.folded for word in words], exact=exact)
    kept = np.fromiter((_says(segment.packed(int(document)), what) for document in candidates.documents), bool, len(candidates.documents))
    return Postings(candidates.documents[kept], candidates.weights[kept])


def _says(packed: str, what: re.Pattern[str]) -> bool:
    return what.search(packed) is not None or not said.whole(packed)
