"""What people can be told: a register. A room says its kinds when the application is put together; `tell` refuses others.

kinds.register(Kind("urging.issued", say("Công văn đôn đốc đã phát hành"), wish=AT_ONCE, permissions=(Permission.DUTY_READ,)))
"""

from collections.abc import Sequence
from dataclasses import dataclass

from petitions.core.identity import Identity
from petitions.core.words import Message
from petitions.notifications.models import DAILY


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: its code (room.what; never changes), how it is called, how it goes by mail where a person has not chosen.

    `permissions`: whom it concerns (any one of them; none: everybody), so that people choose among what they can get at all.
    `page_only`: never by mail (what is told about mail that does not arrive).
    """

    code: str
    caption: Message
    wish: str = DAILY
    permissions: Sequence[str] = ()
    page_only: bool = False

    def concerns(self, who: Identity) -> bool:
        """Whether `who` can get messages of this kind."""
        return not self.permissions or any(who.may(one) for one in self.permissions)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Put `kind` on the list; the same code again replaces it."""
    _kinds[kind.code] = kind


def kinds() -> Sequence[Kind]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def find(code: str) -> Kind | None:
    """The kind of this code."""
    return _kinds.get(code)
