"""Makers of urging: the world of duties with its ladder, a book and signatories; the daily run, and letters issued at any hour."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.clock import HANOI
from petitions.core.identity import SYSTEM, Identity
from petitions.duties.models.duty import Duty
from petitions.duties.urging import reference, telling
from petitions.duties.urging.actions import issuing, proposing
from petitions.duties.urging.actions.filling import Made
from petitions.duties.urging.actions.issuing import Signing
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries.ladder import Ground
from tests.make import duties, letters

NOON = time(10)


def world(session: Session) -> duties.World:
    """Two departments, people of every role, the shipped ladder, a book that draws numbers, two who sign."""
    place = duties.world(session)
    reference.load(session, by=SYSTEM, now=duties.NOW)
    letters.body(session, of=place.body)
    telling.introduce()
    letters.signatory(session, place.body, name="Trần Văn Phòng")
    letters.signatory(session, place.body, name="Nguyễn Thường Trực", rank="standing", signing="TM. THƯỜNG TRỰC HĐND\nPHÓ CHỦ TỊCH")
    return place


def moment(day: date, at: time = NOON) -> datetime:
    """This hour of this day in Hanoi."""
    return datetime.combine(day, at, HANOI).astimezone(UTC)


def run(session: Session, place: duties.World, day: date) -> Made:
    """The daily run for the first agency."""
    return proposing.propose(session, Ground.read(session, day), place.body.id, place.first.id, now=moment(day, time(6)))


def drafts(session: Session) -> list[Urging]:
    """The open drafts."""
    return list(session.scalars(select(Urging).where(Urging.state == "draft").order_by(Urging.id)))


def issue(
    session: Session, place: duties.World, urging: Urging, day: date, folder: Path, *, by: Identity | None = None, at: time = NOON, **more: Any
) -> Urging:
    """Issue a draft at an hour of a day; the registry's number is drawn."""
    store, who = letters.store(folder), by or place.standing
    made, _ = issuing.issue(session, urging.id, Signing(day, **more), store=store, by=who, now=moment(day, at), today=day)
    return made


def late(session: Session, place: duties.World, n: int = 1, *, due: date = date(2026, 2, 10)) -> list[Duty]:
    """`n` duties of one letter to the first agency, all due on one day."""
    made = duties.duties_of(session, duties.letter(session, place, n=n))
    for one in made:
        duties.bring(session, place, one, "acknowledged")
        one.reply_due = one.next_due = due
    session.flush()
    return made
