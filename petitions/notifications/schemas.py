"""What people type on the pages of notifications."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf

from petitions.core.dates import parse_day
from petitions.core.text import clean
from petitions.core.words import say
from petitions.notifications.models import MAIL_STATES

NO_DAY = say("Hãy ghi ngày theo dạng 20/01/2026.")


class Day(fields.Field[date]):
    """A day as people write it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> date:
        found = parse_day(str(value))
        if found is None:
            raise ValidationError([NO_DAY])
        return found


class Listing(Schema):
    """The list's address."""

    unread = fields.Boolean(load_default=False)
    page = fields.Integer(load_default=1, validate=lambda number: 1 <= number <= 100_000)


class MailListing(Schema):
    """The delivery log's address."""

    state = fields.String(load_default="", validate=OneOf(["", *MAIL_STATES]))
    page = fields.Integer(load_default=1, validate=lambda number: 1 <= number <= 100_000)


class NewAbsence(Schema):
    """Who is away when, and who stands in; without a person, whoever sends the form."""

    user_id = fields.Integer(load_default=None)
    substitute_id = fields.Integer(required=True, error_messages={"required": [say("Hãy chọn người thay.")]})
    from_on = Day(required=True)
    to_on = Day(required=True)
    note = fields.String(load_default="", validate=Length(max=400))

    @post_load
    def _clean(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"note": clean(data["note"])}


class OfficeHours(Schema):
    """From when to when mail may leave."""

    opens_at = fields.String(required=True)
    closes_at = fields.String(required=True)
