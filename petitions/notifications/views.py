"""`/notifications`: one's own messages, how one wants to get them, and who stands in while one is away."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.accounts import login
from petitions.accounts import queries as accounts
from petitions.core import clock
from petitions.core.errors import Invalid, PetitionsError
from petitions.core.freezing import thawed
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.notifications import absence, absences, actions, captions, kinds, mailbox, queries
from petitions.notifications.hours import hours_of
from petitions.notifications.mail_log import blueprint as mail_log
from petitions.notifications.models import Notification
from petitions.notifications.schemas import Listing, NewAbsence
from petitions.web import menu
from petitions.web.access import identity, signed_in
from petitions.web.forms import Form, blank_form, read_form, read_query, typed
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("notifications", __name__)
blueprint.register_blueprint(mail_log)
menu.register_personal(menu.Entry("notifications.wishes", say("Cách nhận thông báo"), "bell", None, order=30))
menu.register_personal(menu.Entry("notifications.away", say("Vắng mặt"), "calendar", None, order=40))
BELL = "notifications"
accounts.read_along(BELL, queries.unread_column())


def bell() -> menu.Bell | None:
    """What the bell shows: read with the session, so it costs no statement."""
    held = login.current()
    return menu.Bell(held.along.get(BELL, 0), url_for("notifications.listing")) if held else None


menu.ring_with(bell)


@blueprint.get("/notifications")
@signed_in
def listing() -> str:
    """One's own messages, the newest first."""
    asked: dict[str, Any] = {"unread": False, "page": 1} | read_query(Listing)
    found = queries.listing(db(), identity().user_id or 0, only_unread=asked["unread"], number=asked["page"])
    names = queries.names(db(), {row.for_user_id for row in found.rows if row.for_user_id})
    rows = [_line(row, names) for row in found.rows]
    return page("notifications/list.html", found=found, rows=rows, only_unread=asked["unread"])


def _line(row: Notification, names: Any) -> dict[str, Any]:
    kind = kinds.find(row.kind)
    return {
        "row": row,
        "title": thawed(row.title),
        "body": thawed(row.body),
        "kind": kind.caption if kind else row.kind,
        "instead_of": names.get(row.for_user_id),
    }


@blueprint.post("/notifications/<int:notification_id>/open")
@signed_in
def open_(notification_id: int) -> ResponseReturnValue:
    """Read a message and go where it points."""
    found = actions.read(db(), notification_id, by=identity(), now=clock.now())
    return redirect(found.url if found.url.startswith("/") and not found.url.startswith("//") else url_for("notifications.listing"), 303)


@blueprint.post("/notifications/read-all")
@signed_in
def read_all() -> ResponseReturnValue:
    """Note that all were read."""
    actions.read_all(db(), by=identity(), now=clock.now())
    return redirect(url_for("notifications.listing"), 303)


@blueprint.get("/notifications/wishes")
@signed_in
def wishes() -> str:
    """Kind by kind: at once, once a day, or no mail."""
    who = identity()
    held = queries.wishes(db(), who.user_id or 0)
    user = accounts.user(db(), who.user_id or 0)
    lines = [(kind, held.get(kind.code, kind.wish)) for kind in kinds.kinds() if kind.concerns(who) and not kind.page_only]
    return page(
        "notifications/wishes.html",
        lines=lines,
        choices=list(captions.WISHES.items()),
        user=user,
        refused=mailbox.last_refusal(db(), user),
        hours=hours_of(queries.settings(db())),
        sends=office().settings.mail is not None,
    )


@blueprint.post("/notifications/wishes")
@signed_in
def wish() -> ResponseReturnValue:
    """Keep the wishes; boxes are named `wish-<kind>`."""
    wanted = {name.removeprefix("wish-"): value for name, value in request.form.items() if name.startswith("wish-")}
    actions.wish(db(), wanted, by=identity(), now=clock.now())
    flash(str(say("Đã lưu cách nhận thông báo.")), "success")
    return redirect(url_for("notifications.wishes"), 303)


@blueprint.get("/notifications/absences")
@signed_in
def away() -> str:
    """When one is away, and who stands in; those who manage accounts see everybody's."""
    return _away(blank_form(user_id=request.args.get("user", "")))


@blueprint.post("/notifications/absences")
@signed_in
def add_absence() -> ResponseReturnValue:
    """Note an absence."""
    who = identity()
    try:
        values = read_form(NewAbsence)
        values["user_id"] = values["user_id"] or who.user_id
        with db().begin_nested():
            absences.add(db(), **values, by=who, now=clock.now(), today=clock.today())
    except Invalid as error:
        return _away(typed(error.fields)), 422
    except PetitionsError as error:
        return _away(typed({"": [error.message]})), 422
    flash(str(say("Đã ghi ngày vắng mặt; thông báo sẽ tới người thay.")), "success")
    return redirect(url_for("notifications.away"), 303)


@blueprint.post("/notifications/absences/<int:absence_id>/withdraw")
@signed_in
def withdraw_absence(absence_id: int) -> ResponseReturnValue:
    """The person is there after all."""
    absences.withdraw(db(), absence_id, by=identity(), now=clock.now())
    return redirect(url_for("notifications.away"), 303)


def _away(form: Form) -> str:
    who, today, session = identity(), clock.today(), db()
    manages = who.may(Permission.ACCOUNT_MANAGE)
    chosen = str(form.value("user_id") or "")
    person = int(chosen) if manages and chosen.isdigit() and len(chosen) < 10 else who.user_id or 0
    rows = queries.absences(session, None if manages else who.user_id, since=today)
    in_place = queries.standing_in(session, today)
    ends = {row.id: absence.end_of_chain(row.user_id, in_place) for row in rows if row.user_id in in_place and row.from_on <= today}
    names = queries.names(session, {n for row in rows for n in (row.user_id, row.substitute_id)} | set(ends.values()) | {person})
    people = accounts.users(session, active=True).rows if manages else []
    return page(
        "notifications/absences.html",
        form=form,
        rows=rows,
        names=names,
        ends=ends,
        manages=manages,
        person=person,
        people=[(user.id, user.name) for user in people],
        substitutes=[(user.id, user.name) for user in queries.candidates(session, person)],
    )
