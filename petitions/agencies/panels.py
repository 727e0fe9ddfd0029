"""What higher rooms show on an agency's page: each a fragment with its values, as far as the reader may see it.

panels.register(AgencyPanel("duties", "duties/urging/agency.html", load))     # the factory calls it; load(identity, agency_id) -> values or None
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from petitions.core.identity import Identity


@dataclass(frozen=True, slots=True)
class AgencyPanel:
    """One box of an agency's page. `load` runs in the request; None: nothing to say to this reader."""

    name: str
    template: str
    load: Callable[[Identity, int], Mapping[str, Any] | None]


_panels: dict[str, AgencyPanel] = {}


def register(panel: AgencyPanel) -> None:
    """Show `panel`; the same name again replaces it."""
    _panels[panel.name] = panel


def of_agency(who: Identity, agency_id: int) -> list[tuple[str, Mapping[str, Any]]]:
    """(template, values) of what every panel says of this agency."""
    loaded = ((panel.template, panel.load(who, agency_id)) for panel in sorted(_panels.values(), key=lambda one: one.name))
    return [(template, values) for template, values in loaded if values is not None]
