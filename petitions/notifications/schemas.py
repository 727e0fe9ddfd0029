"""What people type on the pages of notifications."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf

from petitions.core.typed import Day, Words
from petitions.core.words import say
from petitions.notifications.models import MAIL_STATES


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
    note = Words(load_default="", validate=Length(max=400))


class Bounce(Schema):
    """Why a mail came back."""

    reason = Words(load_default="", validate=Length(max=400))


class OfficeHours(Schema):
    """From when to when mail may leave."""

    opens_at = fields.String(required=True)
    closes_at = fields.String(required=True)
