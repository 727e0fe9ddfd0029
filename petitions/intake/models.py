"""Tables of intake: the petition and what hangs on it, the numbers, and the office's own lists (fields, origins, levels, settings).

Personal data of petitioners lies in `petitioners` alone (protected: never indexed, never logged).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from petitions.agencies.models import Agency
from petitions.core.db import Base
from petitions.intake.workflow import DRAFT, STATES

TIMINGS = ("before", "after", "both")
RESOLUTIONS = ("auto", "clerk", "district_only", "unresolved")
OUTSIDE = ("before_term", "other_place")
BASES = ("meeting_day", "receipt_day", "clerk", "as_written")
PARTS = ("lead", "with")
FACTS = (
    "body_id", "deleted_at", "state", "listed_on", "constituency_id", "unit_id", "field_id", "level", "origin",
    "council_session_id", "report_group", "timing", "submitted_at", "unit_resolution", "entered_by", "dated_on", "id",
)  # fmt: skip


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A CHECK that `column` is empty or one of `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Origin(Base):
    """Who or what brought a petition (nguồn); the office's list."""

    __tablename__ = "origins"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    channel: Mapped[str] = mapped_column(ForeignKey("channels.code"))
    timing: Mapped[str | None] = mapped_column(String(10))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())


class Channel(Base):
    """By what way it came (hình thức tiếp nhận): meeting, letter, phone, Zalo, portal, reception …"""

    __tablename__ = "channels"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True, server_default=true())


class Level(Base):
    """Level of competence (thẩm quyền): central, city, former district, commune, other bodies."""

    __tablename__ = "competence_levels"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)


class Field(Base):
    """A node of the tree of fields (lĩnh vực), valid for a time; every node belongs to one of the five report groups."""

    __tablename__ = "fields"
    __table_args__ = (CheckConstraint("report_group BETWEEN 1 AND 5", name="report_group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    report_group: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)


class FieldAlias(Base):
    """Other words for a field, as localities write them."""

    __tablename__ = "field_aliases"
    __table_args__ = (UniqueConstraint("folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"), index=True)
    alias: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))


class IntakeSetting(Base):
    """A choice of the office about intake, e.g. `four_eyes_intake`."""

    __tablename__ = "intake_settings"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")


class PetitionCounter(Base):
    """The last running number given out for a body, term and constituency number (0 when there is none)."""

    __tablename__ = "petition_counters"

    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), primary_key=True)
    constituency_number: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Petition(Base):
    """A petition. `dated_on` is the day from which it counts: of the meeting (first day of a month or year kept as written), else of receipt.

    `listed_on` orders lists: `dated_on`, or the day of entry where no day is known at all.
    """

    __tablename__ = "petitions"
    __table_args__ = (
        one_of("state", tuple(STATES)),
        one_of("timing", TIMINGS),
        one_of("unit_resolution", RESOLUTIONS),
        one_of("constituency_basis", BASES),
        one_of("outside", OUTSIDE),
        CheckConstraint("report_group BETWEEN 1 AND 5", name="report_group"),
        CheckConstraint("voters_count > 0", name="voters_count"),
        # Lists are read in their own order and stop at the page's end; the body, one of several, is looked at on the way.
        Index("ix_petitions_listed", "deleted_at", "listed_on", "id", "body_id"),
        Index("ix_petitions_state", "deleted_at", "state", "listed_on", "id", "body_id"),
        Index("ix_petitions_constituency", "constituency_id", "listed_on", "id"),
        Index("ix_petitions_unit", "unit_id", "listed_on", "id"),
        Index("ix_petitions_field", "field_id", "listed_on", "id"),
        Index("ix_petitions_counted", "id", "constituency_id", "field_id"),  # what is counted by another table's rows (late duties, on the board)
        Index("ix_petitions_facts", *FACTS),  # counts of any mixture of filters read this alone, never the long texts
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    council_session_id: Mapped[int | None] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    timing: Mapped[str | None] = mapped_column(String(10))
    origin: Mapped[str | None] = mapped_column(ForeignKey("origins.code"), index=True)
    channel: Mapped[str | None] = mapped_column(ForeignKey("channels.code"))
    met_on: Mapped[date | None]
    met_as_written: Mapped[str | None] = mapped_column(String(100))
    received_on: Mapped[date | None] = mapped_column(index=True)
    dated_on: Mapped[date | None]
    listed_on: Mapped[date]

    original_text: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, default="", server_default="")
    notes: Mapped[str] = mapped_column(Text, default="", server_default="")
    as_written: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    place_words: Mapped[str] = mapped_column(String(500), default="", server_default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"), index=True)
    unit_resolution: Mapped[str] = mapped_column(String(20), default="unresolved", server_default="unresolved")
    unit_resolved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    constituency_id: Mapped[int | None] = mapped_column(ForeignKey("constituencies.id"))
    constituency_basis: Mapped[str | None] = mapped_column(String(20))
    outside: Mapped[str | None] = mapped_column(String(20))

    report_group: Mapped[int | None]
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"))
    level: Mapped[str | None] = mapped_column(ForeignKey("competence_levels.code"), index=True)
    voters_count: Mapped[int | None]

    state: Mapped[str] = mapped_column(String(20), default=DRAFT, server_default=DRAFT)
    deferred_until: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    entered_by_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    form_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    import_batch_id: Mapped[int | None] = mapped_column(index=True)
    digest: Mapped[str | None] = mapped_column(String(64), index=True)

    petitioners: Mapped[list["Petitioner"]] = relationship(
        lazy="raise_on_sql", order_by="Petitioner.position", cascade="all, delete-orphan", passive_deletes=True
    )
    references: Mapped[list["ExternalReference"]] = relationship(
        lazy="raise_on_sql", order_by="ExternalReference.id", cascade="all, delete-orphan", passive_deletes=True
    )
    agencies: Mapped[list["PetitionAgency"]] = relationship(
        lazy="raise_on_sql", order_by="PetitionAgency.position", cascade="all, delete-orphan", passive_deletes=True
    )
    answers: Mapped[list["ImportedAnswer"]] = relationship(
        lazy="raise_on_sql", order_by="ImportedAnswer.position", cascade="all, delete-orphan", passive_deletes=True
    )
    diversion: Mapped["Diversion | None"] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True)


class Petitioner(Base):
    """Protected: who asked. Shown only to holders of `petitioner.read`, each look a journal line."""

    __tablename__ = "petitioners"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500), default="", server_default="")
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")


class ExternalReference(Base):
    """The number another system or paper gives this petition; unique within its system."""

    __tablename__ = "external_references"
    __table_args__ = (UniqueConstraint("system", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), index=True)
    system: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(200))
    url: Mapped[str | None] = mapped_column(String(500))


class PetitionAgency(Base):
    """An agency named as the one to settle it: as written, and the agency it was found to be, if one."""

    __tablename__ = "petition_agencies"
    __table_args__ = (
        one_of("part", PARTS),
        CheckConstraint("agency_id IS NOT NULL OR as_written <> ''", name="named"),
        UniqueConstraint("petition_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    as_written: Mapped[str] = mapped_column(String(300), default="", server_default="")
    part: Mapped[str] = mapped_column(String(10))
    position: Mapped[int] = mapped_column(default=0)
    agency: Mapped[Agency | None] = relationship(lazy="raise_on_sql")


class ImportedAnswer(Base):
    """An answer that came with an imported row; read-only: answers to letters of this office are duties'."""

    __tablename__ = "imported_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str] = mapped_column(String(200), default="", server_default="")
    answered_on: Mapped[date | None]
    answered_as_written: Mapped[str] = mapped_column(String(100), default="", server_default="")
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    class_as_written: Mapped[str] = mapped_column(String(300), default="", server_default="")
    answer_class: Mapped[str | None] = mapped_column(String(20))


class Diversion(Base):
    """Why a paper left the register of petitions (a complaint, a denunciation) and where it went; the stub that stays."""

    __tablename__ = "diversions"
    __table_args__ = (one_of("kind", ("complaint", "denunciation", "other")),)

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    sent_to: Mapped[str] = mapped_column(String(300))
    document: Mapped[str] = mapped_column(String(200), default="", server_default="")
    diverted_on: Mapped[date]
    diverted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
