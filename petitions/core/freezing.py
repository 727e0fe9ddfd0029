"""Keeping a message in the database without losing its reader: the text and its places as plain data, spoken when it is read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from petitions.core import clock
from petitions.core.dates import format_day
from petitions.core.words import Message

Frozen = dict[str, Any]


def frozen(message: Message | str) -> Frozen:
    """`message` as JSON-able data; days are written as they are shown, moments as their day in Hanoi."""
    if isinstance(message, str):
        return {"plain": message}
    kept: Frozen = {"text": message.text}
    if message.params:
        kept["params"] = {name: _plain(value) for name, value in message.params.items()}
    if message.many is not None:
        kept |= {"many": message.many, "n": message.n}
    return kept


def thawed(kept: Mapping[str, Any]) -> Message | str:
    """The message again; what was plain text stays plain text."""
    if "text" not in kept:
        return str(kept.get("plain", ""))
    params = {name: thawed(value) if isinstance(value, Mapping) else value for name, value in kept.get("params", {}).items()}
    return Message(kept["text"], params, kept.get("many"), kept.get("n", 0))


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return frozen(value)
    if isinstance(value, datetime):
        return format_day(clock.day_of(value))
    if isinstance(value, date):
        return format_day(value)
    return value if isinstance(value, int | float | str) else str(value)
