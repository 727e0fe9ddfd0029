"""A mail's way: taken before the first byte leaves, settled after the answer. What a crash left in between a person decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.core import holder
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.notifications import actions
from petitions.notifications.models import FAILED, SENDING, SENT, UNDECIDED, WAITING, WITHDRAWN, WITHHELD, Mail, MailItem, MailTry, Notification
from petitions.settings import MailSettings

LEASE = timedelta(minutes=5)  # longer than a conversation with a server that takes all its time
WAITS = tuple(timedelta(minutes=n) for n in (1, 2, 5, 10, 20, 30, 60))  # after the 1st, 2nd … refusal for now; then the last one
JUMP = timedelta(hours=3)  # a next try that far ahead was written by a clock that jumped
PATIENCE = timedelta(days=3)  # RFC 5321, 4.5.4.1: a sender gives up after 4-5 days; the reader wants to know earlier
REFUSED_KIND, UNDECIDED_KIND = "mail.refused", "mail.undecided"


def take(session: Session, settings: MailSettings, *, now: datetime, open_: bool) -> Mail | None:
    """The next mail that may leave now, noted as being sent by this process; None when there is none."""
    while (found := session.scalar(waiting(now, open_).with_for_update(skip_locked=True))) is not None:
        user = session.get_one(User, found.user_id)
        if not user.active or not user.email:
            found.state, found.ended_at = WITHDRAWN, now
        elif not settings.may_go_to(user.email):
            found.state, found.address = WITHHELD, user.email
        else:
            found.state, found.address, found.tries = SENDING, user.email, found.tries + 1
            found.holder, found.held_until = holder.name(), now + LEASE
            session.add(MailTry(mail_id=found.id, number=found.tries, holder=holder.name(), begun_at=now))
            session.flush()
            return found
        session.flush()
    return None


def waiting(now: datetime, open_: bool) -> Select[Mail]:
    """Asks for the next mail that may leave now: in the office's hours any, else a critical one."""
    due = or_(Mail.next_try_at <= now, Mail.next_try_at > now + JUMP)
    chosen = select(Mail).where(Mail.state == WAITING, due)
    if not open_:
        chosen = chosen.where(Mail.critical)
    return chosen.order_by(Mail.critical.desc(), Mail.next_try_at, Mail.id).limit(1)


def contents(session: Session, mail_id: int) -> Sequence[Notification]:
    """The messages of a mail, in order."""
    held = select(Notification).join(MailItem, MailItem.notification_id == Notification.id).where(MailItem.mail_id == mail_id)
    return session.scalars(held.order_by(Notification.id)).all()


def arrived(session: Session, mail: Mail, *, code: int, reply: str, now: datetime) -> None:
    """The server has taken the mail."""
    _settle(session, mail, SENT, code=code, reply=reply, now=now)


def refused(session: Session, mail: Mail, *, code: int | None, reply: str, for_good: bool, now: datetime) -> None:
    """The server did not take it: for good, or for now and to be tried again later, at longer and longer intervals, for three days."""
    if for_good or now - mail.created_at > PATIENCE:
        if _settle(session, mail, FAILED, code=code, reply=reply, now=now):
            _tell(session, mail, now)
        return
    wait = WAITS[min(mail.tries, len(WAITS)) - 1]
    _settle(session, mail, WAITING, code=code, reply=reply, now=now, next_try_at=now + wait)


def not_begun(session: Session, mail: Mail, *, reply: str, now: datetime) -> None:
    """The server went away before the mail was handed over: the mail is not to blame, and waits for it."""
    _settle(session, mail, WAITING, code=None, reply=reply, now=now, next_try_at=now)


def unknown(session: Session, mail: Mail, *, reply: str, now: datetime) -> None:
    """The mail was handed over and no answer came: a person decides."""
    if _settle(session, mail, UNDECIDED, code=None, reply=reply, now=now):
        _tell(session, mail, now)


def _settle(session: Session, mail: Mail, state: str, *, code: int | None, reply: str, now: datetime, next_try_at: datetime | None = None) -> bool:
    """Note the outcome of the try that this process began; what is known for sure also replaces "undecided". False when a person was faster."""
    open_state = or_(Mail.state == SENDING, Mail.state == UNDECIDED)
    mine = (Mail.id == mail.id, Mail.holder == holder.name(), Mail.tries == mail.tries, open_state)
    values: dict[str, Any] = {"state": state, "code": code, "reply": reply, "held_until": None, "ended_at": None if state == WAITING else now}
    if next_try_at is not None:
        values["next_try_at"] = next_try_at
    done = cast("CursorResult[Any]", session.execute(update(Mail).where(*mine).values(**values))).rowcount
    this_try = (MailTry.mail_id == mail.id, MailTry.number == mail.tries)
    session.execute(update(MailTry).where(*this_try).values(ended_at=now, outcome=state, code=code, reply=reply))
    return done == 1


def find_lost(session: Session, *, now: datetime) -> int:
    """Mark as undecided what a process that is gone was sending; how many. Nothing is sent again by itself."""
    sending = session.scalars(select(Mail).where(Mail.state == SENDING).order_by(Mail.id).with_for_update(skip_locked=True)).all()
    lost = [mail for mail in sending if _left(mail, now)]
    for mail in lost:
        mail.state, mail.held_until, mail.ended_at, mail.code, mail.reply = UNDECIDED, None, now, None, ""
        session.execute(update(MailTry).where(and_(MailTry.mail_id == mail.id, MailTry.number == mail.tries)).values(outcome=UNDECIDED))
        _tell(session, mail, now)
    session.flush()
    return len(lost)


def _left(mail: Mail, now: datetime) -> bool:
    over = mail.held_until is None or not mail.held_until - 2 * LEASE < now < mail.held_until
    return over or holder.gone(mail.holder or "")


def _tell(session: Session, mail: Mail, now: datetime) -> None:
    """Tell those who look after mail, on the page only."""
    kind, title = (
        (UNDECIDED_KIND, say("Một thư có thể đã gửi, cần người quyết định"))
        if mail.state == UNDECIDED
        else (REFUSED_KIND, say("Thư gửi {address} bị từ chối", address=mail.address))
    )
    actions.tell(session, kind=kind, subject=("mail", mail.id), title=title, permission=Permission.JOB_MANAGE, url=f"/mails/{mail.id}", now=now)
