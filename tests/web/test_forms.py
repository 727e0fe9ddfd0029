"""Forms: what is read, what is refused, and in whose words."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from petitions.core.errors import Invalid
from petitions.core.words import say, using_language
from petitions.web import forms
from petitions.web.forms import Form, blank_form, flat, read_form, read_query
from tests.web.conftest import Caller


class Voter(Schema):
    name = fields.String(required=True)
    age = fields.Integer()


class Sheet(Schema):
    text = fields.String(required=True)
    number = fields.Integer(load_default=None)
    kind = fields.String(validate=validate.OneOf(["a", "b"]))
    agencies = fields.List(fields.Integer())
    voters = fields.List(fields.Nested(Voter), load_default=list)

    @validates_schema
    def whole(self, data: Any, **_: Any) -> None:
        if data.get("number") == 13:
            raise ValidationError(say("Không thực hiện được việc này."))


def read(app: Flask, data: Any, schema: Any = Sheet) -> Any:
    with app.test_request_context("/", method="POST", data=data):
        return read_form(schema)


def told(app: Flask, data: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as refused:
        read(app, data)
    return {name: [str(message) for message in messages] for name, messages in refused.value.fields.items()}


def test_empty_boxes_count_as_not_sent(house_app: Flask) -> None:
    assert read(house_app, {"text": "Đường ngập", "number": " ", "kind": "", "csrf_token": "x", "stray": "1"}) == {
        "text": "Đường ngập",
        "number": None,
        "voters": [],
    }


def test_repeated_boxes_feed_lists_and_numbered_ones_rows(house_app: Flask) -> None:
    read_in = read(
        house_app, {"text": "x", "agencies": ["3", "", "5"], "voters-0-name": "An", "voters-2-name": "Bình", "voters-2-age": "61", "voters-3-name": " "}
    )
    assert read_in["agencies"] == [3, 5]
    assert read_in["voters"] == [{"name": "An"}, {"name": "Bình", "age": 61}]


def test_messages_are_the_clerks_words_beside_the_field(house_app: Flask) -> None:
    assert told(house_app, {"text": "", "number": "ba", "kind": "c", "agencies": ["x"], "voters-0-age": "cao"}) == {
        "text": ["Hãy điền ô này."],
        "number": ["Hãy ghi một số."],
        "kind": ["Hãy chọn một giá trị trong danh sách."],
        "agencies": ["Hãy ghi một số."],
        "voters-0-name": ["Hãy điền ô này."],
        "voters-0-age": ["Hãy ghi một số."],
    }
    with using_language("en"):
        assert told(house_app, {"text": ""}) == {"text": ["Please fill in this field."]}


def test_a_row_left_empty_does_not_move_the_messages_of_the_next(house_app: Flask) -> None:
    assert told(house_app, {"text": "x", "voters-0-name": "An", "voters-2-age": "3"}) == {"voters-2-name": ["Hãy điền ô này."]}


def test_the_form_as_a_whole(house_app: Flask) -> None:
    assert told(house_app, {"text": "x", "number": "13"}) == {"": ["Không thực hiện được việc này."]}


def test_a_message_of_our_own_is_kept() -> None:
    own = say("Không tìm thấy.")
    assert flat({"place": own, "day": ["Not a valid date."]}) == {"place": [own], "day": [forms.KNOWN[2][1]]}


def test_json_is_read_by_the_same_schema(house_app: Flask) -> None:
    with house_app.test_request_context("/", method="POST", json={"text": "x", "voters": [{"name": "An"}], "stray": 1}):
        assert read_form(Sheet)["voters"] == [{"name": "An"}]


@pytest.mark.parametrize("body", ["[]", "3", '"x"', "null"])
def test_json_that_is_no_object_is_refused_not_an_error(house_app: Flask, body: str) -> None:
    with house_app.test_request_context("/", method="POST", data=body, content_type="application/json"), pytest.raises(Invalid):
        read_form(Sheet)


def test_an_odd_address_is_read_as_far_as_it_goes(house_app: Flask) -> None:
    with house_app.test_request_context("/?text=x&number=ba&agencies=1&agencies=2"):
        assert read_query(Sheet) == {"text": "x", "agencies": [1, 2], "number": None, "voters": []}  # the others keep their defaults


def test_what_was_typed_is_shown_again(caller: Caller) -> None:
    response = caller.post("/form", {"name": "", "age": "61"})
    assert response.status_code == 422
    assert caller.post("/form", {"name": "An", "age": "61"}).json == {"name": "An", "age": 61}


def test_a_form_gives_values_for_showing() -> None:
    form = Form({"name": None, "roles": ["a", 3], "day": date(2026, 1, 20), "p-0-name": "An", "p-3-name": "Bình"}, {"name": ["x"]})
    assert (form.value("name"), form.value("lost", "?"), form.wrong("name"), form.wrong("day")) == ("", "?", ["x"], [])
    assert (form.all("roles"), form.all("name"), form.rows("p"), form.rows("q", 2)) == (["a", "3"], [], [0, 1, 2, 3], [0, 1])
    assert blank_form({"a": 1}, b=2).values == {"a": 1, "b": 2}
