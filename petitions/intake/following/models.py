"""Tables that join petitions to duties: the link itself, and petitions made of an objection to an answer."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base


class PetitionDuty(Base):
    """The link from a petition to what an agency owes on it; duties themselves never learn who their subjects are."""

    __tablename__ = "petition_duties"

    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), primary_key=True, autoincrement=False)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)


class PetitionObjection(Base):
    """A petition made of voters' objection to the answer that another one was given; the old one stays as it is."""

    __tablename__ = "petition_objections"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True, autoincrement=False)
    against_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    answer_item_id: Mapped[int | None] = mapped_column(ForeignKey("answer_items.id"), index=True)
