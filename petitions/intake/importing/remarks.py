"""Remarks: what the import has to say about a row and a column, gathered so that a thousand equal ones are one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from petitions.core.words import Message, say

ROWS_SHOWN = 8


class Weight(StrEnum):
    """How much a remark weighs: an error keeps its row out, a warning leaves something to the clerk, a note tells what was done."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say. `row` is the row's number in the file (the header's row counts), None for the file as a whole."""

    weight: Weight
    message: Message
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Equal remarks together: the rows they are about, in order (empty: the file as a whole)."""

    weight: Weight
    message: Message
    column: str | None
    rows: tuple[int, ...]

    @property
    def where(self) -> Message | None:
        """The rows in words: "dòng 3, 5, 9 và 12 dòng nữa"; None for the file as a whole."""
        if not self.rows:
            return None
        shown = ", ".join(str(row) for row in self.rows[:ROWS_SHOWN])
        more = len(self.rows) - ROWS_SHOWN
        return say("dòng {rows} và {more} dòng nữa", rows=shown, more=more) if more > 0 else say("dòng {rows}", rows=shown)


def error(message: Message, row: int | None = None, column: str | None = None) -> Remark:
    """A remark that keeps its row out."""
    return Remark(Weight.ERROR, message, row, column)


def warning(message: Message, row: int | None = None, column: str | None = None) -> Remark:
    """A remark that leaves something to the clerk."""
    return Remark(Weight.WARNING, message, row, column)


def note(message: Message, row: int | None = None, column: str | None = None) -> Remark:
    """A remark that tells what was done."""
    return Remark(Weight.NOTE, message, row, column)


def gather(remarks: Iterable[Remark]) -> list[Gathered]:
    """Equal remarks (weight, words, column) together, in the order in which they first came, errors first, notes last."""
    rows: dict[tuple[Weight, str | None, str], list[int]] = {}
    words: dict[tuple[Weight, str | None, str], Message] = {}
    for remark in remarks:
        key = (remark.weight, remark.column, f"{remark.message!r}")
        words.setdefault(key, remark.message)
        numbers = rows.setdefault(key, [])
        if remark.row is not None and (not numbers or numbers[-1] != remark.row):
            numbers.append(remark.row)
    order = list(Weight)
    found = [Gathered(key[0], words[key], key[1], tuple(numbers)) for key, numbers in rows.items()]
    return sorted(found, key=lambda group: order.index(group.weight))
