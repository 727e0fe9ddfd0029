"""Tables of what goes back to the voters: who was told when and where, and what was published of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.models.rules import UNITS, one_of

PLANNED, DRAFTED, APPROVED, PUBLISHED, WITHDRAWN = "planned", "drafted", "approved", "published", "withdrawn"
PUBLICATION_STATES = (PLANNED, DRAFTED, APPROVED, PUBLISHED, WITHDRAWN)


class Told(Base):
    """Voters were told of an answer: by which deputy group, when, at which meeting. One that was noted by mistake is struck, not deleted."""

    __tablename__ = "told_voters"
    __table_args__ = (Index("ix_told_voters_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    answer_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"))
    deputy_group_id: Mapped[int] = mapped_column(ForeignKey("deputy_groups.id"), index=True)
    told_on: Mapped[date]
    meeting: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    struck: Mapped[bool] = mapped_column(default=False, server_default=false())
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class Publication(Base):
    """Publishing an answer: due so many working days after the answering period ends, then posted for so many days (NQLT72, Điều 51).

    `text` is redacted; a second person approves exactly that text. The public page shows nothing else.
    """

    __tablename__ = "publications"
    __table_args__ = (
        one_of("state", PUBLICATION_STATES),
        one_of("unit", UNITS),
        CheckConstraint("posted_to IS NULL OR posted_to >= posted_from", name="posted"),
        CheckConstraint("state NOT IN ('approved', 'published') OR approved_by IS NOT NULL", name="approved"),
        Index("ix_publications_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), unique=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=PLANNED, index=True)
    event_on: Mapped[date | None]
    length: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str] = mapped_column(String(20), default="working_day")
    due_on: Mapped[date | None] = mapped_column(index=True)
    rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule_versions.id"))
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(500), default="", server_default="")
    posted_at: Mapped[str] = mapped_column(String(200), default="", server_default="")
    posted_from: Mapped[date | None]
    posted_to: Mapped[date | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
