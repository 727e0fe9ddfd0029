"""Agencies as a clerk types them beside a demand: "Sở Xây dựng; UBND các quận, huyện" → the register's agencies, groups kept as written. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from petitions.agencies import resolver
from petitions.agencies.directory import Directory
from petitions.areas.spelling import plain_key
from petitions.oversight.splitting.mentions import GROUP, Register

_COMMITTEES = re.compile(r"^(?:UBND|[ỦU][ỷyỶY] ban nhân dân)", re.IGNORECASE)
_LEVELS = (("district", ("quan", "huyen", "thi xa", "cap huyen")), ("commune", ("phuong", "xa", "thi tran", "cap xa")))


@dataclass(frozen=True, slots=True)
class Named:
    """An agency of the register, or a group (`agency_id` None). `known` False: neither."""

    name: str
    agency_id: int | None
    known: bool = True


def named(directory: Directory, words: str, on: date) -> list[Named]:
    """The agencies in a box: names parted by ";"."""
    register = Register(directory, on)
    found: dict[str, Named] = {}
    for part in words.split(";"):
        one = _one(directory, register, " ".join(part.split()), on) if part.strip() else None
        if one is not None:
            found.setdefault(one.name, one)
    return list(found.values())


def _one(directory: Directory, register: Register, words: str, on: date) -> Named:
    exact = resolver.find(directory, words, on)
    agency = exact.named_id or exact.agency_id
    if agency is not None:
        return Named(directory.agencies[agency].name, agency)
    listed = register.listed(words, 0)
    if len(listed) == 1 and listed[0].end >= len(words) - 1:
        return Named(listed[0].name, listed[0].agency_id, known=listed[0].agency_id is not None or listed[0].kind == GROUP)
    return Named(words, None, known=bool(listed) and all(one.kind == GROUP for one in listed))


def members(directory: Directory, group: str, on: date) -> Sequence[int]:
    """The People's Committees that a group means on a day ("UBND các quận, huyện, thị xã"); none for "các sở, ngành" and the like."""
    if not _COMMITTEES.match(group):
        return ()
    words = plain_key(group)
    levels = {
        level for level, names in _LEVELS if any(re.search(rf"\b{name}\b", words.replace("thi xa", "thi_xa") if name == "xa" else words) for name in names)
    }
    return sorted(entry.id for entry in directory.agencies.values() if entry.level in levels and (entry.unit_id or entry.district_id) and entry.lives(on))


def holder(directory: Directory, agency_id: int, today: date) -> int:
    """Who owes it today: the agency itself, or the one that took over all of it when it has ended; itself where that is not certain."""
    heirs = directory.living_successors(agency_id, today)
    return heirs[0].agency_id if len(heirs) == 1 and heirs[0].whole and heirs[0].confirmed else agency_id
