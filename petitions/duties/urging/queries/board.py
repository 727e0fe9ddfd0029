"""What the supervisor's board says of urging: late and urged without an answer, late and never urged, by agency."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from petitions.duties.lateness import Bounds
from petitions.duties.models.duty import Duty
from petitions.duties.queries import queues
from petitions.duties.urging.ladder import LETTER
from petitions.duties.urging.models import Urging, UrgingItem
from petitions.duties.urging.workflow import ISSUED

MISSED, URGED = "missed", "urged"


def urged() -> ColumnElement[bool]:
    """A letter about the day that runs now was issued (see ladder.counts); a reminder is none."""
    query = select(UrgingItem.id).join(Urging, Urging.id == UrgingItem.urging_id).where(UrgingItem.duty_id == Duty.id, *_letters())
    return query.correlate(Duty).exists()


def _letters() -> list[ColumnElement[bool]]:
    belongs = or_(UrgingItem.due_on == Duty.next_due, Urging.sent_on > Duty.next_due)
    return [UrgingItem.left_out.is_(None), Urging.state == ISSUED, Urging.form == LETTER, belongs]


def by_agency(session: Session, seen: ColumnElement[bool], at: Bounds) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """(open duties with a missed promise, late ones that were urged) by agency; one statement, from the side of what was promised and urged."""
    late = select(literal(URGED).label("what"), Duty.agency_id.label("agency"), func.count(Duty.id.distinct()).label("n"))
    late = late.select_from(UrgingItem).join(Urging, Urging.id == UrgingItem.urging_id).join(Duty, Duty.id == UrgingItem.duty_id)
    late = late.where(*_letters(), *queues.late(at), seen).group_by(Duty.agency_id)
    missed = queues.missed_query(seen, at.today).subquery()
    found: dict[str, dict[int, int]] = {MISSED: {}, URGED: {}}
    for what, agency, n in session.execute(union_all(late, select(literal(MISSED), missed.c[0], missed.c[1]))):
        found[what][agency] = n
    return found[MISSED], found[URGED]
