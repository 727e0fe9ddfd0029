"""Measures twins: each petition of a file is rewritten and its original sought among many others. Run by scripts/bench_twins; JSON lines out.

Rewritten: marks dropped, neighbours swapped, a quarter moved elsewhere, a fifth of the words replaced by words of other petitions. One
JSON object a line, the text in `petition_text`, `text` or `body`; without a file the seeded generator's.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path

from petitions.core.text import fold
from petitions.search import part_builder, storage, twins
from petitions.search.documents import BODY, SearchDocument
from petitions.search.reading import Reader
from scripts.searching_bench import material
from scripts.searching_bench.material import line, say

CHUNK = 500
OTHERS = 1_000_000  # ids of those among which is sought begin here
TARGET, TARGET_MS = 0.95, 100


def main() -> None:
    """Build an index of the petitions and the others, rewrite, seek."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path, nargs="?")
    asked.add_argument("--among", type=int, default=100_000)
    asked.add_argument("--corpus", type=Path, help="texts of the others; the seeded generator when not given")
    asked.add_argument("--seed", type=int, default=2026)
    given = asked.parse_args()
    texts = list(material.lines(given.file)) if given.file else list(material.texts(300, None, given.seed))
    with tempfile.TemporaryDirectory(prefix="bench-twins-") as folder:
        say(f"building an index of {len(texts)} + {given.among}")
        build(Path(folder), texts, given.among, given.corpus, given.seed + 1)
        snapshot = Reader(Path(folder)).snapshot()
        chance = random.Random(given.seed)
        vocabulary = [word for text in texts for word in text.split()]
        ways: dict[str, Callable[[str], str]] = {
            "as it stands": lambda text: text,
            "marks dropped": fold,
            "words reordered": lambda text: moved(text, chance),
            "a fifth replaced": lambda text: replaced(text, chance, vocabulary),
            "all of it": lambda text: fold(replaced(moved(text, chance), chance, vocabulary)),
        }
        for case, way in ways.items():
            seek(case, texts, [way(text) for text in texts], lambda text: twins.similar(snapshot, text), given.among)


def build(folder: Path, texts: Sequence[str], among: int, corpus: Path | None, seed: int) -> None:
    """One index of the petitions (their places as ids) and of the others."""
    generation = storage.new_generation(folder)
    others = (SearchDocument("petition", OTHERS + number, texts={BODY: text}) for number, text in enumerate(material.texts(among, corpus, seed)))
    documents = chain((SearchDocument("petition", number, texts={BODY: text}) for number, text in enumerate(texts)), others)
    part_builder.build(generation, chain(iter(lambda: list(islice(documents, CHUNK)), []), [[]]))
    storage.seal(generation)
    storage.switch(folder, generation)


def moved(text: str, chance: random.Random) -> str:
    """A tenth of the neighbours swapped, a quarter of the text moved."""
    words = text.split()
    if len(words) < 2:
        return text
    for _ in range(len(words) // 10 + 1):
        place = chance.randrange(len(words) - 1)
        words[place : place + 2] = words[place + 1], words[place]
    start = chance.randrange(len(words))
    block = words[start : start + len(words) // 4]
    del words[start : start + len(block)]
    place = chance.randrange(len(words) + 1)
    return " ".join([*words[:place], *block, *words[place:]])


def replaced(text: str, chance: random.Random, vocabulary: Sequence[str]) -> str:
    """A fifth of the words replaced."""
    words = text.split()
    for place in chance.sample(range(len(words)), max(1, len(words) // 5)):
        words[place] = chance.choice(vocabulary)
    return " ".join(words)


def seek(case: str, texts: Sequence[str], rewritten: Sequence[str], similar: Callable[[str], list[twins.Twin]], among: int) -> None:
    """How often the original (or one of the very same wording) comes first, and among the first three; how long it takes."""
    first = third = 0
    times: list[float] = []
    for text, changed in zip(texts, rewritten, strict=True):
        begun = time.perf_counter()
        found = similar(changed)
        times.append((time.perf_counter() - begun) * 1000)
        hits = [twin.subject_id < len(texts) and texts[twin.subject_id] == text for twin in found[:3]]
        first, third = first + any(hits[:1]), third + any(hits)
    times.sort()
    p50, p95 = round(times[len(times) // 2], 1), round(times[int(len(times) * 0.95)], 1)
    shares = {"top1": round(first / len(texts), 4), "top3": round(third / len(texts), 4), "n": len(texts)}
    ok = shares["top3"] >= TARGET and p95 <= TARGET_MS
    line(bench="twins", case=case, engine="petitions", size=among, p50_ms=p50, p95_ms=p95, **shares, target_top3=TARGET, target_ms=TARGET_MS, ok=ok)


if __name__ == "__main__":
    main()
