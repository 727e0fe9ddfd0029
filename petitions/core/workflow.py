"""Workflow as data: a table of moves, and two questions — which are open to this person now, and where does this one lead?"""

from collections.abc import Callable
from dataclasses import dataclass

from petitions.core.errors import NotAllowed, WrongState
from petitions.core.identity import Identity
from petitions.core.words import Message, say


@dataclass(frozen=True, slots=True)
class Move:
    """One named move: from any of `sources` to `target`, by those who hold `permission`."""

    name: str
    label: Message
    sources: frozenset[str]
    target: str
    permission: str


@dataclass(frozen=True)
class Workflow:
    """A table of moves and the names of its states."""

    states: dict[str, Message]
    moves: tuple[Move, ...]

    def __getitem__(self, name: str) -> Move:
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def open_moves(self, state: str, by: Identity, guard: Callable[[Move], bool] = lambda move: True) -> list[Move]:
        """The moves that `by` can make from `state`, in table order; `guard` says no to single ones."""
        return [move for move in self.moves if state in move.sources and by.may(move.permission) and guard(move)]

    def target(self, name: str, state: str, by: Identity) -> str:
        """Where move `name` leads from `state`; raises NotAllowed or WrongState."""
        move = self[name]
        if not by.may(move.permission):
            raise NotAllowed
        if state not in move.sources:
            raise WrongState(say("Không thể «{move}» khi đang ở trạng thái «{state}».", move=move.label, state=self.states[state]))
        return move.target
