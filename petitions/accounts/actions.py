"""Writes on accounts and roles: one function per intention, each with its journal line."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from petitions.accounts import queries, scopes, signing
from petitions.accounts.models import FormerPassword, RolePermission, User, UserRole, UserScope
from petitions.core.errors import Invalid, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.text import fold
from petitions.core.words import say
from petitions.journal.actions import record

SUBJECT = signing.SUBJECT
Scopes = Mapping[str, Collection[int]]


def create_user(
    session: Session,
    *,
    username: str,
    name: str,
    password_hash: str,
    roles: Collection[str],
    scopes: Scopes,
    must_change: bool,
    by: Identity,
    now: datetime,
    language: str = "vi",
    email: str | None = None,
    demo: bool = False,
) -> User:
    """A new account. `roles` are codes, `scopes` kind → ids, `password_hash` was made before the transaction began. Raises Invalid."""
    username = username.strip().lower()
    if queries.by_username(session, username) is not None:
        raise Invalid({"username": [say("Tên đăng nhập «{username}» đã có người dùng.", username=username)]})
    made = User(
        username=username,
        name=name,
        folded=fold(f"{username} {name}"),
        language=language,
        email=email,
        password_hash=password_hash,
        password_set_at=now,
        must_change=must_change,
        active=True,
        demo=demo,
        created_at=now,
        version=1,
    )
    session.add(made)
    session.flush()
    session.add(FormerPassword(user_id=made.id, password_hash=password_hash, set_at=now))
    _set_roles(session, made, roles)
    _set_scopes(session, made, scopes)
    record(session, "account.create", (SUBJECT, made.id), by=by, now=now, changes=_picture({}, _state(session, made)))
    return made


def change(
    session: Session, user: User, *, name: str, email: str | None, roles: Collection[str], scopes: Scopes, version: int, by: Identity, now: datetime
) -> None:
    """Give an account another name, mail address, other roles, other scopes. Nobody changes their own roles; somebody must keep managing accounts."""
    if version != user.version:
        raise Stale(say("Người khác vừa sửa tài khoản này. Hãy tải lại trang rồi sửa lại."), current=user)
    before = _state(session, user)
    user.name, user.folded, user.email = name, fold(f"{user.username} {name}"), email
    _set_roles(session, user, roles)
    _set_scopes(session, user, scopes)
    session.flush()
    after = _state(session, user)
    if user.id == by.user_id and before["roles"] != after["roles"]:
        raise RuleBroken(say("Không ai tự đổi vai trò của mình. Hãy nhờ một quản trị viên khác."))
    _somebody_manages(session)
    changes = _picture(before, after)
    if changes:
        user.version += 1
        record(session, "account.change", (SUBJECT, user.id), by=by, now=now, changes=changes)


def set_password(session: Session, user: User, *, password_hash: str, must_change: bool, by: Identity, now: datetime, keep_session: int | None = None) -> None:
    """Take a new password (its hash made before the transaction) and end every other session of the user."""
    user.password_hash, user.password_set_at, user.must_change = password_hash, now, must_change
    session.add(FormerPassword(user_id=user.id, password_hash=password_hash, set_at=now))
    act = "account.change_password" if by.user_id == user.id else "account.reset_password"
    record(session, act, (SUBJECT, user.id), by=by, now=now)
    signing.end_all(session, user.id, by=by, now=now, why="password", but=keep_session)


def refresh_hash(user: User, password_hash: str) -> None:
    """The same password, hashed at today's cost: no act of anybody, so no journal line."""
    user.password_hash = password_hash


def disable(session: Session, user: User, *, reason: str, by: Identity, now: datetime) -> None:
    """Let somebody in no more; their sessions end at once. Not oneself, not the last who manages accounts."""
    if user.id == by.user_id:
        raise RuleBroken(say("Bạn không thể tự ngừng tài khoản của mình. Hãy nhờ một quản trị viên khác."))
    if not user.active:
        return
    user.active = False
    user.version += 1
    session.flush()
    _somebody_manages(session)
    record(session, "account.disable", (SUBJECT, user.id), by=by, now=now, changes={"active": (True, False)}, reason=reason or None)
    signing.end_all(session, user.id, by=by, now=now, why="disabled")


def enable(session: Session, user: User, *, by: Identity, now: datetime) -> None:
    """Let somebody in again."""
    if user.active:
        return
    user.active = True
    user.version += 1
    record(session, "account.enable", (SUBJECT, user.id), by=by, now=now, changes={"active": (False, True)})


def unlock(session: Session, user: User, *, key: str, by: Identity, now: datetime) -> None:
    """Open the brake that wrong tries closed; `key` is that of the user's name."""
    if signing.forget_tries(session, [key]):
        record(session, "account.unlock", (SUBJECT, user.id), by=by, now=now)


def set_language(session: Session, user: User, *, language: str, by: Identity, now: datetime) -> None:
    """The language a person wants to read."""
    if user.language != language:
        record(session, "account.set_language", (SUBJECT, user.id), by=by, now=now, changes={"language": (user.language, language)})
        user.language = language


def set_permissions(session: Session, wanted: Mapping[int, Collection[str]], *, by: Identity, now: datetime) -> int:
    """Which role (id) holds which permissions; how many roles changed. Somebody must still manage accounts afterwards."""
    held = queries.granted(session)
    changed = 0
    for role in queries.roles(session):
        before, after = held.get(role.id, frozenset()), frozenset(wanted.get(role.id, ())) & {str(p) for p in Permission}
        if before == after:
            continue
        changed += 1
        for permission in sorted(before ^ after):
            session.merge(RolePermission(role_id=role.id, permission=permission, granted=permission in after))
        changes = {"permissions": (sorted(before - after), sorted(after - before))}
        record(session, "role.change", ("role", role.id), by=by, now=now, changes=changes)
    session.flush()
    _somebody_manages(session)
    return changed


def _set_roles(session: Session, user: User, codes: Collection[str]) -> None:
    ids = {role.code: role.id for role in queries.roles(session)}
    unknown = sorted(set(codes) - set(ids))
    if unknown:
        raise Invalid({"roles": [say("Không có vai trò «{role}».", role=", ".join(unknown))]})
    wanted = {ids[code] for code in codes}
    held = set(session.scalars(select(UserRole.role_id).where(UserRole.user_id == user.id)))
    if held - wanted:
        session.execute(delete(UserRole).where(UserRole.user_id == user.id, UserRole.role_id.in_(held - wanted)))
    session.add_all(UserRole(user_id=user.id, role_id=role_id) for role_id in sorted(wanted - held))


def _set_scopes(session: Session, user: User, wanted: Scopes) -> None:
    scopes.check(session, wanted)
    held = queries.scopes_of(session, user.id)
    for kind in sorted(set(held) | set(wanted)):
        before, after = held.get(kind, frozenset()), frozenset(wanted.get(kind, ()))
        if before - after:
            session.execute(delete(UserScope).where(UserScope.user_id == user.id, UserScope.kind == kind, UserScope.ref_id.in_(before - after)))
        session.add_all(UserScope(user_id=user.id, kind=kind, ref_id=ref_id) for ref_id in sorted(after - before))


def _somebody_manages(session: Session) -> None:
    if not queries.managers(session):
        raise RuleBroken(say("Phải còn ít nhất một tài khoản đang hoạt động có quyền quản lý tài khoản."))


def _state(session: Session, user: User) -> dict[str, object]:
    session.flush()
    held = queries.scopes_of(session, user.id)
    codes: list[str] = [role.code for role in queries.roles_of(session, [user.id])[user.id]]
    return {
        "username": user.username,
        "name": user.name,
        "email": user.email,
        "roles": codes,
        "scopes": {kind: sorted(ids) for kind, ids in sorted(held.items())},
    }


def _picture(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
