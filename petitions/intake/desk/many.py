"""Many at once: the accept queue by evening, and putting registered petitions into one field and level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid
from petitions.core.paging import Page
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.intake.actions import moves
from petitions.intake.desk.column import classification_choices
from petitions.intake.details import place_name
from petitions.intake.filters import Filters
from petitions.intake.lists import Lists
from petitions.intake.placing import Atlas
from petitions.intake.queries.listing import Row, conditions, counts, listed, seen
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.schemas import ChosenForm, ClassifyForm, FilterQuery
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("many", __name__)
SIZE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its place in words; `own` cannot be accepted by its enterer."""

    row: Row
    place: str
    own: bool


@dataclass(frozen=True, slots=True)
class Evening:
    """Petitions of one day entered by one person: what is accepted together."""

    day: date | None
    by: str
    lines: Sequence[Line]


@blueprint.get("/petitions/queue")
@needs(Permission.PETITION_ACCEPT)
def queue() -> str:
    """What waits to be accepted, evening by evening."""
    return page("intake/queue.html", **_queue())


@blueprint.post("/petitions/queue")
@needs(Permission.PETITION_ACCEPT)
def accept() -> ResponseReturnValue:
    """Accept the chosen ones; those that cannot be are named."""
    try:
        chosen = read_form(ChosenForm)["ids"]
    except Invalid:
        flash(str(say("Hãy chọn ít nhất một kiến nghị.")), "error")
        return redirect(url_for("intake.many.queue"))
    done = moves.accept_all(db(), _seen(chosen), by=identity(), now=clock.now())
    _tell(done, str(say_n("Đã tiếp nhận {n} kiến nghị.", "Đã tiếp nhận {n} kiến nghị.", len(done.moved))))
    return redirect(url_for("intake.many.queue"))


@blueprint.get("/petitions/to-classify")
@needs(Permission.PETITION_CLASSIFY)
def to_classify() -> str:
    """Registered petitions without field or level, to be ticked and put into one."""
    return page("intake/to_classify.html", **_to_classify(), form=blank_form())


@blueprint.post("/petitions/to-classify")
@needs(Permission.PETITION_CLASSIFY)
def classify() -> ResponseReturnValue:
    """Put the chosen ones into one field and level."""
    try:
        chosen, values = read_form(ChosenForm)["ids"], read_form(ClassifyForm)
    except Invalid as error:
        problems: dict[str, list[Message | str]] = {name: said for name, said in error.fields.items() if not name.startswith("ids")}
        if len(problems) < len(error.fields):
            problems[""] = [say("Hãy chọn ít nhất một kiến nghị.")]
        return page("intake/to_classify.html", **_to_classify(), form=typed(problems)), 422
    done = moves.classify_all(db(), _seen(chosen), field_id=values["field_id"], level=values["level"], by=identity(), now=clock.now())
    _tell(done, str(say_n("Đã phân loại {n} kiến nghị.", "Đã phân loại {n} kiến nghị.", len(done.moved))))
    return redirect(request.full_path.rstrip("?"))


def _tell(done: moves.Done, said: str) -> None:
    if done.moved:
        flash(said, "success")
    for code, why in done.refused:
        flash(f"{code}: {why}", "error")


def _seen(ids: Sequence[int]) -> list[int]:
    """Of `ids`, those that this person may see."""
    where = conditions(Filters(), identity=identity(), lists=read_lists(db()), atlas=read_atlas(db()), today=clock.today())
    return seen(db(), ids, where)


def _queue() -> dict[str, object]:
    lists, atlas = read_lists(db()), read_atlas(db())
    rows = _rows(Filters(state="draft", waiting="yes", sort="oldest"), lists, atlas)
    groups: dict[tuple[date | None, str], list[Line]] = {}
    for line in _lines(rows, atlas):
        groups.setdefault((line.row.dated_on, line.row.entered_by_name), []).append(line)
    evenings = [Evening(day, by, lines) for (day, by), lines in groups.items()]
    return {"evenings": evenings, "rows": rows, "four_eyes": lists.four_eyes}


def _to_classify() -> dict[str, object]:
    lists, atlas = read_lists(db()), read_atlas(db())
    filters: Filters = read_query(FilterQuery)["filters"]
    rows = _rows(Filters(state="registered", page=filters.page), lists, atlas)
    return {"rows": rows, "lines": _lines(rows, atlas), "options": classification_choices(lists, None)}


def _rows(filters: Filters, lists: Lists, atlas: Atlas) -> Page[Row]:
    where = conditions(filters, identity=identity(), lists=lists, atlas=atlas, today=clock.today())
    total = sum(counts(db(), where).values())
    return listed(db(), where, sort=filters.sort, number=filters.page, total=total, size=SIZE)


def _lines(rows: Page[Row], atlas: Atlas) -> list[Line]:
    me = identity().user_id
    return [Line(row, place_name(atlas, row.unit_id, row.district_id, row.place_words), row.entered_by == me) for row in rows.rows]
