"""Every SELECT of accounts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from petitions.accounts import brakes, sessions
from petitions.accounts.models import FormerPassword, LoginSession, Role, RolePermission, SignInBrake, User, UserRole, UserScope
from petitions.accounts.passwords import REMEMBERED
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.paging import Page
from petitions.core.permissions import Permission
from petitions.core.text import fold
from petitions.core.words import say

ADMINISTRATOR = "administrator"
ROLES_AT_MOST = 100
USERS_PER_PAGE = 50
DEVICES_AT_MOST = 50
PASSWORD_OF_ADMINISTRATORS_LASTS = timedelta(days=60)  # QCVN 12:2026/BCA: every two months


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A living session: who, which row, how long it still lives, whether the password must be changed first, and what rooms asked to be read along."""

    identity: Identity
    session_id: int
    seconds_left: int
    started_at: datetime
    last_seen_at: datetime
    must_change: bool
    along: Mapping[str, int] = field(default_factory=dict)


_along: dict[str, ScalarSelect[int]] = {}


def read_along(name: str, number: ScalarSelect[int]) -> None:
    """Have `number`, a subquery about the row of `users` at hand, read with each request's session, so that it costs no statement of its own."""
    _along[name] = number


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to look at a password outside of any transaction; `former` are the last ten hashes, the present one first."""

    user_id: int
    username: str
    password_hash: str
    active: bool
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """One living session as its owner sees it."""

    session_id: int
    device: str
    started_at: datetime
    last_seen_at: datetime


def signed_in(session: Session, token: str, *, now: datetime, idle: timedelta) -> SignedIn | None:
    """Who holds the cookie id `token`; None when there is no such session, it is over, or its owner is disabled. Two statements."""
    names = sorted(_along)
    beside = [_along[name].label(f"along_{place}") for place, name in enumerate(names)]
    row = session.execute(
        select(LoginSession, User, *beside).join(User, User.id == LoginSession.user_id).where(LoginSession.token_hash == sessions.token_hash(token))
    ).one_or_none()
    if row is None:
        return None
    held, user, *numbers = row
    left = sessions.seconds_left(started_at=held.started_at, last_seen_at=held.last_seen_at, now=now, idle=idle)
    if held.ended_at is not None or not user.active or left == 0:
        return None
    identity = _identity(session, user)
    along = dict(zip(names, numbers, strict=True))
    return SignedIn(identity, held.id, left, held.started_at, held.last_seen_at, must_change(user, identity.roles, now), along)


def must_change(user: User, roles: Collection[str], now: datetime) -> bool:
    """Whether this person must choose a new password before anything else: a first one, or an administrator's older than two months."""
    if user.demo:
        return False
    return user.must_change or (ADMINISTRATOR in roles and now - user.password_set_at > PASSWORD_OF_ADMINISTRATORS_LASTS)


def identity_of(session: Session, user_id: int) -> Identity | None:
    """The frozen picture of an active user; None when there is none."""
    user = session.get(User, user_id)
    return _identity(session, user) if user is not None and user.active else None


def _identity(session: Session, user: User) -> Identity:
    own_roles = select(UserRole.role_id).where(UserRole.user_id == user.id).scalar_subquery()
    rows = session.execute(
        union_all(
            select(literal("role").label("what"), Role.code.label("word"), cast(null(), UserScope.ref_id.type).label("ref")).where(Role.id.in_(own_roles)),
            select(literal("permission"), RolePermission.permission, cast(null(), UserScope.ref_id.type)).where(
                RolePermission.role_id.in_(own_roles), RolePermission.granted
            ),
            select(literal("scope"), cast(UserScope.kind, String), UserScope.ref_id).where(UserScope.user_id == user.id),
        )
    ).all()
    scopes: dict[str, set[int]] = defaultdict(set)
    for what, word, ref in rows:
        if what == "scope":
            scopes[word].add(ref)
    return Identity(
        user_id=user.id,
        username=user.username,
        name=user.name,
        roles=frozenset(word for what, word, _ in rows if what == "role"),
        permissions=frozenset(word for what, word, _ in rows if what == "permission"),
        scopes={kind: frozenset(ids) for kind, ids in scopes.items()},
        language=user.language,
    )


def user(session: Session, user_id: int) -> User:
    """The user with this id; raises NotFound."""
    found = session.get(User, user_id)
    if found is None:
        raise NotFound(say("Không có tài khoản này."))
    return found


def by_username(session: Session, username: str) -> User | None:
    """The user of this name, however its letters are cased."""
    return session.scalar(select(User).where(User.username == username.strip().lower()))


def credentials(session: Session, username: str) -> Credentials | None:
    """The credentials of the user of this name."""
    found = by_username(session, username)
    if found is None:
        return None
    return Credentials(found.id, found.username, found.password_hash, found.active, tuple(former_hashes(session, found.id)))


def users(session: Session, *, words: str = "", role: str = "", active: bool | None = None, number: int = 1) -> Page[User]:
    """A page of accounts by user name; `words` are found in user name and name, with or without marks."""
    chosen = _users(words, role, active)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = session.scalars(chosen.order_by(User.username).limit(USERS_PER_PAGE).offset((number - 1) * USERS_PER_PAGE)).all()
    return Page(rows, number, USERS_PER_PAGE, total)


def _users(words: str, role: str, active: bool | None) -> Select[User]:
    chosen = select(User)
    for word in fold(words).split():
        chosen = chosen.where(User.folded.contains(word, autoescape=True))
    if role:
        chosen = chosen.where(User.id.in_(select(UserRole.user_id).join(Role, Role.id == UserRole.role_id).where(Role.code == role)))
    if active is not None:
        chosen = chosen.where(User.active == active)
    return chosen


def roles(session: Session) -> Sequence[Role]:
    """All roles, in their order."""
    return session.scalars(select(Role).order_by(Role.position, Role.id).limit(ROLES_AT_MOST)).all()


def roles_of(session: Session, user_ids: Collection[int]) -> Mapping[int, list[Role]]:
    """The roles of several users."""
    found: dict[int, list[Role]] = {user_id: [] for user_id in user_ids}
    rows = (
        select(UserRole.user_id, Role).join(Role, Role.id == UserRole.role_id).where(UserRole.user_id.in_(user_ids)).order_by(UserRole.user_id, Role.position)
    )
    for user_id, role in session.execute(rows):
        found[user_id].append(role)
    return found


def scopes_of(session: Session, user_id: int) -> Mapping[str, frozenset[int]]:
    """Kind → ids that a user stands for."""
    found: dict[str, set[int]] = defaultdict(set)
    for kind, ref_id in session.execute(select(UserScope.kind, UserScope.ref_id).where(UserScope.user_id == user_id)):
        found[kind].add(ref_id)
    return {kind: frozenset(ids) for kind, ids in found.items()}


def granted(session: Session) -> Mapping[int, frozenset[str]]:
    """Role id → the permissions it holds."""
    found: dict[int, set[str]] = defaultdict(set)
    for role_id, permission in session.execute(select(RolePermission.role_id, RolePermission.permission).where(RolePermission.granted)):
        found[role_id].add(permission)
    return {role_id: frozenset(permissions) for role_id, permissions in found.items()}


def managers(session: Session) -> frozenset[int]:
    """Ids of the active users who may manage accounts: there must always be one."""
    # Held until the commit, so that two administrators who disable each other at one moment take turns (SQLite has one writer anyway).
    session.execute(select(Role.id).where(Role.code == ADMINISTRATOR).with_for_update())
    chosen = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .join(RolePermission, RolePermission.role_id == UserRole.role_id)
        .where(User.active, RolePermission.granted, RolePermission.permission == Permission.ACCOUNT_MANAGE)
    )
    return frozenset(session.scalars(chosen.distinct()))


def devices(session: Session, user_id: int, *, now: datetime, idle: timedelta) -> list[Device]:
    """The living sessions of a user, the one seen last first."""
    chosen = (
        select(LoginSession)
        .where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
        .limit(DEVICES_AT_MOST)
    )
    return [
        Device(row.id, row.device, row.started_at, row.last_seen_at)
        for row in session.scalars(chosen)
        if sessions.seconds_left(started_at=row.started_at, last_seen_at=row.last_seen_at, now=now, idle=idle)
    ]


def former_hashes(session: Session, user_id: int) -> list[str]:
    """The last ten password hashes of a user, the present one first."""
    chosen = select(FormerPassword.password_hash).where(FormerPassword.user_id == user_id).order_by(FormerPassword.id.desc())
    return list(session.scalars(chosen.limit(REMEMBERED)))


def brake(session: Session, key: str) -> brakes.Brake | None:
    """The brake with this key, if anybody has tried."""
    row = session.get(SignInBrake, key)
    return None if row is None else brakes.Brake(row.tries, row.first_at, row.locked_at)


def locked(session: Session, keys: Collection[str], now: datetime) -> frozenset[str]:
    """Which of the brakes `keys` are closed now."""
    rows = session.scalars(select(SignInBrake).where(SignInBrake.key.in_(keys), SignInBrake.locked_at.is_not(None)))
    return frozenset(row.key for row in rows if brakes.closed(brakes.Brake(row.tries, row.first_at, row.locked_at), now))
