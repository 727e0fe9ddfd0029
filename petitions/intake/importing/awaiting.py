"""Waiting until what was imported can be found: writes the index itself while nobody else does, else waits for who does."""

import logging
import time

from sqlalchemy import select

from petitions.core import db
from petitions.core.office import Office
from petitions.outbox import queries as outbox
from petitions.outbox.models import OutboxMessage
from petitions.outbox.queries import Cursor
from petitions.search import feeding, storage, writer

POLL = 0.3
log = logging.getLogger(__name__)


def until_found(office: Office, patience: float) -> int:
    """Wait, at most `patience` seconds, until all that is committed now stands in the index; how many changes still wait (0: none).

    What others save meanwhile is not waited for: in a busy office there would be no end to it.
    """
    with db.reading(office.engine) as session:
        last = select(OutboxMessage.transaction, OutboxMessage.id).where(OutboxMessage.topic == feeding.TOPIC)
        row = session.execute(last.order_by(OutboxMessage.transaction.desc(), OutboxMessage.id.desc()).limit(1)).first()
    target = Cursor(row[0], row[1]) if row else Cursor()
    until = time.monotonic() + patience
    while True:
        try:
            writer.catch_up(office, wait=1.0)
        except storage.Busy:
            log.debug("another process is writing the index")
        generation = storage.current(office.settings.index_dir)
        cursor = storage.read_cursor(generation) if generation else Cursor()
        if cursor >= target:
            return 0
        if time.monotonic() >= until:
            with db.reading(office.engine) as session:
                return outbox.waiting(session, cursor, feeding.TOPIC)
        time.sleep(POLL)
