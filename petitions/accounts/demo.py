"""The demo office's accounts: one a role, with invented names. They keep their first password; it is set again at each start when given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.accounts import actions, passwords, queries
from petitions.accounts.models import User
from petitions.core.identity import SYSTEM

DOMAIN = "hdnd.example"  # no such domain can be registered: mail to the demo's people reaches nobody
PEOPLE: Mapping[str, tuple[str, str]] = {
    "admin": ("administrator", "Vũ Quản Trị"),
    "clerk": ("clerk", "Trần Thị Chuyên"),
    "lead": ("lead", "Nguyễn Văn Lãnh"),
    "delegate": ("delegate", "Lê Thị Đại Biểu"),
    "standing": ("standing", "Phạm Văn Thường Trực"),
    "committee": ("committee", "Hoàng Thị Ban"),
    "supervisor": ("supervisor", "Đặng Văn Giám Sát"),
    "agency": ("agency", "Bùi Văn Xây Dựng"),
    "ubnd": ("ubnd", "Đỗ Thị Ủy Ban"),
    "auditor": ("auditor", "Ngô Văn Kiểm Toán"),
}


@dataclass(frozen=True, slots=True)
class Secret:
    """The demo password: `text` to be printed when it was drawn, and its hash. Made before the transaction begins."""

    text: str
    hashed: str
    given: bool


def secret(given: str | None, cost: passwords.Cost = passwords.USUAL) -> Secret:
    """The password of the demo accounts: the one given by PETITIONS_DEMO_PASSWORD, else one that is drawn."""
    text = given or passwords.draw()
    return Secret(text, passwords.make_hash(text, cost), given is not None)


def present(session: Session) -> bool:
    """Whether this database holds the demo office's accounts."""
    return session.scalar(select(User.id).where(User.demo).limit(1)) is not None


def stale(session: Session, held: Secret) -> frozenset[str]:
    """Demo accounts that exist with another password than the one given; none when none was given. Verifies: before the transaction."""
    if not held.given:
        return frozenset()
    fits: dict[str, bool] = {}
    found = set()
    for username in PEOPLE:
        user = queries.by_username(session, username)
        if user is None or not user.demo:
            continue
        if user.password_hash not in fits:
            fits[user.password_hash] = passwords.verify(user.password_hash, held.text)
        if not fits[user.password_hash]:
            found.add(username)
    return frozenset(found)


def load(session: Session, held: Secret, *, reset: Collection[str], scopes: Mapping[str, Mapping[str, Collection[int]]], now: datetime) -> list[str]:
    """Make the demo accounts that are missing, and give those in `reset` (see `stale`) the password; the names of those made.

    `scopes` maps a user name to what the person stands for (kind → ids). Nothing that somebody changed on an account is put back,
    and a password that was drawn at an earlier start stays as it is: print `held.text` only when it was drawn and something was made.
    """
    made = []
    for username, (role, name) in PEOPLE.items():
        user = queries.by_username(session, username)
        if user is None:
            stands_for = scopes.get(username, {})
            given: dict[str, Any] = {"username": username, "name": name, "roles": [role], "scopes": stands_for, "password_hash": held.hashed}
            given["email"] = f"{username}@{DOMAIN}"
            actions.create_user(session, **given, must_change=False, by=SYSTEM, now=now, demo=True)
            made.append(username)
        elif username in reset:
            actions.set_password(session, user, password_hash=held.hashed, must_change=False, by=SYSTEM, now=now)
    return made
