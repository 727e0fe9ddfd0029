"""Tables of what agencies report and what the Council's side finds: due days of reports, reports and their items, evidence, verification."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.models.rules import one_of

PROGRESS, PART, DONE = "progress", "part", "done"
CLAIMS = (PROGRESS, PART, DONE)
DOCUMENT, VISIT, PHOTO = "document", "visit", "photo"
METHODS = (DOCUMENT, VISIT, PHOTO)
MET, NOT_MET = "met", "not_met"


class ReportDue(Base):
    """A report that the rhythm asks for. `ended_on`: the rhythm was changed, or the demand closed, before it came due."""

    __tablename__ = "report_dues"
    __table_args__ = (UniqueConstraint("recommendation_id", "due_on"), Index("ix_report_dues_open", "item_id", "ended_on", "due_on", "recommendation_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    due_on: Mapped[date]
    rhythm: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agency_report_items.id"), index=True)
    ended_on: Mapped[date | None]


class AgencyReport(Base):
    """A report of an agency; it may cover many recommendations."""

    __tablename__ = "agency_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    number: Mapped[str] = mapped_column(String(120), default="", server_default="")
    dated_on: Mapped[date] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    entered_at: Mapped[datetime]


class AgencyReportItem(Base):
    """What a report says of one recommendation."""

    __tablename__ = "agency_report_items"
    __table_args__ = (
        UniqueConstraint("report_id", "recommendation_id"),
        one_of("claim", CLAIMS),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("agency_reports.id"), index=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    claim: Mapped[str] = mapped_column(String(20))
    percent: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)


class RecommendationEvidence(Base):
    """Evidence for a recommendation: a document here or elsewhere, a note of a visit, a photograph."""

    __tablename__ = "recommendation_evidence"
    __table_args__ = (one_of("method", METHODS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agency_report_items.id"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    seen_on: Mapped[date]
    document_id: Mapped[int | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    made_at: Mapped[datetime]


class Verification(Base):
    """What the committee found of the evidence. The last one on the report that stands counts."""

    __tablename__ = "verifications"
    __table_args__ = (one_of("verdict", (MET, NOT_MET)), one_of("method", METHODS))

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agency_report_items.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(10))
    method: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    found_on: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    made_at: Mapped[datetime]
