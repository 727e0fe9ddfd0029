"""Petition-sized texts: a corpus cut into pieces and multiplied, or the seeded generator when there is none. The same seed, the same texts."""

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scripts import sample_petitions

SYLLABLES = 110  # of one petition
TEXT_COLUMN = sample_petitions.HEADERS.index("Nội dung kiến nghị")
FIELDS = ("body", "text", "petition_text", "content")  # where a line of a corpus keeps its text
_END = re.compile(r"(?<=[.!?;])\s+|\n+")


def texts(count: int, corpus: Path | None, seed: int = 2026) -> Iterator[str]:
    """`count` texts of about 110 syllables."""
    if corpus is None:
        for row in sample_petitions.rows(count, seed):
            yield row[TEXT_COLUMN]
        return
    pieces: list[str] = []
    for piece in islice(_cut(corpus), count):
        pieces.append(piece)
        yield piece
    if pieces and len(pieces) < count:
        yield from _multiplied(pieces, count - len(pieces), random.Random(seed))


def lines(corpus: Path) -> Iterator[str]:
    """The texts of a file of JSON lines, perhaps gzipped."""
    with gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else corpus.open(encoding="utf-8") as source:
        for line in source:
            row = json.loads(line)
            text = next((row[name] for name in FIELDS if row.get(name)), "")
            if text:
                yield text


def _cut(corpus: Path) -> Iterator[str]:
    for text in lines(corpus):
        held: list[str] = []
        size = 0
        for sentence in _END.split(text):
            words = sentence.split()
            held.append(sentence.strip())
            size += len(words)
            while size >= SYLLABLES:
                whole = " ".join(held).split()
                yield " ".join(whole[: SYLLABLES + 10])
                rest = whole[SYLLABLES + 10 :]
                held, size = [" ".join(rest)], len(rest)
        if size >= SYLLABLES // 3:
            yield " ".join(held)


def _multiplied(pieces: list[str], count: int, chance: random.Random) -> Iterator[str]:
    """New petitions of the halves of two others, so that none is the copy of one."""
    for _ in range(count):
        one, other = chance.choice(pieces).split(), chance.choice(pieces).split()
        yield " ".join(one[: len(one) // 2] + other[len(other) // 2 :])


def say(*words: object) -> None:
    """Progress, on standard error."""
    print(*words, file=sys.stderr, flush=True)


def line(**figures: object) -> None:
    """One figure, one JSON line on standard output."""
    print(json.dumps(figures, ensure_ascii=False), flush=True)
