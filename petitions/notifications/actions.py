"""Writing notifications: tell people something, note that they read it, keep their wishes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.freezing import Frozen, frozen
from petitions.core.words import Message
from petitions.notifications import absence, kinds, queries
from petitions.notifications.kinds import Kind
from petitions.notifications.models import AT_ONCE, DAILY, NO_MAIL, NONE, WAITS, WAITS_DAILY, Notification
from petitions.notifications.queries import Addressee
from petitions.outbox.actions import promise

TOPIC = "notifications"
BY_WISH = {AT_ONCE: WAITS, DAILY: WAITS_DAILY, NONE: NO_MAIL}


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
    chosen = queries.addressees(session, kind=kind, users=users, roles=roles, permission=permission, scope=scope)
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
