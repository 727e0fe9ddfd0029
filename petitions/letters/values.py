"""What is given to make, change and issue a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DraftValues:
    """A letter to be drafted. `addressee` and `copies`: one line each (empty copies: the book's). `fields`: by the names of kinds.py, days as dates.
    `rows`: the annex, by the columns of annexes.py. `rank`: whose signature it asks for. `owner`: who hears of it."""

    kind: str
    body_id: int
    addressee: str
    subject_line: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    annex_title: str = ""
    rows: Sequence[Row] = ()
    agency_id: int | None = None
    copies: str = ""
    rank: str = "office"
    owner: str = ""
    book: str = ""


@dataclass(frozen=True, slots=True)
class ChangeValues:
    """What a person may put otherwise in a draft."""

    addressee: str
    subject_line: str
    copies: str
    remark: str = ""
    signatory_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class IssueValues:
    """What the registry gave. `number` may be empty only where numbers are drawn here; `again`: it is used twice knowingly (recorded books alone)."""

    dated_on: date
    number: str = ""
    signatory_id: int | None = None
    again: bool = False
