"""A line of a sheet, as every kind of file gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from petitions.core.words import Message
from petitions.intake.importing.remarks import Remark


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file (from 1), its cells as text, and what is wrong with single cells (by position).

    `merged` holds the positions that were filled from a merged cell above.
    """

    number: int
    cells: list[str]
    odd: Mapping[int, Message] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lines:
    """All rows of the sheet that was chosen, the fonts its file names (they tell old encodings), and what was said."""

    lines: list[Line]
    fonts: frozenset[str] = frozenset()
    remarks: list[Remark] = field(default_factory=list)
