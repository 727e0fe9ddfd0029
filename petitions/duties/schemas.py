"""What forms about duties say, read into plain values."""

from typing import Any

from marshmallow import Schema, fields, validate

from petitions.core.typed import Day, Words
from petitions.duties import classes
from petitions.duties.bundling import RECIPIENTS
from petitions.duties.models.rules import DIRECTIONS, UNITS

LARGEST = 2**31 - 1
LONG = 5000


def number(*, required: bool = False) -> fields.Integer:
    """An id or a count that the database can hold."""
    if required:
        return fields.Integer(required=True, validate=validate.Range(0, LARGEST))
    return fields.Integer(validate=validate.Range(0, LARGEST), allow_none=True, load_default=None)


def words(*, required: bool = False, most: int = LONG) -> Words:
    """A text; "" when left out."""
    if required:
        return Words(required=True, validate=validate.Length(1, most))
    return Words(load_default="", validate=validate.Length(max=most))


def day(*, required: bool = False) -> Day:
    """A day; None when left out."""
    return Day(required=True) if required else Day(load_default=None)


def one_of(values: Any, *, required: bool = False) -> fields.String:
    """One of a list; None when left out."""
    check = validate.OneOf(list(values))
    return fields.String(required=True, validate=check) if required else fields.String(load_default=None, allow_none=True, validate=check)


class ChosenForm(Schema):
    """Ticked boxes."""

    ids = fields.List(fields.Integer(validate=validate.Range(1, LARGEST)), required=True, validate=validate.Length(1, 500))


class ReceiptForm(ChosenForm):
    """Many were received on one day."""

    received_on = day(required=True)


class DistributeForm(ChosenForm):
    """Many are given to one department by one letter."""

    to_agency_id = number(required=True)
    forwarded_on = day(required=True)
    number = words(most=120)
    internal_due = day()
    note = words()


class ItemForm(Schema):
    """What the letter says on one duty; what is left empty is as for the whole letter."""

    duty_id = number(required=True)
    agency_class = one_of(classes.CLASSES)
    reason = one_of([code for one in classes.REASONS.values() for code in one])
    text = words(most=20000)
    roadmap = words()
    promised_on = day()


class AnswerForm(Schema):
    """An answer letter: its own facts once, then one row for each duty."""

    number = words(required=True, most=120)
    dated_on = day(required=True)
    received_on = day()
    signatory = words(most=200)
    text = words(most=20000)
    agency_class = one_of(classes.CLASSES)
    promised_on = day()
    items = fields.List(fields.Nested(ItemForm), load_default=list, validate=validate.Length(max=500))


class VerdictForm(Schema):
    """The office's word on one answer."""

    duty_id = number(required=True)
    quality = one_of(classes.QUALITIES)
    office_class = one_of(classes.CLASSES)
    reason = one_of([code for one in classes.REASONS.values() for code in one])
    words = words()
    promised_on = day()
    due_on = day()


class JudgeForm(Schema):
    """Verdicts on the answers of a letter; rows without a quality are left for later."""

    items = fields.List(fields.Nested(VerdictForm), load_default=list, validate=validate.Length(max=500))


class BundleForm(Schema):
    """What a clerk says of a bundle."""

    title = words(required=True, most=300)
    due_on = day()
    recipient_group_id = number()
    recipient_kind = one_of(RECIPIENTS)
    remark = words()


class LetterForm(Schema):
    """What the registry gave the letter."""

    number = words(most=40)
    symbol = words(required=True, most=60)
    dated_on = day(required=True)
    signatory = words(required=True, most=200)
    authority = words(most=200)
    due_on = day()
    again = fields.Boolean(load_default=False)


class ReasonForm(Schema):
    """A move that needs a reason."""

    reason = words(required=True)


class PublicationForm(Schema):
    """The text that the public will see."""

    text = words(required=True, most=20000)
    version = number()


class PublishedForm(Schema):
    """Where and when it was published or posted."""

    on = day(required=True)
    place = words(most=500)


class VersionForm(Schema):
    """A version of a rule as the office writes it."""

    length = fields.Integer(required=True, validate=validate.Range(0, 3660))
    unit = one_of(UNITS, required=True)
    direction = one_of(DIRECTIONS, required=True)
    legal_basis = words(required=True, most=400)
    valid_from = day()
    valid_to = day()
    to_workday = fields.Boolean(load_default=False)
    confirmed = fields.Boolean(load_default=False)
    note = words()


class HandOverForm(Schema):
    """Who takes over what: `choices-<duty>-agency`."""

    on = day(required=True)
    reason = words(required=True)


class ListQuery(Schema):
    """How a list of duties is narrowed by its address."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    section = fields.String(load_default=None)
    agency = number()
    letter = number()
    age = fields.String(load_default=None)
    what = fields.String(load_default=None)
    constituency = number()
    field = number()
