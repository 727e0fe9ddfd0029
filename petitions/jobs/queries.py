"""Every SELECT about runs and heartbeats."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from petitions.jobs.models import DONE, JobRun, WorkerBeat

RUNS_AT_MOST = 30
BEATS_AT_MOST = 200


def run_of(session: Session, job: str, day: date) -> JobRun | None:
    """The run of `job` for `day`."""
    return session.scalar(select(JobRun).where(JobRun.job == job, JobRun.day == day))


def last_day(session: Session, job: str) -> date | None:
    """The last day that was claimed for `job`, whatever became of it."""
    return session.scalar(select(func.max(JobRun.day)).where(JobRun.job == job))


def newest(session: Session) -> Mapping[str, tuple[JobRun, date | None]]:
    """Job → its run of the last day, and the last day that was done."""
    done = func.max(JobRun.day).filter(JobRun.state == DONE)
    last = select(JobRun.job, func.max(JobRun.day).label("day"), done.label("done")).group_by(JobRun.job).subquery()
    rows = session.execute(select(JobRun, last.c.done).join(last, (last.c.job == JobRun.job) & (last.c.day == JobRun.day)).order_by(JobRun.job))
    return {run.job: (run, done_on) for run, done_on in rows}


def recent(session: Session, limit: int = RUNS_AT_MOST) -> Sequence[JobRun]:
    """The runs that began last."""
    return session.scalars(select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc()).limit(limit)).all()


def run(session: Session, run_id: int) -> JobRun | None:
    """The run of this number."""
    return session.get(JobRun, run_id)


def beats(session: Session) -> Sequence[WorkerBeat]:
    """The loops that were heard of last, the newest first."""
    return session.scalars(select(WorkerBeat).order_by(WorkerBeat.beat_at.desc(), WorkerBeat.id).limit(BEATS_AT_MOST)).all()
