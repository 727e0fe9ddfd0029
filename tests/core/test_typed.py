"""What people type into forms, the same in every room."""

from datetime import date

import pytest
from marshmallow import Schema, ValidationError

from petitions.core.dates import not_a_day
from petitions.core.typed import Day, Line, Words
from petitions.core.words import say
from petitions.letters.schemas import IssueForm
from petitions.notifications.schemas import NewAbsence

OUTSIDE = say("ngoài lịch")


class Form(Schema):
    day = Day()
    near = Day(within=(date(2000, 1, 1), date(2100, 12, 31)), outside=OUTSIDE)
    words = Words()
    line = Line()


def refused(form: Schema, name: str, text: str) -> str:
    with pytest.raises(ValidationError) as problem:
        form.load({name: text}, partial=True)
    assert isinstance(problem.value.messages, dict)
    return str(problem.value.messages[name][0])


@pytest.mark.parametrize("form", [Form(), IssueForm(), NewAbsence()])
def test_an_impossible_day_is_told_in_the_same_words_everywhere(form: Schema) -> None:
    name = next(name for name, field in form.fields.items() if isinstance(field, Day))
    assert refused(form, name, "31/02/2024") == str(not_a_day("31/02/2024"))


def test_a_day_outside_what_a_room_knows() -> None:
    assert Form().load({"near": "5/3/24"}) == {"near": date(2024, 3, 5)}
    assert refused(Form(), "near", "01/01/1999") == str(OUTSIDE)


def test_text_is_cleaned() -> None:
    assert Form().load({"words": " a\u0301 \x00b\r\nc ", "line": "một\nhai"}) == {"words": "\u00e1 b\nc", "line": "một hai"}
