"""Whose letters stand in a register's lines: our own, and those that another room keeps (it says where they are and when they leave, at the factory)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.letters import queries
from petitions.letters.kinds import HOLDER

Leaving = Callable[[Session, Collection[int]], Mapping[int, datetime | None]]


@dataclass(frozen=True, slots=True)
class Holder:
    """place: the address of a letter by its id. leaving: when letters leave or left, by their ids."""

    place: Callable[[int], str]
    leaving: Leaving


_holders: dict[str, Holder] = {HOLDER: Holder("/outgoing/{}".format, queries.leaving)}


def register(kind: str, place: Callable[[int], str], leaving: Leaving) -> None:
    """Lines held by `kind` are told of this way; the same kind again replaces it."""
    _holders[kind] = Holder(place, leaving)


def addresses(holders: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The address of each letter that is known."""
    return {(kind, number): _holders[kind].place(number) for kind, number in holders if kind in _holders}


def leaving(session: Session, holders: Collection[tuple[str, int]]) -> dict[tuple[str, int], datetime | None]:
    """When each letter leaves or left; one statement a kind."""
    found: dict[tuple[str, int], datetime | None] = {}
    for kind in sorted({kind for kind, _ in holders} & _holders.keys()):
        ids = sorted(number for one, number in holders if one == kind)
        found |= {(kind, number): moment for number, moment in _holders[kind].leaving(session, ids).items()}
    return found
