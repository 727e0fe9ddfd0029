"""The port by which the room that holds activities speaks of candidates: why they are on a list, what else puts one there, what was made of them.

beyond.register(MyBeyond())        # the factory does it
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message


class Beyond(Protocol):
    """What the room above offers."""

    def evidence(self, session: Session, duty_ids: Sequence[int], today: date) -> Mapping[int, Sequence[Message]]:
        """What speaks against the agency, in words, by duty: the letters that urged, and whatever else is known."""

    def ground(self, code: str, today: date) -> ColumnElement[bool] | None:
        """The condition on late duties that puts them on this list whatever the days and letters of its rung; None: there is none."""

    def sequels(self, session: Session, decision_ids: Sequence[int], identity: Identity) -> Mapping[int, tuple[Message | str, str]]:
        """What was made of candidates that were taken, or may be: words and address, by decision."""


_registered: list[Beyond] = []


def register(one: Beyond) -> None:
    """Let `one` speak; a later one takes its place."""
    _registered[:] = [one]


def registered() -> Beyond | None:
    """Who speaks, if a room does."""
    return _registered[0] if _registered else None


def evidence(session: Session, duty_ids: Sequence[int], today: date) -> Mapping[int, Sequence[Message]]:
    """The evidence; none while nobody speaks."""
    return _registered[0].evidence(session, duty_ids, today) if _registered and duty_ids else {}


def ground(code: str, today: date) -> ColumnElement[bool] | None:
    """What else puts duties on a list."""
    return _registered[0].ground(code, today) if _registered else None


def sequels(session: Session, decision_ids: Sequence[int], identity: Identity) -> Mapping[int, tuple[Message | str, str]]:
    """What was or may be made of candidates."""
    return _registered[0].sequels(session, decision_ids, identity) if _registered and decision_ids else {}
