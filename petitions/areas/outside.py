"""Places that are not inside Hanoi: the other provinces and cities, the city as a whole, the country. Pure; read once from data/provinces.csv."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from petitions.areas.spelling import plain_key, syllables

CITY_NAMES = ("Hà Nội", "HN", "Thủ đô", "TPHN", "Hà Nội mở rộng")
EVERYWHERE = (
    "cả nước",
    "toàn quốc",
    "nhiều địa phương",
    "các địa phương",
    "một số địa phương",
    "nhiều tỉnh",
    "các tỉnh",
    "các tỉnh thành",
    "trong nước",
    "nhiều nơi",
)
Keys = Mapping[tuple[str, ...], list[tuple[tuple[str, ...], str]]]


@cache
def provinces() -> Keys:
    """Folded syllables → (syllables with marks, the province's name), aliases included; Hanoi is not among them."""
    made: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
    with resources.files("petitions.areas").joinpath("data/provinces.csv").open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            for words in (row["name"], *filter(None, row["aliases"].split(";"))):
                made.setdefault(key_of(words), []).append((syllables(words), row["name"]))
    return made


@cache
def city() -> Keys:
    """How the city as a whole is written."""
    return {key_of(words): [(syllables(words), "Hà Nội")] for words in CITY_NAMES}


@cache
def everywhere() -> Keys:
    """How people say that they mean no place in particular."""
    return {key_of(words): [(syllables(words), words)] for words in EVERYWHERE}


def key_of(words: str) -> tuple[str, ...]:
    """Folded syllables."""
    return tuple(plain_key(word) for word in syllables(words))
