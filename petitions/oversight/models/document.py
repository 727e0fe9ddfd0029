"""Tables of what was issued: resolutions, conclusions, notices and reports with their text, and the clauses found in it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.models.rules import one_of
from petitions.oversight.models.programme import SupervisionActivity

RESOLUTION, CONCLUSION, NOTICE, REPORT = "resolution", "conclusion", "notice", "report"
KINDS = (RESOLUTION, CONCLUSION, NOTICE, REPORT)
MINUTES = "minutes"  # of an activity: what was promised there; kept by the program, never registered by hand
ISSUERS = ("council", "standing", "committee", "chair", "group")
DRAFT, CONFIRMED = "draft", "confirmed"


class IssuedDocument(Base):
    """A document whose demands are followed. `text`: its paragraphs, into which clauses and recommendations point. Draft until its split is confirmed."""

    __tablename__ = "issued_documents"
    __table_args__ = (
        UniqueConstraint("body_id", "number", "symbol", "dated_on"),
        one_of("kind", (*KINDS, MINUTES)),
        one_of("issuer", ISSUERS),
        one_of("state", (DRAFT, CONFIRMED)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey(SupervisionActivity.id), index=True)
    council_session_id: Mapped[int | None] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(20))
    symbol: Mapped[str] = mapped_column(String(60))
    dated_on: Mapped[date] = mapped_column(index=True)
    issuer: Mapped[str] = mapped_column(String(20))
    signatory: Mapped[str] = mapped_column(String(200), default="", server_default="")
    title: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=DRAFT, index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @property
    def full_number(self) -> str:
        """Number and symbol as they are printed: 41/TB-HĐND."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


class Clause(Base):
    """One numbered clause that demands something; `start`, `end`: where its source stands in the document's text."""

    __tablename__ = "clauses"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_documents.id"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
