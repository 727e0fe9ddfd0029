"""What a room shows on the home page: it registers panels, home draws them and knows no room.

    panels.register(
        Panel("intake.to_accept", say("Chờ tiếp nhận"), Permission.PETITION_ACCEPT, order=10, template="intake/panels/to_accept.html", load=to_accept)
    )

`load(identity)` runs in the request (reads by `transaction.db()`), gives the template's values, or None when there is nothing to say.
The template is a fragment (no layout); `panel` is the panel itself. `wide`: takes the whole width.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from petitions.core.identity import Identity
from petitions.core.words import Message

_panels: dict[str, "Panel"] = {}


@dataclass(frozen=True, slots=True)
class Panel:
    """One box of the home page."""

    name: str
    title: Message
    permission: str | None
    order: int
    template: str
    load: Callable[[Identity], Mapping[str, Any] | None]
    wide: bool = False


def register(panel: Panel) -> None:
    """Offer `panel`; the same name again replaces it."""
    _panels[panel.name] = panel


def for_(who: Identity) -> list[tuple[Panel, Mapping[str, Any]]]:
    """The panels open to `who` that have something to say, in order, each with its values."""
    own = sorted((panel for panel in _panels.values() if panel.permission is None or who.may(panel.permission)), key=lambda panel: (panel.order, panel.name))
    loaded = ((panel, panel.load(who)) for panel in own)
    return [(panel, values) for panel, values in loaded if values is not None]
