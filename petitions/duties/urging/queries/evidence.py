"""What the duties themselves tell against an agency: how often it was asked again, how many of its due days passed without an answer."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from petitions.duties.clocks import REASK, REPLY, RESOLUTION
from petitions.duties.models.answers import ReAsk
from petitions.duties.models.duty import Duty, DutyDate
from petitions.duties.urging.models import Urging, UrgingItem
from petitions.duties.urging.workflow import ISSUED
from petitions.letters.models import Letter
from petitions.letters.workflow import ISSUED as LETTER_ISSUED


def letters(duty_ids: Sequence[int]) -> Select[int, int, str | None, date | None]:
    """(duty, urging, number of the letter, its day) of the letters that urged and stand."""
    query = select(UrgingItem.duty_id, Urging.id, Letter.number + "/" + Letter.symbol, Letter.dated_on).join(Urging, Urging.id == UrgingItem.urging_id)
    query = query.join(Letter, Letter.id == Urging.letter_id).where(UrgingItem.duty_id.in_(duty_ids), UrgingItem.left_out.is_(None))
    return query.where(Urging.state == ISSUED, Letter.state == LETTER_ISSUED)


def asked_again(duty_ids: Sequence[int]) -> Select[int, int]:
    """(duty, how often it was asked again)."""
    return select(ReAsk.duty_id, func.count()).where(ReAsk.duty_id.in_(duty_ids)).group_by(ReAsk.duty_id)


def days_missed(duty_ids: Sequence[int], today: date) -> Select[int, int]:
    """(duty, how many days were missed): a day is when it passed while it counted, without an answer, and nothing was asked again before it."""
    d, later = DutyDate, aliased(DutyDate)
    passed = (d.due_on < func.coalesce(d.until, today), or_(Duty.answered_on.is_(None), Duty.answered_on > d.due_on), d.clock.in_((REPLY, REASK, RESOLUTION)))
    before = exists().where(later.duty_id == d.duty_id, later.clock == REASK, later.since <= d.due_on, d.clock != REASK)
    counted = select(d.duty_id, func.count(d.due_on.distinct())).join(Duty, Duty.id == d.duty_id).where(d.duty_id.in_(duty_ids), *passed, ~before)
    return counted.group_by(d.duty_id)
