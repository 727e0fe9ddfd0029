"""`/oversight/calendar`: what falls due in a month, day by day, of all agencies or of one; to be printed."""

from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint

from petitions.agencies import queries as agencies
from petitions.core import clock
from petitions.core.permissions import Permission
from petitions.oversight.queries import reading
from petitions.oversight.queries.dues import MOST, to_come
from petitions.oversight.queries.grid import grid
from petitions.oversight.schemas import CalendarQuery
from petitions.web.access import identity, needs
from petitions.web.forms import blank_form, read_query
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("duedays", __name__)
LONGER_THAN_A_MONTH = timedelta(days=32)


@blueprint.get("/oversight/calendar")
@needs(Permission.OVERSIGHT_READ)
def show() -> str:
    """One month."""
    session, today, seen = db(), clock.today(), reading.visible(identity())
    asked = read_query(CalendarQuery)
    first = date(asked["year"] or today.year, asked["month"] or today.month, 1)
    following = (first + LONGER_THAN_A_MONTH).replace(day=1)
    coming = to_come(session, seen, asked["agency"], today, following - timedelta(days=1), since=first)
    names = agencies.directory(session).agencies
    led = sorted((names[row.agency_id].name, row.agency_id) for row in grid(session, seen, today))
    return page(
        "oversight/calendar.html",
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        following=following,
        agency=asked["agency"],
        form=blank_form(year=first.year, month=first.month, agency=asked["agency"]),
        agencies=[(number, name) for name, number in led],
        days=[(day, list(found)) for day, found in groupby(coming, key=lambda one: one.on)],
        n=len(coming),
        cut=len(coming) >= MOST,
        today=today,
    )
