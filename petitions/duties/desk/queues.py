"""What waits for the supervising side, one list for each kind of decision; each number is a link to exactly its rows."""

from collections.abc import Mapping

from flask import Blueprint

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties import listing
from petitions.duties.classes import CLASSES
from petitions.duties.panel import Desk
from petitions.duties.queries import queues as queries
from petitions.duties.queries import reading
from petitions.duties.queries.queues import EXTENSIONS, JUDGE, QUEUES, RETURNS
from petitions.duties.schemas import ListQuery
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import read_query
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("queues", __name__)
READERS = (
    Permission.DUTY_JUDGE,
    Permission.DUTY_DECIDE,
    Permission.DUTY_RECORD,
    Permission.DUTY_CLOSE,
    Permission.DUTY_TELL,
    Permission.PUBLISH_APPROVE,
    Permission.JOURNAL_READ,
)
WORKERS = (Permission.DUTY_JUDGE, Permission.DUTY_DECIDE, Permission.DUTY_RECORD, Permission.DUTY_CLOSE)
menu.register(menu.Entry("duties.queues.first", say("Việc cần xử lý"), "list-check", WORKERS, order=26))


@blueprint.get("/duties/queue")
@needs(*READERS)
def first() -> str:
    """The first queue that has something."""
    counts = queries.queue_counts(db(), identity(), clock.now())
    return _page(next((name for name in QUEUES if counts[name]), JUDGE), counts)


@blueprint.get("/duties/queue/<name>")
@needs(*READERS)
def show(name: str) -> str:
    """One queue."""
    if name not in QUEUES:
        raise NotFound
    return _page(name, queries.queue_counts(db(), identity(), clock.now()))


def _page(name: str, known: Mapping[str, int]) -> str:
    session, who, now = db(), identity(), clock.now()
    desk = Desk.read(session, clock.today())
    where = [reading.visible(who, now), *queries.queue(name)]
    rows = queries.page_of(session, where, number=read_query(ListQuery)["page"], total=known[name])
    return page(
        "duties/queue.html",
        name=name,
        title=QUEUES[name],
        tabs=[(key, words, known[key], key == name) for key, words in QUEUES.items()],
        rows=rows,
        lines=listing.lines(session, rows.rows, desk),
        asked=queries.asked(session, rows.rows, name) if name in (RETURNS, EXTENSIONS) else {},
        answers=queries.last_answers(session, rows.rows) if name == JUDGE else {},
        classes=CLASSES,
        now=now,
        records=name == JUDGE and who.may(Permission.DUTY_RECORD),
    )
