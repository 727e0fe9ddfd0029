"""Tables of urging: the ladder, drafts and letters with their items, what committees decided, which fields a committee follows."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base
from petitions.duties.models.rules import one_of
from petitions.duties.urging.ladder import AUTHORITIES, FORMS, RANKS
from petitions.duties.urging.workflow import BY_HAND, BY_JOB, STATES

TAKEN, REFUSED = "taken", "refused"


class UrgingRung(Base):
    """One step of the ladder of a kind of subject, as it stands from a day to a day (its last day included). See ladder.Rung.

    `seed`: its key in the shipped data; `edited`: the office changed it, and reference data leave it alone. A used one is ended, never deleted.
    """

    __tablename__ = "urging_rungs"
    __table_args__ = (
        one_of("form", tuple(FORMS)),
        one_of("rank", tuple(RANKS)),
        one_of("authority", tuple(AUTHORITIES)),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
        CheckConstraint("interval_days >= 0 AND after_letters >= 0 AND level > 0", name="counts"),
        Index("ix_urging_rungs_kind", "subject_kind", "level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    level: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(10))
    offset_days: Mapped[int]  # working days after the day that runs; before it when negative
    rank: Mapped[str] = mapped_column(String(20))
    authority: Mapped[str] = mapped_column(String(20))
    interval_days: Mapped[int] = mapped_column(default=0, server_default="0")
    after_letters: Mapped[int] = mapped_column(default=0, server_default="0")
    letter_kind: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    applies_from: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(String(400))
    confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    seed: Mapped[str | None] = mapped_column(String(80), unique=True)
    edited: Mapped[bool] = mapped_column(default=False, server_default=false())


class Urging(Base):
    """What is said to one agency at one rung about many items: a draft, then a letter (`letter_id`) or, for a reminder, a notice in the program.

    `to_agency_id`: whom it is addressed to (the agency itself, or who stands over it) and who acknowledges it; `sent_on`: the day on which it leaves.
    """

    __tablename__ = "urgings"
    __table_args__ = (
        one_of("state", tuple(STATES)),
        one_of("source", (BY_JOB, BY_HAND)),
        CheckConstraint("(state = 'issued' OR state = 'recalled') = (sent_on IS NOT NULL)", name="sent"),
        CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_on IS NULL)", name="acknowledged"),
        Index("ix_urgings_state", "body_id", "state", "id"),
        Index("ix_urgings_agency", "agency_id", "state", "id"),
        Index("ix_urgings_addressee", "to_agency_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    to_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    rung_id: Mapped[int] = mapped_column(ForeignKey("urging_rungs.id"), index=True)
    level: Mapped[int]
    form: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(10))
    made_on: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    addressee: Mapped[str] = mapped_column(Text, default="", server_default="")
    remark: Mapped[str] = mapped_column(Text, default="", server_default="")
    new_due_on: Mapped[date | None]  # the day before which the letter asks for a report; no clock of a duty moves by it
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime | None]
    sent_on: Mapped[date | None]
    leaves_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # the addressee was told of it, once it had left
    acknowledged_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    acknowledge_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    end_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class UrgingItem(Base):
    """One duty in an urging. `round`: the how-manieth letter of urging it is for this duty; `due_on`: the day that ran when it was put in.

    `open_duty_id` is the duty while the draft is open, and empty afterwards: the database itself refuses a second draft for one item. `left_out`: why
    it was taken out of the draft (answered meanwhile, moved to a higher draft, by a person's decision).
    """

    __tablename__ = "urging_items"
    __table_args__ = (UniqueConstraint("urging_id", "duty_id"), Index("ix_urging_items_duty", "duty_id", "urging_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    urging_id: Mapped[int] = mapped_column(ForeignKey("urgings.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    open_duty_id: Mapped[int | None] = mapped_column(unique=True)
    due_on: Mapped[date]
    round: Mapped[int] = mapped_column(default=1)
    left_out: Mapped[str | None] = mapped_column(String(20))


class UrgingDecision(Base):
    """What was decided on a candidate of a list rung: a committee takes it (what follows is a supervision activity), or it is refused, with a reason.
    `opinion`: the legal opinion by which one that the law does not clearly reach was taken."""

    __tablename__ = "urging_decisions"
    __table_args__ = (
        one_of("decision", (TAKEN, REFUSED)),
        UniqueConstraint("duty_id", "rung_code", "due_on"),
        CheckConstraint("decision <> 'taken' OR committee_id IS NOT NULL", name="committee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    rung_id: Mapped[int] = mapped_column(ForeignKey("urging_rungs.id"), index=True)
    rung_code: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    decision: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    opinion: Mapped[str] = mapped_column(Text, default="", server_default="")
    decided_on: Mapped[date]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]


class UrgingField(Base):
    """A field whose items a committee follows: its candidates stand on this committee's list. `value` is what the board counts by (breakdowns.py)."""

    __tablename__ = "urging_fields"
    __table_args__ = (UniqueConstraint("value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    value: Mapped[int]
