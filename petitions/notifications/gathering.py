"""Gathering what waits for one person into one mail: ten messages of a minute are one mail, not ten."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr

from sqlalchemy import Select, func, insert, or_, select, update
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.notifications.models import GATHERED, NO_MAIL, WAITING, WAITS, WAITS_DAILY, WITHHELD, Mail, MailItem, Notification
from petitions.settings import MailSettings

PAUSE = timedelta(seconds=20)  # from the first message on: what comes meanwhile goes along
TOO_OLD = timedelta(days=14)  # nobody wants to be told by mail of what lay there before a mail server was set
MOST = 100  # messages in a mail
PEOPLE = 50


def people_to_tell(session: Session, *, now: datetime, open_: bool, pause: timedelta = PAUSE) -> Sequence[int]:
    """Ids of people for whom something waits that may leave now: in the office's hours all, else what is critical."""
    ready = or_(Notification.created_at <= now - pause, Notification.created_at > now + pause, Notification.critical)  # or the clock jumped back
    chosen = select(Notification.user_id).where(Notification.mail == WAITS, ready)
    if not open_:
        chosen = chosen.where(Notification.critical)
    return session.scalars(chosen.group_by(Notification.user_id).order_by(func.min(Notification.id)).limit(PEOPLE)).all()


def people_of_digest(session: Session) -> Sequence[int]:
    """Ids of all people for whom something waits for the daily mail."""
    return session.scalars(select(Notification.user_id).where(Notification.mail == WAITS_DAILY).group_by(Notification.user_id)).all()


def gather(session: Session, user_id: int, settings: MailSettings, *, now: datetime, open_: bool = True, digest: bool = False) -> Mail | None:
    """Put what waits for a person into one mail; None when nothing is left to tell (read meanwhile, too old, nobody to write to)."""
    rows = session.scalars(_waiting(user_id, open_, digest).order_by(Notification.id).limit(MOST).with_for_update(skip_locked=True)).all()
    if not rows:
        return None
    user = session.get_one(User, user_id)
    reachable = user.active and bool(user.email)
    told = [row for row in rows if reachable and now - row.created_at < TOO_OLD and (row.read_at is None or row.critical)]
    _mark(session, [row.id for row in rows if row not in told], NO_MAIL)
    if not told:
        return None
    address = user.email or ""
    made = Mail(
        user_id=user_id,
        address=address,
        message_id=message_id(settings),
        digest=digest,
        critical=any(row.critical for row in told),
        state=WAITING if settings.may_go_to(address) else WITHHELD,
        next_try_at=now,
        created_at=now,
    )
    session.add(made)
    session.flush()
    session.execute(insert(MailItem), [{"mail_id": made.id, "notification_id": row.id} for row in told])
    _mark(session, [row.id for row in told], GATHERED)
    return made


def _waiting(user_id: int, open_: bool, digest: bool) -> Select[Notification]:
    own = Notification.user_id == user_id
    if digest:
        return select(Notification).where(own, Notification.mail.in_((WAITS, WAITS_DAILY)))
    chosen = select(Notification).where(own, Notification.mail == WAITS)
    return chosen if open_ else chosen.where(Notification.critical)


def _mark(session: Session, ids: Sequence[int], mail: str) -> None:
    if ids:
        session.execute(update(Notification).where(Notification.id.in_(ids)).values(mail=mail))


def message_id(settings: MailSettings) -> str:
    """A name for the mail that no other has; at the sender's domain (RFC 5322, 3.6.4)."""
    domain = parseaddr(settings.sender)[1].rpartition("@")[2]
    return f"<{secrets.token_hex(16)}@{domain}>"
