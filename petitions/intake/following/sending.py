"""`/petitions/to-send`: classified petitions by level, ticked and gathered into a bundle for one recipient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.core import clock
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say, say_n
from petitions.duties.actions import bundles
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.bundling import RECIPIENTS, route
from petitions.duties.desk.choices import group_choices
from petitions.duties.schemas import BundleForm, ChosenForm
from petitions.intake.details import place_name
from petitions.intake.following import candidates
from petitions.intake.following.candidates import Candidate, Wish
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import Form, blank_form, read_form, typed
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("sending", __name__)
menu.register(menu.Entry("intake.sending.show", say("Chờ chuyển"), "arrow-right", Permission.TRANSFER_DRAFT, order=26))
SIZE = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate with its place and field in words; one without a known lead agency cannot be ticked."""

    row: Candidate
    place: str
    field: str


@blueprint.get("/petitions/to-send")
@needs(Permission.TRANSFER_DRAFT)
def show() -> str:
    """What can be sent, by level; the fullest level first."""
    return page("intake/to_send.html", **_shown(None))


@blueprint.post("/petitions/to-send")
@needs(Permission.TRANSFER_DRAFT)
def gather() -> ResponseReturnValue:
    """Gather the ticked ones into a bundle."""
    try:
        chosen, values = read_form(ChosenForm)["ids"], read_form(BundleForm)
        wish = _wish()
        rows = candidates.chosen(db(), identity(), chosen)
        with db().begin_nested():
            made = bundles.draft_bundle(db(), _values(wish, values, rows), [_line(row) for row in rows], by=identity(), now=clock.now())
    except Invalid as error:
        problems: dict[str, list[Message | str]] = {name: list(messages) for name, messages in error.fields.items() if not name.startswith("ids")}
        if len(problems) < len(error.fields):
            problems[""] = [say("Hãy chọn ít nhất một kiến nghị.")]
        return page("intake/to_send.html", **_shown(typed(problems))), 422
    except PetitionsError as error:
        return page("intake/to_send.html", **_shown(typed({"": [error.message]}))), 422
    flash(str(say_n("Đã lập tập hợp {n} kiến nghị.", "Đã lập tập hợp {n} kiến nghị.", len(rows))), "success")
    return redirect(url_for("duties.bundles.show", bundle_id=made.id))


def _values(wish: Wish, values: Mapping[str, Any], rows: Sequence[Candidate]) -> BundleValues:
    """The bundle's values; its body and session are those of its petitions."""
    if not rows:
        raise Invalid({"ids": [say("Hãy chọn ít nhất một kiến nghị.")]})
    bodies, sessions, levels = {row.body_id for row in rows}, {row.council_session_id for row in rows}, {row.level for row in rows}
    if len(bodies) > 1 or len(levels) > 1:
        raise Invalid({"": [say("Một tập hợp chỉ gồm kiến nghị của một cơ quan nhận và một cấp thẩm quyền.")]})
    given = {name: values[name] for name in ("title", "due_on", "recipient_group_id", "recipient_kind", "remark")}
    return BundleValues(body_id=bodies.pop(), level=levels.pop(), council_session_id=sessions.pop() if len(sessions) == 1 else None, **given)


def _line(row: Candidate) -> Line:
    if row.lead is None:
        raise Invalid({"": [say("{code}: chưa rõ cơ quan chủ trì. Hãy sửa kiến nghị trước.", code=row.code)]})
    return Line("petition", row.id, row.lead, row.together)


def _wish() -> Wish:
    args = request.args
    numbers = {name: int(args[name]) for name in ("body", "session", "agency") if args.get(name, "").isdigit() and len(args[name]) < 10}
    return Wish(level=args.get("level") or None, page=max(1, int(args["page"])) if args.get("page", "").isdigit() and len(args["page"]) < 6 else 1, **numbers)


def _shown(sent: Form | None) -> dict[str, Any]:
    session, who = db(), identity()
    lists, atlas = read_lists(session), read_atlas(session)
    wish = _wish()
    counts = candidates.counts(session, who)
    if wish.level is None and counts:
        wish = wish.at(max(counts, key=lambda level: counts[level]))
    rows = candidates.page_of(session, who, wish, size=SIZE)
    sessions = candidates.sessions(session, who, wish.level)
    body = rows.rows[0].body_id if rows.rows else next(iter(sorted(who.scope("body"))), 0)
    way = route(wish.level)
    return {
        "wish": wish,
        "tabs": [(level, lists.level_label(level) or level, n, level == wish.level) for level, n in counts.items()],
        "rows": rows,
        "lines": [Shown(row, place_name(atlas, row.unit_id, row.district_id, row.place_words), lists.field_label(row.field_id)) for row in rows.rows],
        "sessions": sorted(((number, str(words)) for number, words in sessions.items()), reverse=True),
        "agencies": candidates.agencies(session, who, wish.level),
        "way": way,
        "recipients": list(RECIPIENTS.items()),
        "groups": group_choices(session, body) if way.recipient_kind == "deputy_group" else [],
        "form": sent or blank_form(title=_title(lists.level_label(wish.level), sessions, rows.rows), recipient_kind=way.recipient_kind),
        "may_approve": _may_approve(who),
    }


def _title(level: str, sessions: Mapping[int, Message], rows: Sequence[Candidate]) -> str:
    held = {row.council_session_id for row in rows}
    where = f" – {sessions[next(iter(held))]}" if len(held) == 1 and next(iter(held)) in sessions else ""  # type: ignore[index]
    return str(say("Chuyển kiến nghị cử tri: {level}", level=level)) + where


def _may_approve(who: Identity) -> bool:
    return who.may(Permission.TRANSFER_APPROVE)
