"""What people type on the pages of the agencies."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from petitions.agencies.models import KINDS, LEVELS, NAME_LENGTH, SHORT_LENGTH, SOURCE_LENGTH
from petitions.areas.schemas import MOST_ID, Day
from petitions.core.typed import Line


class ListAddress(Schema):
    """/agencies?day=&q=&level=&ended=&page="""

    day = Day(load_default=None)
    q = Line(load_default="", validate=Length(max=NAME_LENGTH))
    level = fields.String(load_default=None, validate=OneOf(LEVELS))
    page = fields.Integer(load_default=1, validate=Range(min=1, max=100_000))


class Question(Schema):
    """/agencies/find?words=&on= ; one agency, or several with ";" between them."""

    words = Line(load_default="", validate=Length(max=10_000))
    on = Day(load_default=None)


class AgencyForm(Schema):
    """Correcting an agency's row."""

    name = Line(required=True, validate=Length(min=1, max=NAME_LENGTH))
    short_name = Line(load_default=None, validate=Length(max=SHORT_LENGTH))
    valid_from = Day(load_default=None)
    valid_to = Day(load_default=None)
    confirmed = fields.Boolean(load_default=False)
    basis = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
    version = fields.Integer(required=True)
    reason = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))


class NewAgency(Schema):
    """An agency that the office does not have yet."""

    name = Line(required=True, validate=Length(min=1, max=NAME_LENGTH))
    short_name = Line(load_default=None, validate=Length(max=SHORT_LENGTH))
    kind = fields.String(required=True, validate=OneOf(KINDS))
    level = fields.String(required=True, validate=OneOf(LEVELS))
    valid_from = Day(load_default=None)
    basis = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
    confirmed = fields.Boolean(load_default=False)


class SuccessionForm(Schema):
    """Who stands in for this agency."""

    new_id = fields.Integer(required=True, validate=Range(min=1, max=MOST_ID))
    on = Day(required=True)
    share = fields.String(required=True, validate=OneOf(("whole", "part")))
    basis = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
    confirmed = fields.Boolean(load_default=False)


class AliasForm(Schema):
    """Another way to write an agency."""

    words = Line(required=True, validate=Length(min=2, max=NAME_LENGTH))
