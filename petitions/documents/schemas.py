"""What people type about documents."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf

from petitions.core import typed
from petitions.core.typed import Day
from petitions.documents.kinds import ATTACHMENT, KINDS, SECRECIES
from petitions.documents.values import FIELDS, Details


class Line(typed.Line):
    """One line of text; nothing when it is empty."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs) or None


class DetailsForm(Schema):
    """What a document is; `details` is what the actions take."""

    kind = fields.String(load_default=None, validate=OneOf(tuple(KINDS)))
    number = Line(load_default=None, validate=Length(max=40))
    symbol = Line(load_default=None, validate=Length(max=80))
    dated_on = Day(load_default=None)
    summary = Line(load_default=None, validate=Length(max=1000))
    personal = fields.Boolean(load_default=False)

    @post_load
    def details(self, data: dict[str, Any], **_more: Any) -> dict[str, Any]:
        """{"details": …} and whatever else the form has."""
        return {"details": Details(**{name: data.pop(name) for name in FIELDS}), **data}


class AddForm(DetailsForm):
    """Sending files: as what they belong to their subject, and what they are."""

    role = fields.String(load_default=ATTACHMENT)


class DescribeForm(DetailsForm):
    """Saying later what a document is."""

    version = fields.Integer(required=True)


class SecretForm(Schema):
    """Noting a secret document that is not stored."""

    title = Line(required=True, validate=Length(min=1, max=200))
    secrecy = fields.String(required=True, validate=OneOf(tuple(SECRECIES)))
    paper_file = Line(required=True, validate=Length(min=1, max=200))
    role = fields.String(load_default=ATTACHMENT)


class RemoveForm(Schema):
    """Why a document is removed, and from which subject."""

    kind = fields.String(required=True)
    subject_id = fields.Integer(required=True)
    reason = Line(required=True, validate=Length(min=1, max=400))
