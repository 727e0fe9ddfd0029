"""Makers of accounts: users, and browsers that are signed in without the sign-in page."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from petitions.accounts import actions, passwords, queries, reference, signing
from petitions.accounts.login import COOKIE
from petitions.accounts.models import Role, User
from petitions.core import clock, db
from petitions.core.identity import SYSTEM, Identity

PASSWORD = "Mật-khẩu-thử-1"
_numbers = count(1)


@cache
def password_hash(password: str) -> str:
    """The quick hash of a password."""
    return passwords.make_hash(password, passwords.QUICK)


def seed(session: Session) -> None:
    """The ten roles and what they may do."""
    reference.load(session, by=SYSTEM, now=clock.now())


def user(
    session: Session,
    *,
    username: str = "",
    name: str = "Nguyễn Văn Thử",
    password: str = PASSWORD,
    roles: Collection[str] = ("clerk",),
    scopes: Mapping[str, Collection[int]] | None = None,
    must_change: bool = False,
    demo: bool = False,
    now: datetime | None = None,
) -> User:
    """A user; the roles are seeded when they are not there."""
    if session.scalar(select(Role.id).order_by(Role.id).limit(1)) is None:
        seed(session)
    return actions.create_user(
        session,
        username=username or f"thu{next(_numbers)}",
        name=name,
        password_hash=password_hash(password),
        roles=roles,
        scopes=scopes or {},
        must_change=must_change,
        by=SYSTEM,
        now=now or clock.now(),
        demo=demo,
    )


def identity(session: Session, **given: Any) -> Identity:
    """The identity of a new user."""
    found = queries.identity_of(session, user(session, **given).id)
    assert found is not None
    return found


def stored(engine: Engine, **given: Any) -> User:
    """A user in a database of its own, committed; there already: the one there is."""
    with db.transaction(engine) as session:
        return queries.by_username(session, given.get("username", "")) or user(session, **given)


def sign_in(client: Any, engine: Engine, of: User, *, device: str = "Thử", now: datetime | None = None) -> Any:
    """`client` (of Flask), holding the cookie of a fresh session of `of`."""
    with db.transaction(engine) as session:
        token = signing.start(session, queries.user(session, of.id), by=SYSTEM, device=device, now=now or clock.now())
    client.set_cookie(COOKIE, token)
    return client
