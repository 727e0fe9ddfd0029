"""Pages of the areas: the list of a day, a unit with what was before and after, corrections, and the answer to "where is this?"."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.areas import actions, lineage, queries
from petitions.areas.models import UNIT_KINDS, AdminUnit
from petitions.areas.resolver import Resolution, resolve
from petitions.areas.schemas import ChangeForm, Confirmation, ListAddress, NewUnit, Question, UnitForm
from petitions.areas.spelling import plain_key, syllables
from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, RuleBroken, Stale
from petitions.core.paging import PAGE_SIZE, Page
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.journal import queries as journal
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_form, read_query, refused
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("areas", __name__)
menu.register(menu.Entry("areas.listing", say("Đơn vị hành chính"), "map-pin", Permission.REFERENCE_READ, order=60))
READERS = (Permission.REFERENCE_READ, Permission.PETITION_ENTER)
NOTHING_ASKED = {"day": None, "q": "", "district": None, "page": 1}


@blueprint.get("/areas")
@needs(Permission.REFERENCE_READ)
def listing() -> str:
    """The units that live on a day; by name and district."""
    asked = NOTHING_ASKED | read_query(ListAddress)
    day = asked["day"] or clock.today()
    rows = _rows(day, asked["q"], asked["district"])
    first = (asked["page"] - 1) * PAGE_SIZE
    shown = [lineage.row(queries.gazetteer(db()), unit) for unit in rows[first : first + PAGE_SIZE]]
    return page(
        "areas/list.html",
        found=Page(shown, asked["page"], PAGE_SIZE, len(rows)),
        day=day,
        generations=[(one, words, one == _generation(day)) for one, words in lineage.GENERATIONS],
        form=blank_form(q=asked["q"], district=asked["district"], day=day),
        districts=[(district.id, district.label) for district in queries.districts_all(db())],
        may_edit=identity().may(Permission.REFERENCE_MANAGE),
    )


def _rows(day: date, words: str, district_id: int | None) -> list[Any]:
    wanted = " ".join(plain_key(word) for word in syllables(words))
    units = queries.units_on(db(), day, district_id)
    return [unit for unit in units if wanted in " ".join(plain_key(word) for word in syllables(unit.label))]


def _generation(day: date) -> date:
    """The day that stands for the generation in which `day` lies."""
    return max((one for one, _ in lineage.GENERATIONS[1:] if one <= day), default=lineage.GENERATIONS[0][0])


@blueprint.get("/areas/resolve")
@needs(*READERS)
def answer() -> ResponseReturnValue:
    """Where the words are, on a day: a fragment of HTML, or JSON for who asks for it."""
    asked = {"words": "", "on": None} | read_query(Question)
    gazetteer = queries.gazetteer(db())
    found = resolve(gazetteer, asked["words"], asked["on"])
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(as_json(found))
    label = gazetteer.label_with_former(found.unit_id, found.named_unit_id) if found.unit_id is not None else None
    today = clock.today()
    now_in = [] if found.unit_id is None or gazetteer.units[found.unit_id].lives(today) else gazetteer.on_day(found.unit_id, today)
    return page("areas/answer.html", found=found, label=label, now_in=[(gazetteer.label(step.unit_id), step) for step in now_in])


def as_json(found: Resolution) -> dict[str, Any]:
    """A resolution as plain data."""
    return {
        "outcome": found.outcome,
        "how": found.how,
        "said": str(found.said),
        "unit_id": found.unit_id,
        "district_id": found.district_id,
        "named_unit_id": found.named_unit_id,
        "whole_city": found.whole_city,
        "outside": found.outside,
        "candidates": [{"unit_id": one.unit_id, "district_id": one.district_id, "label": one.label, "why": str(one.why)} for one in found.candidates],
    }


@blueprint.get("/areas/<int:unit_id>")
@needs(Permission.REFERENCE_READ)
def show(unit_id: int) -> str:
    """A unit: what it was made of, what became of it, and how its row changed."""
    row = queries.unit(db(), unit_id)
    return page("areas/unit.html", **_unit_values(row))


def _unit_values(row: AdminUnit) -> dict[str, Any]:
    gazetteer, today = queries.gazetteer(db()), clock.today()
    into, out = queries.changes_of(db(), row.id)
    unit = gazetteer.units[row.id]
    steps = [] if unit.lives(today) else gazetteer.on_day(row.id, today)
    return {
        "row": row,
        "label": gazetteer.full_label(row.id),
        "shown": lineage.row(gazetteer, unit),
        "into": lineage.lines(gazetteer, into, other="old_id"),
        "out": lineage.lines(gazetteer, out, other="new_id"),
        "now_in": [(step.unit_id, gazetteer.label(step.unit_id), step) for step in steps],
        "lives": unit.lives(today),
        "may_edit": identity().may(Permission.REFERENCE_MANAGE),
        "history": [
            {"at": entry.at, "who": entry.by_name, "what": lineage.ACTS.get(entry.act, entry.act), "more": entry.reason}
            for entry in journal.timeline(db(), ("unit", row.id))
        ],
    }


@blueprint.get("/areas/<int:unit_id>/edit")
@needs(Permission.REFERENCE_MANAGE)
def edit(unit_id: int) -> str:
    """The form for correcting a unit."""
    row = queries.unit(db(), unit_id)
    values = {name: getattr(row, name) for name in ("name", "valid_to", "source", "note", "version")}
    return page("areas/edit.html", row=row, form=blank_form(values, confirmed="1" if row.confirmed else ""))


@blueprint.post("/areas/<int:unit_id>/edit")
@needs(Permission.REFERENCE_MANAGE)
def correct(unit_id: int) -> ResponseReturnValue:
    """Correct a unit."""
    try:
        actions.correct_unit(db(), unit_id, **read_form(UnitForm), by=identity(), now=clock.now())
    except (Invalid, RuleBroken, Stale) as error:
        return refused("areas/edit.html", _invalid(error), row=queries.unit(db(), unit_id))
    flash(str(say("Đã lưu đính chính.")))
    return redirect(url_for("areas.show", unit_id=unit_id))


@blueprint.get("/areas/new")
@needs(Permission.REFERENCE_MANAGE)
def new() -> str:
    """The form for a new unit."""
    return page("areas/new.html", form=blank_form(kind=request.args.get("kind", "xa")), kinds=_kinds())


@blueprint.post("/areas/new")
@needs(Permission.REFERENCE_MANAGE)
def create() -> ResponseReturnValue:
    """Add a unit."""
    try:
        row = actions.add_unit(db(), **read_form(NewUnit), by=identity(), now=clock.now())
    except (Invalid, Conflict) as error:
        return refused("areas/new.html", _invalid(error), kinds=_kinds())
    flash(str(say("Đã thêm đơn vị. Hãy ghi đơn vị cũ nào nhập vào đây.")))
    return redirect(url_for("areas.show", unit_id=row.id))


@blueprint.get("/areas/<int:unit_id>/changes/new")
@needs(Permission.REFERENCE_MANAGE)
def new_change(unit_id: int) -> str:
    """The form that says where a unit's ground went."""
    row = queries.unit(db(), unit_id)
    on = date.fromordinal(row.valid_to.toordinal() + 1) if row.valid_to else None
    return page("areas/change.html", row=row, form=blank_form(on=on, share="whole"), units=_units(on))


@blueprint.post("/areas/<int:unit_id>/changes/new")
@needs(Permission.REFERENCE_MANAGE)
def add_change(unit_id: int) -> ResponseReturnValue:
    """Say where a unit's ground went."""
    try:
        actions.add_change(db(), unit_id, **read_form(ChangeForm), by=identity(), now=clock.now())
    except (Invalid, Conflict, RuleBroken) as error:
        return refused("areas/change.html", _invalid(error), row=queries.unit(db(), unit_id), units=_units(None))
    flash(str(say("Đã ghi nơi nhận địa bàn.")))
    return redirect(url_for("areas.show", unit_id=unit_id))


@blueprint.post("/areas/<int:unit_id>/changes/<int:change_id>/confirm")
@needs(Permission.REFERENCE_MANAGE)
def confirm_change(unit_id: int, change_id: int) -> ResponseReturnValue:
    """Mark a change as checked."""
    actions.confirm_change(db(), change_id, **read_form(Confirmation), by=identity(), now=clock.now())
    flash(str(say("Đã xác nhận thay đổi.")))
    return redirect(url_for("areas.show", unit_id=unit_id))


def _units(on: date | None) -> list[tuple[int, str]]:
    gazetteer = queries.gazetteer(db())
    return [(unit.id, gazetteer.full_label(unit.id)) for unit in queries.units_on(db(), on or clock.today())]


def _kinds() -> list[tuple[str, str]]:
    words = {"phuong": say("phường"), "xa": say("xã"), "thi_tran": say("thị trấn")}
    return [(kind, str(words[kind])) for kind in UNIT_KINDS]


def _invalid(error: Invalid | Conflict | RuleBroken) -> Invalid:
    return error if isinstance(error, Invalid) else Invalid({"": [error.message]})
