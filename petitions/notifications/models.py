"""Tables of notifications: messages, wishes, absences, mails with what they hold and what became of each try, the office's hours."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

AT_ONCE, DAILY, NONE = "at_once", "daily", "none"
WISHES = (AT_ONCE, DAILY, NONE)
NO_MAIL, WAITS, WAITS_DAILY, GATHERED = "no", "waiting", "daily", "gathered"
WAITING, SENDING, SENT, FAILED, UNDECIDED, WITHHELD, WITHDRAWN = "waiting", "sending", "sent", "failed", "undecided", "withheld", "withdrawn"
MAIL_STATES = (WAITING, SENDING, SENT, FAILED, UNDECIDED, WITHHELD, WITHDRAWN)
UNREAD = text("read_at IS NULL")
TO_MAIL = text("mail IN ('waiting', 'daily')")
OPEN = text("state IN ('waiting', 'sending', 'undecided')")


class Notification(Base):
    """One message to one person. `title` and `body` are frozen words, so that each reader reads them in the own language.

    `mail`: whether it still waits for a mail; `muted`: the person wants to hear nothing of this kind, so the bell does not count it;
    `for_user_id`: the absent person in whose place this one is told.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("mail IN ('no', 'waiting', 'daily', 'gathered')", name="mail"),
        Index("ix_notifications_list", "user_id", "id"),
        Index("ix_notifications_unread", "user_id", "id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        Index("ix_notifications_to_mail", "mail", "user_id", "id", sqlite_where=TO_MAIL, postgresql_where=TO_MAIL),
        Index("ix_notifications_subject", "subject_kind", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    for_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    title: Mapped[dict[str, Any]]
    body: Mapped[dict[str, Any]]
    url: Mapped[str] = mapped_column(String(400))
    critical: Mapped[bool] = mapped_column(server_default=false(), default=False)
    muted: Mapped[bool] = mapped_column(server_default=false(), default=False)
    mail: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class NotificationWish(Base):
    """How a person wants to get messages of a kind by mail; without a row as the kind says."""

    __tablename__ = "notification_wishes"
    __table_args__ = (CheckConstraint("wish IN ('at_once', 'daily', 'none')", name="wish"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    wish: Mapped[str] = mapped_column(String(10))


class Absence(Base):
    """A person is away on some days, and who stands in. Never overwritten: what was withdrawn says when."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="days"),
        CheckConstraint("user_id <> substitute_id", name="another"),
        Index("ix_absences_user", "user_id", "from_on", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(400), server_default="", default="")
    made_by: Mapped[int | None]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Mail(Base):
    """One mail to one person. `message_id` is fixed when the row is made. `holder` and `held_until`: the process that sends it, and its lease.

    waiting → sending → sent | failed (refused for good) | waiting (refused for now); sending → undecided when the sender died;
    withheld: the address is not on the list of a trial office; withdrawn: nobody to send it to any more, or a person let it be.
    """

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sending', 'sent', 'failed', 'undecided', 'withheld', 'withdrawn')", name="state"),
        Index("ix_mails_open", "state", "next_try_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_mails_created_at", "created_at", "id"),
        Index("ix_mails_user", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    address: Mapped[str] = mapped_column(String(254))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    digest: Mapped[bool] = mapped_column(server_default=false(), default=False)
    critical: Mapped[bool] = mapped_column(server_default=false(), default=False)
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(server_default="0", default=0)
    next_try_at: Mapped[datetime]
    holder: Mapped[str | None] = mapped_column(String(120))
    held_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    code: Mapped[int | None]
    reply: Mapped[str] = mapped_column(String(400), server_default="", default="")
    resent_of: Mapped[int | None] = mapped_column(ForeignKey("mails.id"), index=True)


class MailItem(Base):
    """That a mail holds a message."""

    __tablename__ = "mail_items"

    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id"), primary_key=True)
    notification_id: Mapped[int] = mapped_column(ForeignKey("notifications.id"), primary_key=True, index=True)


class MailTry(Base):
    """One try to send a mail: begun before the first byte leaves; `outcome` stays empty when the sender died."""

    __tablename__ = "mail_tries"
    __table_args__ = (UniqueConstraint("mail_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id"))
    number: Mapped[int]
    holder: Mapped[str] = mapped_column(String(120))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    code: Mapped[int | None]
    reply: Mapped[str] = mapped_column(String(400), server_default="", default="")


class NotificationSetting(Base):
    """A choice of the office about notifications, by key; without a row the default holds."""

    __tablename__ = "notification_settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
