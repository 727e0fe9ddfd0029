"""What a person decides about mails: send again, let be, note that one came back; and the SELECTs of the delivery log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, insert, select, update
from sqlalchemy.orm import Session

from petitions.accounts.models import User, UserScope
from petitions.core.errors import Invalid, NotFound, RuleBroken, WrongState
from petitions.core.identity import Identity
from petitions.core.paging import Page
from petitions.core.words import say
from petitions.journal.actions import record
from petitions.notifications import gathering, posting
from petitions.notifications.models import (
    FAILED,
    NO_MAIL,
    SENDING,
    SENT,
    UNDECIDED,
    WAITING,
    WAITS,
    WAITS_DAILY,
    WITHDRAWN,
    WITHHELD,
    Mail,
    MailItem,
    MailTry,
    Notification,
)
from petitions.outbox.actions import promise
from petitions.settings import MailSettings

SUBJECT = "mail"
TOPIC = "notifications"
PER_PAGE = 50
RECENT = timedelta(days=7)
AGAIN = (FAILED, UNDECIDED, WITHHELD, WITHDRAWN, SENT)
LET_BE = (UNDECIDED, WAITING, WITHHELD)
CAME_BACK = (SENT, UNDECIDED)
MOST_REPLY = 400


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mails are in which state, and since when the oldest waits."""

    by_state: Mapping[str, int]
    failed_lately: int
    oldest_waiting: datetime | None


def send_again(session: Session, mail_id: int, settings: MailSettings | None, *, by: Identity, now: datetime) -> Mail:
    """Have a mail sent again. One whose fate nobody knows keeps its Message-ID, so that a server that has it can tell; one that was refused or has
    arrived goes as a new mail. Raises RuleBroken without a server, or when the person has no address."""
    found = _held(session, mail_id)
    user = session.get_one(User, found.user_id)
    if settings is None:
        raise RuleBroken(say("Chưa khai báo máy chủ thư nên chưa gửi được."))
    if not user.active or not user.email:
        raise RuleBroken(say("Người nhận đã ngừng hoặc không có địa chỉ thư."))
    if found.state not in AGAIN:
        raise WrongState(say("Thư này đang chờ gửi."))
    before = found.state
    if found.state in (UNDECIDED, WITHHELD):
        found.state, found.next_try_at, found.ended_at = WAITING, now, None
        made = found
    else:
        made = _copy(session, found, user.email, settings, now)
    record(session, "mail.send_again", (SUBJECT, found.id), by=by, now=now, changes={"state": (before, made.state), "mail": (found.id, made.id)})
    promise(session, TOPIC, (SUBJECT, made.id), now=now)
    return made


def _copy(session: Session, of: Mail, address: str, settings: MailSettings, now: datetime) -> Mail:
    made = Mail(
        user_id=of.user_id,
        address=address,
        message_id=gathering.message_id(settings),
        digest=of.digest,
        critical=True,  # a person asked for it now
        state=WAITING,
        next_try_at=now,
        created_at=now,
        resent_of=of.id,
    )
    session.add(made)
    session.flush()
    items = session.scalars(select(MailItem.notification_id).where(MailItem.mail_id == of.id)).all()
    session.execute(insert(MailItem), [{"mail_id": made.id, "notification_id": number} for number in items])
    return made


def let_be(session: Session, mail_id: int, *, by: Identity, now: datetime) -> None:
    """A person decides that a mail is not to be sent (any more); what may have arrived stays as it is."""
    found = _held(session, mail_id)
    if found.state not in LET_BE:
        raise WrongState(say("Thư này không còn chờ quyết định."))
    before, found.state, found.ended_at = found.state, WITHDRAWN, now
    record(session, "mail.let_be", (SUBJECT, found.id), by=by, now=now, changes={"state": (before, WITHDRAWN)})


def bounced(session: Session, mail_id: int, *, reason: str, by: Identity, now: datetime) -> None:
    """A mail that the server had taken came back: a person notes it, and its address counts as one that refuses. Raises WrongState, Invalid."""
    found = _held(session, mail_id)
    if found.state not in CAME_BACK:
        raise WrongState(say("Chỉ thư đã gửi mới có thể bị trả lại."))
    if not reason.strip():
        raise Invalid({"reason": [say("Hãy ghi lý do.")]})
    before, found.state, found.ended_at, found.reply = found.state, FAILED, now, reason.strip()[:MOST_REPLY]
    record(session, "mail.bounced", (SUBJECT, found.id), by=by, now=now, changes={"state": (before, FAILED)}, reason=found.reply)


def doubt_what_waited(session: Session, *, now: datetime) -> int:
    """After an office was brought back from an archive: what waited when it was written may have been sent since. Mails become undecided,
    messages stay on the page without a mail; how many mails."""
    session.execute(update(Notification).where(Notification.mail.in_((WAITS, WAITS_DAILY))).values(mail=NO_MAIL))
    waiting = update(Mail).where(Mail.state.in_((WAITING, SENDING))).values(state=UNDECIDED, holder=None, held_until=None, ended_at=now)
    return cast("CursorResult[Any]", session.execute(waiting)).rowcount


def _held(session: Session, mail_id: int) -> Mail:
    found = session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
    if found is None:
        raise NotFound(say("Không có thư này."))
    return found


def log(session: Session, *, state: str = "", number: int = 1) -> Page[tuple[Mail, str]]:
    """A page of the delivery log with the readers' names, the newest first."""
    chosen = [Mail.state == state] if state else []
    total = session.scalar(select(func.count()).select_from(Mail).where(*chosen)) or 0
    rows = select(Mail, User.name).join(User, User.id == Mail.user_id).where(*chosen).order_by(Mail.created_at.desc(), Mail.id.desc())
    return Page(session.execute(rows.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all(), number, PER_PAGE, total)


def one(session: Session, mail_id: int) -> tuple[Mail, User]:
    """A mail and its reader; NotFound."""
    row = session.execute(select(Mail, User).join(User, User.id == Mail.user_id).where(Mail.id == mail_id)).one_or_none()
    if row is None:
        raise NotFound(say("Không có thư này."))
    return row


def tries(session: Session, mail_id: int) -> Sequence[MailTry]:
    """The tries to send a mail, the first one first."""
    return session.scalars(select(MailTry).where(MailTry.mail_id == mail_id).order_by(MailTry.number).limit(200)).all()


def sizes(session: Session, mail_ids: Collection[int]) -> Mapping[int, int]:
    """How many messages each mail holds."""
    held = select(MailItem.mail_id, func.count()).where(MailItem.mail_id.in_(sorted(mail_ids))).group_by(MailItem.mail_id)
    return dict(session.execute(held).all()) if mail_ids else {}


def counts(session: Session, now: datetime) -> Counts:
    """How the mails stand."""
    lately = func.count().filter(Mail.state == FAILED, Mail.ended_at > now - RECENT)
    oldest = func.min(Mail.created_at).filter(Mail.state == WAITING, Mail.next_try_at < now + posting.JUMP)
    rows = session.execute(select(Mail.state, func.count(), lately, oldest).group_by(Mail.state)).all()
    waiting = [since for _, _, _, since in rows if since is not None]
    return Counts({state: n for state, n, _, _ in rows}, sum(failed for _, _, failed, _ in rows), min(waiting, default=None))


def unreachable(session: Session, agency_ids: Collection[int], limit: int = 20) -> list[str]:
    """The names of those who stand for one of these agencies and whose last mail, to the address they have now, was refused or came back."""
    last = select(func.max(Mail.id)).where(Mail.user_id == User.id, Mail.address == User.email, Mail.state.in_((SENT, FAILED)))
    refused = select(Mail.user_id).where(Mail.id == last.correlate(User).scalar_subquery(), Mail.state == FAILED)
    stands = select(UserScope.user_id).where(UserScope.kind == "agency", UserScope.ref_id.in_(sorted(agency_ids)))
    found = select(User.name).where(User.active, User.id.in_(stands), User.id.in_(refused.correlate(User)))
    return list(session.scalars(found.order_by(User.folded, User.id).limit(limit)))


def last_refusal(session: Session, user: User) -> Mail | None:
    """The last mail to the person's present address, when it was refused for good."""
    newest = select(Mail).where(Mail.user_id == user.id, Mail.address == (user.email or ""), Mail.state.in_((SENT, FAILED))).order_by(Mail.id.desc())
    found = session.scalar(newest.limit(1))
    return found if found is not None and found.state == FAILED else None
