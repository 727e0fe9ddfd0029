"""The addressee acknowledges: the agency itself, or the People's Committee office for letters to those above; the office may note it down."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, NotAllowed, WrongState
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties.actions.acts import KIND as DUTY
from petitions.duties.actions.acts import not_future, on_or_after
from petitions.duties.urging import telling
from petitions.duties.urging.actions.filling import KIND
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import drafting, reading
from petitions.duties.urging.workflow import ISSUED
from petitions.journal.actions import record


def acknowledge(session: Session, urging_id: int, *, received_on: date, note: str = "", by: Identity, now: datetime, today: date) -> Urging:
    """Note that the addressee has the letter. Raises NotAllowed, WrongState (not issued, not left yet), Conflict (already), Invalid (a wrong day)."""
    urging = drafting.hold(session, urging_id)
    if urging.state != ISSUED or urging.leaves_at is None or urging.leaves_at > now:
        raise WrongState(say("Công văn đôn đốc này chưa được gửi đi, hoặc đã thu hồi."))
    own = reading.is_addressed(session, urging.id, by, now)
    office = by.may(Permission.DUTY_RECORD) and urging.body_id in by.scope("body")
    if by is not SYSTEM and not own and not office:
        raise NotAllowed(say("Công văn này không gửi đến cơ quan của bạn."))
    if urging.acknowledged_at is not None:
        raise Conflict(say("Đã xác nhận nhận công văn này."))
    not_future("received_on", received_on, today)
    on_or_after("received_on", received_on, urging.sent_on, say("ngày công văn được gửi đi"))
    urging.acknowledged_on, urging.acknowledged_at, urging.acknowledged_by, urging.acknowledge_note = received_on, now, by.user_id, note
    urging.version += 1
    session.flush()
    record(session, "urging.acknowledge", (KIND, urging.id), by=by, now=now, changes={"received_on": (None, received_on)}, reason=note or None)
    for row in drafting.items_of(session, [urging.id]):
        record(session, "duty.urge_acknowledge", (DUTY, row.duty_id), by=by, now=now, changes={"received_on": (None, received_on)})
    telling.received(session, urging, now=now)
    return urging
