"""What is typed on the pages of the lists."""

from typing import Any

from marshmallow import Schema, fields, validate

from petitions.core.typed import Day, Words
from petitions.core.words import say
from petitions.intake.lists import GROUPS, TIMING_WORDS
from petitions.intake.schemas import LARGEST

NAME = validate.Length(min=1, max=200)
FIX, RENAME = "fix", "rename"
NO_NAME: dict[str, str | list[Any] | dict[Any, Any]] = {"required": [say("Hãy ghi tên.")]}


class Several(fields.Field[list[str]]):
    """Several names with semicolons or line breaks between them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        names = [" ".join(name.split())[:200] for name in str(value).replace("\n", ";").split(";")]
        return [name for name in names if name][:100]


class EntryForm(Schema):
    """What every list has. `how`: the same entry written better, or another name from a day on."""

    name = Words(required=True, validate=NAME, error_messages=NO_NAME)
    name_en = Words(load_default="", validate=validate.Length(max=200))
    aliases = Several(load_default=list)
    how = fields.String(load_default=FIX, validate=validate.OneOf((FIX, RENAME)))
    from_on = Day(load_default=None)


class OriginForm(EntryForm):
    """An origin: the channel and the timing that choosing it brings along."""

    channel = fields.String(required=True, validate=validate.Length(max=40))
    timing = fields.String(load_default=None, validate=validate.OneOf(tuple(TIMING_WORDS)))


class FieldForm(EntryForm):
    """A field: the one it lies below (only when it is added), and its report group."""

    parent_id = fields.Integer(load_default=None, validate=validate.Range(1, LARGEST))
    report_group = fields.Integer(required=True, validate=validate.OneOf(tuple(GROUPS)))


class EndForm(Schema):
    """The last day of an entry, and why."""

    last_day = Day(required=True)
    reason = Words(required=True, validate=validate.Length(min=1, max=400))
