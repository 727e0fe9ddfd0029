"""Tables of the answer: letters that answer many duties, the two verdicts on each, what was promised, asked again, proven."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.classes import CLASSES, QUALITIES
from petitions.duties.models.rules import one_of

LETTER, ON_SPOT = "letter", "on_spot"
_UNKEPT = text("kept_on IS NULL AND replaced_on IS NULL")


class AnswerLetter(Base):
    """A letter in which an agency answers (văn bản trả lời), or an answer given on the spot. `unique_key`: agency, number and year of a letter."""

    __tablename__ = "answer_letters"
    __table_args__ = (one_of("kind", (LETTER, ON_SPOT)), CheckConstraint("received_on >= dated_on", name="received"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), default=LETTER)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    number: Mapped[str] = mapped_column(String(120), default="", server_default="")
    unique_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    dated_on: Mapped[date]
    received_on: Mapped[date]
    signatory: Mapped[str] = mapped_column(String(200), default="", server_default="")
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    document_id: Mapped[int | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
    withdrawn_on: Mapped[date | None]  # entered wrongly: it answers nothing any more, and stays in view
    withdraw_reason: Mapped[str] = mapped_column(Text, default="", server_default="")


class AnswerItem(Base):
    """What a letter says on one duty: the agency's own class, then the office's class and its judgement of quality. Two facts, kept apart."""

    __tablename__ = "answer_items"
    __table_args__ = (
        UniqueConstraint("letter_id", "duty_id"),
        one_of("agency_class", tuple(CLASSES)),
        one_of("office_class", tuple(CLASSES)),
        one_of("quality", tuple(QUALITIES)),
        CheckConstraint("agency_class <> 'in_progress' OR promised_on IS NOT NULL OR agency_reason IS NOT NULL", name="promise_or_reason"),
        CheckConstraint("(quality IS NULL) = (judged_on IS NULL)", name="judged"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("answer_letters.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    state_before: Mapped[str | None] = mapped_column(String(20))  # the duty's, when the answer came: where it goes back when the letter is withdrawn
    agency_class: Mapped[str] = mapped_column(String(20))
    agency_reason: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    roadmap: Mapped[str] = mapped_column(Text, default="", server_default="")
    promised_on: Mapped[date | None]
    override_reason: Mapped[str | None] = mapped_column(Text)
    overridden_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    office_class: Mapped[str | None] = mapped_column(String(20))
    office_reason: Mapped[str | None] = mapped_column(String(40))
    quality: Mapped[str | None] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(Text, default="", server_default="")
    judged_on: Mapped[date | None]
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Countersignature(Base):
    """A co-ordinating agency's word on the lead's answer."""

    __tablename__ = "countersignatures"
    __table_args__ = (UniqueConstraint("answer_item_id", "duty_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"), index=True)  # None: given before the lead answered
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    signed_on: Mapped[date]
    opinion: Mapped[str] = mapped_column(Text, default="", server_default="")
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class ReAsk(Base):
    """The office asks again, with a day of its own; the first answer stays where it is. `answered_item_id`: what came of it."""

    __tablename__ = "re_asks"
    __table_args__ = (CheckConstraint("due_on >= asked_on", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    answer_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"), index=True)
    cause: Mapped[str] = mapped_column(String(20))  # unclear, off_point, reopened
    question: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    due_on: Mapped[date]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"))


class Commitment(Base):
    """A day promised in an answer. A new promise follows the old one (`follows_id`), which stays; kept or missed is computed (lateness.py)."""

    __tablename__ = "commitments"
    __table_args__ = (Index("ix_commitments_unkept", "promised_on", "duty_id", sqlite_where=_UNKEPT, postgresql_where=_UNKEPT),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    answer_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    promised_on: Mapped[date] = mapped_column(index=True)
    made_on: Mapped[date]
    kept_on: Mapped[date | None]
    replaced_on: Mapped[date | None]
    cause: Mapped[str] = mapped_column(String(20))  # answer, extension


class Evidence(Base):
    """What proves that a thing was done: a document, or a note of an inspection."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("document_id IS NOT NULL OR note <> ''", name="something"), Index("ix_evidence_document", "document_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    document_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    dated_on: Mapped[date]
    by_agency: Mapped[bool] = mapped_column(default=False, server_default=false())
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class ProgressReport(Base):
    """What an agency reports on the way; it changes neither state nor date."""

    __tablename__ = "progress_reports"
    __table_args__ = (CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="percent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    reported_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    percent: Mapped[int | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class Objection(Base):
    """Voters do not accept an answer: a new subject was made of it, linked to the answer; the old duty stays as it is."""

    __tablename__ = "objections"

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    answer_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    raised_on: Mapped[date]
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
