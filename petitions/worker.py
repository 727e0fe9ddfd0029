"""The background process: the loops that keep promises made in transactions. Runs by itself, or inside the serving process.

Each loop is at least once and idempotent, so any number of workers may run beside each other: the index has one writer at a time, an
import one holder.
"""

import functools
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from petitions.core.office import Office
from petitions.documents import worker as documents
from petitions.duties import announcing
from petitions.intake.importing import worker as importing
from petitions.jobs import pulse, scheduler
from petitions.jobs.pulse import Watched
from petitions.notifications import worker as notifications
from petitions.search import writer

Loop = Callable[[Office, threading.Event], None]

REST = 0.5  # seconds between two looks for an import
BACK_OFF = 5.0  # seconds of rest after an error
LEAVE = 10.0  # seconds a loop has to finish its piece of work when asked to stop

log = logging.getLogger(__name__)


def imports(office: Office, stop: threading.Event) -> None:
    """Check uploaded files and take confirmed ones in, one piece of work after the other; no error ends it."""
    while not stop.is_set():
        try:
            if not importing.work(office):
                stop.wait(REST)
        except Exception:
            log.exception("an import could not go on; trying again in %s s", BACK_OFF)
            stop.wait(BACK_OFF)


LOOPS: dict[str, Loop] = {
    "index": writer.run_forever,
    "imports": imports,
    "documents": documents.run_forever,
    "mail": notifications.run_forever,
    "jobs": scheduler.run_forever,
    "announcements": announcing.run_forever,
}


def run(office: Office, stop: threading.Event) -> None:
    """Run all loops until `stop` is set."""
    with beside(office):
        stop.wait()


@contextmanager
def beside(office: Office) -> Iterator[None]:
    """Run all loops in threads while the block runs; they finish their piece of work before the block is left."""
    stop = threading.Event()
    loops = {name: _thread(name, functools.partial(loop, office), stop) for name, loop in LOOPS.items()}
    signs = threading.Thread(target=pulse.beat_forever, args=(office, loops, stop), name="signs of life", daemon=True)
    threads = [*(thread for _, thread in loops.values()), signs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(LEAVE)


def _thread(name: str, loop: Callable[[threading.Event], None], stop: threading.Event) -> tuple[Watched, threading.Thread]:
    """A loop's thread, not yet started, and the `stop` it is handed: asking it is the loop's sign of life."""
    watched = Watched(stop)
    return watched, threading.Thread(target=loop, args=(watched,), name=name, daemon=True)


def stop_on_signals(stop: threading.Event) -> None:
    """Have SIGTERM and SIGINT set `stop`."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
