"""Tables of the recommendation: one demand, who owes it, how far it was on which day, by when on which day, in which term it was followed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.models.rules import one_of
from petitions.oversight.splitting import dues, rhythms
from petitions.oversight.workflow import STATES

DUE_KINDS = (dues.DATE, dues.QUARTER, dues.SESSION, dues.CONTINUOUS, dues.MULTI_YEAR, dues.NONE)
RHYTHMS = (rhythms.WEEKLY, rhythms.MONTHLY, rhythms.QUARTERLY, rhythms.HALF_YEARLY, rhythms.YEARLY, rhythms.EACH_SESSION)
LEAD, WITH = "lead", "with"


class Recommendation(Base):
    """One demand of a document. `due_on`: the last day that counts now; all it ever had are in `recommendation_dates`. `done_on`: when the report
    that was confirmed came. `impossible`: given up because it cannot be done, with written approval."""

    __tablename__ = "recommendations"
    __table_args__ = (
        one_of("due_kind", DUE_KINDS),
        one_of("rhythm", RHYTHMS),
        one_of("progress", tuple(STATES)),
        Index("ix_recommendations_body", "body_id", "progress", "due_on", "made_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_documents.id"), index=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    post: Mapped[str] = mapped_column(String(300), default="", server_default="")
    product: Mapped[str] = mapped_column(String(500), default="", server_default="")
    due_kind: Mapped[str] = mapped_column(String(20))
    first_due: Mapped[date | None]
    due_on: Mapped[date | None]
    rhythm: Mapped[str | None] = mapped_column(String(20))
    progress: Mapped[str] = mapped_column(String(20))
    percent: Mapped[int | None]
    made_on: Mapped[date | None]  # the day from which it is followed; None: its document's split is not confirmed
    done_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    impossible: Mapped[bool] = mapped_column(default=False, server_default=false())
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"), index=True)
    reopened_from_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"), index=True)
    by_hand: Mapped[bool] = mapped_column(default=False, server_default=false())  # progress set by people although it has parts
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class RecommendationAgency(Base):
    """Who is named: `agency_id` None for a group, kept as written."""

    __tablename__ = "recommendation_agencies"
    __table_args__ = (one_of("part", (LEAD, WITH)), UniqueConstraint("recommendation_id", "name", "part"))

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]


class RecommendationDuty(Base):
    """The link to what an agency owes; duties never learn who their subjects are."""

    __tablename__ = "recommendation_duties"

    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), primary_key=True, autoincrement=False)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)


class RecommendationStep(Base):
    """How far it was from a day on (`until`: the first day on which it no longer was). Decisions bear their number and reason."""

    __tablename__ = "recommendation_steps"
    __table_args__ = (
        one_of("progress", tuple(STATES)),
        CheckConstraint("until IS NULL OR until >= since", name="order"),
        Index("ix_recommendation_steps_living", "recommendation_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"))
    progress: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    until: Mapped[date | None]
    act: Mapped[str] = mapped_column(String(40))
    done_on: Mapped[date | None]  # when the report came that was found good
    impossible: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    decision: Mapped[str] = mapped_column(String(120), default="", server_default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    made_at: Mapped[datetime]


class RecommendationDate(Base):
    """One due day it had, from a day to a day, and how it came about."""

    __tablename__ = "recommendation_dates"
    __table_args__ = (Index("ix_recommendation_dates_living", "recommendation_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"))
    due_on: Mapped[date | None]
    cause: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    since: Mapped[date]
    until: Mapped[date | None]
    made_at: Mapped[datetime]


class RecommendationTerm(Base):
    """In which term it was followed, from a day to a day: open ones pass into the next term, closed ones stay in theirs."""

    __tablename__ = "recommendation_terms"
    __table_args__ = (UniqueConstraint("recommendation_id", "term_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]


class RecommendationPetition(Base):
    """A petition of voters that the demand answers."""

    __tablename__ = "recommendation_petitions"

    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendations.id"), primary_key=True, autoincrement=False)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True, autoincrement=False, index=True)
    living: Mapped[bool] = mapped_column(default=True, server_default=true())
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
