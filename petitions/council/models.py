"""Tables of the council. A validity's last day (`valid_to`, `ends_on`, `to_on`) belongs to it; None means "still"."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

CITY_COUNCIL, NA_DELEGATION, COMMUNE_COUNCIL = "city_council", "na_delegation", "commune_council"
BODY_KINDS = (CITY_COUNCIL, NA_DELEGATION, COMMUNE_COUNCIL)
SESSION_KINDS = ("first", "ordinary", "ordinary_mid", "ordinary_end", "thematic", "urgent", "unknown")
DRAFT, PUBLISHED, CONFIRMED = "draft", "published", "confirmed"
CERTAINTIES = (DRAFT, PUBLISHED, CONFIRMED)
WHOLE, PART = "whole", "part"
BEGINNINGS = ("elected", "by_election", "transferred_in")
ENDINGS = ("term_end", "resigned", "transferred_out", "dismissed", "died", "other")
GROUP_ROLES = ("member", "deputy_head", "head")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=f"{column}_known")


class Provenance:
    """Where a row comes from. `seed`: its key in the shipped data, None for the office's own; `edited`: the office has changed it,
    and reference data leave it alone from then on."""

    seed: Mapped[str | None] = mapped_column(String(160), unique=True)
    source: Mapped[str] = mapped_column(default="", server_default="")
    edited: Mapped[bool] = mapped_column(default=False, server_default=false())


class Body(Provenance, Base):
    """An elected body: the City Council (HD), the National Assembly delegation (QH), or a commune's council."""

    __tablename__ = "bodies"
    __table_args__ = (_one_of("kind", BODY_KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"), index=True)


class Term(Provenance, Base):
    """A term (khóa) of one body; numbers are not comparable across bodies. `starts_on` None: the first session is not known yet."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("body_id", "number"), CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(20))
    years: Mapped[str] = mapped_column(String(20), default="", server_default="")
    elected_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    constituencies_fixed: Mapped[int | None]
    seats_fixed: Mapped[int | None]
    confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(default="", server_default="")


class CouncilSession(Provenance, Base):
    """A session (kỳ họp). Days known only in part: `dates_as_known` says what is known, `earliest_on` … `latest_on` cover it."""

    __tablename__ = "council_sessions"
    __table_args__ = (UniqueConstraint("term_id", "number"), _one_of("kind", SESSION_KINDS))

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), default="unknown")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    earliest_on: Mapped[date | None]
    latest_on: Mapped[date | None]
    dates_as_known: Mapped[str] = mapped_column(default="", server_default="")
    confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(default="", server_default="")


class Constituency(Provenance, Base):
    """A constituency (đơn vị bầu cử) of one term. `confirmed` speaks of its number; seats None: to be confirmed.

    `former`: its name is that of former districts, shown as "(Gia Lâm cũ)".
    """

    __tablename__ = "constituencies"
    __table_args__ = (UniqueConstraint("term_id", "number"), CheckConstraint("seats IS NULL OR seats > 0", name="seats_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    former: Mapped[bool] = mapped_column(default=False, server_default=false())
    seats: Mapped[int | None]
    confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(default="", server_default="")


class ConstituencyUnit(Provenance, Base):
    """One line of a constituency's ground: a district (until 2025-06-30) or a unit, from a day to a day.

    Never overwritten: a change from a day ends one row and starts another; a row that was wrong is superseded, with the reason.
    `share` 'part': the unit is divided among constituencies. `certainty`: draft by rule, published in a source, confirmed by the office.
    """

    __tablename__ = "constituency_units"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (district_id IS NULL)", name="one_place"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="order"),
        CheckConstraint("(superseded_at IS NULL) = (superseded_reason IS NULL)", name="superseded_with_reason"),
        CheckConstraint("share IN ('whole', 'part')", name="share_known"),
        _one_of("certainty", CERTAINTIES),
        Index(
            "uq_constituency_units_unit_live",
            "constituency_id",
            "unit_id",
            "valid_from",
            unique=True,
            sqlite_where=text("superseded_at IS NULL AND unit_id IS NOT NULL"),
            postgresql_where=text("superseded_at IS NULL AND unit_id IS NOT NULL"),
        ),
        Index(
            "uq_constituency_units_district_live",
            "constituency_id",
            "district_id",
            "valid_from",
            unique=True,
            sqlite_where=text("superseded_at IS NULL AND district_id IS NOT NULL"),
            postgresql_where=text("superseded_at IS NULL AND district_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    constituency_id: Mapped[int] = mapped_column(ForeignKey("constituencies.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    share: Mapped[str] = mapped_column(String(10), default=WHOLE, server_default=WHOLE)
    certainty: Mapped[str] = mapped_column(String(10), default=DRAFT)
    basis: Mapped[str] = mapped_column(default="", server_default="")
    superseded_at: Mapped[datetime | None]
    superseded_reason: Mapped[str | None]


class DeputyGroup(Provenance, Base):
    """A deputy group (tổ đại biểu); at the City Council its number is that of its constituency."""

    __tablename__ = "deputy_groups"
    __table_args__ = (UniqueConstraint("term_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    constituency_id: Mapped[int | None] = mapped_column(ForeignKey("constituencies.id"), index=True)


class Delegate(Provenance, Base):
    """A delegate: a public office holder, by name as published."""

    __tablename__ = "delegates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    position: Mapped[str] = mapped_column(String(300), default="", server_default="")


class Mandate(Provenance, Base):
    """A delegate's time in a body: from … to, how it began and why it ended (by-election, transfer, resignation)."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="order"),
        CheckConstraint("(to_on IS NULL) = (ended_by IS NULL)", name="end_with_cause"),
        _one_of("group_role", GROUP_ROLES),
        _one_of("began_by", BEGINNINGS),
        _one_of("ended_by", ENDINGS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegates.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    constituency_id: Mapped[int | None] = mapped_column(ForeignKey("constituencies.id"), index=True)
    deputy_group_id: Mapped[int | None] = mapped_column(ForeignKey("deputy_groups.id"), index=True)
    group_role: Mapped[str] = mapped_column(String(20), default="member", server_default="member")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    began_by: Mapped[str] = mapped_column(String(20), default="elected")
    ended_by: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Committee(Provenance, Base):
    """A committee (Ban) of a body."""

    __tablename__ = "committees"
    __table_args__ = (UniqueConstraint("body_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class RollVersion(Base):
    """One row: a token drawn anew with every change of terms, constituencies or their ground; caches ask whether theirs still holds."""

    __tablename__ = "roll_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(32))
