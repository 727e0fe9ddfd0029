"""What a list of petitions is narrowed by: one frozen value that an address becomes and that becomes an address again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

SORTS = ("newest", "oldest", "code", "entered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Each name is the name in the address. `ground`: a unit with all that shared its ground, old and new (else itself alone).

    `as_of` "today": a constituency by the places that it holds today, else by what petitions belonged to on their day.
    """

    body: int | None = None
    constituency: int | None = None
    as_of: str | None = None
    unit: int | None = None
    ground: str | None = None
    district: int | None = None
    field: int | None = None
    group: int | None = None
    level: str | None = None
    state: str | None = None
    waiting: str | None = None
    place: str | None = None
    agency: int | None = None
    session: int | None = None
    timing: str | None = None
    origin: str | None = None
    channel: str | None = None
    batch: int | None = None
    mine: str | None = None
    since: date | None = None
    until: date | None = None
    sort: str = "newest"
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The address's query with `changes`; the page goes back to the first unless it is given."""
        other = replace(self, **{"page": 1, **changes})
        pairs = []
        for one in fields(other):
            value = getattr(other, one.name)
            if value is not None and value != one.default:
                pairs.append((one.name, value.isoformat() if isinstance(value, date) else value))
        return urlencode(pairs)

    def without_state(self) -> "Filters":
        """The same list, of all states: what the counts beside the states are of."""
        return replace(self, state=None, waiting=None)

    @property
    def narrowed(self) -> Mapping[str, Any]:
        """The filters in force, by name; order, page and helpers left out."""
        quiet = {"sort", "page", "as_of", "ground"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in quiet and getattr(self, one.name) is not None}
