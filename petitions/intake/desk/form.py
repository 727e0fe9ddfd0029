"""Entering a petition and correcting one: the pages of the form, the double click, the stale save."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import Invalid, NotFound, Stale
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.intake.actions import entry, moves
from petitions.intake.choices import Choices, choices
from petitions.intake.desk import boxes
from petitions.intake.desk.column import Column, agency_names, listen
from petitions.intake.differences import Piece, marked
from petitions.intake.lists import Lists
from petitions.intake.models import Petition
from petitions.intake.placing import Atlas
from petitions.intake.queries import names
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.queries.reading import by_code
from petitions.intake.rules import problems
from petitions.intake.schemas import PetitionForm
from petitions.intake.timeline import FIELDS, Names, words
from petitions.intake.values import PetitionValues
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("desk", __name__)


@blueprint.get("/petitions/new")
@needs(Permission.PETITION_ENTER)
def new() -> str:
    """An empty form; `?after=CODE` keeps meeting, ward, channel and session of the one just saved."""
    last = _last(request.args.get("after", ""))
    return _form(blank_form(boxes.new(identity(), clock.today(), last), form_token=secrets.token_urlsafe(16)), last=last)


@blueprint.post("/petitions/new")
@needs(Permission.PETITION_ENTER)
def create() -> ResponseReturnValue:
    """Save a petition: as a draft, or on its way into the register."""
    then = request.form.get("then", "")
    try:
        values = read_form(_schema())["values"]
        token = request.form.get("form_token", "")[:64] or None
        petition = entry.save_draft(db(), _checked(values, complete=then != "draft"), by=identity(), now=clock.now(), key=_key(), form_token=token)
        _on_its_way(petition, then)
    except Invalid as error:
        return _form(typed(error.fields)), 422
    _tell(petition, leaves=then == "next")
    return redirect(url_for("intake.desk.new", after=petition.code) if then == "next" else url_for("intake.show", code=petition.code))


@blueprint.get("/petitions/<code>/edit")
@needs(Permission.PETITION_ENTER)
def edit(code: str) -> str:
    """The form of a petition that stands."""
    petition = by_code(db(), code, identity())
    return _form(blank_form(boxes.of(petition), version=petition.version), petition=petition)


@blueprint.post("/petitions/<code>/edit")
@needs(Permission.PETITION_ENTER)
def correct(code: str) -> ResponseReturnValue:
    """Save a correction; when somebody saved in between, both texts are shown and nothing typed is lost."""
    petition = by_code(db(), code, identity())
    then = request.form.get("then", "")
    try:
        values = _with_theirs(read_form(_schema())["values"], petition)
        kept = entry.replaced(values, {"petitioners": None, "voters_count": petition.voters_count})
        checked = _checked(kept, complete=then != "draft" and petition.state == "draft", but=petition.id)
        saved = entry.correct(db(), petition.id, checked, version=_version(), by=identity(), now=clock.now(), key=_key())
        _on_its_way(saved, then)
    except Invalid as error:
        return _form(typed(error.fields), petition=petition), 422
    except Stale as error:
        return _stale(values, error.current), 409
    _tell(saved, leaves=then == "next")
    return redirect(url_for("intake.desk.new", after=code) if then == "next" else url_for("intake.show", code=code))


@blueprint.get("/petitions/row")
@needs(Permission.PETITION_ENTER)
def row() -> str:
    """One more row of petitioners, references or agencies, for htmx."""
    kind = request.args.get("kind", "")
    if kind not in ("petitioners", "references", "agencies"):
        raise NotFound
    n = min(int(request.args.get("n", "0")) if request.args.get("n", "0").isdigit() else 0, 99)
    listed = [(one.id, one.name) for one in names.agency_rows(db())] if kind == "agencies" else []
    return page("intake/row.html", kind=kind, n=n, form=Form(), agencies=listed, focus=True)


def _schema() -> PetitionForm:
    return PetitionForm()


def _key() -> str:
    return office().settings.secret_key


def _version() -> int:
    sent = request.form.get("version", "")
    return int(sent) if sent.isdigit() else 0


def _last(code: str) -> Petition | None:
    try:
        return by_code(db(), code, identity()) if code else None
    except NotFound:
        return None


def _checked(values: PetitionValues, *, complete: bool, but: int | None = None) -> PetitionValues:
    """`values` when they may be written; raises Invalid with messages per box."""
    session = db()
    lists = read_lists(session)
    atlas = read_atlas(session)
    found = problems(entry.completed(values, lists), lists, atlas.roll, today=clock.today(), complete=complete)
    if values.body_id not in identity().scope("body"):
        found.setdefault("body_id", []).append(say("Hãy chọn cơ quan nhận kiến nghị."))
    if code := entry.reference_taken(session, values, but=but):
        found.setdefault("references-0-reference", []).append(say("Mã ngoài này đã có ở kiến nghị {code}.", code=code))
    if found:
        raise Invalid(found)
    return values


def _on_its_way(petition: Petition, then: str) -> None:
    """Unless it is kept as a draft: into the accept queue, or into the register where the office asks for no second person."""
    if then == "draft" or petition.state != "draft" or petition.submitted_at is not None or petition.entered_by != identity().user_id:
        return
    move = moves.submit if read_lists(db()).four_eyes else moves.register
    move(db(), petition.id, by=identity(), now=clock.now())


def _tell(petition: Petition, *, leaves: bool) -> None:
    """That it is saved; an unclear place where the next form opens (the petition's own page says it itself)."""
    flash(_saved(petition), "success")
    if leaves and boxes.unclear(petition):
        said = say("{code}: địa bàn chưa xác định. Hãy mở kiến nghị và chọn nơi.", code=petition.code)
        if petition.constituency_id is None:
            said = say("{code}: địa bàn chưa xác định nên mã mang số 00. Hãy mở kiến nghị và chọn nơi.", code=petition.code)
        flash(str(said), "error")


def _saved(petition: Petition) -> str:
    if petition.state == "draft" and petition.submitted_at is not None:
        return str(say("Đã lưu {code}, đang chờ tiếp nhận.", code=petition.code))
    if petition.state == "draft":
        return str(say("Đã lưu nháp {code}.", code=petition.code))
    return str(say("Đã lưu {code}.", code=petition.code))


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field on which the two savers differ, both sides with what differs marked."""

    name: str
    label: Message
    mine: Sequence[Piece]
    theirs: Sequence[Piece]


def _with_theirs(values: PetitionValues, petition: Petition) -> PetitionValues:
    """After a stale save: the fields for which the clerk chose what stands."""
    taken = {name.removeprefix("take-"): choice for name, choice in request.form.items() if name.startswith("take-")}
    return entry.replaced(values, boxes.merged(values, petition, taken))


def _stale(values: PetitionValues, current: Petition) -> str:
    """The form with what was typed, above it both versions of every field that differs. Saving again writes over the standing one."""
    session = db()
    atlas, lists = read_atlas(session), read_lists(session)
    sessions = names.sessions(session, {number for number in (values.council_session_id, current.council_session_id) if number})
    known = Names(lists, atlas.gazetteer, atlas.roll.constituencies, sessions, {}, {})
    conflicts = []
    for name in ("text", *boxes.SCALARS):
        column = "original_text" if name == "text" else name
        mine, theirs = getattr(values, name), getattr(current, column)
        if mine != theirs:
            said = marked(words(column, _json(mine), known), words(column, _json(theirs), known))
            conflicts.append(Conflict(name, FIELDS[column], *said))
    sent = typed().values
    form = blank_form({name: value for name, value in sent.items() if not name.startswith("take-")}, version=current.version)
    return _form(form, petition=current, conflicts=conflicts)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _form(form: Form, *, petition: Petition | None = None, last: Petition | None = None, conflicts: Sequence[Conflict] | None = None) -> str:
    session = db()
    atlas, lists = read_atlas(session), read_lists(session)
    return page(
        "intake/form.html",
        form=form,
        petition=petition,
        last=last,
        place_unclear=last is not None and boxes.unclear(last),
        conflicts=conflicts,
        options=_choices(session, atlas, lists),
        column=_column(form.values, atlas, lists, agency_names(session, lists)),
        four_eyes=lists.four_eyes,
        least_agencies=form.rows("agencies", 1),
    )


def _choices(session: Session, atlas: Atlas, lists: Lists) -> Choices:
    return choices(atlas=atlas, lists=lists, body_ids=identity().scope("body"), sessions=names.session_rows(session), agencies=names.agency_rows(session))


def _column(values: Mapping[str, Any], atlas: Atlas, lists: Lists, agencies: Sequence[str]) -> Column:
    """The column as the page is first drawn; without scripts it stays so until the form is saved."""
    simple = {name: value for name, value in values.items() if "-" not in name and value not in (None, "", [])}
    schema = PetitionForm(exclude=("agencies", "petitioners", "references"))
    wrong = schema.validate(simple)
    loaded = schema.load({name: value for name, value in simple.items() if name not in wrong})
    return listen(loaded["values"], atlas=atlas, lists=lists, today=clock.today(), agencies=agencies)
