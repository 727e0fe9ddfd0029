"""The port by which the room that knows fields offers them: which there are, and which duties are of some of them. Committees follow fields.

fields.offer(Fields(options, narrow))        # the factory does it
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Fields:
    """`options(session)`: (value, name) of every field, in their order; `narrow(values)`: the condition on duties that are of one of these."""

    options: Callable[[Session], Sequence[tuple[int, str]]]
    narrow: Callable[[Collection[int]], ColumnElement[bool]]


_offered: list[Fields] = []


def offer(fields: Fields) -> None:
    """Let `fields` say which there are; a later one takes its place."""
    _offered[:] = [fields]


def offered() -> Fields | None:
    """The fields, if a room offers any."""
    return _offered[0] if _offered else None
