"""What people type on the council's pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf, Range

from petitions.core.dates import not_a_day, parse_day
from petitions.core.text import clean
from petitions.council.models import BEGINNINGS, CERTAINTIES, ENDINGS, GROUP_ROLES, SESSION_KINDS

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)


class Day(fields.Field[date]):
    """A day typed freely: 5/3/2024, 05032024, 2024-03-05."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        day = parse_day(str(value))
        if day is None or not FIRST <= day <= LAST:
            raise ValidationError([not_a_day(str(value))])
        return day


class Words(fields.String):
    """One line of text, cleaned."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return clean(str(super()._deserialize(value, attr, data, **kwargs))).replace("\n", " ")


def _number(**options: Any) -> fields.Integer:
    return fields.Integer(validate=Range(min=1, max=999), **options)


class Address(Schema):
    """Which term, which day, which place."""

    term = fields.Integer(load_default=None, validate=Range(min=1, max=2**31 - 1))
    day = Day(load_default=None)
    where = Words(load_default="", validate=Length(max=200))


class ConstituencyForm(Schema):
    """A constituency's own data."""

    number = _number(required=True)
    name = Words(load_default="", validate=Length(max=200))
    seats = _number(load_default=None)
    confirmed = fields.Boolean(load_default=False)
    source = Words(load_default="", validate=Length(max=500))
    note = Words(load_default="", validate=Length(max=1000))


class NewConstituency(Schema):
    """A constituency of a term whose list has become known."""

    number = _number(required=True)
    name = Words(load_default="", validate=Length(max=200))
    seats = _number(load_default=None)
    source = Words(required=True, validate=Length(min=1, max=500))


class PlaceFrom(Schema):
    """From a day a unit belongs to the constituency."""

    unit_id = fields.Integer(required=True, validate=Range(min=1, max=2**31 - 1))
    day = Day(required=True)
    certainty = fields.String(load_default="confirmed", validate=OneOf(CERTAINTIES))
    shared = fields.Boolean(load_default=False)
    basis = Words(required=True, validate=Length(min=1, max=500))


class Basis(Schema):
    """On what the list is confirmed."""

    basis = Words(required=True, validate=Length(min=1, max=500))


class LineEnd(Schema):
    """The line ends with a day, or was wrong from the first day."""

    how = fields.String(required=True, validate=OneOf(["end", "wrong"]))
    last_day = Day(load_default=None)
    reason = Words(required=True, validate=Length(min=1, max=500))


class NewMandate(Schema):
    """A delegate with a mandate."""

    name = Words(required=True, validate=Length(min=2, max=200))
    position = Words(load_default="", validate=Length(max=300))
    from_on = Day(required=True)
    began_by = fields.String(load_default="elected", validate=OneOf(BEGINNINGS))
    group_role = fields.String(load_default="member", validate=OneOf(GROUP_ROLES))
    reason = Words(load_default="", validate=Length(max=500))


class MandateEnd(Schema):
    """A mandate's last day, and why."""

    to_on = Day(required=True)
    ended_by = fields.String(required=True, validate=OneOf([one for one in ENDINGS if one != "term_end"] + ["term_end"]))
    reason = Words(load_default="", validate=Length(max=500))


class DelegateForm(Schema):
    """A delegate's name and position."""

    name = Words(required=True, validate=Length(min=2, max=200))
    position = Words(load_default="", validate=Length(max=300))


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
    dates_as_known = Words(load_default="", validate=Length(max=200))
    confirmed = fields.Boolean(load_default=False)
    note = Words(load_default="", validate=Length(max=500))


class TermForm(Schema):
    """A term."""

    number = _number(required=True)
    label = Words(required=True, validate=Length(min=1, max=20))
    years = Words(load_default="", validate=Length(max=20))
    elected_on = Day(load_default=None)
    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)
    constituencies_fixed = _number(load_default=None)
    seats_fixed = _number(load_default=None)
    confirmed = fields.Boolean(load_default=False)
    note = Words(load_default="", validate=Length(max=500))


class BodyForm(Schema):
    """A body's names."""

    name = Words(required=True, validate=Length(min=2, max=200))
    short_name = Words(required=True, validate=Length(min=1, max=60))


class NewBody(BodyForm):
    """A commune's council. Its code becomes part of its petitions' codes."""

    code = Words(required=True, validate=Length(min=2, max=10))
    unit_id = fields.Integer(required=True, validate=Range(min=1, max=2**31 - 1))
