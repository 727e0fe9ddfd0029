"""Tables of the ladder's upper steps: what an activity asks about and was told, what was promised there, what was reported to the Council."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.models.duty import Duty
from petitions.duties.urging.models import UrgingDecision
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation


class ActivityItem(Base):
    """One duty that an activity asks about, of a recommendation or of a petition; who answered for it, and what.

    `decision_id`: the candidate from which it came, once a committee had taken it. An item is never asked about twice in the same activity.
    """

    __tablename__ = "activity_items"
    __table_args__ = (UniqueConstraint("activity_id", "duty_id"), CheckConstraint("(answered_on IS NULL) = (answer = '')", name="answered"))

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey(SupervisionActivity.id), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey(Duty.id), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey(UrgingDecision.id), unique=True)
    question: Mapped[str] = mapped_column(Text, default="", server_default="")
    person: Mapped[str] = mapped_column(String(200), default="", server_default="")
    post: Mapped[str] = mapped_column(String(300), default="", server_default="")
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_on: Mapped[date | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Commitment(Base):
    """What was promised when an item was answered (lời hứa, cam kết). It is a recommendation of the activity's minutes, so that its words, its
    agency, its day and whether it was kept are followed like every other demand and stand there alone; here only where it came from."""

    __tablename__ = "oversight_commitments"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(ActivityItem.id), index=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey(Recommendation.id), unique=True)
    person: Mapped[str] = mapped_column(String(200))
    promised_on: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]


class CouncilReport(Base):
    """An item that stayed undone to the last rung was reported to the Council at a session; once for each session."""

    __tablename__ = "council_reports"
    __table_args__ = (UniqueConstraint("council_session_id", "duty_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    council_session_id: Mapped[int] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey(Duty.id), index=True)
    reported_on: Mapped[date]
    number: Mapped[str] = mapped_column(String(120), default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    made_at: Mapped[datetime]
