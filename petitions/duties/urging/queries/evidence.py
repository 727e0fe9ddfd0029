"""What the duties themselves tell against an agency: how often it was asked again, how many of its due days passed without an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from petitions.duties.clocks import REASK, REPLY, RESOLUTION
from petitions.duties.models.answers import ReAsk
from petitions.duties.models.duty import Duty, DutyDate


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one duty."""

    asked_again: int = 0
    days_missed: int = 0


def of(session: Session, duty_ids: Sequence[int], today: date) -> Mapping[int, Counted]:
    """By duty; two statements. A day is missed when it passed while it counted, without an answer, and nothing was asked again before it."""
    again = select(ReAsk.duty_id, func.count()).where(ReAsk.duty_id.in_(duty_ids)).group_by(ReAsk.duty_id)
    asked = {number: n for number, n in session.execute(again)}  # noqa: C416 (rows are Row objects)
    d, later = DutyDate, aliased(DutyDate)
    passed = (d.due_on < func.coalesce(d.until, today), or_(Duty.answered_on.is_(None), Duty.answered_on > d.due_on), d.clock.in_((REPLY, REASK, RESOLUTION)))
    before = exists().where(later.duty_id == d.duty_id, later.clock == REASK, later.since <= d.due_on, d.clock != REASK)
    counted = select(d.duty_id, func.count(d.due_on.distinct())).join(Duty, Duty.id == d.duty_id).where(d.duty_id.in_(duty_ids), *passed, ~before)
    missed = {number: n for number, n in session.execute(counted.group_by(d.duty_id))}  # noqa: C416
    return {number: Counted(asked.get(number, 0), missed.get(number, 0)) for number in duty_ids}
