"""What higher rooms show on the council's pages: numbers of things per constituency, each a link to exactly the rows it counts.

ports.count_with(Counter("petitions", say("Kiến nghị"), load))     # the factory calls it; load(session, identity, ids) -> {id: Count}
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message

_counters: dict[str, "Counter"] = {}


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and where they are listed."""

    n: int
    url: str


@dataclass(frozen=True, slots=True)
class Counter:
    """Something counted per constituency, as far as the reader may see it."""

    name: str
    label: Message
    load: Callable[[Session, Identity, Sequence[int]], Mapping[int, Count]]


def count_with(counter: Counter) -> None:
    """Show `counter`; the same name again replaces it."""
    _counters[counter.name] = counter


def counts(session: Session, who: Identity, ids: Sequence[int]) -> list[tuple[Message, Mapping[int, Count]]]:
    """What every counter says of these constituencies."""
    return [(counter.label, counter.load(session, who, ids)) for counter in sorted(_counters.values(), key=lambda one: one.name)]
