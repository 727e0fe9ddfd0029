"""The table of pairs that a person looked at."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

NOT_DUPLICATE = "not_duplicate"
KINDS = (NOT_DUPLICATE,)


class PetitionRelation(Base):
    """What a person said of two petitions; the one with the lower id stands first, so that a pair is one row."""

    __tablename__ = "petition_relations"
    __table_args__ = (CheckConstraint("kind IN ('not_duplicate')", name="kind"), CheckConstraint("low_id < high_id", name="order"))

    low_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    high_id: Mapped[int] = mapped_column(ForeignKey("petitions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    said_at: Mapped[datetime]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
