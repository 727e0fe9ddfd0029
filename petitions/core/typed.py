"""What people type into forms, read into plain values: days in any usual spelling, text cleaned (composed Unicode, no control characters).

The fields that the schemas of all rooms share, so that an impossible day is told in the same words everywhere.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from petitions.core.dates import not_a_day, parse_day
from petitions.core.text import clean
from petitions.core.words import Message

Data = Mapping[str, Any] | None


class Day(fields.Field[date]):
    """A day typed freely: 5/3/2024, 05-03-24, 05032024, 2024-03-05; with `within` (first, last) no other, and `outside` says why."""

    def __init__(self, *, within: tuple[date, date] = (date.min, date.max), outside: Message | None = None, **more: Any) -> None:
        super().__init__(**more)
        self._within, self._outside = within, outside

    def _deserialize(self, value: Any, attr: str | None, data: Data, **kwargs: Any) -> date:
        day = parse_day(str(value))
        if day is None:
            raise ValidationError([not_a_day(str(value))])
        if not self._within[0] <= day <= self._within[1]:
            raise ValidationError([self._outside or not_a_day(str(value))])
        return day


class Words(fields.String):
    """Text of any number of lines; empty stays empty."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **kwargs: Any) -> Any:
        return clean(str(super()._deserialize(value, attr, data, **kwargs)))


class Line(Words):
    """One line of text; line breaks become spaces."""

    def _deserialize(self, value: Any, attr: str | None, data: Data, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs).replace("\n", " ")
