"""Flask-Login at work: who holds the session cookie of the present request. Our sessions are rows, so it asks us and keeps nothing itself.

Also hands web what it asks accounts for: the identity, when the session ends, and keeping a chosen language.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

import flask_login
from flask import Request, Response, current_app, session
from flask.sansio.app import App
from sqlalchemy.exc import OperationalError

from petitions.accounts import actions, passwords, queries, sessions, signing
from petitions.accounts.queries import SignedIn
from petitions.core import clock
from petitions.core.identity import Identity
from petitions.settings import Settings
from petitions.web import access, language
from petitions.web.errors import polled
from petitions.web.transaction import glance, office, second_door

log = logging.getLogger(__name__)
COOKIE = "petitions_session"
STAY = "/session/stay"
PERSON = "person"
NOT_SEEN = frozenset({"web.static", "accounts.state"})  # the page asks by itself: nobody is at work for that


class Person:
    """What Flask-Login wants of a user."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, held: SignedIn) -> None:
        self.held = held

    def get_id(self) -> str:
        """The user's number, as text."""
        return str(self.held.identity.user_id)


def install(app: App) -> None:
    """Have `app` know its signed-in people."""
    manager = flask_login.LoginManager()
    manager.session_protection = None  # there is nothing in Flask's own session to protect
    manager.request_loader(_load)
    manager.init_app(app, add_context_processor=False)
    access.load_identity_with(_identity)
    access.idle_with(_idle)
    language.remember_with(_keep_language)


def current() -> SignedIn | None:
    """The living session of the present request."""
    return getattr(flask_login.current_user, "held", None)


def idle_limit() -> timedelta:
    """How long a session may lie untouched."""
    return timedelta(minutes=office().settings.idle_minutes)


def cost() -> passwords.Cost:
    """What a password hash costs in this application (tests ask for less)."""
    asked: passwords.Cost = current_app.config.get("PASSWORD_COST", passwords.USUAL)
    return asked


def take_in(response: Response, token: str, user_id: int) -> Response:
    """Give the browser its new session id. Forms of another person's time here are forged from now on; one's own still hold."""
    if session.get(PERSON) != user_id:
        session.clear()
        session[PERSON] = user_id
    settings = office().settings
    response.set_cookie(cookie_name(settings), token, httponly=True, samesite="Lax", secure=settings.behind_https, path="/")
    return response


def let_go(response: Response) -> Response:
    """Take the session id and the forms' key back."""
    session.clear()
    settings = office().settings
    response.delete_cookie(cookie_name(settings), httponly=True, samesite="Lax", secure=settings.behind_https, path="/")
    return response


def cookie_name(settings: Settings) -> str:
    """Behind HTTPS a name that only this host may set."""
    return f"__Host-{COOKIE}" if settings.behind_https else COOKIE


def _load(asked: Request) -> Person | None:
    token = asked.cookies.get(cookie_name(office().settings), "")
    if not token:
        return None
    now = clock.now()
    with glance() as looking:
        held = queries.signed_in(looking, token, now=now, idle=idle_limit())
    if held is None:
        return None
    if asked.endpoint not in NOT_SEEN and not polled() and sessions.due_to_be_seen(held.last_seen_at, now):
        held = _note_seen(held, now)
    return Person(held)


def _note_seen(held: SignedIn, now: datetime) -> SignedIn:
    """The session with its life renewed; as it was when the database is too busy to write that down."""
    try:
        with second_door() as noting:
            signing.seen(noting, held.session_id, now=now)
    except OperationalError:
        log.warning("last seen of session %s not written: the database is busy", held.session_id)
        return held
    left = sessions.seconds_left(started_at=held.started_at, last_seen_at=now, now=now, idle=idle_limit())
    return replace(held, last_seen_at=now, seconds_left=left)


def _identity() -> Identity | None:
    held = current()
    return held.identity if held else None


def _idle() -> access.Idle | None:
    held = current()
    if held is None:
        return None
    return access.Idle(held.seconds_left, STAY)


def _keep_language(who: Identity, code: str) -> None:
    with second_door() as keeping:
        actions.set_language(keeping, queries.user(keeping, who.user_id or 0), language=code, by=who, now=clock.now())
