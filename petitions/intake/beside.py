"""What rooms above show beside a petition (the recommendations that answer it …): they register an address, and its page asks for it when it is opened.

beside.register(Beside("oversight", say("Kiến nghị sau giám sát"), "gavel", Permission.OVERSIGHT_READ, "/oversight/petitions/{code}"))
"""

from collections.abc import Sequence
from dataclasses import dataclass

from petitions.core.identity import Identity
from petitions.core.words import Message


@dataclass(frozen=True, slots=True)
class Beside:
    """A card on the petition's page: its heading, who may see it, where its content is (a fragment with the id `beside-<name>`)."""

    name: str
    label: Message
    icon: str
    permission: str
    address: str

    def url(self, code: str) -> str:
        """Where the card of one petition is."""
        return self.address.format(code=code)


_known: dict[str, Beside] = {}


def register(card: Beside) -> None:
    """Show this card; the same name again replaces it."""
    _known[card.name] = card


def cards(identity: Identity) -> Sequence[Beside]:
    """The cards that `identity` may see, by name."""
    return [_known[name] for name in sorted(_known) if identity.may(_known[name].permission)]
