"""One request, one transaction.

GET and HEAD get a reading session that is always rolled back. A POST gets a writing one, begun when `db()` is first asked
for (so that parsing, hashing and reading a file happen before it), committed when the answer is below 400, else rolled back.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from petitions.core import db as database
from petitions.core.office import Office

OFFICE = "petitions.office"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class RolledBack(Exception):
    """Leaves the writing door by its error side: the answer was a refusal."""


def office() -> Office:
    """The office this application serves."""
    found: Office = current_app.extensions[OFFICE]
    return found


def db() -> Session:
    """The request's session; begins it at the first call."""
    if "session" not in g:
        engine = office().engine
        door: AbstractContextManager[Session] = database.reading(engine) if request.method in READING else database.transaction(engine)
        g.session = door.__enter__()
        g.door = door
    session: Session = g.session
    return session


@contextmanager
def glance() -> Iterator[Session]:
    """A session for a quick look (who is this? how many tries?) that never begins the request's writing transaction.

    In a GET it is the request's own session; in a POST one of its own, rolled back at the end of the block.
    """
    if request.method in READING:
        yield db()
        return
    with database.reading(office().engine) as session:
        yield session


@contextmanager
def second_door() -> Iterator[Session]:
    """A committed transaction of its own for what must survive a refusal (a wrong password counted, last seen, an access line).

    Not while the request's own writing transaction is open: SQLite has one writer, and would wait for itself.
    """
    if "door" in g and request.method not in READING:
        raise RuntimeError("second_door() after db() in a writing request: use it before db(), or glance() for reading")
    with database.transaction(office().engine) as session:
        yield session


def settle(response: Response) -> None:
    """End a writing request's transaction: committed when `response` is below 400. Whatever the commit raises is raised here."""
    door = g.pop("door", None) if request.method not in READING else None
    if door is None:
        return
    g.pop("session", None)
    if response.status_code < 400:
        door.__exit__(None, None, None)
    else:
        refuse(door)


def refuse(door: AbstractContextManager[Session]) -> None:
    """Roll back what was done through `door`."""
    refusal = RolledBack()
    try:
        door.__exit__(RolledBack, refusal, None)
    except RolledBack:
        return


def install(app: Flask) -> None:
    """Have `app` close what a request left open, after its last byte (a streamed answer may still read)."""

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        door = g.pop("door", None)
        g.pop("session", None)
        if door is not None:
            refuse(door)
