"""Letters are announced when they leave, not at the next job: a loop of the worker looks for those that have left and that nobody was told of.

The promise is the letter's own row (when it leaves; whether it was told of), written when it was issued. So nothing is lost when a worker dies, any
number of workers may look, and the jobs of morning and afternoon find only what no worker has told.
"""

import logging
import threading
from datetime import datetime

from petitions.core import clock, db
from petitions.core.office import Office
from petitions.duties import hearing
from petitions.duties.urging import telling
from petitions.jobs import pulse

REST = 20.0  # seconds between two looks
BACK_OFF = 10.0

log = logging.getLogger(__name__)


def run_forever(office: Office, stop: threading.Event) -> None:
    """The worker's loop; no error ends it."""
    while not stop.is_set():
        try:
            look(office, clock.now())
            pulse.report(stop, None)
            stop.wait(REST)
        except Exception as error:
            pulse.report(stop, type(error).__name__)
            log.exception("letters could not be announced; trying again in %s s", BACK_OFF)
            stop.wait(BACK_OFF)


def look(office: Office, now: datetime) -> None:
    """Announce what has left; a look that finds nothing writes nothing."""
    with db.reading(office.engine) as session:
        transfers, urgings = bool(hearing.left(session, now, hold=False)), bool(telling.left(session, now, hold=False))
    today = clock.day_of(now)
    if transfers:
        hearing.announce(office, today, now)
    if urgings:
        telling.announce(office, today, now)
