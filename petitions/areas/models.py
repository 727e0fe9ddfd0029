"""Tables of the areas. A row that was true on a day is never overwritten: its validity ends, another begins."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from petitions.core.db import Base

DISTRICT_KINDS = ("quan", "huyen", "thi_xa")
UNIT_KINDS = ("phuong", "xa", "thi_tran")
WHOLE, PART = "whole", "part"
CODE_LENGTH, NAME_LENGTH, SOURCE_LENGTH = 80, 120, 400


class District(Base):
    """A district (quận, huyện, thị xã). `valid_from` None: from before the term; `valid_to` is the last day."""

    __tablename__ = "districts"
    __table_args__ = (
        CheckConstraint("kind IN ('quan', 'huyen', 'thi_xa')", name="kind"),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    gso_code: Mapped[str | None] = mapped_column(String(10))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())
    version: Mapped[int] = mapped_column(server_default="1")


class AdminUnit(Base):
    """A commune, ward or town (xã, phường, thị trấn) for as long as it bore this name. `gso_code` is information, never a key."""

    __tablename__ = "admin_units"
    __table_args__ = (
        CheckConstraint("kind IN ('phuong', 'xa', 'thi_tran')", name="kind"),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), index=True)
    gso_code: Mapped[str | None] = mapped_column(String(10))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"), index=True)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())
    note: Mapped[str | None] = mapped_column(String(SOURCE_LENGTH))
    version: Mapped[int] = mapped_column(server_default="1")

    district: Mapped[District | None] = relationship(lazy="raise_on_sql")


class UnitChange(Base):
    """From `on`, the ground of `old` (all of it or a part) belongs to `new`. Not `confirmed`: the office has to check it."""

    __tablename__ = "unit_changes"
    __table_args__ = (
        UniqueConstraint("old_id", "new_id", "on"),
        CheckConstraint("share IN ('whole', 'part')", name="share"),
        CheckConstraint("old_id <> new_id", name="two_units"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"), index=True)
    on: Mapped[date]
    share: Mapped[str] = mapped_column(String(5))
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())


class AreaAlias(Base):
    """Another way people write a district or a unit (HBT, BTL …), besides its name. Exactly one of the two is meant."""

    __tablename__ = "area_aliases"
    __table_args__ = (
        CheckConstraint("(district_id IS NULL) <> (unit_id IS NULL)", name="one_meant"),
        UniqueConstraint("words", "district_id", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(NAME_LENGTH))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"), index=True)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))


class AreaEdition(Base):
    """One row: a token that changes with every change of the areas, so that each process knows when its gazetteer is old."""

    __tablename__ = "area_editions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))
