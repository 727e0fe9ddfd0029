"""What people type on the page of the words."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from petitions.core.text import clean
from petitions.search.models import FORMS_LENGTH, SOURCE_LENGTH


class Line(fields.String):
    """One line of text, cleaned."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return clean(str(super()._deserialize(value, attr, data, **kwargs))).replace("\n", " ")


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
