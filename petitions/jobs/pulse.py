"""Signs of life: each loop of a background process is handed a `stop` that notes when it was asked, and a thread writes that down.

A loop that hangs asks no more, so it is seen as busy and then as late; a loop that ended by an error beats no more.
"""

import logging
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from petitions.core import clock, db
from petitions.core.office import Office
from petitions.jobs import actions
from petitions.jobs.actions import Look

EVERY = 10.0  # seconds

log = logging.getLogger(__name__)


class Watched(threading.Event):
    """The common `stop`, as one loop sees it: asking it is a sign of life."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self._stop, self._asked, self.problem = stop, time.monotonic(), None

    problem: str | None

    def is_set(self) -> bool:
        """Whether the loop has to end."""
        self._asked = time.monotonic()
        return self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Rest, at most `timeout` seconds; whether the loop has to end."""
        self._asked = time.monotonic()
        return self._stop.wait(timeout)

    def look(self, now: datetime) -> Look:
        """When the loop last asked, and what keeps it from its work."""
        return Look(now - timedelta(seconds=time.monotonic() - self._asked), self.problem)


def report(stop: threading.Event, problem: str | None) -> None:
    """A loop says what keeps it from its work (None: nothing any more)."""
    if isinstance(stop, Watched):
        stop.problem = problem


def beat_forever(office: Office, loops: Mapping[str, tuple[Watched, threading.Thread]], stop: threading.Event) -> None:
    """Write down how the loops are, until `stop`; then that they ended."""
    started = clock.now()
    first = True
    while True:
        ended = stop.wait(0.0 if first else EVERY)
        now = clock.now()
        looks = {name: watched.look(now) for name, (watched, thread) in loops.items() if ended or thread.is_alive()}
        try:
            with db.transaction(office.engine) as session:
                if first:
                    actions.forget_the_gone(session, now=now)
                actions.beat(session, looks, started_at=started, now=now, ended=ended)
        except SQLAlchemyError:
            log.warning("no sign of life could be written", exc_info=True)
        first = False
        if ended:
            return
