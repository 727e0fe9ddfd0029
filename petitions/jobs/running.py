"""Running jobs: claim, do, say what became of it. Whoever dies in between is followed by another; a job may run twice and does no more."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from petitions.core import clock, db
from petitions.core.errors import PetitionsError
from petitions.core.office import Office
from petitions.core.words import Message, say
from petitions.jobs import actions, due, queries, register
from petitions.jobs.models import JobRun
from petitions.jobs.register import Job
from petitions.workdays import queries as workdays

RENEW = 20.0  # seconds between two renewals of a lease
Alarm = Callable[[Session, Job, JobRun, datetime], None]

log = logging.getLogger(__name__)
_alarms: dict[str, Alarm] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job: `said` when it was run well, `problem` when it failed, neither when there was nothing to do."""

    job: Job
    day: date | None
    said: Message | None = None
    problem: Message | None = None


def alarm_with(name: str, alarm: Alarm) -> None:
    """Have `alarm` called, in the transaction that notes it, when a job has failed and will not be tried again by itself."""
    _alarms[name] = alarm


def run_due(office: Office) -> list[Outcome]:
    """Run what is due by now; what was done or failed. The scheduler's way."""
    outcomes = []
    for job in register.jobs():
        now = clock.now()
        with db.reading(office.engine) as session:
            day = due.last_due(job, workdays.calendar(session), now)
            standing = _waits(session, job, day, now)
        if day is not None and standing:
            outcomes.append(run_one(office, job, day))
    return [one for one in outcomes if one.said or one.problem]


def run_by_hand(office: Office, *, today: date) -> Iterator[Outcome]:
    """Run what is due on `today`, whatever the hour; every job is told of. A day that is done, or lies before the last one, is left alone."""
    for job in register.jobs():
        with db.reading(office.engine) as session:
            day = due.last_due_on(job, workdays.calendar(session), today)
            last = queries.last_day(session, job.name)
        if day is None or (last is not None and day < last):
            yield Outcome(job, None)
        else:
            yield run_one(office, job, day, by_hand=True)


def _waits(session: Session, job: Job, day: date | None, now: datetime) -> bool:
    """A look before the claim, so that nobody opens a writing transaction for nothing; a clock that jumped back finds a later day, and rests."""
    last = queries.last_day(session, job.name)
    if day is None or (last is not None and day < last):
        return False
    run = queries.run_of(session, job.name, day)
    return run is None or actions.to_be_had(run, now)


def run_one(office: Office, job: Job, day: date, *, by_hand: bool = False) -> Outcome:
    """Run `job` for `day` if it is to be had."""
    with db.transaction(office.engine) as session:
        run = actions.claim(session, job.name, day, now=clock.now(), by_hand=by_hand)
    if run is None:
        return Outcome(job, day)
    said: Message | None = None
    problem: Message | None = None
    try:
        with _held(office, run.id):
            said = job.run(office, clock.today(), clock.now())
    except PetitionsError as error:
        problem = error.message
    except Exception as error:
        log.exception("job %s", job.name)
        problem = say("Lỗi {kind}; chi tiết ở nhật ký máy chủ.", kind=type(error).__name__)
    with db.transaction(office.engine) as session:
        now = clock.now()
        mine = actions.finish(session, run.id, now=now, said=said, problem=problem)
        if mine and problem and run.tries >= actions.MOST_TRIES:
            for alarm in _alarms.values():
                alarm(session, job, run, now)
    return Outcome(job, day, said, problem)


@contextmanager
def _held(office: Office, run_id: int) -> Iterator[None]:
    """Renew the lease in the background while the job runs."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(RENEW):
            try:
                with db.transaction(office.engine) as session:
                    actions.hold_on(session, run_id, now=clock.now())
            except SQLAlchemyError:
                log.warning("the lease of run %s could not be renewed", run_id, exc_info=True)

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
