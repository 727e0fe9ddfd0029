"""The background side: reads the text of new contents and pictures their first pages, each in a guarded process.

The outbox wakes it; what is still to be done is the content's own row (`state`), so nothing is lost when a worker dies, when its place
in the outbox is forgotten, or when an office is restored. Any number of workers may run: each content has one holder at a time.
"""

import logging
import tempfile
import threading
import time
from datetime import timedelta
from typing import IO

from petitions.core import clock, db
from petitions.core.errors import PetitionsError
from petitions.core.office import Office
from petitions.documents import actions, guard, queries, store
from petitions.documents.kinds import BY_MEDIA_TYPE, MOST_PREVIEWS, FileKind
from petitions.documents.models import DONE, FAILED, DocumentText
from petitions.outbox import queries as outbox

LEASE = timedelta(minutes=5)
MOST_TRIES = 3
POLL = 0.5  # seconds between two looks at the outbox
LOOK_AROUND = 60.0  # seconds between two looks for what was left lying
BACK_OFF = 5.0

log = logging.getLogger(__name__)


def run_forever(office: Office, stop: threading.Event) -> None:
    """The worker's loop; no error ends it."""
    cursor: outbox.Cursor | None = None
    looked = 0.0
    while not stop.is_set():
        try:
            woken, cursor = _woken(office, cursor)
            if woken or time.monotonic() - looked > LOOK_AROUND:
                looked = time.monotonic()
                while not stop.is_set() and work(office):
                    pass
            stop.wait(POLL)
        except Exception:
            log.exception("a document could not be read; trying again in %s s", BACK_OFF)
            stop.wait(BACK_OFF)


def _woken(office: Office, cursor: outbox.Cursor | None) -> tuple[bool, outbox.Cursor]:
    """Whether something was promised since the last look, and how far that was. The first look finds what waits by itself."""
    with db.reading(office.engine) as session:
        if cursor is None:
            return True, outbox.newest(session, actions.TOPIC)
        messages = outbox.after(session, cursor, actions.TOPIC)
        if not messages:
            return False, cursor
        return True, outbox.Cursor(messages[-1].transaction, messages[-1].id)


def work(office: Office) -> bool:
    """Read one content that waits; False when there is none."""
    claimed = _claim(office)
    if claimed is None:
        return False
    digest, kind, tries = claimed
    if tries > MOST_TRIES:
        _finish(office, digest, guard.Outcome(why="killed"))
        return True
    try:
        with _fetched(office, digest) as source:
            outcome = guard.run("read", kind.code, source, guard.landing(office.settings.data_dir), guard.READ)
        _keep_previews(office, digest, outcome)
    except PetitionsError as problem:
        log.warning("content %s: %s", digest[:12], problem.message.text)
        outcome = guard.Outcome(why="missing")
    _finish(office, digest, outcome)
    return True


def _claim(office: Office) -> tuple[str, FileKind, int] | None:
    now = clock.now()
    with db.reading(office.engine) as session:
        found = queries.waiting(session, now=now)
    for digest in found:
        with db.transaction(office.engine) as session:
            content = actions.claim(session, digest, until=now + LEASE, now=now)
            if content is not None:
                return digest, BY_MEDIA_TYPE[content.media_type], content.tries
    return None


def _fetched(office: Office, digest: str) -> IO[bytes]:
    """The original in a nameless file: wherever the store lies, the child gets a file."""
    file: IO[bytes] = tempfile.TemporaryFile(dir=guard.landing(office.settings.data_dir))  # noqa: SIM115 - the caller closes it
    try:
        for block in store.open_store(office.settings.data_dir).original(digest).blocks:
            file.write(block)
    except BaseException:
        file.close()
        raise
    return file


def _pictures(outcome: guard.Outcome) -> list[bytes]:
    """The pictures of pages 1, 2, … as far as there are some, each really a picture."""
    found = []
    for number in range(1, MOST_PREVIEWS + 1):
        data = outcome.parts.get(f"page-{number}")
        if data is None or not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            break
        found.append(data)
    return found


def _keep_previews(office: Office, digest: str, outcome: guard.Outcome) -> None:
    kept = store.open_store(office.settings.data_dir)
    for number, data in enumerate(_pictures(outcome), start=1):
        kept.keep_preview(digest, number, data)


def _finish(office: Office, digest: str, outcome: guard.Outcome) -> None:
    problem = outcome.why or outcome.facts.get("problem")
    pages = outcome.facts.get("pages")
    text = outcome.parts.get("text", b"").decode("utf-8", "replace").replace("\x00", "")
    now = clock.now()
    with db.transaction(office.engine) as session:
        if text and not problem:
            session.merge(DocumentText(digest=digest, text=text, cut=bool(outcome.facts.get("cut"))))
        actions.finished(
            session,
            digest,
            pages=pages if isinstance(pages, int) else None,
            previews=0 if problem else len(_pictures(outcome)),
            problem=str(problem) if problem else None,
            state=FAILED if problem else DONE,
            now=now,
        )
