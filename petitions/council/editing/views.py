"""Forms of the council's data. Each view: load, read the form, act, go back; a refusal shows the form again with its reasons."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from petitions.areas.queries import gazetteer, units_on
from petitions.core import clock, seen
from petitions.core.db import Base
from petitions.core.errors import Conflict, Invalid, RuleBroken, Stale
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.council import cards, queries, schemas
from petitions.council.actions import bodies, delegates, ground, roster
from petitions.council.editing import boxes, staleness
from petitions.council.editing.boxes import Options, Sheet
from petitions.council.editing.staleness import Difference
from petitions.council.labels import term_label
from petitions.council.models import COMMUNE_COUNCIL, DRAFT, PART, WHOLE, Body, Constituency, ConstituencyUnit, CouncilSession, Delegate, Mandate, Term
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("editing", __name__)
BOTH = ("GET", "POST")
Done = Callable[[dict[str, Any]], Message | None]


def _edit(sheet: Sheet, schema: type[Schema], act: Done, values: Mapping[str, Any], row: Base | None = None) -> ResponseReturnValue:
    """Show the form, or act on what was typed and go back; what is wrong is said beside the boxes.

    `row`: whose attributes the values are; when somebody else has saved it since the form was drawn, both are shown and nothing is saved.
    """
    if request.method == "GET":
        return _sheet(sheet, blank_form({**values, seen.SEEN: seen.digest(values)}))
    saved = _saved_now(row, values)
    try:
        read = read_form(schema)
        if row is not None and request.form.get(seen.SEEN, seen.digest(saved)) != seen.digest(saved):
            form = typed({"": [Stale.default()]})
            return _sheet(sheet, Form({**form.values, seen.SEEN: seen.digest(saved)}, form.errors), staleness.differences(sheet.boxes, read, saved)), 409
        said = act(read)
    except Invalid as error:
        return _sheet(sheet, typed(error.fields)), 422
    except (RuleBroken, Conflict) as error:
        return _sheet(sheet, typed({"": [error.message]})), 409 if isinstance(error, Conflict) else 422
    flash(str(said or say("Đã lưu.")))
    return redirect(sheet.back, 303)


def _sheet(sheet: Sheet, form: Form, differences: Sequence[Difference] = ()) -> str:
    return page("council/edit.html", sheet=sheet, form=form, differences=differences)


def _saved_now(row: Base | None, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values as they stand under this transaction's lock: nobody saves between this look and our own save."""
    if row is None:
        return values
    db().refresh(row, with_for_update=True)
    return {name: getattr(row, name) for name in values}


def _who() -> dict[str, Any]:
    return {"by": identity(), "now": clock.now()}


def _constituency(constituency_id: int) -> tuple[Constituency, Term, Message]:
    row = queries.found(db().get(Constituency, constituency_id))
    term = db().get_one(Term, row.term_id)
    return row, term, cards.label_of(row, term, db().get_one(Body, term.body_id))


def _back(constituency_id: int | None) -> str:
    return url_for("council.constituency", constituency_id=constituency_id) if constituency_id else url_for("council.constituencies")


def _units() -> Options:
    known = gazetteer(db())
    return [(unit.id, known.full_label(unit.id)) for unit in units_on(db(), clock.today())]


@blueprint.route("/constituencies/<int:constituency_id>/edit", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def constituency(constituency_id: int) -> ResponseReturnValue:
    """Number, name, seats, confirmation."""
    row, _term, label = _constituency(constituency_id)
    sheet = Sheet(say("Sửa đơn vị bầu cử"), boxes.CONSTITUENCY, _back(row.id), label, label)
    values = {name: getattr(row, name) for name in ("number", "name", "seats", "confirmed", "source", "note")}
    return _edit(sheet, schemas.ConstituencyForm, lambda typed: ground.save_constituency(db(), row, typed, **_who()), values, row)


@blueprint.route("/terms/<int:term_id>/constituencies/new", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def new_constituency(term_id: int) -> ResponseReturnValue:
    """A constituency of a term whose list has become known."""
    term = queries.found(db().get(Term, term_id))
    lead = _term_words(term)
    sheet = Sheet(say("Thêm đơn vị bầu cử"), boxes.NEW_CONSTITUENCY, url_for("council.constituencies", term=term.id), say("Các đơn vị bầu cử"), lead)

    def act(values: dict[str, Any]) -> None:
        ground.add_constituency(db(), term, **values, **_who())

    return _edit(sheet, schemas.NewConstituency, act, {})


@blueprint.route("/constituencies/<int:constituency_id>/places/new", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def new_place(constituency_id: int) -> ResponseReturnValue:
    """From a day a unit belongs to this constituency; elsewhere in the term it ends the day before."""
    row, _term, label = _constituency(constituency_id)
    lead = say("Danh sách cũ được giữ nguyên: nơi đang thuộc đơn vị bầu cử khác sẽ kết thúc ở đó vào ngày hôm trước.")
    sheet = Sheet(say("Thêm nơi vào danh sách"), boxes.place_from(_units()), _back(row.id), label, lead)

    def act(values: dict[str, Any]) -> None:
        share = PART if values.pop("shared") else WHOLE
        ground.place_from(db(), row, **values, share=share, source=values["basis"], **_who())

    return _edit(sheet, schemas.PlaceFrom, act, {"day": clock.today(), "certainty": "confirmed"})


@blueprint.route("/constituencies/<int:constituency_id>/confirm", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def confirm(constituency_id: int) -> ResponseReturnValue:
    """The office confirms the list that stands today."""
    row, term, label = _constituency(constituency_id)
    day, known = cards.day_of_term(term, clock.today()), gazetteer(db())
    lines = [line for line in queries.lines(db(), [row.id]) if line.valid_to is None]
    waiting = [cards.place_name(line, known) for line in lines if line.certainty == DRAFT]
    lead = say("Xác nhận cả danh sách đang có hiệu lực của đơn vị bầu cử này.")
    notes = [say("Đang chờ xác nhận: {places}", places=", ".join(waiting))] if waiting else []
    sheet = Sheet(say("Xác nhận danh sách"), (boxes.BASIS,), _back(row.id), label, lead, save=say("Xác nhận"), notes=notes)

    def act(values: dict[str, Any]) -> Message:
        standing = [line for line in lines if line.valid_from <= day]
        return say("Đã xác nhận {n} nơi.", n=ground.confirm_lines(db(), standing, basis=values["basis"], **_who()))

    return _edit(sheet, schemas.Basis, act, {})


@blueprint.route("/constituencies/lines/<int:line_id>/end", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def end_line(line_id: int) -> ResponseReturnValue:
    """A place leaves the list with a day, or was wrong from the start."""
    line = queries.found(db().get(ConstituencyUnit, line_id))
    _row, _term, label = _constituency(line.constituency_id)
    sheet = Sheet(say("Bớt nơi khỏi danh sách"), boxes.LINE_END, _back(line.constituency_id), label, cards.place_name(line, gazetteer(db())))

    def act(values: dict[str, Any]) -> None:
        if values["how"] == "wrong":
            ground.supersede(db(), line, reason=values["reason"], **_who())
        elif values["last_day"] is None:
            raise Invalid({"last_day": [say("Hãy ghi ngày cuối cùng.")]})
        else:
            ground.end_line(db(), line, last_day=values["last_day"], reason=values["reason"], **_who())

    return _edit(sheet, schemas.LineEnd, act, {"how": "end"})


@blueprint.route("/constituencies/<int:constituency_id>/delegates/new", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def new_delegate(constituency_id: int) -> ResponseReturnValue:
    """A delegate of the constituency: the one known by this name, or a new one."""
    row, term, label = _constituency(constituency_id)
    sheet = Sheet(say("Ghi đại biểu"), boxes.MANDATE, _back(row.id), label, label)

    def act(values: dict[str, Any]) -> None:
        name, position = values.pop("name"), values.pop("position")
        who = queries.delegate_named(db(), name) or delegates.add_delegate(db(), name=name, position=position, **_who())
        delegates.give_mandate(db(), who, term=term, constituency_id=row.id, **values, **_who())

    return _edit(sheet, schemas.NewMandate, act, {"from_on": term.starts_on, "began_by": "elected", "group_role": "member"})


@blueprint.route("/mandates/<int:mandate_id>/end", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def end_mandate(mandate_id: int) -> ResponseReturnValue:
    """A mandate ends: resignation, transfer …"""
    held = queries.found(db().get(Mandate, mandate_id))
    who = db().get_one(Delegate, held.delegate_id)
    sheet = Sheet(say("Kết thúc nhiệm kỳ của đại biểu"), boxes.MANDATE_END, _back(held.constituency_id), say("Các đơn vị bầu cử"), who.name)

    def act(values: dict[str, Any]) -> None:
        delegates.end_mandate(db(), held, last_day=values["to_on"], ended_by=values["ended_by"], reason=values["reason"], **_who())

    return _edit(sheet, schemas.MandateEnd, act, {"ended_by": "resigned"})


@blueprint.route("/mandates/<int:mandate_id>/delegate", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def delegate(mandate_id: int) -> ResponseReturnValue:
    """A delegate's name and position."""
    held = queries.found(db().get(Mandate, mandate_id))
    who = db().get_one(Delegate, held.delegate_id)
    sheet = Sheet(say("Sửa đại biểu"), boxes.DELEGATE, _back(held.constituency_id), say("Các đơn vị bầu cử"), who.name)
    values = {"name": who.name, "position": who.position}
    return _edit(sheet, schemas.DelegateForm, lambda typed: delegates.save_delegate(db(), who, **typed, **_who()), values, who)


@blueprint.route("/terms/<int:term_id>/delegates", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def delegate_list(term_id: int) -> ResponseReturnValue:
    """Many delegates at once, as copied from a spreadsheet: all of them or none."""
    term = queries.found(db().get(Term, term_id))
    back = url_for("council.constituencies", term=term.id)
    sheet = Sheet(say("Nhập danh sách đại biểu"), boxes.DELEGATE_LIST, back, say("Các đơn vị bầu cử"), _term_words(term), save=say("Nhập danh sách"))

    def act(values: dict[str, Any]) -> Message:
        added = roster.add_all(db(), term, roster.read(values["lines"]), from_on=values["from_on"], **_who())
        return say("Đã ghi {n} đại biểu.", n=added)

    return _edit(sheet, schemas.DelegateList, act, {"from_on": term.starts_on})


@blueprint.route("/terms/<int:term_id>/sessions/new", methods=BOTH, defaults={"session_id": None})
@blueprint.route("/terms/<int:term_id>/sessions/<int:session_id>", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def council_session(term_id: int, session_id: int | None) -> ResponseReturnValue:
    """A council session."""
    term = queries.found(db().get(Term, term_id))
    row = None if session_id is None else queries.found(db().get(CouncilSession, session_id))
    title = say("Thêm kỳ họp") if row is None else say("Sửa kỳ họp")
    sheet = Sheet(title, boxes.SESSION, url_for("council.sessions", term=term.id), say("Các kỳ họp"), _term_words(term))
    names = ("number", "kind", "opened_on", "closed_on", "dates_as_known", "confirmed", "note")
    values = {name: getattr(row, name) for name in names} if row is not None else {}

    def act(typed: dict[str, Any]) -> None:
        bodies.save_session(db(), row, typed, term=term, **_who())

    return _edit(sheet, schemas.SessionForm, act, values, row)


@blueprint.route("/bodies/new", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def new_body() -> ResponseReturnValue:
    """A commune's council."""
    sheet = Sheet(say("Thêm Hội đồng nhân dân xã, phường"), boxes.new_body(_units()), url_for("council.bodies"), say("Các cơ quan dân cử"))

    def act(values: dict[str, Any]) -> None:
        bodies.add_commune_council(db(), **values | {"code": values["code"].upper()}, **_who())

    return _edit(sheet, schemas.NewBody, act, {})


@blueprint.route("/bodies/<int:body_id>/edit", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def body(body_id: int) -> ResponseReturnValue:
    """A body's names."""
    row = queries.found(db().get(Body, body_id))
    sheet = Sheet(say("Sửa cơ quan dân cử"), boxes.BODY, url_for("council.bodies"), say("Các cơ quan dân cử"), row.name)
    values = {"name": row.name, "short_name": row.short_name}
    return _edit(sheet, schemas.BodyForm, lambda typed: bodies.save_body(db(), row, typed, **_who()), values, row)


@blueprint.route("/bodies/<int:body_id>/terms/new", methods=BOTH, defaults={"term_id": None})
@blueprint.route("/bodies/<int:body_id>/terms/<int:term_id>", methods=BOTH)
@needs(Permission.REFERENCE_MANAGE)
def term(body_id: int, term_id: int | None) -> ResponseReturnValue:
    """A term of a body."""
    owner = queries.found(db().get(Body, body_id))
    row = None if term_id is None else queries.found(db().get(Term, term_id))
    title = say("Thêm khóa") if row is None else say("Sửa khóa")
    sheet = Sheet(title, boxes.TERM, url_for("council.bodies"), say("Các cơ quan dân cử"), owner.name)
    values = {box.name: getattr(row, box.name) for box in boxes.TERM} if row is not None else {}

    def act(typed: dict[str, Any]) -> None:
        bodies.save_term(db(), row, typed, body_id=owner.id, **_who())

    return _edit(sheet, schemas.TermForm, act, values, row)


def _term_words(term: Term) -> Message:
    owner = db().get_one(Body, term.body_id)
    kind = owner.short_name if owner.kind != COMMUNE_COUNCIL else owner.name
    return term_label(body=kind, term=term.label, years=term.years)
