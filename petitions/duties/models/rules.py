"""Tables of the law: rules of deadlines with their versions, and the office's own choices about duties."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

UNITS = ("calendar_day", "working_day", "fixed_date", "quarter_end", "session", "continuous")
AFTER, BEFORE = "after", "before"
DIRECTIONS = (AFTER, BEFORE)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A CHECK that `column` is empty or one of `values`."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


class DeadlineRule(Base):
    """A kind of deadline: what starts it. How long it is, and by which law, say its versions."""

    __tablename__ = "deadline_rules"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    start_event: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)


class DeadlineRuleVersion(Base):
    """A rule as it stands from a day to a day (its last day included). `seed`: its key in the shipped data; `edited`: the office changed it, and
    reference data leave it alone. One that a date was counted by is never deleted."""

    __tablename__ = "deadline_rule_versions"
    __table_args__ = (
        one_of("unit", UNITS),
        one_of("direction", DIRECTIONS),
        CheckConstraint("length >= 0", name="length"),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_code: Mapped[str] = mapped_column(ForeignKey("deadline_rules.code"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    length: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(10), default=AFTER)
    to_workday: Mapped[bool] = mapped_column(default=False, server_default=false())
    legal_basis: Mapped[str] = mapped_column(String(400))
    confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    seed: Mapped[str | None] = mapped_column(String(80), unique=True)
    edited: Mapped[bool] = mapped_column(default=False, server_default=false())


class DutySetting(Base):
    """A choice of the office: bands of lateness, how often a date may be extended, how letters are numbered (settings.py has the defaults)."""

    __tablename__ = "duty_settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
