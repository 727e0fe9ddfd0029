"""Tables of what is supervised: kinds of supervision as law knows them, and the activities of a programme."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base


class SupervisionKind(Base):
    """A kind of supervision (hình thức giám sát), its product and legal basis. `by_product`: what it ends in, in words."""

    __tablename__ = "supervision_kinds"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="order"),)

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    by_product: Mapped[str] = mapped_column(String(300), default="", server_default="")
    legal_basis: Mapped[str] = mapped_column(String(300), default="", server_default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int] = mapped_column(default=0, server_default="0")


ACTORS = ("council", "standing", "committee", "group")


class SupervisionActivity(Base):
    """One activity of a year's programme; `again_id` the earlier one that this re-supervises. `actor`: who supervises, a committee with its id;
    `decision`: number of the resolution or decision on it; `noticed_on`: when the supervised bodies were told."""

    __tablename__ = "supervision_activities"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    kind_code: Mapped[str] = mapped_column(ForeignKey("supervision_kinds.code"), index=True)
    year: Mapped[int] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(20), default="standing", server_default="standing")
    title: Mapped[str] = mapped_column(String(300))
    decision: Mapped[str] = mapped_column(String(120), default="", server_default="")
    plan: Mapped[str] = mapped_column(Text, default="", server_default="")
    report: Mapped[str] = mapped_column(Text, default="", server_default="")
    delegation: Mapped[str] = mapped_column(Text, default="", server_default="")
    council_session_id: Mapped[int | None] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    decided_on: Mapped[date | None]
    noticed_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    again_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_activities.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ActivityAgency(Base):
    """A body that the activity supervises."""

    __tablename__ = "activity_agencies"
    __table_args__ = (UniqueConstraint("activity_id", "agency_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("supervision_activities.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)


class ActivityVisit(Base):
    """A day on which the delegation worked at a supervised body (`agency_id` None: elsewhere, by its place)."""

    __tablename__ = "activity_visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("supervision_activities.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    visited_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(300), default="", server_default="")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    made_at: Mapped[datetime]
