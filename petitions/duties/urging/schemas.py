"""What forms about urging say, read into plain values."""

from marshmallow import Schema, fields, validate

from petitions.duties.schemas import LARGEST, ChosenForm, day, number, one_of, words
from petitions.duties.urging.ladder import AUTHORITIES, FORMS, RANKS
from petitions.letters.kinds import KINDS


class UrgingQuery(Schema):
    """How the list of urgings is narrowed."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    section = fields.String(load_default=None)
    agency = number()


class ChangeForm(Schema):
    """What a person puts otherwise in a draft."""

    addressee = words(required=True, most=500)
    remark = words(most=2000)
    new_due_on = day()
    version = number(required=True)


class TakeOutForm(ChosenForm):
    """Items taken out of a draft, and why."""

    reason = words(required=True)


class IssueForm(Schema):
    """What the registry gave."""

    signatory_id = number(required=True)
    version = number(required=True)
    number = words(most=40)
    dated_on = day(required=True)
    again = fields.Boolean(load_default=False)


class AcknowledgeForm(Schema):
    """When the addressee got the letter."""

    received_on = day(required=True)
    note = words(most=1000)


class CandidateQuery(Schema):
    """Which list, of which committee; which page."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    committee = fields.Integer(load_default=None, validate=validate.Range(-1, LARGEST))
    off = fields.Boolean(load_default=False)


class TakeForm(Schema):
    """A committee takes a candidate."""

    committee_id = number(required=True)
    reason = words(required=True)
    opinion = words()


class RungForm(Schema):
    """A rung as the office writes it."""

    name = words(required=True, most=200)
    name_en = words(most=200)
    level = fields.Integer(required=True, validate=validate.Range(1, 1000))
    form = one_of(FORMS, required=True)
    offset_days = fields.Integer(required=True, validate=validate.Range(-250, 1000))
    rank = one_of(RANKS, required=True)
    authority = one_of(AUTHORITIES, required=True)
    interval_days = fields.Integer(load_default=0, validate=validate.Range(0, 250))
    after_letters = fields.Integer(load_default=0, validate=validate.Range(0, 20))
    letter_kind = one_of(KINDS, required=True)
    legal_basis = words(required=True, most=400)
    valid_from = day()
    valid_to = day()
    applies_from = day()
    confirmed = fields.Boolean(load_default=False)
    note = words()


class FieldsForm(Schema):
    """The fields that a committee follows."""

    values = fields.List(fields.Integer(validate=validate.Range(1, LARGEST)), load_default=list)
