"""Whether words really stand in a row: pairs of neighbours bring the candidates, what each document says settles it."""

from collections.abc import Sequence

import numpy as np

from petitions.core.text import fold
from petitions.search import said
from petitions.search.parsing import Word
from petitions.search.postings import Postings
from petitions.search.segments import Segment

MOST = 600  # candidates looked at in all; where more documents have all the pairs, the few that have them apart do not matter
PLAIN = str.maketrans({c: fold(c) for c in map(chr, range(0xC0, 0x1F00)) if c.isalpha() and c == c.lower() and fold(c) != c and len(fold(c)) == 1})


def adjacent(segment: Segment, candidates: Postings, words: Sequence[Word], *, exact: bool) -> Postings:
    """Those of `candidates` in which `words` stand in a row. A document whose text is not kept whole stays when nothing speaks against it."""
    run = " ".join(word.exact if exact else word.folded for word in words)
    kept = np.fromiter((_says(segment.packed(int(document)), run, exact) for document in candidates.documents), bool, len(candidates.documents))
    return Postings(candidates.documents[kept], candidates.weights[kept])


def _says(packed: str, run: str, exact: bool) -> bool:
    text = packed if exact else packed.translate(PLAIN)
    place = text.find(run)
    while place >= 0:
        end = place + len(run)
        if not text[place - 1 : place].isalnum() and not text[end : end + 1].isalnum():
            return True
        place = text.find(run, place + 1)
    return not said.whole(packed)
