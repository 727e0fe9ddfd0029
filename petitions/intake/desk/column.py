"""The column that listens while a petition is entered: the place found or to be chosen, its constituency, the group today, a field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from petitions.agencies import queries as directories
from petitions.core import clock
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council.answers import Assignment, GroupToday
from petitions.intake.choices import INDENT, Pair
from petitions.intake.lists import GROUPS, Lists
from petitions.intake.placing import Atlas, Placing, place
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.schemas import PetitionForm
from petitions.intake.suggesting import Suggestion, fields_for, names_in
from petitions.intake.timeline import BASIS_WORDS, OUTSIDE_WORDS
from petitions.intake.values import PetitionValues
from petitions.web.access import needs
from petitions.web.forms import blank_form, flat, typed
from petitions.web.pages import page
from petitions.web.transaction import glance

blueprint = Blueprint("column", __name__)


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A unit that may be meant, as a radio button."""

    unit_id: int
    label: str
    why: Message
    chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """All that the column says. `tone`: done found, near to be chosen, quiet nothing yet."""

    tone: str
    place: str
    said: Message
    choices: Sequence[PlaceChoice]
    constituency: Message | None
    basis: Message | None
    confirmed: bool
    outside: Message | None
    assignment: Assignment | None
    constituency_choices: Sequence[Pair]
    constituency_chosen: int | None
    group: GroupToday | None
    suggestions: Sequence[Suggestion]


def listen(values: PetitionValues, *, atlas: Atlas, lists: Lists, today: date, agencies: Sequence[str] = ()) -> Column:
    """The column for what the form holds now."""
    found = place(atlas, values, today=today)
    group = None
    if found.unit_id or found.district_id:
        group = atlas.roll.group_today(body_id=values.body_id, unit_id=found.unit_id, district_id=found.district_id, today=today)
    several = found.assignment.candidates if found.assignment else ()
    constituency = atlas.roll.constituencies.get(found.constituency_id or 0)
    return Column(
        tone="done" if found.unit_id else "near" if found.place else "quiet",
        place=atlas.unit(found.unit_id, full=True) or atlas.district(found.district_id),
        said=found.place.said if found.place else say("Ghi địa bàn, phường hoặc xã (cũ hay mới), kèm quận, huyện nếu có."),
        choices=_places(found, atlas, values),
        constituency=constituency.label if constituency else None,
        basis=BASIS_WORDS.get(found.constituency_basis or ""),
        confirmed=bool(found.assignment and found.assignment.confirmed),
        outside=OUTSIDE_WORDS.get(found.outside or ""),
        assignment=found.assignment,
        constituency_choices=[(one.constituency.id, one.constituency.label) for one in several],
        constituency_chosen=values.constituency_id,
        group=group,
        suggestions=[] if values.field_id else fields_for(f"{values.summary}\n{values.text}", lists, agencies),
    )


def _places(found: Placing, atlas: Atlas, values: PetitionValues) -> list[PlaceChoice]:
    offered = [one for one in (found.place.candidates if found.place else ()) if one.unit_id is not None]
    choices = [PlaceChoice(one.unit_id or 0, one.label, one.why, one.unit_id == found.unit_id) for one in offered]
    if values.unit_id and values.unit_id not in {one.unit_id for one in choices} and atlas.unit(values.unit_id):
        choices.insert(0, PlaceChoice(values.unit_id, atlas.unit(values.unit_id, full=True), say("nơi đang chọn"), True))
    return choices


def half_filled() -> PetitionValues:
    """The form as far as it can be read: boxes that cannot be read yet count as empty."""
    sent = {name: request.form.getlist(name) for name in request.form}
    data: dict[str, Any] = {name: [value for value in many if value] if name == "timing" else many[-1] for name, many in sent.items() if many and many[-1]}
    simple = {name: value for name, value in data.items() if "-" not in name}
    schema = PetitionForm(exclude=("agencies", "petitioners", "references"))
    try:
        loaded = schema.load(simple)
    except ValidationError as error:
        wrong = set(flat(error.messages))
        loaded = schema.load({name: value for name, value in simple.items() if name not in {word.partition("-")[0] for word in wrong}})
    values: PetitionValues = loaded["values"]
    return values


@blueprint.post("/petitions/column")
@needs(Permission.PETITION_ENTER)
def show() -> str:
    """The column, drawn anew for what is typed; nothing is written."""
    with glance() as session:
        atlas, lists = read_atlas(session), read_lists(session)
        named = agency_names(session, lists)
    return page("intake/column.html", column=listen(half_filled(), atlas=atlas, lists=lists, today=clock.today(), agencies=named))


def agency_names(session: Session, lists: Lists) -> Sequence[str]:
    """Every name of every agency, as `fields_for` takes them."""
    return names_in((name for entry in directories.directory(session).agencies.values() for name in entry.names), lists)


@blueprint.post("/petitions/column/field")
@needs(Permission.PETITION_ENTER)
def take_field() -> str:
    """The classification boxes with the suggested field taken; the rest as typed."""
    with glance() as session:
        lists = read_lists(session)
    values = half_filled()
    taken = request.form.get("take", "")
    field_id = int(taken) if taken.isdigit() and int(taken) in lists.fields else values.field_id
    field = lists.fields.get(field_id) if field_id else None
    form = blank_form(typed().values, field_id=field_id, report_group=field.report_group if field else values.report_group)
    return page("intake/classification.html", form=form, options=classification_choices(lists, values.met_on or values.received_on), focus=True)


def classification_choices(lists: Lists, day: date | None) -> dict[str, list[Pair]]:
    """What the classification boxes offer."""
    return {
        "groups": [(number, f"{number}. {label}") for number, label in GROUPS.items()],
        "fields": [(node.id, f"{INDENT * node.depth}{node.label}") for node in lists.fields.values()],
        "levels": [(item.code, item.label) for item in lists.levels.values() if item.valid_on(day)],
    }
