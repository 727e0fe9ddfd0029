"""Tables of jobs: one row per job and day, one row per loop of a background process."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from petitions.core.db import Base

RUNNING, DONE, FAILED = "running", "done", "failed"
RUN_STATES = (RUNNING, DONE, FAILED)


class JobRun(Base):
    """That a job was run for a day. The row is the claim: who wrote it runs the job, nobody else; `held_until` is the holder's lease.

    `said`: what the job says it did; `problem`: why it failed, for the administrator; both frozen words (core/freezing.py) as JSON.
    """

    __tablename__ = "job_runs"
    __table_args__ = (
        UniqueConstraint("job", "day"),
        CheckConstraint("state IN ('running', 'done', 'failed')", name="state"),
        Index("ix_job_runs_started_at", "started_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(server_default="1", default=1)
    holder: Mapped[str] = mapped_column(String(120))
    held_until: Mapped[datetime]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    said: Mapped[str | None] = mapped_column(Text)
    problem: Mapped[str | None] = mapped_column(Text)


class WorkerBeat(Base):
    """One loop of one background process: when it last looked for work. `problem`: what keeps it from its work now."""

    __tablename__ = "worker_beats"
    __table_args__ = (UniqueConstraint("holder", "loop"), Index("ix_worker_beats_beat_at", "beat_at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    loop: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    looked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(400))
