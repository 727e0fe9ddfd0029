"""What people type on the council's pages."""

from datetime import date
from functools import partial
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from petitions.core import typed
from petitions.core.typed import Line
from petitions.council.models import BEGINNINGS, CERTAINTIES, ENDINGS, GROUP_ROLES, SESSION_KINDS

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
Day = partial(typed.Day, within=(FIRST, LAST))


def _number(**options: Any) -> fields.Integer:
    return fields.Integer(validate=Range(min=1, max=999), **options)


class Address(Schema):
    """Which term, which day, which place."""

    term = fields.Integer(load_default=None, validate=Range(min=1, max=2**31 - 1))
    day = Day(load_default=None)
    where = Line(load_default="", validate=Length(max=200))


class ConstituencyForm(Schema):
    """A constituency's own data."""

    number = _number(required=True)
    name = Line(load_default="", validate=Length(max=200))
    seats = _number(load_default=None)
    confirmed = fields.Boolean(load_default=False)
    source = Line(load_default="", validate=Length(max=500))
    note = Line(load_default="", validate=Length(max=1000))


class NewConstituency(Schema):
    """A constituency of a term whose list has become known."""

    number = _number(required=True)
    name = Line(load_default="", validate=Length(max=200))
    seats = _number(load_default=None)
    source = Line(required=True, validate=Length(min=1, max=500))


class PlaceFrom(Schema):
    """From a day a unit belongs to the constituency."""

    unit_id = fields.Integer(required=True, validate=Range(min=1, max=2**31 - 1))
    day = Day(required=True)
    certainty = fields.String(load_default="confirmed", validate=OneOf(CERTAINTIES))
    shared = fields.Boolean(load_default=False)
    basis = Line(required=True, validate=Length(min=1, max=500))


class Basis(Schema):
    """On what the list is confirmed."""

    basis = Line(required=True, validate=Length(min=1, max=500))


class LineEnd(Schema):
    """The line ends with a day, or was wrong from the first day."""

    how = fields.String(required=True, validate=OneOf(["end", "wrong"]))
    last_day = Day(load_default=None)
    reason = Line(required=True, validate=Length(min=1, max=500))


class NewMandate(Schema):
    """A delegate with a mandate."""

    name = Line(required=True, validate=Length(min=2, max=200))
    position = Line(load_default="", validate=Length(max=300))
    from_on = Day(required=True)
    began_by = fields.String(load_default="elected", validate=OneOf(BEGINNINGS))
    group_role = fields.String(load_default="member", validate=OneOf(GROUP_ROLES))
    reason = Line(load_default="", validate=Length(max=500))


class MandateEnd(Schema):
    """A mandate's last day, and why."""

    to_on = Day(required=True)
    ended_by = fields.String(required=True, validate=OneOf([one for one in ENDINGS if one != "term_end"] + ["term_end"]))
    reason = Line(load_default="", validate=Length(max=500))


class DelegateForm(Schema):
    """A delegate's name and position."""

    name = Line(required=True, validate=Length(min=2, max=200))
    position = Line(load_default="", validate=Length(max=300))


class DelegateList(Schema):
    """Many delegates, one a line, as copied from a spreadsheet."""

    lines = fields.String(required=True, validate=Length(max=60_000))
    from_on = Day(required=True)


class SessionForm(Schema):
    """A council session."""

    number = _number(required=True)
    kind = fields.String(load_default="unknown", validate=OneOf(SESSION_KINDS))
    opened_on = Day(load_default=None)
    closed_on = Day(load_default=None)
    dates_as_known = Line(load_default="", validate=Length(max=200))
    confirmed = fields.Boolean(load_default=False)
    note = Line(load_default="", validate=Length(max=500))


class TermForm(Schema):
    """A term."""

    number = _number(required=True)
    label = Line(required=True, validate=Length(min=1, max=20))
    years = Line(load_default="", validate=Length(max=20))
    elected_on = Day(load_default=None)
    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)
    constituencies_fixed = _number(load_default=None)
    seats_fixed = _number(load_default=None)
    confirmed = fields.Boolean(load_default=False)
    note = Line(load_default="", validate=Length(max=500))


class BodyForm(Schema):
    """A body's names."""

    name = Line(required=True, validate=Length(min=2, max=200))
    short_name = Line(required=True, validate=Length(min=1, max=60))


class NewBody(BodyForm):
    """A commune's council. Its code becomes part of its petitions' codes."""

    code = Line(required=True, validate=Length(min=2, max=10))
    unit_id = fields.Integer(required=True, validate=Range(min=1, max=2**31 - 1))
