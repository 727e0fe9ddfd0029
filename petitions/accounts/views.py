"""Signing in and out, the session of the present device, one's own account."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from petitions.accounts import actions, brakes, captions, login, passwords, queries, scopes, sessions, signing
from petitions.accounts.administration import views as administration
from petitions.accounts.schemas import Language, OwnPassword, SignIn
from petitions.core import clock
from petitions.core.errors import Invalid, NotAllowed, NotFound
from petitions.core.words import Message, say
from petitions.web import access, menu
from petitions.web.access import identity, public, signed_in
from petitions.web.errors import wants_fragment, wants_json
from petitions.web.forms import blank_form, read_form, refused, typed
from petitions.web.pages import page
from petitions.web.transaction import db, glance, office, second_door

blueprint = Blueprint("accounts", __name__)
blueprint.register_blueprint(administration.blueprint)
menu.register_personal(menu.Entry("accounts.own", say("Tài khoản của tôi"), "user", None, order=10))
menu.register_personal(menu.Entry("accounts.password", say("Đổi mật khẩu"), "key", None, order=20))

WRONG = say("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt.")
BRAKED = say("Đã nhập sai quá nhiều lần. Hãy thử lại sau {n} phút, hoặc nhờ quản trị viên mở khoá.", n=int(brakes.LOCKED_FOR.total_seconds() // 60))
CHANGE_FIRST = say("Hãy đổi mật khẩu trước khi làm việc khác.")
DONE = {
    "password": say("Đã đổi mật khẩu. Các thiết bị khác đã đăng xuất."),
    "devices": say("Đã đăng xuất các thiết bị khác."),
}
OPEN_BEFORE_CHANGE = frozenset({"accounts.password", "accounts.change_password", "accounts.sign_out", "accounts.stay", "accounts.state", "web.static"})


@blueprint.record_once
def _ground(state: BlueprintSetupState) -> None:
    login.install(state.app)


@blueprint.before_app_request
def _first_password_first() -> ResponseReturnValue | None:
    """Whoever came in with a first password chooses an own one before anything else."""
    held = login.current() if request.endpoint not in OPEN_BEFORE_CHANGE else None
    if held is None or not held.must_change or request.endpoint in {"accounts.sign_in", "accounts.enter"}:
        return None
    if wants_json() or wants_fragment():
        raise NotAllowed(CHANGE_FIRST)
    return redirect(url_for("accounts.password"), 303)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The door."""
    if access.visitor() is not None:
        return redirect(own_path(request.args.get("next", "")), 303)
    return page("accounts/sign_in.html", form=blank_form(next=own_path(request.args.get("next", ""))), problem=None)


@blueprint.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Come in: one answer for a wrong name, a wrong password and a disabled account, after the same time."""
    try:
        values = read_form(SignIn)
    except Invalid as error:
        return refused("accounts/sign_in.html", error, problem=None)
    with glance() as looking:
        user = queries.credentials(looking, values["username"])
    if not try_counts(values["username"], user.user_id if user else None):
        return _turned_away(BRAKED, 429)
    right = passwords.verify(user.password_hash, values["password"]) if user else passwords.verify_nobody(values["password"], login.cost())
    if user is None or not right or not user.active:
        return _turned_away(WRONG, 401)
    fresh = passwords.make_hash(values["password"], login.cost()) if passwords.outdated(user.password_hash, login.cost()) else None
    token = _begin(user.user_id, fresh)
    if wants_json():
        return login.take_in(make_response({"username": user.username}), token, user.user_id)
    return login.take_in(make_response(redirect(own_path(values["next"]), 303)), token, user.user_id)


def _turned_away(problem: Message, status: int) -> ResponseReturnValue:
    if wants_json():
        return {"error": {"status": status, "message": str(problem)}}, status
    return page("accounts/sign_in.html", form=typed(), problem=problem), status


def try_counts(username: str, user_id: int | None) -> bool:
    """Count a try before its password is looked at; False when the name or the address is braked. Survives the refusal."""
    secret = office().settings.secret_key
    name, address = brakes.key_of("name", username, secret), brakes.key_of("address", request.remote_addr or "", secret)
    with second_door() as counting:
        most = {name: brakes.NAME_TRIES, address: brakes.ADDRESS_TRIES}
        return signing.count_try(counting, most, user_id=user_id, now=clock.now())


def forgive_try(username: str) -> None:
    """The password was right: forget the name's wrong tries, take this one off the address."""
    secret = office().settings.secret_key
    signing.forget_tries(db(), [brakes.key_of("name", username, secret)])
    signing.forgive_try(db(), brakes.key_of("address", request.remote_addr or "", secret))


def _begin(user_id: int, fresh_hash: str | None) -> str:
    before = login.current()
    user, who, now = queries.user(db(), user_id), queries.identity_of(db(), user_id), clock.now()
    if who is None:
        raise NotAllowed(WRONG)  # disabled at this very moment
    forgive_try(user.username)
    if fresh_hash:
        actions.refresh_hash(user, fresh_hash)
    if before is not None:
        signing.end(db(), before.session_id, user_id=before.identity.user_id or 0, by=before.identity, now=now, why="renewed")
    return signing.start(db(), user, by=who, device=sessions.device_of(request.user_agent.string), now=now)


def own_path(asked: str) -> str:
    """Where to go after signing in: `asked` when it is a path of this very site, else home (no redirect to anywhere else)."""
    if not asked.startswith("/") or asked.startswith("//") or any(c in asked for c in "\\\r\n\t\0"):
        return "/"
    parts = urlsplit(asked)
    return "/" if parts.scheme or parts.netloc or parts.path in {"/sign-in", "/sign-out"} else asked


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Leave this device."""
    held = login.current()
    if held is not None:
        signing.end(db(), held.session_id, user_id=held.identity.user_id or 0, by=held.identity, now=clock.now())
    return login.let_go(make_response(redirect(url_for("accounts.sign_in"), 303)))


@blueprint.get(login.STAY)
@signed_in
def stay() -> ResponseReturnValue:
    """The person is still there: having asked is enough (the loader noted it). Gives the seconds until the session ends."""
    held = login.current()
    return {"seconds": held.seconds_left if held else 0}


@blueprint.get("/account")
@signed_in
def own() -> str:
    """One's own account: roles, scopes, language, devices."""
    who, held = identity(), login.current()
    devices = queries.devices(db(), who.user_id or 0, now=clock.now(), idle=login.idle_limit())
    roles = [captions.role(role) for role in queries.roles_of(db(), [who.user_id or 0])[who.user_id or 0]]
    values: dict[str, Any] = {
        "roles": roles,
        "scopes": scopes.captions(db(), who.scopes),
        "devices": devices,
        "done": DONE.get(request.args.get("changed", "")),
    }
    user = queries.user(db(), who.user_id or 0)
    return page("accounts/own.html", user=user, form=blank_form(language=user.language), here=held.session_id if held else 0, **values)


@blueprint.get("/account/password")
@signed_in
def password() -> str:
    """The form for a new password."""
    held = login.current()
    return page("accounts/password.html", form=blank_form(), forced=bool(held and held.must_change))


@blueprint.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Take a new password; all other devices are signed out. The slow hashing is done before the transaction begins."""
    who, held = identity(), login.current()
    if held is None:
        raise NotFound
    try:
        values = read_form(OwnPassword)
        with glance() as looking:
            user = queries.credentials(looking, who.username)
        if user is None:
            raise NotFound
        _check_password(user, values["password"], values["new_password"])
    except Invalid as error:
        return refused("accounts/password.html", error, forced=held.must_change)
    made = passwords.make_hash(values["new_password"], login.cost())
    forgive_try(who.username)
    actions.set_password(db(), queries.user(db(), user.user_id), password_hash=made, must_change=False, by=who, now=clock.now(), keep_session=held.session_id)
    return redirect(url_for("home.show") if held.must_change else url_for("accounts.own", changed="password"), 303)


def _check_password(user: queries.Credentials, present: str, new: str) -> None:
    if not try_counts(user.username, user.user_id):
        raise Invalid({"password": [BRAKED]})
    if not passwords.verify(user.password_hash, present):
        raise Invalid({"password": [say("Mật khẩu hiện tại không đúng.")]})
    weak = passwords.weaknesses(new, username=user.username)
    if not weak and passwords.used_before(new, user.former):
        weak = [say("Mật khẩu này đã dùng trong {n} lần gần đây. Hãy chọn mật khẩu khác.", n=passwords.REMEMBERED)]
    if weak:
        raise Invalid({"new_password": weak})


@blueprint.post("/account/language")
@signed_in
def set_language() -> ResponseReturnValue:
    """Keep the language one wants to read, on every device."""
    values, who = read_form(Language), identity()
    actions.set_language(db(), queries.user(db(), who.user_id or 0), language=values["language"], by=who, now=clock.now())
    return redirect(url_for("accounts.own", lang=values["language"]), 303)


@blueprint.post("/account/devices/<int:session_id>/end")
@signed_in
def end_device(session_id: int) -> ResponseReturnValue:
    """Sign one of one's own devices out."""
    who = identity()
    if not signing.end(db(), session_id, user_id=who.user_id or 0, by=who, now=clock.now(), why="by_owner"):
        raise NotFound(say("Thiết bị này đã đăng xuất."))
    return redirect(url_for("accounts.own"), 303)


@blueprint.post("/account/devices/end-others")
@signed_in
def end_other_devices() -> ResponseReturnValue:
    """Sign out everywhere else."""
    who, held = identity(), login.current()
    signing.end_all(db(), who.user_id or 0, by=who, now=clock.now(), why="by_owner", but=held.session_id if held else None)
    return redirect(url_for("accounts.own", changed="devices"), 303)


@blueprint.post("/account/devices/end-all")
@signed_in
def end_every_device() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    who = identity()
    signing.end_all(db(), who.user_id or 0, by=who, now=clock.now(), why="by_owner")
    return login.let_go(make_response(redirect(url_for("accounts.sign_in"), 303)))
