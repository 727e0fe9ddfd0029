"""`/petitions/to-tell/…`: petitions gathered into a list that asks nothing of anybody: sent to a session, or answered and told to a deputy group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from petitions.core import clock
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.paging import Page
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties import bundling
from petitions.duties.actions import bundles
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.bundling import ANSWERED, LISTED_FOR, SESSION_LIST, TOLD
from petitions.duties.schemas import BundleForm, ChosenForm
from petitions.intake.details import place_name
from petitions.intake.following import listable
from petitions.intake.following.candidates import KIND, Candidate, rows_of
from petitions.intake.following.listable import Place
from petitions.intake.following.sending import SIZE, Shown
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("lists", __name__)
TABS = {SESSION_LIST: say("Gửi đến kỳ họp"), ANSWERED: say("Đã được trả lời, chuyển Tổ đại biểu")}
TITLES = {SESSION_LIST: say("Danh mục kiến nghị cử tri gửi đến kỳ họp"), ANSWERED: say("Chuyển kiến nghị cử tri đã được trả lời")}
NOTHING = say("Hãy chọn ít nhất một kiến nghị.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the kind, the chosen place, and the condition of the petitions shown."""

    kind: str
    places: Sequence[Place]
    place: Place | None
    anywhere: bool
    where: Sequence[ColumnElement[bool]]


def _asked(kind: str) -> Asked:
    session, who, args = db(), identity(), request.args
    places = listable.sessions(session, who) if kind == SESSION_LIST else listable.groups(session, who)
    wanted = args.get("place", "")
    usual = next((one for one in places if one.count), places[0] if places else None)
    place = next((one for one in places if str(one.id) == wanted), None if wanted else usual)
    anywhere = kind == ANSWERED and args.get("anywhere") == "1"
    if place is None:
        return Asked(kind, places, None, anywhere, [])
    where = listable.of_session(who, place) if kind == SESSION_LIST else listable.of_group(who, place, anywhere=anywhere)
    return Asked(kind, places, place, anywhere, where)


@blueprint.get("/petitions/to-tell/<any(session_list, answered):kind>")
@needs(Permission.TRANSFER_DRAFT)
def show(kind: str) -> str:
    """The petitions of a session, or those answered on a group's ground, that are in no such list yet."""
    return _page(_asked(kind), None)


@blueprint.post("/petitions/to-tell/<any(session_list, answered):kind>")
@needs(Permission.TRANSFER_DRAFT)
def gather(kind: str) -> ResponseReturnValue:
    """Gather the ticked ones, or all of the list, into a bundle; it is approved and issued like any other."""
    asked = _asked(kind)
    try:
        values = read_form(BundleForm)
        rows = _chosen(asked)
        with db().begin_nested():
            made = bundles.draft_bundle(db(), _values(asked, values), [_line(row) for row in rows], by=identity(), now=clock.now())
    except Invalid as error:
        problems: dict[str, list[Message | str]] = {name: list(said) for name, said in error.fields.items() if not name.startswith(("ids", "lines"))}
        if len(problems) < len(error.fields):
            problems[""] = [one for name, said in error.fields.items() if name == "lines" for one in said] or [NOTHING]
        return _page(asked, typed(problems)), 422
    except PetitionsError as error:
        return _page(asked, typed({"": [error.message]})), 422
    flash(str(say_n("Đã lập tập hợp {n} kiến nghị.", "Đã lập tập hợp {n} kiến nghị.", len(rows))), "success")
    return redirect(url_for("duties.bundles.show", bundle_id=made.id))


def _chosen(asked: Asked) -> list[Candidate]:
    if asked.place is None:
        return []
    if request.form.get("whole") == "1":
        rows = rows_of(db(), asked.where, bundles.MOST_LINES + 1, 0)  # one more than fit, so that too many are refused and never cut off
    else:
        ids = read_form(ChosenForm)["ids"]
        rows = rows_of(db(), [*asked.where, listable.among(ids)], len(ids), 0)
    if not rows:
        raise Invalid({"ids": [NOTHING]})
    return rows


def _values(asked: Asked, values: dict[str, Any]) -> BundleValues:
    place = asked.place
    if place is None:
        raise Invalid({"ids": [NOTHING]})
    given = {"body_id": place.body_id, "kind": asked.kind, "title": values["title"], "remark": values["remark"]}
    if asked.kind == ANSWERED:
        return BundleValues(**given, recipient_group_id=place.id)
    if values["recipient_kind"] not in (None, *LISTED_FOR):
        raise Invalid({"recipient_kind": [say("Hãy chọn một nơi nhận trong danh sách.")]})
    return BundleValues(**given, recipient_kind=values["recipient_kind"], council_session_id=place.id)


def _line(row: Candidate) -> Line:
    return Line(KIND, row.id, row.lead, row.together)


def _page(asked: Asked, sent: Form | None) -> str:
    session, place = db(), asked.place
    lists, atlas = read_lists(session), read_atlas(session)
    number = int(request.args["page"]) if request.args.get("page", "").isdigit() and len(request.args["page"]) < 6 else 1
    rows: Page[Candidate] = listable.page_of(session, asked.where, max(1, number), size=SIZE) if place else Page([], 1, SIZE, 0)
    title = f"{TITLES[asked.kind]!s} – {place.label}" if place else ""
    return page(
        "intake/to_tell.html",
        asked=asked,
        place=place,
        tabs=[(kind, words, kind == asked.kind) for kind, words in TABS.items()],
        heading=TABS[asked.kind],
        annex=bundling.ANNEXES[bundling.annex_of(asked.kind, "")],
        rows=rows,
        lines=[Shown(row, place_name(atlas, row.unit_id, row.district_id, row.place_words), lists.field_label(row.field_id)) for row in rows.rows],
        recipients=[(one, TOLD[one]) for one in LISTED_FOR] if asked.kind == SESSION_LIST else [],
        form=sent or blank_form(title=title, recipient_kind=bundling.route(None, asked.kind).recipient_kind),
    )
