"""The port by which the board counts duties by what only the subject's room knows (field, constituency).

breakdowns.register(Breakdown("petition", "field", say("Lĩnh vực"), narrow, label_of))        # the factory does it
breakdowns.count_with("petition", count)
"""

from collections.abc import Callable, Mapping, Sequence
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
    """`narrow(value)`: the condition on duties that have it; `label_of(session, value)`: its name."""

    kind: str
    name: str
    label: Message
    narrow: Callable[[int], ColumnElement[bool]]
    label_of: Callable[[Session, int], Message | str]


Count = Callable[[Session, Sequence[ColumnElement[bool]]], Mapping[str, Sequence[Part]]]
_breakdowns: dict[tuple[str, str], Breakdown] = {}
_counts: dict[str, Count] = {}


def register(breakdown: Breakdown) -> None:
    """Let the board count by it; the same kind and name again replaces it."""
    _breakdowns[breakdown.kind, breakdown.name] = breakdown


def count_with(kind: str, count: Count) -> None:
    """Let `count(session, where)` say how many of the duties that meet `where` have each value, most first, for all breakdowns of a kind at once."""
    _counts[kind] = count


def named(name: str) -> list[Breakdown]:
    """Those of this name, by kind of subject."""
    return [_breakdowns[key] for key in sorted(_breakdowns) if key[1] == name]


def counted(session: Session, where: Sequence[ColumnElement[bool]], names: Sequence[str]) -> list[tuple[Breakdown, Sequence[Part]]]:
    """The breakdowns of these names, in their order, with how many duties that meet `where` each value has."""
    found = {kind: count(session, where) for kind, count in sorted(_counts.items())}
    return [(one, found.get(one.kind, {}).get(name, ())) for name in names for one in named(name)]
