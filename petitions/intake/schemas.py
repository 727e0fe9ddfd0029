"""What forms and addresses say, read into plain values."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from petitions.core.dates import not_a_loose_day, parse_loose
from petitions.core.typed import Day, Words
from petitions.core.words import say
from petitions.intake.filters import SORTS, Filters
from petitions.intake.models import RESOLUTIONS, TIMINGS
from petitions.intake.values import AgencyValues, PetitionerValues, PetitionValues, ReferenceValues
from petitions.intake.workflow import STATES

LARGEST = 2**31 - 1


class LooseDayField(fields.Field[Any]):
    """A day, or a month (11/2025) or a year (2025) kept as written."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        found = parse_loose(str(value))
        if found is None:
            raise ValidationError(not_a_loose_day(str(value)))  # type: ignore[arg-type]
        return found


def number(**more: Any) -> fields.Integer:
    """An id or a count that the database can hold."""
    return fields.Integer(validate=validate.Range(0, LARGEST), allow_none=True, load_default=None, **more)


class PersonForm(Schema):
    """One petitioner's row."""

    name = Words(load_default="", validate=validate.Length(max=200))
    address = Words(load_default="", validate=validate.Length(max=500))
    phone = Words(load_default="", validate=validate.Length(max=40))


class ReferenceForm(Schema):
    """One external reference's row."""

    system = Words(load_default="", validate=validate.Length(max=60))
    reference = Words(load_default="", validate=validate.Length(max=200))
    url = Words(load_default="", validate=validate.Length(max=500))


class AgencyForm(Schema):
    """One agency's row: chosen from the list, or kept as written until somebody chooses."""

    agency_id = number()
    as_written = Words(load_default="", validate=validate.Length(max=300))
    part = fields.String(load_default="lead", validate=validate.OneOf(["lead", "with"]))


class PetitionForm(Schema):
    """The form of a petition; `values` is what the actions take."""

    class Meta:
        unknown = EXCLUDE

    body_id = number()
    origin = fields.String(load_default=None)
    channel = fields.String(load_default=None)
    met = LooseDayField(load_default=None)
    received_on = Day(load_default=None)
    council_session_id = number()
    timing = fields.List(fields.String(validate=validate.OneOf(["before", "after"])), load_default=list)
    text = Words(load_default="")
    summary = Words(load_default="")
    notes = Words(load_default="")
    place_words = Words(load_default="", validate=validate.Length(max=500))
    unit_id = number()
    constituency_id = number()
    report_group = number()
    field_id = number()
    level = fields.String(load_default=None)
    voters_count = number()
    agencies = fields.List(fields.Nested(AgencyForm), load_default=list)
    petitioners = fields.List(fields.Nested(PersonForm), load_default=list)
    references = fields.List(fields.Nested(ReferenceForm), load_default=list)

    @post_load
    def values(self, data: dict[str, Any], **_more: Any) -> dict[str, PetitionValues]:
        """{"values": plain values}; two ticks of timing are "both", a day known in part is kept as written."""
        met = data.pop("met")
        timing = set(data.pop("timing"))
        taken = {
            **data,
            "body_id": data["body_id"] or 0,
            "timing": "both" if len(timing) == 2 else next(iter(timing), None),
            "met_on": met.first if met is not None and met.exact else None,
            "met_as_written": met.text if met is not None and not met.exact else None,
            "petitioners": tuple(PetitionerValues(**row) for row in data.get("petitioners", ())),
            "references": tuple(ReferenceValues(row["system"], row["reference"], row["url"] or None) for row in data.get("references", ())),
            "agencies": tuple(_agency(row) for row in data.get("agencies", ()) if row["agency_id"] or row["as_written"]),
        }
        return {"values": PetitionValues(**taken)}


class ClassifyForm(Schema):
    """Field, group and level."""

    field_id = fields.Integer(required=True, error_messages={"required": [say("Hãy chọn lĩnh vực trong danh sách.")]})
    level = fields.String(required=True, error_messages={"required": [say("Hãy chọn thẩm quyền trong danh sách.")]})
    report_group = number()


class DivertForm(Schema):
    """Why a paper leaves the register, and where it went."""

    kind = fields.String(required=True, error_messages={"required": [say("Hãy chọn loại đơn.")]})
    reason = Words(required=True, validate=validate.Length(min=1, max=2000))
    sent_to = Words(required=True, validate=validate.Length(min=1, max=300))
    document = Words(load_default="", validate=validate.Length(max=200))


class ReasonForm(Schema):
    """A move that needs a reason."""

    reason = Words(required=True, validate=validate.Length(min=1, max=2000))


class DeferForm(ReasonForm):
    """What is laid aside is taken up again on a day."""

    until = Day(required=True)


class PersonsForm(Schema):
    """Petitioners and their head count, changed apart from the rest."""

    petitioners = fields.List(fields.Nested(PersonForm), load_default=list)
    voters_count = number()
    version = fields.Integer(required=True)


class ChosenForm(Schema):
    """Many petitions and what to do with them."""

    ids = fields.List(fields.Integer(validate=validate.Range(1, LARGEST)), required=True, validate=validate.Length(max=500))


class FilterQuery(Schema):
    """The address of a list. What cannot be read is left out."""

    body = number()
    constituency = number()
    as_of = fields.String(validate=validate.OneOf(["today"]), load_default=None)
    unit = number()
    ground = fields.String(validate=validate.OneOf(["no"]), load_default=None)
    district = number()
    field = number()
    group = number()
    level = fields.String(load_default=None)
    state = fields.String(validate=validate.OneOf(list(STATES)), load_default=None)
    waiting = fields.String(validate=validate.OneOf(["yes", "no"]), load_default=None)
    place = fields.String(validate=validate.OneOf(RESOLUTIONS), load_default=None)
    agency = number()
    session = number()
    timing = fields.String(validate=validate.OneOf(TIMINGS), load_default=None)
    origin = fields.String(load_default=None)
    channel = fields.String(load_default=None)
    batch = number()
    mine = fields.String(validate=validate.OneOf(["yes"]), load_default=None)
    since = Day(load_default=None)
    until = Day(load_default=None)
    sort = fields.String(validate=validate.OneOf(SORTS), load_default="newest")
    page = fields.Integer(validate=validate.Range(1, 1_000_000), load_default=1)

    @post_load
    def filters(self, data: dict[str, Any], **_more: Any) -> dict[str, Filters]:
        """{"filters": one frozen value}."""
        return {"filters": Filters(**data)}


def _agency(row: Mapping[str, Any]) -> AgencyValues:
    return AgencyValues(as_written=row["as_written"], agency_id=row["agency_id"] or None, part=row["part"])
