"""Plain data of recommendations: what the command prints, what the forms send."""

from typing import Any

from marshmallow import Schema, fields, validate

from petitions.duties.schemas import day, number, one_of, words
from petitions.oversight.models.document import ISSUERS, KINDS
from petitions.oversight.models.programme import ACTORS
from petitions.oversight.models.recommendation import DUE_KINDS, RHYTHMS
from petitions.oversight.models.report import CLAIMS, METHODS
from petitions.oversight.splitting.paragraphs import MOST_CHARACTERS
from petitions.oversight.splitting.proposals import Proposal


def plain_proposal(one: Proposal) -> dict[str, Any]:
    """A proposal as the contract prints it: agencies by the register's name, days as yyyy-mm-dd."""
    return {
        "clause": one.clause,
        "text": one.text,
        "lead": [name.name for name in one.lead],
        "with": [name.name for name in one.together],
        "due_kind": one.due_kind,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "rhythm": one.rhythm,
        "source": one.source,
        "post": one.post or None,
        "deliverable": one.product or None,
        "report_on": one.report_on.isoformat() if one.report_on else None,
    }


class DocumentForm(Schema):
    """A document to be registered; its text is pasted, or read from the file."""

    kind = one_of(KINDS, required=True)
    symbol = words(most=60)
    dated_on = day(required=True)
    issuer = one_of(ISSUERS, required=True)
    signatory = words(most=200)
    title = words(required=True, most=500)
    text = fields.String(load_default="", validate=validate.Length(max=MOST_CHARACTERS))
    council_session_id = number()
    number = words(required=True, most=20)


class LineForm(Schema):
    """One demand of a split; `keep` "0": left out."""

    keep = fields.String(load_default="1")
    label = words(most=60)
    text = words()
    lead = words(most=2000)
    together = words(most=2000)
    post = words(most=300)
    product = words(most=500)
    due_kind = fields.String(load_default="none", validate=validate.OneOf(DUE_KINDS))
    due_on = day()
    rhythm = one_of(RHYTHMS)
    source = words(most=20_000)
    start = fields.Integer(load_default=0)
    end = fields.Integer(load_default=0)


class SplitForm(Schema):
    """A whole split, as corrected."""

    version = number(required=True)
    then = fields.String(load_default="")
    lines = fields.List(fields.Nested(LineForm), load_default=list)


class ItemForm(Schema):
    """What a report says of one recommendation; a row without a claim says nothing of it."""

    recommendation_id = number(required=True)
    claim = one_of(CLAIMS)
    percent = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 100))
    text = words()
    method = one_of(METHODS)
    evidence = words()


class ReportForm(Schema):
    """An agency's report."""

    dated_on = day(required=True)
    text = words()
    items = fields.List(fields.Nested(ItemForm), load_default=list)
    number = words(most=120)


class ListQuery(Schema):
    """What a list of recommendations is narrowed to."""

    what = fields.String(load_default="all")
    progress = fields.String(load_default="")
    agency = number()
    document = number()
    figure = fields.String(load_default="")
    on = day()
    kind = one_of(KINDS)
    session = number()
    term = number()
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class FiguresQuery(Schema):
    """As of which day, of whom."""

    on = day()
    agency = number()
    kind = one_of(KINDS)
    session = number()
    term = number()


class ActivityForm(Schema):
    """An activity of the programme."""

    version = number()
    year = fields.Integer(required=True, validate=validate.Range(2000, 2100))
    kind_code = words(required=True, most=40)
    actor = one_of(ACTORS, required=True)
    title = words(required=True, most=300)
    agencies = words()
    committee_id = number()
    council_session_id = number()
    again_id = number()
    decision = words(most=120)
    delegation = words()
    plan = words()
    report = words()
    decided_on = day()
    noticed_on = day()
    starts_on = day()
    ends_on = day()
    reported_on = day()


class VisitForm(Schema):
    """A visit of an activity."""

    visited_on = day(required=True)
    agency_id = number()
    place = words(most=300)
    note = words()


class LinkForm(Schema):
    """A document issued upon an activity."""

    document_id = number(required=True)


class ProgrammeQuery(Schema):
    """Of which year."""

    year = fields.Integer(load_default=None, validate=validate.Range(2000, 2100))


class CalendarQuery(Schema):
    """Which month, of whom."""

    year = fields.Integer(load_default=None, validate=validate.Range(2000, 2100))
    month = fields.Integer(load_default=None, validate=validate.Range(1, 12))
    agency = number()


class OpenQuery(Schema):
    """From what an activity is opened."""

    decision = number()
    recommendation = fields.String(load_default="")
    document = number()


class OpenForm(Schema):
    """An activity opened on items, or the activity that they join."""

    family = words(required=True, most=40)
    activity_id = number()
    title = words(required=True, most=300)
    actor = one_of(ACTORS, required=True)
    committee_id = number()
    council_session_id = number()
    starts_on = day()
    ends_on = day()
    question = words()
    items = fields.List(fields.Integer(), load_default=list)


class AskForm(Schema):
    """One more item, by its code."""

    code = words(required=True, most=60)
    question = words()


class AnswerForm(Schema):
    """Who answered, and what."""

    version = number(required=True)
    person = words(required=True, most=200)
    post = words(most=300)
    answer = words(required=True, most=20_000)
    answered_on = day(required=True)


class PromiseForm(Schema):
    """What was promised."""

    version = number(required=True)
    person = words(required=True, most=200)
    post = words(most=300)
    text = words(required=True)
    product = words(most=500)
    due_on = day(required=True)
    agency_id = number(required=True)


class TablingQuery(Schema):
    """At which session."""

    session = number()


class TablingForm(Schema):
    """What is noted as reported to the Council."""

    session = number(required=True)
    items = fields.List(fields.Integer(), load_default=list)
    reported_on = day(required=True)
    note = words()
    number = words(most=120)
