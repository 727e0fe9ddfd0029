"""Two clerks at one form: what a form was drawn from travels along as a digest; where the row says something else by then, both are shown.

No column is needed: what counts is whether the values that a person saw still stand, not how often the row was saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from petitions.core.dates import format_day
from petitions.core.words import Message, say
from petitions.council.editing.boxes import Box


@dataclass(frozen=True, slots=True)
class Difference:
    """One box: what was typed here, what somebody else has saved meanwhile."""

    label: Message
    typed: str
    saved: str


def differences(boxes: Sequence[Box], typed: Mapping[str, Any], saved: Mapping[str, Any]) -> list[Difference]:
    """The boxes in which what was typed (as it was read by the schema) is not what is saved now."""
    found = []
    for box in boxes:
        if box.name in saved:
            mine, theirs = _words(box, typed.get(box.name)), _words(box, saved[box.name])
            if mine != theirs:
                found.append(Difference(box.label, mine, theirs))
    return found


def _words(box: Box, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(say("có") if value else say("không"))
    if isinstance(value, date):
        return format_day(value)
    return str(next((label for key, label in box.options if str(key) == str(value)), value))
