"""What forms about letters say, read into plain values."""

from marshmallow import Schema, fields, validate

from petitions.core.typed import Day, Words
from petitions.letters.kinds import KINDS
from petitions.letters.models import NUMBERINGS, RANKS

LARGEST = 2**31 - 1
HOUR = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", error="Invalid")


def words(*, required: bool = False, most: int = 2000) -> Words:
    """A text; "" when left out."""
    return Words(required=True, validate=validate.Length(1, most)) if required else Words(load_default="", validate=validate.Length(max=most))


def an_id(*, required: bool = False) -> fields.Integer:
    """An id that the database can hold."""
    check = validate.Range(0, LARGEST)
    return fields.Integer(required=True, validate=check) if required else fields.Integer(validate=check, allow_none=True, load_default=None)


class RegisterQuery(Schema):
    """Which register, which year, what is looked for, which page."""

    book = fields.String(load_default=None, validate=validate.Length(max=60))
    year = fields.Integer(load_default=None, validate=validate.Range(1900, 9999))
    asked = fields.String(load_default="", data_key="q", validate=validate.Length(max=200))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    section = fields.String(load_default=None)


class DraftForm(Schema):
    """What a person puts otherwise in a draft."""

    addressee = words(required=True)
    subject_line = words(required=True, most=500)
    copies = words()
    remark = words(most=5000)
    due_on = Day(load_default=None)
    signatory_id = an_id()
    version = an_id(required=True)


class IssueForm(Schema):
    """What the registry gave."""

    number = words(most=40)
    dated_on = Day(required=True)
    signatory_id = an_id()
    again = fields.Boolean(load_default=False)


class ReasonForm(Schema):
    """A move that needs a reason."""

    reason = words(required=True)


class TemplateForm(Schema):
    """A version of a template, besides its file."""

    kind = fields.String(required=True, validate=validate.OneOf(tuple(KINDS)))
    name = words(required=True, most=200)
    valid_from = Day(required=True)
    note = words()


class SignatoryForm(Schema):
    """Somebody who signs."""

    name = words(required=True, most=200)
    signing = words(required=True, most=500)
    rank = fields.String(required=True, validate=validate.OneOf(RANKS))
    position = fields.Integer(load_default=1, validate=validate.Range(0, 999))
    valid_from = Day(required=True)
    valid_to = Day(load_default=None)


class NewSignatoryForm(SignatoryForm):
    """The same, with whose signatory."""

    body_id = an_id(required=True)


class AbsenceForm(Schema):
    """Somebody is away."""

    from_on = Day(required=True)
    to_on = Day(required=True)
    substitute_id = an_id()
    reason = words(most=300)


class BookForm(Schema):
    """What a book says."""

    name = words(required=True, most=200)
    symbol = words(required=True, most=60)
    numbering = fields.String(required=True, validate=validate.OneOf(NUMBERINGS))
    parent = words(most=300)
    issuer = words(required=True, most=300)
    sender = words(required=True, most=200)
    place = words(required=True, most=60)
    copies = words()
    opens = fields.String(required=True, validate=HOUR)
    closes = fields.String(required=True, validate=HOUR)
    recall_minutes = fields.Integer(required=True, validate=validate.Range(0, 1440))
    version = an_id(required=True)
