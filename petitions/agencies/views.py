"""Pages of the agencies: those living on a day, one agency with who was before and after it, corrections, and the answer to "which one?"."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.agencies import actions, captions, panels, queries
from petitions.agencies.directory import Entry
from petitions.agencies.models import KINDS, Agency
from petitions.agencies.naming import key_of, plain
from petitions.agencies.resolver import Resolution, find
from petitions.agencies.schemas import AgencyForm, AliasForm, ListAddress, NewAgency, Question, SuccessionForm
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

blueprint = Blueprint("agencies", __name__)
menu.register(menu.Entry("agencies.listing", say("Các cơ quan"), "building-bank", Permission.REFERENCE_READ, order=61))
MOST_AT_ONCE = 20
NOTHING_ASKED = {"day": None, "q": "", "level": None, "page": 1}


@blueprint.get("/agencies")
@needs(Permission.REFERENCE_READ)
def listing() -> str:
    """The agencies that live on a day; by name and level."""
    asked = NOTHING_ASKED | read_query(ListAddress)
    day = asked["day"] or clock.today()
    rows = _rows(day, asked["q"], asked["level"])
    first = (asked["page"] - 1) * PAGE_SIZE
    shown = [{"entry": entry, "level": captions.LEVEL_WORDS[entry.level], "when": captions.lived(entry)} for entry in rows[first : first + PAGE_SIZE]]
    return page(
        "agencies/list.html",
        found=Page(shown, asked["page"], PAGE_SIZE, len(rows)),
        day=day,
        form=blank_form(q=asked["q"], level=asked["level"], day=day),
        levels=_pairs(captions.LEVEL_WORDS),
        may_edit=identity().may(Permission.REFERENCE_MANAGE),
    )


def _rows(day: date, words: str, level: str | None) -> list[Entry]:
    """By any of its names; an agency that ended is found by name too, and says so."""
    wanted = "".join(plain(key_of(words)))
    if not wanted:
        return queries.agencies_on(db(), day, level)
    known = queries.directory(db())
    found = [
        entry
        for entry in known.agencies.values()
        if (level is None or entry.level == level) and any(wanted in "".join(plain(key_of(name))) for name in entry.names)
    ]
    return sorted(found, key=lambda entry: (not entry.lives(day), known.sort_key(entry.id)))


@blueprint.get("/agencies/find")
@needs(Permission.REFERENCE_READ, Permission.PETITION_ENTER)
def answer() -> ResponseReturnValue:
    """Which agencies the words mean on a day: a fragment of HTML, or JSON for who asks for it."""
    asked = {"words": "", "on": None} | read_query(Question)
    known = queries.directory(db())
    parts = [part.strip() for part in asked["words"].split(";") if part.strip()][:MOST_AT_ONCE] or [""]
    found = [find(known, part, asked["on"]) for part in parts]
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify({"answers": [as_json(one) for one in found]})
    rows = [(one, known.agencies[one.agency_id].name if one.agency_id is not None else None) for one in found]
    return page("agencies/answer.html", rows=rows)


def as_json(found: Resolution) -> dict[str, Any]:
    """A resolution as plain data."""
    return {
        "words": found.words,
        "outcome": found.outcome,
        "how": found.how,
        "said": str(found.said),
        "agency_id": found.agency_id,
        "named_id": found.named_id,
        "candidates": [{"agency_id": one.agency_id, "label": one.label, "why": str(one.why)} for one in found.candidates],
    }


@blueprint.get("/agencies/<int:agency_id>")
@needs(Permission.REFERENCE_READ)
def show(agency_id: int) -> str:
    """An agency: who was before it, who stands in for it, how its row changed."""
    return page("agencies/agency.html", **_values(queries.agency(db(), agency_id)))


def _values(row: Agency) -> dict[str, Any]:
    known, today = queries.directory(db()), clock.today()
    entry = known.agencies[row.id]
    heirs = [] if entry.lives(today) else known.living_successors(row.id, today)
    return {
        "row": row,
        "level": captions.LEVEL_WORDS[row.level],
        "kind": captions.KIND_WORDS[row.kind],
        "when": captions.lived(entry),
        "lives": entry.lives(today),
        "heirs": [(known.agencies[heir.agency_id].name, heir) for heir in heirs],
        "before": captions.lines(known, known.successions_into(row.id), other="old_id"),
        "after": captions.lines(known, known.successions_from(row.id), other="new_id"),
        "aliases": queries.aliases_of(db(), row.id),
        "may_edit": identity().may(Permission.REFERENCE_MANAGE),
        "boxes_of_others": panels.of_agency(identity(), row.id),
        "history": [
            {"at": one.at, "who": one.by_name, "what": captions.ACTS.get(one.act, one.act), "more": one.reason}
            for one in journal.timeline(db(), ("agency", row.id))
        ],
    }


@blueprint.get("/agencies/<int:agency_id>/edit")
@needs(Permission.REFERENCE_MANAGE)
def edit(agency_id: int) -> str:
    """The form for correcting an agency."""
    row = queries.agency(db(), agency_id)
    values = {name: getattr(row, name) for name in ("name", "short_name", "valid_from", "valid_to", "basis", "version")}
    return page("agencies/edit.html", row=row, form=blank_form(values, confirmed="1" if row.confirmed else ""))


@blueprint.post("/agencies/<int:agency_id>/edit")
@needs(Permission.REFERENCE_MANAGE)
def correct(agency_id: int) -> ResponseReturnValue:
    """Correct an agency."""
    try:
        actions.correct_agency(db(), agency_id, **read_form(AgencyForm), by=identity(), now=clock.now())
    except (Invalid, Stale) as error:
        return refused("agencies/edit.html", _invalid(error), row=queries.agency(db(), agency_id))
    flash(str(say("Đã lưu đính chính.")))
    return redirect(url_for("agencies.show", agency_id=agency_id))


@blueprint.get("/agencies/new")
@needs(Permission.REFERENCE_MANAGE)
def new() -> str:
    """The form for a new agency."""
    return page("agencies/new.html", form=blank_form(level="city", kind="department"), **_choices())


@blueprint.post("/agencies/new")
@needs(Permission.REFERENCE_MANAGE)
def create() -> ResponseReturnValue:
    """Add an agency."""
    try:
        row = actions.add_agency(db(), **read_form(NewAgency), by=identity(), now=clock.now())
    except (Invalid, Conflict) as error:
        return refused("agencies/new.html", _invalid(error), **_choices())
    flash(str(say("Đã thêm cơ quan.")))
    return redirect(url_for("agencies.show", agency_id=row.id))


@blueprint.get("/agencies/<int:agency_id>/successions/new")
@needs(Permission.REFERENCE_MANAGE)
def new_succession(agency_id: int) -> str:
    """The form that says who stands in for an agency."""
    row = queries.agency(db(), agency_id)
    on = date.fromordinal(row.valid_to.toordinal() + 1) if row.valid_to else None
    return page("agencies/succession.html", row=row, form=blank_form(on=on, share="whole"), agencies=_living())


@blueprint.post("/agencies/<int:agency_id>/successions/new")
@needs(Permission.REFERENCE_MANAGE)
def add_succession(agency_id: int) -> ResponseReturnValue:
    """Say who stands in for an agency."""
    try:
        actions.add_succession(db(), agency_id, **read_form(SuccessionForm), by=identity(), now=clock.now())
    except (Invalid, Conflict, RuleBroken) as error:
        return refused("agencies/succession.html", _invalid(error), row=queries.agency(db(), agency_id), agencies=_living())
    flash(str(say("Đã ghi cơ quan kế thừa.")))
    return redirect(url_for("agencies.show", agency_id=agency_id))


@blueprint.post("/agencies/<int:agency_id>/aliases")
@needs(Permission.REFERENCE_MANAGE)
def add_alias(agency_id: int) -> ResponseReturnValue:
    """Add another way to write an agency."""
    actions.add_alias(db(), agency_id, **read_form(AliasForm), by=identity(), now=clock.now())
    flash(str(say("Đã thêm tên gọi.")))
    return redirect(url_for("agencies.show", agency_id=agency_id))


def _living() -> list[tuple[int, str]]:
    return [(entry.id, entry.name) for entry in queries.agencies_on(db(), clock.today())]


def _pairs(words: dict[str, Any]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in words.items()]


def _choices() -> dict[str, Any]:
    return {"levels": _pairs(captions.LEVEL_WORDS), "kinds": [(kind, str(captions.KIND_WORDS[kind])) for kind in KINDS]}


def _invalid(error: Invalid | Conflict | RuleBroken) -> Invalid:
    return error if isinstance(error, Invalid) else Invalid({"": [error.message]})
