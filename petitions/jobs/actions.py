"""Writing runs and heartbeats: claim a job for a day, say what became of it, have it tried again, note a sign of life."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Update, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core import holder
from petitions.core.errors import WrongState
from petitions.core.freezing import frozen
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.jobs import queries
from petitions.jobs.models import DONE, FAILED, RUNNING, JobRun, WorkerBeat
from petitions.journal.actions import record

LEASE = timedelta(minutes=2)
MOST_TRIES = 3
REST = timedelta(minutes=10)  # between two tries of a job that failed
KEPT = timedelta(days=14)  # heartbeats of processes that are gone
SUBJECT = "job_run"


@dataclass(frozen=True, slots=True)
class Look:
    """What a loop says of itself: when it last looked for work, and what keeps it from its work."""

    looked_at: datetime
    problem: str | None = None


def claim(session: Session, job: str, day: date, *, now: datetime, by_hand: bool = False) -> JobRun | None:
    """Take `job` for `day`: a new row, or one that failed and has rested, or one whose holder died. None when it is not to be had.

    The row's key lets only one of two that claim at once have it. `by_hand`: a failed one at once, however often it was tried.
    """
    found = queries.run_of(session, job, day)
    me = holder.name()
    if found is None:
        made = JobRun(job=job, day=day, state=RUNNING, tries=1, holder=me, held_until=now + LEASE, started_at=now)
        try:
            with session.begin_nested():
                session.add(made)
                session.flush()
        except IntegrityError:
            return None
        return made
    if not to_be_had(found, now, by_hand):
        return None
    values = {"state": RUNNING, "tries": found.tries + 1, "holder": me, "held_until": now + LEASE, "started_at": now, "ended_at": None, "problem": None}
    same = (JobRun.id == found.id, JobRun.state == found.state, JobRun.tries == found.tries, JobRun.holder == found.holder)
    if _changed(session, update(JobRun).where(*same).values(**values)) != 1:
        return None
    session.refresh(found)
    return found


def to_be_had(run: JobRun, now: datetime, by_hand: bool = False) -> bool:
    """Whether a run that stands may be taken: it failed and has rested, or its holder is gone (a lease far in the future: the clock jumped)."""
    if run.state == FAILED:
        rested = run.ended_at is None or not run.ended_at <= now < run.ended_at + REST
        return by_hand or run.tries == 0 or (run.tries < MOST_TRIES and rested)
    if run.state == RUNNING:
        return not run.held_until - 2 * LEASE < now < run.held_until or holder.gone(run.holder)
    return False


def hold_on(session: Session, run_id: int, *, now: datetime) -> bool:
    """Keep the lease while the job runs; False when somebody else holds it by now."""
    mine = (JobRun.id == run_id, JobRun.state == RUNNING, JobRun.holder == holder.name())
    return _changed(session, update(JobRun).where(*mine).values(held_until=now + LEASE)) == 1


def finish(session: Session, run_id: int, *, now: datetime, said: Message | None = None, problem: Message | None = None) -> bool:
    """Say what became of a run that this process holds; False when it was taken over meanwhile."""
    mine = (JobRun.id == run_id, JobRun.state == RUNNING, JobRun.holder == holder.name())
    values = {"state": FAILED if problem else DONE, "ended_at": now, "said": _kept(said), "problem": _kept(problem)}
    return _changed(session, update(JobRun).where(*mine).values(**values)) == 1


def try_again(session: Session, run: JobRun, *, by: Identity, now: datetime) -> None:
    """Have a run that failed tried again by the next scheduler that looks; WrongState when it has not failed."""
    if run.state != FAILED:
        raise WrongState(say("Chỉ chạy lại được lần chạy bị lỗi."))
    run.tries = 0
    record(session, "job.retry", (SUBJECT, run.id), by=by, now=now, changes={"job": (None, run.job), "day": (None, run.day)})


def beat(session: Session, looks: Mapping[str, Look], *, started_at: datetime, now: datetime, ended: bool = False) -> None:
    """Note a sign of life of this process's loops."""
    me = holder.name()
    for loop, look in sorted(looks.items()):
        values = {"beat_at": now, "looked_at": look.looked_at, "problem": look.problem[:400] if look.problem else None, "ended_at": now if ended else None}
        own = (WorkerBeat.holder == me, WorkerBeat.loop == loop)
        if not _changed(session, update(WorkerBeat).where(*own).values(**values)):
            session.execute(insert(WorkerBeat).values(holder=me, loop=loop, started_at=started_at, **values))


def forget_the_gone(session: Session, *, now: datetime) -> None:
    """Drop the heartbeats of processes that have not been heard of for two weeks."""
    session.execute(delete(WorkerBeat).where(WorkerBeat.beat_at < now - KEPT))


def _changed(session: Session, statement: Update) -> int:
    """How many rows `statement` changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _kept(words: Message | None) -> str | None:
    return json.dumps(frozen(words), ensure_ascii=False) if words is not None else None
