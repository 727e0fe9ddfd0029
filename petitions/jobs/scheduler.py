"""The worker's loop that runs jobs when they are due. Any number of workers may have one: the row of a run has one holder."""

import logging
import threading

from petitions.core.office import Office
from petitions.jobs import pulse, running

REST = 15.0  # seconds between two looks
BACK_OFF = 30.0

log = logging.getLogger(__name__)


def run_forever(office: Office, stop: threading.Event) -> None:
    """Run what is due, until `stop`; no error ends it."""
    while not stop.is_set():
        try:
            for outcome in running.run_due(office):
                log.info("job %s for %s: %s", outcome.job.name, outcome.day, outcome.problem or outcome.said)
            pulse.report(stop, None)
            stop.wait(REST)
        except Exception as error:
            pulse.report(stop, type(error).__name__)
            log.exception("jobs could not be looked after; trying again in %s s", BACK_OFF)
            stop.wait(BACK_OFF)
