"""What people type on the pages of the areas."""

from datetime import date
from functools import partial

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from petitions.areas.models import NAME_LENGTH, SOURCE_LENGTH, UNIT_KINDS
from petitions.core import typed
from petitions.core.typed import Line

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
MOST_ID = 2**31 - 1
Day = partial(typed.Day, within=(FIRST, LAST))


class ListAddress(Schema):
    """/areas?day=&q=&district=&page="""

    day = Day(load_default=None)
    q = Line(load_default="", validate=Length(max=NAME_LENGTH))
    district = fields.Integer(load_default=None, validate=Range(min=1, max=MOST_ID))
    page = fields.Integer(load_default=1, validate=Range(min=1, max=100_000))


class Question(Schema):
    """/areas/resolve?words=&on= ; words are cut by the resolver, never refused."""

    words = Line(load_default="", validate=Length(max=10_000))
    on = Day(load_default=None)


class UnitForm(Schema):
    """Correcting a unit's row."""

    name = Line(required=True, validate=Length(min=1, max=NAME_LENGTH))
    valid_to = Day(load_default=None)
    confirmed = fields.Boolean(load_default=False)
    source = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
    note = Line(load_default=None, validate=Length(max=SOURCE_LENGTH))
    version = fields.Integer(required=True)
    reason = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))


class NewUnit(Schema):
    """A unit that begins."""

    kind = fields.String(required=True, validate=OneOf(UNIT_KINDS))
    name = Line(required=True, validate=Length(min=1, max=NAME_LENGTH))
    valid_from = Day(required=True)
    source = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
    confirmed = fields.Boolean(load_default=False)


class ChangeForm(Schema):
    """This unit's ground goes to another."""

    new_id = fields.Integer(required=True, validate=Range(min=1, max=MOST_ID))
    on = Day(required=True)
    share = fields.String(required=True, validate=OneOf(("whole", "part")))
    source = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
    confirmed = fields.Boolean(load_default=False)


class Confirmation(Schema):
    """On what a change is confirmed."""

    source = Line(required=True, validate=Length(min=1, max=SOURCE_LENGTH))
