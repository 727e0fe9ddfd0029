"""What people type: read through a marshmallow schema, shown again when it cannot be taken, with the reasons beside the fields.

    @blueprint.post("/agencies/new")
    @needs(Permission.REFERENCE_MANAGE)
    def create() -> ResponseReturnValue:
        try:
            agency = actions.add(db(), **read_form(NewAgency), by=identity(), now=clock.now())
        except Invalid as error:
            return refused("agencies/form.html", error)
        return redirect(url_for("agencies.show", agency_id=agency.id))

    def new() -> str:                                   # the GET beside it
        return page("agencies/form.html", form=blank_form(kind="city"))

The template's macros (macros/fields.html) take `form`, which knows each field's value and messages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError, fields

from petitions.core.errors import Invalid
from petitions.core.words import Message, say
from petitions.web.pages import page

CSRF_FIELD = "csrf_token"
WHOLE = ""
# marshmallow's own English sentences, in the clerk's words.
KNOWN: tuple[tuple[re.Pattern[str], Message], ...] = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (r"Missing data for required field|Field may not be null|Shorter than minimum length 1\.", say("Hãy điền ô này.")),
        (r"Not a valid integer|Not a valid number", say("Hãy ghi một số.")),
        (r"Not a valid (date|datetime|time)", say("Hãy ghi ngày theo dạng 20/01/2026.")),
        (r"Not a valid boolean", say("Hãy chọn có hoặc không.")),
        (r"Not a valid email address", say("Địa chỉ thư điện tử chưa đúng, ví dụ: ten@hanoi.gov.vn.")),
        (r"Must be one of|Not a valid choice|Invalid enum", say("Hãy chọn một giá trị trong danh sách.")),
        (r"Longer than maximum length", say("Nội dung dài quá mức cho phép.")),
        (r"Shorter than minimum length", say("Nội dung ngắn quá.")),
        (r"Must be (greater|less) than|Must be between", say("Số này nằm ngoài khoảng cho phép.")),
        (r"Unknown field", say("Ô này không có trong biểu mẫu.")),
        (r"Not a valid|Invalid", say("Giá trị này chưa đúng.")),
    )
)


@dataclass(frozen=True)
class Form:
    """What the fields hold now and what is wrong with them; `errors[""]` speaks of the form as a whole."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, list[Message | str]] = field(default_factory=dict)

    def value(self, name: str, default: Any = "") -> Any:
        """The field's value for showing; `default` when it has none."""
        found = self.values.get(name)
        return default if found is None else found

    def all(self, name: str) -> list[str]:
        """The field's values as texts, for boxes to tick and lists of several."""
        found = self.values.get(name)
        if found is None:
            return []
        return [str(one) for one in found] if isinstance(found, list | tuple | set | frozenset) else [str(found)]

    def wrong(self, name: str) -> list[Message | str]:
        """The field's messages."""
        return self.errors.get(name, [])

    def rows(self, name: str, least: int = 1) -> list[int]:
        """Numbers of the repeated rows `name-0-…`, `name-1-…`, at least `least` of them."""
        found = {int(match.group(1)) for key in self.values if (match := re.match(rf"{re.escape(name)}-(\d{{1,4}})-", key))}
        return list(range(max([least, *(number + 1 for number in found)])))


def blank_form(values: Mapping[str, Any] | None = None, **more: Any) -> Form:
    """A form as it is first shown."""
    return Form({**(values or {}), **more})


def typed(errors: Mapping[str, list[Message | str]] | None = None) -> Form:
    """The form as it was sent, with `errors`."""
    sent = {name: values[0] if len(values) == 1 else values for name, values in request.form.lists() if name != CSRF_FIELD}
    return Form(sent, errors or {})


def refused(template: str, error: Invalid, **values: Any) -> tuple[str, int]:
    """The page again with what was typed and what is wrong: answer 422."""
    return page(template, form=typed(error.fields), **values), 422


def read_form(schema: Schema | type[Schema], source: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The request's form (or JSON body) as plain data by `schema`; raises Invalid with messages per field.

    Empty boxes count as not sent, so that a schema's load_default or `required` speaks. Repeated boxes feed list fields;
    `name-0-part` boxes feed a list of nested schemas. Names the schema does not know are left out.
    """
    made = schema() if isinstance(schema, type) else schema
    made.unknown = EXCLUDE
    sent: Mapping[str, list[str]] = {}
    if source is None and request.is_json:
        source = request.get_json()
    elif source is None:
        sent = {name: request.form.getlist(name) for name in request.form if name != CSRF_FIELD}
        source = _gather(made, sent)
    try:
        loaded: dict[str, Any] = made.load(source)
    except ValidationError as error:
        raise Invalid(flat(_as_numbered(error.messages, sent))) from None
    return loaded


def read_query(schema: Schema | type[Schema]) -> dict[str, Any]:
    """The address's ?name=value pairs by `schema`. What cannot be read is left out: an odd address shows a page, not an error."""
    made = schema() if isinstance(schema, type) else schema
    made.unknown = EXCLUDE
    data = _gather(made, {name: request.args.getlist(name) for name in request.args})
    try:
        loaded: dict[str, Any] = made.load(data)
    except ValidationError as error:
        wrong = set(error.messages) if isinstance(error.messages, dict) else set(data)
        required = tuple(name for name, kind in made.fields.items() if kind.required)  # the others keep their defaults
        return dict(made.load({name: value for name, value in data.items() if name not in wrong}, partial=required))
    return loaded


def _gather(schema: Schema, sent: Mapping[str, list[str]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, kind in schema.fields.items():
        key = kind.data_key or name
        if isinstance(kind, fields.List) and isinstance(kind.inner, fields.Nested):
            rows = _nested(key, sent)
            if rows:
                data[key] = list(rows.values())
        elif isinstance(kind, fields.List):
            values = [value for value in sent.get(key, []) if value.strip()]
            if values:
                data[key] = values
        elif any(value.strip() for value in sent.get(key, [])):
            data[key] = next(value for value in reversed(sent[key]) if value.strip())
    return data


def _nested(key: str, sent: Mapping[str, list[str]]) -> dict[int, dict[str, str]]:
    """Rows `key-0-part` by their numbers; a row whose boxes are all empty is no row."""
    rows: dict[int, dict[str, str]] = {}
    for name, values in sent.items():
        match = re.fullmatch(rf"{re.escape(key)}-(\d{{1,4}})-(.+)", name)
        if match and values and values[-1].strip():
            rows.setdefault(int(match.group(1)), {})[match.group(2)] = values[-1]
    return dict(sorted(rows.items()))


def _as_numbered(messages: Any, sent: Mapping[str, list[str]]) -> Any:
    """Messages of repeated rows under the numbers that the rows have on the page (empty rows in between were left out)."""
    if not isinstance(messages, dict):
        return messages
    found = dict(messages)
    for key, below in messages.items():
        numbers = list(_nested(str(key), sent))
        if numbers and isinstance(below, dict):
            found[key] = {numbers[place] if isinstance(place, int) and place < len(numbers) else place: what for place, what in below.items()}
    return found


def flat(messages: Any, prefix: str = WHOLE) -> dict[str, list[Message | str]]:
    """marshmallow's nested messages as one list per box: {"petitioners": {0: {"name": [m]}}} → {"petitioners-0-name": [m]}."""
    found: dict[str, list[Message | str]] = {}
    for name, below in messages.items() if isinstance(messages, Mapping) else [(WHOLE, messages)]:
        name = WHOLE if name == "_schema" else str(name)
        path = f"{prefix}-{name}" if prefix and name else prefix or name
        if isinstance(below, Mapping) and not all(isinstance(key, int) and not isinstance(value, Mapping) for key, value in below.items()):
            for key, more in flat(below, path).items():
                found.setdefault(key, []).extend(more)
        else:
            found.setdefault(path, []).extend(_words(below))
    return found


def _words(below: Any) -> Iterable[Message | str]:
    if isinstance(below, Mapping):
        return [word for value in below.values() for word in _words(value)]
    if isinstance(below, list | tuple):
        return [word for value in below for word in _words(value)]
    return [_known(below)]


def _known(message: Any) -> Message | str:
    if isinstance(message, Message):
        return message
    text = str(message)
    return next((ours for pattern, ours in KNOWN if pattern.match(text)), text)
