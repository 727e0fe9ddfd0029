"""Tables of the calendar. A row is never overwritten: a change adds rows, withdraws rows, and makes a new version of the calendar."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

NAME_LENGTH, BASIS_LENGTH = 160, 400
_VERSION = "calendar_versions.id"


class CalendarVersion(Base):
    """The calendar after one change: what lives in version n was added in it or before, and withdrawn in none up to it."""

    __tablename__ = "calendar_versions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32), unique=True)
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(BASIS_LENGTH))


class CalendarDay(Base):
    """A day that is not what its weekday says. `for_day`: the weekend holiday it stands in for, or the other half of a swap."""

    __tablename__ = "calendar_days"
    __table_args__ = (
        CheckConstraint("kind IN ('off', 'worked')", name="kind"),
        CheckConstraint("reason IN ('fixed', 'lunar', 'compensatory', 'swap', 'other')", name="reason"),
        CheckConstraint("for_day IS NULL OR for_day <> day", name="two_days"),
        CheckConstraint("withdrawn_in IS NULL OR withdrawn_in > added_in", name="order"),
        Index("uq_calendar_days_living", "day", unique=True, sqlite_where=sa.text("withdrawn_in IS NULL"), postgresql_where=sa.text("withdrawn_in IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(String(12))
    name_vi: Mapped[str] = mapped_column(String(NAME_LENGTH))
    name_en: Mapped[str] = mapped_column(String(NAME_LENGTH))
    for_day: Mapped[date | None]
    basis: Mapped[str] = mapped_column(String(BASIS_LENGTH))
    source: Mapped[str] = mapped_column(String(BASIS_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())
    added_in: Mapped[int] = mapped_column(ForeignKey(_VERSION), index=True)
    withdrawn_in: Mapped[int | None] = mapped_column(ForeignKey(_VERSION), index=True)
    withdrawn_reason: Mapped[str | None] = mapped_column(String(BASIS_LENGTH))


class CalendarNotice(Base):
    """That the days off of a year were announced, and by what. A year without a living row is only foreseen."""

    __tablename__ = "calendar_notices"
    __table_args__ = (
        Index(
            "uq_calendar_notices_living", "year", unique=True, sqlite_where=sa.text("withdrawn_in IS NULL"), postgresql_where=sa.text("withdrawn_in IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    basis: Mapped[str] = mapped_column(String(BASIS_LENGTH))
    source: Mapped[str] = mapped_column(String(BASIS_LENGTH))
    added_in: Mapped[int] = mapped_column(ForeignKey(_VERSION), index=True)
    withdrawn_in: Mapped[int | None] = mapped_column(ForeignKey(_VERSION), index=True)


class CalendarWeek(Base):
    """Which days of the week are days of rest from `valid_from` on: ISO numbers, "6 7" for Saturday and Sunday."""

    __tablename__ = "calendar_weeks"

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(unique=True)
    rest_days: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(BASIS_LENGTH))
    source: Mapped[str] = mapped_column(String(BASIS_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())
