"""A draft of which constituency a new unit belongs to, by rule: the old district that supplies most of its pieces.

Only a draft (domain 8.3): tried against the four lists that were seen it errs for Hoàng Liệt and Hồng Hà. The Standing Committee confirms.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """An old unit that gave ground to a new one: its district, and whether it went there wholly."""

    unit_id: int
    district_id: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """The district that supplies most: `own` of `total` pieces; `tied` when another supplies as many."""

    district_id: int
    own: int
    total: int
    tied: bool


def draft(pieces: Iterable[Piece]) -> Mapping[int, Draft]:
    """Per new unit the district with most pieces; of equals the one with more whole pieces, then the smaller id (the official order)."""
    counted: dict[int, Counter[int]] = {}
    whole: dict[int, Counter[int]] = {}
    for piece in pieces:
        counted.setdefault(piece.unit_id, Counter())[piece.district_id] += 1
        whole.setdefault(piece.unit_id, Counter())[piece.district_id] += piece.whole
    drafts = {}
    for unit_id, districts in sorted(counted.items()):
        ranked = sorted(districts, key=lambda one: (-districts[one], -whole[unit_id][one], one))
        tied = len(ranked) > 1 and districts[ranked[0]] == districts[ranked[1]]
        drafts[unit_id] = Draft(ranked[0], districts[ranked[0]], districts.total(), tied)
    return drafts
