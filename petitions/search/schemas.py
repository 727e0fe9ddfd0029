"""What people type on the page of the words."""

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from petitions.core.typed import Line
from petitions.search.models import FORMS_LENGTH, SOURCE_LENGTH


class WordsAddress(Schema):
    """/search/words?q=&page="""

    q = Line(load_default="", validate=Length(max=200))
    page = fields.Integer(load_default=1, validate=Range(min=1, max=100_000))


class NewWords(Schema):
    """A line of words: GPMB = giải phóng mặt bằng."""

    forms = Line(required=True, validate=Length(min=3, max=FORMS_LENGTH))
    source = Line(required=True, validate=Length(min=2, max=SOURCE_LENGTH))


class DroppedWords(Schema):
    """A line of the program's own that is not wanted, and why."""

    forms = Line(required=True, validate=Length(min=3, max=FORMS_LENGTH))
    reason = Line(required=True, validate=Length(min=2, max=SOURCE_LENGTH))
