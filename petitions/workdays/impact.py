"""What a change of the calendar would move: rooms above that keep deadlines say so here.

    impact.register(Impact("duties", say("Hạn trả lời"), moves, move))        # done by the factory

`moves(session, who, old, new)` lists every open deadline that would fall on another day; it writes nothing. Labels are codes, never contents: who keeps the
calendar need not see petitions. `move(session, old, new, by, now)` recalculates them within the transaction of the change and returns how many it
moved; the change itself is the one act in the journal.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message
from petitions.workdays.calendar import Calendar

_impacts: dict[str, "Impact"] = {}


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that would fall on another day."""

    label: str
    old: date
    new: date
    url: str | None = None
    what: Message | str = ""


@dataclass(frozen=True, slots=True)
class Impact:
    """A kind of deadlines: how to find those that would move, and how to move them."""

    name: str
    label: Message
    moves: Callable[[Session, Identity, Calendar, Calendar], Sequence[Move]]
    apply: Callable[[Session, Calendar, Calendar, Identity, datetime], int]


@dataclass(frozen=True, slots=True)
class Moves:
    """The deadlines of one kind that would move."""

    name: str
    label: Message
    rows: tuple[Move, ...]


def register(impact: Impact) -> None:
    """Ask `impact` at every change; the same name again replaces it."""
    _impacts[impact.name] = impact


def unregister(name: str) -> None:
    """Ask it no more (tests)."""
    _impacts.pop(name, None)


def foreseen(session: Session, who: Identity, old: Calendar, new: Calendar) -> list[Moves]:
    """What would move between the two calendars, by kind, earliest first."""
    order = sorted(_impacts.values(), key=lambda one: one.name)
    return [Moves(one.name, one.label, tuple(sorted(one.moves(session, who, old, new), key=lambda move: (move.old, move.label, move.new)))) for one in order]


def apply(session: Session, old: Calendar, new: Calendar, *, by: Identity, now: datetime) -> dict[str, int]:
    """Move them all; how many, by kind."""
    return {one.name: one.apply(session, old, new, by, now) for one in sorted(_impacts.values(), key=lambda one: one.name)}


def seal(moves: Sequence[Moves]) -> str:
    """A digest of a preview: what is confirmed must be what was seen."""
    lines = [f"{kind.name}|{move.label}|{move.old}|{move.new}" for kind in moves for move in kind.rows]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
