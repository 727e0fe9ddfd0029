"""What people say about a document."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Details:
    """What a document is, as far as somebody said; `personal`: it shows who petitions."""

    kind: str | None = None
    number: str | None = None
    symbol: str | None = None
    dated_on: date | None = None
    summary: str | None = None
    personal: bool = False


FIELDS = tuple(Details.__dataclass_fields__)
