"""`/lists`: origins, levels and fields as the office has them; who may change reference data adds, corrects, renames and ends entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from petitions.core import clock
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.permissions import Permission
from petitions.core.seen import SEEN, digest
from petitions.core.words import Message, say
from petitions.intake.lists import GROUPS, TIMING_WORDS, FieldNode, Item
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.wordlists import actions
from petitions.intake.wordlists.actions import FIELDS, LEVELS, ORIGINS
from petitions.intake.wordlists.schemas import RENAME, EndForm, EntryForm, FieldForm, OriginForm
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("wordlists", __name__)
menu.register(menu.Entry("intake.wordlists.show", say("Danh mục"), "tags", Permission.REFERENCE_READ, order=62))

WHICH = "<any(origins, levels, fields):which>"
TITLES: Mapping[str, Message] = {FIELDS: say("Các lĩnh vực"), ORIGINS: say("Các nguồn kiến nghị"), LEVELS: say("Các cấp thẩm quyền")}
SCHEMAS: Mapping[str, type[Schema]] = {ORIGINS: OriginForm, LEVELS: EntryForm, FIELDS: FieldForm}
BOTH = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words; `depth` is its place in the tree; `ended`: it may not be chosen today."""

    key: str
    item: Item | FieldNode
    depth: int
    more: str
    ended: bool


@blueprint.get("/lists")
@needs(Permission.REFERENCE_READ)
def show() -> str:
    """The three lists, or one of them."""
    which = request.args.get("list", FIELDS)
    which = which if which in TITLES else FIELDS
    return page("intake/wordlists/show.html", which=which, titles=TITLES, lines=_lines(which), may_edit=identity().may(Permission.REFERENCE_MANAGE))


@blueprint.route(f"/lists/{WHICH}/new", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def new(which: str) -> ResponseReturnValue:
    """A new entry."""
    if request.method == "GET":
        return _form(which, None, blank_form(parent_id=request.args.get("parent", type=int), report_group=5))
    try:
        values = read_form(SCHEMAS[which])
        _known(which, values)
        row = actions.add(db(), which, _own(values), from_on=values["from_on"], by=identity(), now=clock.now())
    except (Invalid, Conflict, RuleBroken) as error:
        return _again(which, None, error)
    return _done(which, say("Đã thêm «{name}».", name=row.name))


@blueprint.route(f"/lists/{WHICH}/<key>/edit", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def edit(which: str, key: str) -> ResponseReturnValue:
    """Correct an entry, or give it another name from a day on."""
    row = actions.found(db(), which, key)
    shown = actions.values_of(db(), which, row)
    if request.method == "GET":
        return _form(which, row, blank_form({**shown, SEEN: digest(shown)}, how="fix"))
    try:
        values, seen = read_form(SCHEMAS[which]), request.form.get(SEEN)
        _known(which, values)
        if values["how"] != RENAME:
            actions.correct(db(), which, key, _own(values), seen=seen, by=identity(), now=clock.now())
            return _done(which, say("Đã lưu «{name}».", name=values["name"]))
        if values["from_on"] is None:
            raise Invalid({"from_on": [say("Hãy ghi tên mới dùng từ ngày nào.")]})
        actions.rename(db(), which, key, _own(values), from_on=values["from_on"], seen=seen, by=identity(), now=clock.now())
        return _done(which, say("«{old}» có tên mới «{name}».", old=row.name, name=values["name"]))
    except (Invalid, Conflict, RuleBroken) as error:
        return _again(which, row, error)


@blueprint.route(f"/lists/{WHICH}/<key>/end", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def end(which: str, key: str) -> ResponseReturnValue:
    """The last day on which an entry may be chosen."""
    row = actions.found(db(), which, key)
    values: dict[str, Any] = {"row": row, "which": which, "title": TITLES[which]}
    if request.method == "GET":
        return page("intake/wordlists/end.html", form=blank_form(last_day=row.valid_to), **values)
    try:
        actions.end(db(), which, key, **read_form(EndForm), by=identity(), now=clock.now())
    except (Invalid, RuleBroken) as error:
        return page("intake/wordlists/end.html", form=typed(_problems(error)), **values), 422
    return _done(which, say("«{name}» không còn được chọn sau ngày đó.", name=row.name))


def _done(which: str, said: Message) -> ResponseReturnValue:
    flash(str(said), "success")
    return redirect(url_for("intake.wordlists.show", list=which), 303)


def _known(which: str, values: Mapping[str, Any]) -> None:
    """Raises Invalid for a channel or a field above that does not exist."""
    known = read_lists(db())
    if which == ORIGINS and values["channel"] not in known.channels:
        raise Invalid({"channel": [say("Hãy chọn một giá trị trong danh sách.")]})
    if which == FIELDS and values["parent_id"] is not None and values["parent_id"] not in known.fields:
        raise Invalid({"parent_id": [say("Hãy chọn một giá trị trong danh sách.")]})


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("how", "from_on")}


def _again(which: str, row: actions.Entry | None, error: Invalid | Conflict | RuleBroken) -> ResponseReturnValue:
    form = typed(_problems(error))
    now = actions.values_of(db(), which, row) if row is not None else {}
    status = 409 if isinstance(error, Conflict) else 422
    return _form(which, row, Form({**form.values, SEEN: digest(now)}, form.errors), saved=now if status == 409 else None), status


def _problems(error: Invalid | Conflict | RuleBroken) -> Mapping[str, list[Message | str]]:
    return error.fields if isinstance(error, Invalid) else {"": [error.message]}


def _form(which: str, row: actions.Entry | None, form: Form, saved: Mapping[str, Any] | None = None) -> str:
    known = read_lists(db())
    return page(
        "intake/wordlists/form.html",
        which=which,
        title=TITLES[which],
        row=row,
        form=form,
        saved=saved,
        channels=[(item.code, item.label) for item in known.channels.values() if item.active],
        timings=list(TIMING_WORDS.items()),
        groups=[(number, f"{number}. {label}") for number, label in GROUPS.items()],
        parents=[(node.id, known.field_path(node.id)) for node in known.fields.values() if node.valid_to is None],
    )


def _lines(which: str) -> list[Line]:
    known, today = read_lists(db()), clock.today()
    if which == FIELDS:
        return [Line(str(one.id), one, one.depth, f"{one.report_group}. {GROUPS[one.report_group]}", not one.valid_on(today)) for one in known.fields.values()]
    items = known.origins if which == ORIGINS else known.levels
    return [Line(one.code, one, 0, known.channel_label(one.channel), not (one.active and one.valid_on(today))) for one in items.values()]
