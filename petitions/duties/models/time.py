"""Tables of what is asked for and decided about time: returns, extensions, suspensions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.clocks import CLOCKS
from petitions.duties.models.rules import UNITS, one_of

ASKED, GRANTED, REFUSED, LAPSED = "asked", "granted", "refused", "lapsed"
_WAITING = text("state = 'asked'")
_RUNNING = text("resumed_on IS NULL")


class ReturnRequest(Base):
    """ "Not our competence": asked by the agency, decided by the office. `late`: asked after the days that the rule gives."""

    __tablename__ = "return_requests"
    __table_args__ = (
        one_of("state", (ASKED, GRANTED, REFUSED)),
        Index("uq_return_requests_waiting", "duty_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    asked_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    proposed_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    allowed_until: Mapped[date | None]
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule_versions.id"))
    state: Mapped[str] = mapped_column(String(10), default=ASKED)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[str] = mapped_column(Text, default="", server_default="")


class Extension(Base):
    """A later day asked for on one clock, why, and what was decided by another person."""

    __tablename__ = "extensions"
    __table_args__ = (
        one_of("state", (ASKED, GRANTED, REFUSED, LAPSED)),
        one_of("clock", CLOCKS),
        CheckConstraint("wanted_on > was_on", name="later"),
        CheckConstraint("granted_on IS NULL OR granted_on > was_on", name="granted_later"),
        Index("uq_extensions_waiting", "duty_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    clock: Mapped[str] = mapped_column(String(20))
    was_on: Mapped[date]
    wanted_on: Mapped[date]
    granted_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(10), default=ASKED)
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[str] = mapped_column(Text, default="", server_default="")


class Suspension(Base):
    """The clock stood still from a day to a day; `remaining` is what was left, in `unit`, and what it resumes with."""

    __tablename__ = "suspensions"
    __table_args__ = (
        one_of("clock", CLOCKS),
        one_of("unit", UNITS),
        CheckConstraint("remaining >= 0", name="remaining"),
        CheckConstraint("resumed_on IS NULL OR resumed_on >= suspended_on", name="order"),
        Index("uq_suspensions_running", "duty_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    clock: Mapped[str] = mapped_column(String(20))
    suspended_on: Mapped[date]
    due_on: Mapped[date]
    remaining: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    suspended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    resumed_on: Mapped[date | None]
    resumed_due: Mapped[date | None]
    resumed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    resume_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
