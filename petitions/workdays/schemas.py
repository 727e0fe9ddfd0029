"""What people type and send on the pages of the calendar."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from petitions.core import typed
from petitions.core.typed import Line
from petitions.core.words import say
from petitions.workdays.calendar import FIRST, FIXED, KINDS, LAST, OFF, REASONS, SWAP
from petitions.workdays.changing import ADD, WITHDRAW, Edit
from petitions.workdays.models import BASIS_LENGTH, NAME_LENGTH

MOST_EDITS, MOST_SPAN = 400, 31
YEAR_RANGE = Range(min=FIRST.year, max=LAST.year)
Day = partial(typed.Day, within=(FIRST, LAST), outside=say("Ngày nằm ngoài lịch (2000 – 2100)."))


class YearAddress(Schema):
    """/calendar?year="""

    year = fields.Integer(load_default=None, validate=YEAR_RANGE)


class CountAddress(Schema):
    """/calendar/count?from=&days=&unit="""

    start = Day(load_default=None, data_key="from")
    days = fields.Integer(load_default=5, validate=Range(min=-2000, max=2000))
    unit = fields.String(load_default="working_day", validate=OneOf(("working_day", "calendar_day")))


class DayForm(Schema):
    """Marking a day, or several days one after the other; `replaces`: the living row of that day is withdrawn with it."""

    day = Day(required=True)
    last = Day(load_default=None)
    kind = fields.String(required=True, validate=OneOf(KINDS))
    cause = fields.String(load_default=FIXED, validate=OneOf(REASONS))
    name_vi = Line(required=True, validate=Length(min=1, max=NAME_LENGTH))
    name_en = Line(load_default="", validate=Length(max=NAME_LENGTH))
    for_day = Day(load_default=None)
    basis = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))
    source = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))
    confirmed = fields.Boolean(load_default=False)
    replaces = fields.Boolean(load_default=False)
    reason = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """Several days are a short span; a swap is one day for one day."""
        first, last, other = data.get("day"), data.get("last"), data.get("for_day")
        if first and last and not 0 <= (last - first).days < MOST_SPAN:
            raise ValidationError({"last": [say("Ngày cuối phải sau ngày đầu, nhiều nhất {most} ngày.", most=MOST_SPAN)]})
        if first and last and last != first and (data.get("replaces") or other):
            raise ValidationError({"last": [say("Sửa, nghỉ bù và hoán đổi thì ghi từng ngày một.")]})
        if first and other == first:
            raise ValidationError({"for_day": [say("Hãy ghi một ngày khác với ngày ở trên.")]})
        if data.get("cause") == SWAP and first and other is None:
            raise ValidationError({"for_day": [say("Hãy ghi ngày được đổi.")]})


class WithdrawForm(Schema):
    """Why a day is withdrawn."""

    reason = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))


class NoticeForm(Schema):
    """On what the days off of a year were announced."""

    basis = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))
    source = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))
    version = fields.Integer(required=True)


class ImportForm(Schema):
    """What holds for all days of a file."""

    basis = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))
    source = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))
    confirmed = fields.Boolean(load_default=False)
    reason = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))


class EditSchema(Schema):
    """One line of a previewed change."""

    act = fields.String(required=True, validate=OneOf((ADD, WITHDRAW)))
    day = Day(required=True)
    kind = fields.String(load_default=OFF, validate=OneOf(KINDS))
    reason = fields.String(load_default=FIXED, validate=OneOf(REASONS))
    name_vi = Line(load_default="", validate=Length(max=NAME_LENGTH))
    name_en = Line(load_default="", validate=Length(max=NAME_LENGTH))
    for_day = Day(load_default=None, allow_none=True)
    basis = Line(load_default="", validate=Length(max=BASIS_LENGTH))
    source = Line(load_default="", validate=Length(max=BASIS_LENGTH))
    confirmed = fields.Boolean(load_default=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Edit:
        """The line."""
        return Edit(**data)


class Edits(fields.Field[tuple[Edit, ...]]):
    """The lines of a previewed change, as JSON in one hidden box."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> tuple[Edit, ...]:
        try:
            lines = json.loads(str(value))
        except (ValueError, RecursionError):
            raise ValidationError([say("Bản xem trước không còn nguyên vẹn. Hãy làm lại từ đầu.")]) from None
        if not isinstance(lines, list) or not 0 < len(lines) <= MOST_EDITS:
            raise ValidationError([say("Bản xem trước không còn nguyên vẹn. Hãy làm lại từ đầu.")])
        return tuple(EditSchema(many=True, unknown=EXCLUDE).load(lines))


class Confirmation(Schema):
    """Confirming what was previewed."""

    edits = Edits(required=True)
    version = fields.Integer(required=True)
    seen = fields.String(required=True, validate=Length(equal=64))
    reason = Line(required=True, validate=Length(min=1, max=BASIS_LENGTH))


def packed(edits: Sequence[Edit]) -> str:
    """The lines for the hidden box."""
    return json.dumps([asdict(edit) for edit in edits], ensure_ascii=False, default=date.isoformat, separators=(",", ":"))
