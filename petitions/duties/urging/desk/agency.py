"""What an agency's page says of its duties: how many are late and since when, how many were urged, which letters wait for its word."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_

from petitions.agencies import panels
from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say, say_n
from petitions.duties.desk.board import READERS
from petitions.duties.panel import Desk
from petitions.duties.queries import queues, reading
from petitions.duties.queries.tally import tally
from petitions.duties.urging.queries import board
from petitions.duties.workflow import RUNNING
from petitions.web.transaction import db


def register() -> None:
    """Offer it to the agencies' pages."""
    panels.register(panels.AgencyPanel("duties", "duties/urging/agency.html", load))


def load(who: Identity, agency_id: int) -> Mapping[str, Any] | None:
    """The numbers as of now, and the clock of what is latest; None for those who see no duty."""
    if not who.may(Permission.DUTY_READ):
        return None
    session, today = db(), clock.today()
    desk = Desk.read(session, today, named=False)
    seen = and_(reading.visible(who, clock.now()), queues.held_by(agency_id))
    open_ = tally(session, seen)
    late = open_.late(desk.at)
    first = min((one.due for one in open_.groups if one.due is not None and one.due < today and one.going and one.state in RUNNING), default=None)
    urged = board.by_agency(session, seen, desk.at)[1].get(agency_id, 0)
    days = -desk.calendar.between(today, first) if first else 0
    chip = say_n("trễ nhiều nhất {n} ngày làm việc", "trễ nhiều nhất {n} ngày làm việc", days) if days else say("không có việc quá hạn")
    return {
        "open_count": sum(one.n for one in open_.groups),
        "late": late,
        "urged": urged,
        "never": late - urged,
        "chip": chip,
        "tone": "late" if late else "quiet",
        "on_board": any(who.may(one) for one in READERS),
        "agency_id": agency_id,
    }
