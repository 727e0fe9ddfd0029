"""Accounts of the office: list, new, change, close and open again, new password, sessions; and what each role may do."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from petitions.accounts import actions, brakes, captions, login, passwords, queries, scopes, signing
from petitions.accounts.models import User
from petitions.accounts.schemas import ChangedAccount, Listing, NewAccount, Reason
from petitions.core import clock
from petitions.core.errors import Invalid
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.journal.queries import timeline
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_form, read_query, refused
from petitions.web.pages import page
from petitions.web.transaction import db, office

blueprint = Blueprint("administration", __name__, url_prefix="/accounts")
menu.register(menu.Entry("accounts.administration.listing", say("Tài khoản"), "users", Permission.ACCOUNT_MANAGE, order=80))
TIMELINE = 30
DONE = {
    "changed": say("Đã lưu thay đổi."),
    "disabled": say("Đã ngừng tài khoản; mọi thiết bị của người này đã đăng xuất."),
    "enabled": say("Đã mở lại tài khoản."),
    "unlocked": say("Đã mở khoá đăng nhập."),
    "signed_out": say("Đã đăng xuất mọi thiết bị của người này."),
}


@blueprint.get("")
@needs(Permission.ACCOUNT_MANAGE)
def listing() -> str:
    """All accounts, found by name, role and whether they are open."""
    asked: dict[str, Any] = {"q": "", "role": "", "active": "", "page": 1} | read_query(Listing)
    active = {"yes": True, "no": False}.get(asked["active"])
    found = queries.users(db(), words=asked["q"], role=asked["role"], active=active, number=asked["page"])
    keys = {user.id: _name_key(user) for user in found.rows}
    locked = queries.locked(db(), set(keys.values()), clock.now())
    roles_of = queries.roles_of(db(), list(keys))
    rows = [{"user": user, "roles": [captions.role(role) for role in roles_of[user.id]], "locked": keys[user.id] in locked} for user in found.rows]
    return page("accounts/list.html", found=found, rows=rows, form=blank_form(asked), role_options=_role_options())


@blueprint.get("/new")
@needs(Permission.ACCOUNT_MANAGE)
def new() -> str:
    """The form for a new account."""
    return page("accounts/new.html", form=blank_form(language="vi"), **_choices())


@blueprint.post("/new")
@needs(Permission.ACCOUNT_MANAGE)
def create() -> ResponseReturnValue:
    """A new account with a drawn first password, which is shown this once and must be changed at the first sign-in."""
    first = passwords.draw()
    made = passwords.make_hash(first, login.cost())
    try:
        values = read_form(NewAccount)
        scopes.wanted_for(values["roles"], values["scopes"])
        user = actions.create_user(db(), **values, password_hash=made, must_change=True, by=identity(), now=clock.now())
    except Invalid as error:
        return refused("accounts/new.html", error, **_choices())
    return page("accounts/first_password.html", user=user, password=first, created=True)


@blueprint.get("/<int:user_id>")
@needs(Permission.ACCOUNT_MANAGE)
def show(user_id: int) -> str:
    """One account: what it may do, its devices, what happened to it."""
    user = queries.user(db(), user_id)
    held = queries.scopes_of(db(), user_id)
    codes = [role.code for role in queries.roles_of(db(), [user_id])[user_id]]
    boxes = {f"scope-{kind}": sorted(ids) for kind, ids in held.items()}
    return page("accounts/account.html", form=blank_form(boxes, name=user.name, email=user.email, roles=codes, version=user.version), **_account_values(user))


@blueprint.post("/<int:user_id>")
@needs(Permission.ACCOUNT_MANAGE)
def change(user_id: int) -> ResponseReturnValue:
    """Another name, other roles, other scopes."""
    try:
        values = read_form(ChangedAccount)
        known = {kind.kind for kind in scopes.kinds()}
        held = queries.scopes_of(db(), user_id)
        values["scopes"] = {kind: ids for kind, ids in values["scopes"].items() if kind in known} | {k: ids for k, ids in held.items() if k not in known}
        actions.change(db(), queries.user(db(), user_id), **values, by=identity(), now=clock.now())
    except Invalid as error:
        return refused("accounts/account.html", error, **_account_values(queries.user(db(), user_id)))
    return _back(user_id, "changed")


@blueprint.post("/<int:user_id>/disable")
@needs(Permission.ACCOUNT_MANAGE)
def disable(user_id: int) -> ResponseReturnValue:
    """Let this person in no more."""
    actions.disable(db(), queries.user(db(), user_id), **read_form(Reason), by=identity(), now=clock.now())
    return _back(user_id, "disabled")


@blueprint.post("/<int:user_id>/enable")
@needs(Permission.ACCOUNT_MANAGE)
def enable(user_id: int) -> ResponseReturnValue:
    """Let this person in again."""
    actions.enable(db(), queries.user(db(), user_id), by=identity(), now=clock.now())
    return _back(user_id, "enabled")


@blueprint.post("/<int:user_id>/unlock")
@needs(Permission.ACCOUNT_MANAGE)
def unlock(user_id: int) -> ResponseReturnValue:
    """Forget wrong tries."""
    user = queries.user(db(), user_id)
    actions.unlock(db(), user, key=_name_key(user), by=identity(), now=clock.now())
    return _back(user_id, "unlocked")


@blueprint.post("/<int:user_id>/reset-password")
@needs(Permission.ACCOUNT_MANAGE)
def reset_password(user_id: int) -> ResponseReturnValue:
    """A new first password, drawn, shown this once; every device of this person is signed out and wrong tries are forgotten."""
    first = passwords.draw()
    made = passwords.make_hash(first, login.cost())
    user, now = queries.user(db(), user_id), clock.now()
    actions.set_password(db(), user, password_hash=made, must_change=True, by=identity(), now=now)
    actions.unlock(db(), user, key=_name_key(user), by=identity(), now=now)
    return page("accounts/first_password.html", user=user, password=first, created=False)


@blueprint.post("/<int:user_id>/sign-out")
@needs(Permission.ACCOUNT_MANAGE)
def sign_out(user_id: int) -> ResponseReturnValue:
    """End every session of this person."""
    signing.end_all(db(), queries.user(db(), user_id).id, by=identity(), now=clock.now(), why="by_administrator")
    return _back(user_id, "signed_out")


@blueprint.get("/roles")
@needs(Permission.ACCOUNT_MANAGE)
def roles() -> str:
    """Which role may do what."""
    return page("accounts/roles.html", **_matrix(), done="saved" in request.args)


@blueprint.post("/roles")
@needs(Permission.ACCOUNT_MANAGE)
def change_roles() -> ResponseReturnValue:
    """Give and take permissions; boxes are named `grant-<role id>`."""
    wanted = {role.id: request.form.getlist(f"grant-{role.id}") for role in queries.roles(db())}
    actions.set_permissions(db(), wanted, by=identity(), now=clock.now())
    return redirect(url_for("accounts.administration.roles", saved=1), 303)


def _matrix() -> dict[str, Any]:
    held = queries.granted(db())
    columns = [{"id": role.id, "name": captions.role(role), "held": held.get(role.id, frozenset())} for role in queries.roles(db())]
    return {"columns": columns, "groups": captions.groups()}


def _role_options() -> list[tuple[str, str]]:
    return [(role.code, captions.role(role)) for role in queries.roles(db())]


def _choices() -> dict[str, Any]:
    """What the form offers: roles, and per registered kind of scope its things."""
    offered = [(kind.label, f"scope-{kind.kind}", [(str(one.ref_id), one.label) for one in kind.choices(db())]) for kind in scopes.kinds()]
    return {"role_options": _role_options(), "offered": offered}


def _account_values(user: User) -> dict[str, Any]:
    now = clock.now()
    happened = list(reversed(timeline(db(), (signing.SUBJECT, user.id), TIMELINE)))
    return {
        "user": user,
        "locked": bool(queries.locked(db(), {_name_key(user)}, now)),
        "myself": user.id == identity().user_id,
        "devices": queries.devices(db(), user.id, now=now, idle=login.idle_limit()),
        "happened": [{"at": entry.at, "who": entry.by_name, "what": captions.act(entry.act), "more": captions.why(entry.reason)} for entry in happened],
        "done": DONE.get(request.args.get("done", "")),
        **_choices(),
    }


def _name_key(user: User) -> str:
    return brakes.key_of("name", user.username, office().settings.secret_key)


def _back(user_id: int, done: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.administration.show", user_id=user_id, done=done), 303)
