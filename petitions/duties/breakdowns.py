"""The port by which the board counts duties by what only the subject's room knows (field, constituency).

breakdowns.register(Breakdown("petition", "field", say("Lĩnh vực"), count, narrow))        # the factory does it
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from petitions.core.words import Message


@dataclass(frozen=True, slots=True)
class Part:
    """One value with how many duties have it."""

    value: int
    label: Message | str
    count: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`count(session, where)`: how many of the duties that meet `where` have each value, most first; `narrow(value)`: the condition on duties that
    have it; `label_of(session, value)`: its name."""

    kind: str
    name: str
    label: Message
    count: Callable[[Session, Sequence[ColumnElement[bool]]], Sequence[Part]]
    narrow: Callable[[int], ColumnElement[bool]]
    label_of: Callable[[Session, int], Message | str]


_breakdowns: dict[tuple[str, str], Breakdown] = {}


def register(breakdown: Breakdown) -> None:
    """Let the board count by it; the same kind and name again replaces it."""
    _breakdowns[breakdown.kind, breakdown.name] = breakdown


def named(name: str) -> list[Breakdown]:
    """Those of this name, by kind of subject."""
    return [_breakdowns[key] for key in sorted(_breakdowns) if key[1] == name]
