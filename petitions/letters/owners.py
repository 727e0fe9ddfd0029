"""The port through which letters tell the room that drafted them what became of them, without knowing it.

    owners.register("urging", Urging())     # the factory does it, once

A letter whose `owner` is "" or unknown is told to nobody.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.letters.models import Letter


class Owner(Protocol):
    """What a room that drafts letters offers."""

    def moved(self, session: Session, letter: Letter, *, act: str, by: Identity, now: datetime) -> None:
        """`act`: issue, recall, cancel, attach_scan. In the letter's transaction: keep what follows from it, or refuse by raising."""

    def addresses(self, session: Session, ids: Collection[int]) -> Mapping[int, str]:
        """Where each letter's own page in that room is; those without one are left out."""


_owners: dict[str, Owner] = {}


def register(name: str, owner: Owner) -> None:
    """Let `owner` hear of its letters; the same name again replaces it."""
    _owners[name] = owner


def unregister(name: str) -> None:
    """Forget an owner (tests)."""
    _owners.pop(name, None)


def moved(session: Session, letter: Letter, *, act: str, by: Identity, now: datetime) -> None:
    """Tell the letter's owner."""
    if letter.owner in _owners:
        _owners[letter.owner].moved(session, letter, act=act, by=by, now=now)


def address(session: Session, letter: Letter) -> str | None:
    """The letter's page in its owner's room, or None."""
    port = _owners.get(letter.owner)
    return port.addresses(session, [letter.id]).get(letter.id) if port else None
