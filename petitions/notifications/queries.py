"""Every SELECT about messages, wishes and absences."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from petitions.accounts.models import Role, RolePermission, User, UserRole, UserScope
from petitions.core.paging import Page
from petitions.notifications.absence import Away
from petitions.notifications.models import SENDING, Absence, Mail, Notification, NotificationSetting, NotificationWish

PER_PAGE = 50
AWAY_AT_MOST = 5000
CANDIDATES_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person who can be told something, and how they wished to get messages of the asked kind (None: as the kind says)."""

    user_id: int
    wish: str | None


def addressees(
    session: Session,
    *,
    kind: str,
    users: Collection[int] = (),
    roles: Collection[str] = (),
    permission: str | None = None,
    scope: tuple[str, Collection[int]] | None = None,
) -> dict[int, Addressee]:
    """The active people among `users`, of `roles`, or holding `permission`; the latter two within `scope` when it is given."""
    chosen: list[ColumnElement[bool]] = []
    if users:
        chosen.append(User.id.in_(sorted(users)))
    inside: list[ColumnElement[bool]] = []
    if scope is not None:
        inside.append(User.id.in_(select(UserScope.user_id).where(UserScope.kind == scope[0], UserScope.ref_id.in_(sorted(scope[1])))))
    if roles:
        of_role = select(UserRole.user_id).join(Role, Role.id == UserRole.role_id).where(Role.code.in_(sorted(roles)))
        chosen.append(_all(User.id.in_(of_role), *inside))
    if permission is not None:
        holds = select(UserRole.user_id).join(RolePermission, RolePermission.role_id == UserRole.role_id)
        chosen.append(_all(User.id.in_(holds.where(RolePermission.permission == permission, RolePermission.granted)), *inside))
    if not chosen:
        return {}
    wish = (NotificationWish.user_id == User.id) & (NotificationWish.kind == kind)
    rows = session.execute(select(User.id, NotificationWish.wish).outerjoin(NotificationWish, wish).where(User.active, or_(*chosen)).order_by(User.id))
    return {number: Addressee(number, wished) for number, wished in rows}


def _all(first: ColumnElement[bool], *more: ColumnElement[bool]) -> ColumnElement[bool]:
    for one in more:
        first = first & one
    return first


def standing_in(session: Session, day: date) -> Mapping[int, int]:
    """Who is away on `day` → who stands in; of several absences of one person the one entered last. Only substitutes who may still come in."""
    away = (
        select(Absence.user_id, Absence.substitute_id)
        .join(User, User.id == Absence.substitute_id)
        .where(Absence.from_on <= day, Absence.to_on >= day, Absence.withdrawn_at.is_(None), User.active)
        .order_by(Absence.id)
        .limit(AWAY_AT_MOST)
    )
    return dict(session.execute(away).all())


def listing(session: Session, user_id: int, *, only_unread: bool = False, number: int = 1) -> Page[Notification]:
    """A page of a person's messages, the newest first."""
    own = [Notification.user_id == user_id]
    if only_unread:
        own.append(Notification.read_at.is_(None))
    total = session.scalar(select(func.count()).select_from(Notification).where(*own)) or 0
    newest = select(Notification).where(*own).order_by(Notification.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return Page(session.scalars(newest).all(), number, PER_PAGE, total)


def wishes(session: Session, user_id: int) -> Mapping[str, str]:
    """Kind → wish, as far as the person has chosen."""
    rows = session.execute(select(NotificationWish.kind, NotificationWish.wish).where(NotificationWish.user_id == user_id))
    return dict(rows.all())


def settings(session: Session) -> Mapping[str, str]:
    """The office's choices that are stored."""
    return dict(session.execute(select(NotificationSetting.key, NotificationSetting.value)).all())


def absences(session: Session, user_id: int | None, *, since: date, limit: int = 200) -> Sequence[Absence]:
    """Absences that are not over on `since`, of one person or of all, the first day first; withdrawn ones left out."""
    chosen = select(Absence).where(Absence.to_on >= since, Absence.withdrawn_at.is_(None))
    if user_id is not None:
        chosen = chosen.where(Absence.user_id == user_id)
    return session.scalars(chosen.order_by(Absence.from_on, Absence.id).limit(limit)).all()


def any_sending(session: Session) -> bool:
    """Whether any mail is noted as being sent."""
    return session.scalar(select(Mail.id).where(Mail.state == SENDING).limit(1)) is not None


def standing(session: Session, *, since: date) -> Sequence[Away]:
    """All absences that are not over on `since`, for the rule against circles."""
    living = (Absence.to_on >= since, Absence.withdrawn_at.is_(None))
    rows = session.execute(select(Absence.user_id, Absence.substitute_id, Absence.from_on, Absence.to_on).where(*living).limit(AWAY_AT_MOST))
    return [Away(*row) for row in rows.all()]


def candidates(session: Session, user_id: int) -> Sequence[User]:
    """Who can stand in for a person: active, of one of the same roles, and standing for one of the same things where the person stands for any."""
    roles = select(UserRole.role_id).where(UserRole.user_id == user_id)
    chosen = select(User).where(User.active, User.id != user_id, User.id.in_(select(UserRole.user_id).where(UserRole.role_id.in_(roles))))
    own = session.execute(select(UserScope.kind, UserScope.ref_id).where(UserScope.user_id == user_id)).all()
    if own:
        same = or_(*((UserScope.kind == kind) & (UserScope.ref_id == ref_id) for kind, ref_id in own))
        chosen = chosen.where(User.id.in_(select(UserScope.user_id).where(same)))
    return session.scalars(chosen.order_by(User.folded, User.id).limit(CANDIDATES_AT_MOST)).all()


def names(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """The names of users."""
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(sorted(ids)))).all()) if ids else {}


def unread_column() -> ScalarSelect[int]:
    """How many messages the bell of the user at hand counts, as a subquery about a row of `users`."""
    counted = (Notification.user_id == User.id, Notification.read_at.is_(None), ~Notification.muted)
    return select(func.count(Notification.id)).where(*counted).correlate(User).scalar_subquery()


def told_since(session: Session, kind: str, subject: tuple[str, int], *, since: datetime) -> bool:
    """Whether anybody was told of `subject` since then: what makes a job that runs twice tell once."""
    about = (Notification.subject_kind == subject[0], Notification.subject_id == subject[1], Notification.kind == kind)
    return session.scalar(select(Notification.id).where(*about, Notification.created_at >= since).limit(1)) is not None
