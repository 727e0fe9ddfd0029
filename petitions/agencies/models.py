"""Tables of the agencies. An agency that ended stays; successions say who stands in for it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

LEVELS = ("central", "city", "district", "commune")
KINDS = ("department", "office", "inspectorate", "board", "centre", "police", "military", "sector", "committee", "ministry", "court", "company", "other")
WHOLE, PART = "whole", "part"
CODE_LENGTH, NAME_LENGTH, SHORT_LENGTH, SOURCE_LENGTH = 80, 200, 60, 400


class Agency(Base):
    """An organisation. `valid_from` None: from before the term; `valid_to` is its last day. `unit_id`/`district_id`: the area a People's Committee governs."""

    __tablename__ = "agencies"
    __table_args__ = (
        CheckConstraint("level IN ('central', 'city', 'district', 'commune')", name="level"),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), index=True)
    short_name: Mapped[str | None] = mapped_column(String(SHORT_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(10))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"), index=True)
    basis: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())
    version: Mapped[int] = mapped_column(server_default="1")


class AgencyAlias(Base):
    """Another name or abbreviation under which an agency is written; several agencies may share one."""

    __tablename__ = "agency_aliases"
    __table_args__ = (UniqueConstraint("agency_id", "words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    words: Mapped[str] = mapped_column(String(NAME_LENGTH))
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))


class AgencySuccession(Base):
    """From `on`, `new` stands in for `old`: for all of its work ('whole') or for a part of it ('part')."""

    __tablename__ = "agency_successions"
    __table_args__ = (
        UniqueConstraint("old_id", "new_id", "on"),
        CheckConstraint("share IN ('whole', 'part')", name="share"),
        CheckConstraint("old_id <> new_id", name="two_agencies"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    on: Mapped[date]
    share: Mapped[str] = mapped_column(String(5))
    basis: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    confirmed: Mapped[bool] = mapped_column(server_default=sa.true())


class AgencyEdition(Base):
    """One row: a token that changes with every change of the agencies (see areas: AreaEdition)."""

    __tablename__ = "agency_editions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))
