"""Writing notifications: tell people something, note that they read it, keep their wishes."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.freezing import Frozen, frozen
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.journal.actions import record
from petitions.notifications import absence, kinds, queries
from petitions.notifications.hours import CLOSES, OPENS, Hours, hours_of
from petitions.notifications.kinds import Kind
from petitions.notifications.models import (
    AT_ONCE,
    DAILY,
    NO_MAIL,
    NONE,
    WAITS,
    WAITS_DAILY,
    WISHES,
    Notification,
    NotificationSetting,
    NotificationWish,
)
from petitions.notifications.queries import Addressee
from petitions.outbox.actions import promise

TOPIC = "notifications"
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)
BY_WISH = {AT_ONCE: WAITS, DAILY: WAITS_DAILY, NONE: NO_MAIL}


@contextmanager
def quietly() -> Iterator[None]:
    """What happens in the block is told to nobody: a past that is written down afterwards (the demo office) is no news."""
    before = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(before)


def tell(
    session: Session,
    *,
    kind: str,
    subject: tuple[str, int],
    title: Message,
    now: datetime,
    users: Collection[int] = (),
    roles: Collection[str] = (),
    permission: str | None = None,
    scope: tuple[str, Collection[int]] | None = None,
    body: Message | None = None,
    url: str = "",
    critical: bool = False,
    but: int | None = None,
) -> int:
    """Tell people something about `subject` (kind, id) once this transaction has committed; answers how many messages were written.

    Whom: the active ones among `users` (ids), those who have one of `roles` (codes), those whose roles hold `permission`; with
    `scope` ("agency", ids) only those of the last two who stand for one of these. `but`: who did it and need not be told. For somebody who is away
    the substitute is told too. `url` is a path of ours. Neither `title` nor `body` may hold data of petitioners: both go into mails.
    `critical`: by mail at once, at any hour, whatever the person wished. Raises ValueError for a kind that nobody has registered.
    """
    known = kinds.find(kind)
    if known is None:
        raise ValueError(f"nobody has registered the kind of notification {kind!r}")
    chosen = {} if _quiet.get() else queries.addressees(session, kind=kind, users=users, roles=roles, permission=permission, scope=scope)
    chosen.pop(but or 0, None)
    if not chosen:
        return 0
    away = queries.standing_in(session, clock.day_of(now))
    instead = {number: end for number in chosen if number in away and (end := absence.end_of_chain(number, away)) != number}
    others = queries.addressees(session, kind=kind, users=set(instead.values()) - set(chosen))
    told: dict[str, object] = {
        "kind": kind,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "title": frozen(title),
        "body": _body(body),
        "url": url,
        "critical": critical,
        "created_at": now,
    }
    rows = [told | {"user_id": one.user_id, "for_user_id": None, **_way(known, one, critical, away=one.user_id in instead)} for one in chosen.values()]
    for absent, substitute in instead.items():
        if substitute in others:
            rows.append(told | {"user_id": substitute, "for_user_id": absent, **_way(known, others.pop(substitute), critical, away=False)})
    session.execute(insert(Notification), rows)
    promise(session, TOPIC, subject, now=now)
    return len(rows)


def _body(body: Message | None) -> Frozen:
    return frozen(body) if body is not None else frozen("")


def _way(kind: Kind, one: Addressee, critical: bool, *, away: bool) -> dict[str, object]:
    """Whether a message waits for a mail, and whether the bell counts it. Who is away gets no mail: the substitute does."""
    wish = AT_ONCE if critical else one.wish or kind.wish
    mail = NO_MAIL if away or kind.page_only else BY_WISH[wish]
    return {"mail": mail, "muted": wish == NONE}


def read(session: Session, notification_id: int, *, by: Identity, now: datetime) -> Notification:
    """Note that a person has read an own message. No act of the office, so no journal line. NotFound for somebody else's."""
    found = session.get(Notification, notification_id)
    if found is None or found.user_id != by.user_id:
        raise NotFound(say("Không có thông báo này."))
    found.read_at = found.read_at or now
    return found


def read_all(session: Session, *, by: Identity, now: datetime) -> None:
    """Note that a person has read all own messages."""
    session.execute(update(Notification).where(Notification.user_id == by.user_id, Notification.read_at.is_(None)).values(read_at=now))


def wish(session: Session, wanted: Mapping[str, str], *, by: Identity, now: datetime) -> None:
    """Keep how a person wants to get mail, kind by kind; what is as the kind says anyway needs no row. Unknown kinds and wishes are left out."""
    held = queries.wishes(session, by.user_id or 0)
    known = {kind.code: kind for kind in kinds.kinds() if kind.concerns(by) and not kind.page_only}
    taken = {code: value for code, value in wanted.items() if code in known and value in WISHES}
    before = {code: held.get(code, known[code].wish) for code in taken}
    changed = {code: value for code, value in taken.items() if before[code] != value}
    if not changed:
        return
    session.execute(delete(NotificationWish).where(NotificationWish.user_id == by.user_id, NotificationWish.kind.in_(changed)))
    session.add_all(NotificationWish(user_id=by.user_id, kind=code, wish=value) for code, value in sorted(changed.items()))
    changes = {code: (before[code], value) for code, value in changed.items()}
    record(session, "notification.wish", ("user", by.user_id or 0), by=by, now=now, changes=changes)


def set_hours(session: Session, hours: Hours, *, by: Identity, now: datetime) -> None:
    """From when to when mail may leave on a working day."""
    before = hours_of(queries.settings(session))
    if before == hours:
        return
    for key, value in ((OPENS, hours.opens), (CLOSES, hours.closes)):
        session.merge(NotificationSetting(key=key, value=f"{value:%H:%M}"))
    changes = {OPENS: (f"{before.opens:%H:%M}", f"{hours.opens:%H:%M}"), CLOSES: (f"{before.closes:%H:%M}", f"{hours.closes:%H:%M}")}
    record(session, "notification.hours", ("notification_settings", 0), by=by, now=now, changes=changes)
