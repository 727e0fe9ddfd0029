"""Bringing changes into the index: reads the outbox from the index's own cursor, writes in batches, one writer at a time.

At least once and idempotent: the cursor is put down after the commit it stands for, and a document replaces the one of its key. So
a writer may die anywhere; the next one goes on from the cursor and repeats at most one batch.
"""

import logging
import threading
import time
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from petitions.core import db
from petitions.core.office import Office
from petitions.outbox import queries as outbox
from petitions.search import building, feeding, schema, storage
from petitions.search.reading import DAMAGED, mark_damaged
from petitions.search.tidying import Tidying

POLL = 0.3  # seconds between two looks at the outbox
WAIT = 10.0  # seconds to wait for another writer
BACK_OFF = 5.0  # seconds to rest after an error

log = logging.getLogger(__name__)


def catch_up(office: Office, wait: float = WAIT, goal: outbox.Cursor | None = None) -> int:
    """Bring what waits into the index, all of it or until `goal` is in; builds it when there is none. How many messages were dealt with.

    Raises `storage.Busy` when another process still writes after `wait` seconds.
    """
    ensure(office)
    with storage.writing(office.settings.index_dir, wait):
        return _drain(office, goal)


def bring_in(office: Office, timeout: float = 60.0) -> int:
    """See to it that what is committed now can be found; how many of these messages still wait after `timeout` seconds (0: all are in).

    What others save meanwhile is not waited for: in a busy office there would be no end to it.
    """
    with db.reading(office.engine) as session:
        goal = outbox.last(session, feeding.TOPIC)
    until = time.monotonic() + timeout
    while True:
        try:
            catch_up(office, wait=1.0, goal=goal)
        except storage.Busy:
            log.info("another process is writing the index")
        left = waiting(office, goal)
        if not left or time.monotonic() >= until:
            return left
        time.sleep(POLL)


def waiting(office: Office, goal: outbox.Cursor | None = None) -> int:
    """How many messages, all of them or those up to `goal`, are not yet in the index."""
    cursor = _reached(office)
    if goal is not None and cursor >= goal:
        return 0
    with db.reading(office.engine) as session:
        return outbox.waiting(session, cursor, feeding.TOPIC, goal)


def _reached(office: Office) -> outbox.Cursor:
    generation = storage.current(office.settings.index_dir)
    return storage.read_cursor(generation) if generation else outbox.Cursor()


def ensure(office: Office) -> None:
    """Build the index when there is none, when another schema or analyser wrote it, or when a reader found it damaged."""
    generation = storage.current(office.settings.index_dir)
    if generation is None:
        why = "there is no index yet"
    elif not storage.fits(generation):
        why = "it was written by another schema or analyser"
    elif (generation / DAMAGED).exists():
        why = "it cannot be read"
    else:
        return
    log.warning("building the search index: %s", why)
    building.rebuild(office)


def run_forever(office: Office, stop: threading.Event) -> None:
    """The worker's loop: a change is in the index within a second. Ends soon after `stop` is set; no error ends it."""
    tidying = Tidying(office)
    look = True
    try:
        while not stop.is_set():
            try:
                look = bool(catch_up(office, wait=0.0)) or look
                if tidying.busy or look:
                    look = tidying.step(look=look)  # where there was one merge to do there may be another
                stop.wait(POLL)
            except storage.Busy:
                stop.wait(POLL)
            except Exception:
                log.exception("the index could not be brought up to date; trying again in %s s", BACK_OFF)
                stop.wait(BACK_OFF)
    finally:
        tidying.stop()


def _drain(office: Office, goal: outbox.Cursor | None) -> int:
    done = 0
    while True:
        generation = storage.current(office.settings.index_dir)
        if generation is None:
            return done
        try:
            many = feeding.drain_once(office, generation)
        except (SQLAlchemyError, storage.Busy):
            raise
        except Exception:
            if not _readable(generation):  # told by the next look at it: `ensure` rebuilds
                mark_damaged(generation)
            raise
        done += many
        if many < feeding.BATCH or (goal is not None and storage.read_cursor(generation) >= goal):
            return done


def _readable(generation: Path) -> bool:
    try:
        with schema.open_index(generation).searcher() as searcher:
            return bool(searcher.doc_count() >= 0)
    except Exception:  # whatever is wrong with the bytes
        return False


def verify(office: Office, *, repair: bool = False) -> tuple[building.Differences, bool]:
    """Compare index and database after catching up; with `repair` mend the differences. What differed, and whether it was mended."""
    catch_up(office)
    folder = office.settings.index_dir
    with storage.writing(folder, WAIT):
        generation = storage.current(folder)
        if generation is None:
            return building.Differences(), False
        differences, mending = building.compare(office, generation)
        if not repair or differences.none:
            return differences, False
        changes: list[feeding.Change] = [*mending.items(), *((key, None) for key in differences.orphaned)]
        for start in range(0, len(changes), feeding.BATCH):
            feeding.apply(generation, changes[start : start + feeding.BATCH])
        return differences, True
