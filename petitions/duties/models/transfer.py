"""Tables of the transfer: bundles, what lies in them, the letters that carry them, and what an intermediary sent on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.bundling import ANNEXES, DRAFT, KINDS, RECIPIENTS, STATES
from petitions.duties.models.rules import one_of

PARTS = ("lead", "with")
RECORDED, DRAWN = "recorded", "drawn"


class Bundle(Base):
    """What is sent together to one recipient: prepared by one person, approved by another, issued as a letter."""

    __tablename__ = "bundles"
    __table_args__ = (
        one_of("state", tuple(STATES)),
        one_of("kind", tuple(KINDS)),
        one_of("recipient_kind", tuple(RECIPIENTS)),
        one_of("annex", tuple(ANNEXES)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    council_session_id: Mapped[int | None] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str | None] = mapped_column(String(40))
    recipient_kind: Mapped[str] = mapped_column(String(20))
    recipient_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    recipient_body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    recipient_group_id: Mapped[int | None] = mapped_column(ForeignKey("deputy_groups.id"))
    annex: Mapped[str] = mapped_column(String(10))
    rule_code: Mapped[str] = mapped_column(ForeignKey("deadline_rules.code"))
    due_on: Mapped[date | None]  # the day that the letter itself names
    state: Mapped[str] = mapped_column(String(20), default=DRAFT, index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class BundleItem(Base):
    """One subject in a bundle."""

    __tablename__ = "bundle_items"
    __table_args__ = (UniqueConstraint("bundle_id", "subject_kind", "subject_id"), Index("ix_bundle_items_subject", "subject_kind", "subject_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"), index=True)
    position: Mapped[int]
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")


class BundleAgency(Base):
    """Who is to settle an item: the lead, and those who work with it."""

    __tablename__ = "bundle_agencies"
    __table_args__ = (UniqueConstraint("item_id", "agency_id"), one_of("part", PARTS))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("bundle_items.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    part: Mapped[str] = mapped_column(String(10))


class TransferLetter(Base):
    """The letter that carries a bundle (công văn chuyển): number, symbol and day as the registry gave them.

    `leaves_at`: until then it can be recalled. `unique_key` (book/year/number) is filled only while the office asks for unique numbers.
    """

    __tablename__ = "transfer_letters"
    __table_args__ = (
        one_of("numbering", (RECORDED, DRAWN)),
        CheckConstraint("due_on IS NULL OR due_on >= dated_on", name="order"),
        CheckConstraint("(recalled_at IS NULL) = (recall_reason IS NULL)", name="recalled_with_reason"),
        Index("ix_transfer_letters_number", "book", "year", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundles.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    book: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))
    symbol: Mapped[str] = mapped_column(String(60))
    numbering: Mapped[str] = mapped_column(String(10), default=RECORDED)
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    dated_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date | None]
    signatory: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(200), default="", server_default="")
    document_id: Mapped[int | None]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime]
    leaves_at: Mapped[datetime]
    recalled_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recalled_at: Mapped[datetime | None]
    recall_reason: Mapped[str | None] = mapped_column(Text)

    @property
    def full_number(self) -> str:
        """Number and symbol as they are printed: 123/HĐND-TT."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


class Forwarding(Base):
    """What an intermediary did with a duty: the People's Committee office gave it to a department, a deputy group to a commune."""

    __tablename__ = "forwardings"

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    by_kind: Mapped[str] = mapped_column(String(20))
    to_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    number: Mapped[str] = mapped_column(String(120), default="", server_default="")
    forwarded_on: Mapped[date]
    internal_due: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
