"""Where the letters of a register's lines are shown: our own, and those that another room keeps (it says where, at the factory)."""

from collections.abc import Callable, Collection

from petitions.letters.kinds import HOLDER

_places: dict[str, Callable[[int], str]] = {HOLDER: "/outgoing/{}".format}


def register(kind: str, place: Callable[[int], str]) -> None:
    """Lines held by `kind` are shown at the address that `place` gives for the holder's id."""
    _places[kind] = place


def addresses(holders: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The address of each holder that is known."""
    return {(kind, number): _places[kind](number) for kind, number in holders if kind in _places}
