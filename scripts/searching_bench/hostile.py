"""What nobody types but anybody may: long garbage, many misspelt or very frequent words, beginnings of everything. The slowest of each kind."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from petitions.search.engine import Engine
from petitions.search.parsing import LONGEST_QUERY, MOST_WORDS, parse
from petitions.search.requests import SearchRequest
from scripts.searching_bench.material import line
from scripts.searching_bench.questions import FACETS

FREQUENT = [
    "của",
    "và",
    "các",
    "đường",
    "dân",
    "nước",
    "công",
    "thành",
    "phố",
    "quận",
    "xây",
    "đất",
    "tri",
    "cử",
    "nhà",
    "hội",
    "có",
    "không",
    "được",
    "trong",
    "cho",
    "về",
    "tại",
    "với",
    "này",
    "đã",
    "người",
    "những",
    "là",
    "một",
    "khi",
    "đề",
]
SYLLABLES = ["duong", "nuoc", "truong", "nghiep", "phuong", "thoat", "chung", "nguoi", "nhung"]
RARE, LETTERS = "qwxzjfk", "abcdefghiklmnopqrstuvxy"
ROUNDS = 3


def hostile(folder: Path, size: int) -> None:
    """Ask all kinds; an answer that is none, or takes more than a second of processor, is a defect."""
    engine, chance = Engine(folder), random.Random(2026)
    engine.search(SearchRequest(parse("đường"), facets=FACETS))
    slowest = []
    for kind, make in kinds(chance).items():
        for text in {make()[:LONGEST_QUERY] for _ in range(ROUNDS)}:
            begun, busy = time.perf_counter(), time.process_time()
            if not engine.search(SearchRequest(parse(text), facets=FACETS)).ready:
                raise SystemExit(f"no answer to {text!r}")
            slowest.append(((time.process_time() - busy) * 1000, (time.perf_counter() - begun) * 1000, kind))
    cpu, waited, kind = max(slowest)
    line(bench="search", case="slowest hostile query", engine="petitions", size=size, kind=kind, cpu_ms=round(cpu), ms=round(waited), target_ms=1000)


def kinds(chance: random.Random) -> Mapping[str, Callable[[], str]]:
    """Kind → a way to make one."""

    def garbage(length: int, letters: str = RARE) -> str:
        return "".join(chance.choice(letters) for _ in range(length))

    def slip(word: str) -> str:
        place = chance.randrange(len(word))
        return word[:place] + chance.choice(LETTERS) + word[place + 1 :]

    def many(make: Callable[[], str], count: int = MOST_WORDS, between: str = " ") -> str:
        return between.join(make() for _ in range(count))

    def two(words: Sequence[str]) -> str:
        return f'"{chance.choice(words)} {chance.choice(words)}"'

    return {
        "frequent words": lambda: " ".join(chance.sample(FREQUENT, MOST_WORDS)),
        "one endless word": lambda: garbage(LONGEST_QUERY),
        "long unknown words": lambda: many(lambda: garbage(24)),
        "unknown words": lambda: many(lambda: garbage(12, LETTERS)),
        "ten misspelt words": lambda: many(lambda: slip(chance.choice(SYLLABLES)), 10),
        "one letter": lambda: f"{chance.choice(LETTERS)}*",
        "beginnings of everything": lambda: many(lambda: garbage(2, LETTERS) + "*"),
        "beginnings of syllables": lambda: "ng* th* tr* ch* nh* kh*",
        "either of beginnings": lambda: many(lambda: chance.choice(SYLLABLES)[:2] + "*", 12, " OR "),
        "either of phrases": lambda: many(lambda: two(FREQUENT), 12, " OR "),
        "phrases": lambda: many(lambda: two(FREQUENT), 12),
        "a long phrase": lambda: f'"{" ".join(FREQUENT)}"',
        "without": lambda: f"đường {many(lambda: '-' + two(FREQUENT), 6)} -{chance.choice(LETTERS)}*",
        "codes": lambda: many(lambda: garbage(1, "123456789/-"), 60, "/"),
        "signs": lambda: garbage(LONGEST_QUERY, '"*:()-|'),
        "joined words": lambda: many(lambda: "".join(chance.sample(SYLLABLES, 3)), 12),
    }
