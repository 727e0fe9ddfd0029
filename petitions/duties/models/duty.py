"""Tables of the duty itself: what is owed, who held it when, and every date it ever had."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.clocks import CLOCKS
from petitions.duties.models.rules import UNITS, one_of
from petitions.duties.models.transfer import PARTS
from petitions.duties.workflow import STATES

# In the order of lists (queries/inbox.ORDER): a page is a walk along an index, counts stream out of it, no row is read for either.
ORDER = ("next_due", "state", "part", "id")
COUNTED = ("suspended_on", "acknowledge_due", "leaves_at")
_REVIEWED = text("review_on IS NOT NULL")
CAUSES = ("issue", "receipt", "letter", "extension", "suspension", "resume", "reask", "promise", "calendar", "reroute", "reopen", "on_spot", "session")


class Duty(Base):
    """What one agency owes on one subject. Dates here are those that count now; `duty_dates` holds all of them, with their reasons.

    `agency_id`: who holds it now. `statutory_due` comes from the rule and never moves by extension or suspension; `first_due` is the reply's first
    day; `next_due` is the day that runs now (None: no clock runs, or it is suspended). `item_id` joins lead and co-ordinating agencies.
    """

    __tablename__ = "duties"
    __table_args__ = (
        one_of("state", tuple(STATES)),
        one_of("part", PARTS),
        CheckConstraint("received_on IS NULL OR letter_on IS NULL OR received_on >= letter_on", name="received"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed"),
        Index("ix_duties_review", "review_on", sqlite_where=_REVIEWED, postgresql_where=_REVIEWED),
        Index("ix_duties_subject", "subject_kind", "subject_id"),
        Index("ix_duties_agency", "agency_id", *ORDER, "body_id", *COUNTED),
        Index("ix_duties_open", *ORDER, "body_id", "agency_id", *COUNTED, "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(10))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    state: Mapped[str] = mapped_column(String(20))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("transfer_letters.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("bundle_items.id"), index=True)
    recipient_kind: Mapped[str] = mapped_column(String(20), default="direct", server_default="direct")
    rerouted_from_id: Mapped[int | None] = mapped_column(ForeignKey("duties.id"), index=True)

    rule_code: Mapped[str | None] = mapped_column(ForeignKey("deadline_rules.code"))
    rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule_versions.id"), index=True)
    letter_on: Mapped[date | None]
    leaves_at: Mapped[datetime | None]
    received_on: Mapped[date | None]
    start_on: Mapped[date]
    acknowledge_due: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    statutory_due: Mapped[date | None]
    letter_due: Mapped[date | None]
    first_due: Mapped[date | None]
    reply_due: Mapped[date | None]
    reask_due: Mapped[date | None]
    resolution_due: Mapped[date | None]
    next_due: Mapped[date | None]
    review_on: Mapped[date | None]  # a continuous duty is looked at, never late

    suspended_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer_item_id: Mapped[int | None]  # the answer that stands (answer_items)
    settled_on: Mapped[date | None]  # first accepted as resolved or explained
    closed_on: Mapped[date | None]
    closed_as: Mapped[str | None] = mapped_column(String(20))
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    close_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class DutyHolder(Base):
    """Who held a duty from a day to a day (`to_on` is the last; None: still). Figures of a past day are counted by these."""

    __tablename__ = "duty_holders"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        Index("ix_duty_holders_agency", "agency_id", "from_on", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    cause: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]


class DutyDate(Base):
    """One date of one clock of a duty, and how it came about; what replaces it ends it, nothing is overwritten.

    `due_on` None: the clock stands still, or the rule gives no day. `length` is signed (backwards when negative). `since`/`until` say on which days
    it was the date that counted (`until` is the first day on which it no longer did).
    """

    __tablename__ = "duty_dates"
    __table_args__ = (
        one_of("clock", CLOCKS),
        one_of("unit", UNITS),
        one_of("cause", CAUSES),
        Index("ix_duty_dates_living", "clock", "until", "unit"),
        Index("ix_duty_dates_clock", "duty_id", "clock", "since", "id", "until", "due_on"),  # the day that counted on a day, from the index alone
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    clock: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date | None]
    event: Mapped[str] = mapped_column(String(60))
    event_on: Mapped[date]
    length: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str] = mapped_column(String(20))
    to_workday: Mapped[bool] = mapped_column(default=False)
    rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule_versions.id"), index=True)
    calendar_version: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    since: Mapped[date]
    until: Mapped[date | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
