"""How the background is: each job, each loop, and what rooms above add. In words and tones for a page; nothing secret."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from petitions.core import clock, holder
from petitions.core.freezing import thawed
from petitions.core.office import Office
from petitions.core.words import Message, say
from petitions.jobs import due, queries, register
from petitions.jobs.captions import LOOPS
from petitions.jobs.models import FAILED, RUNNING, JobRun, WorkerBeat
from petitions.jobs.register import Job
from petitions.workdays import queries as workdays
from petitions.workdays.calendar import Calendar

SILENT = timedelta(seconds=60)
BUSY = timedelta(minutes=5)
AHEAD = timedelta(minutes=5)
LATE, NEAR, WELL, QUIET = "late", "near", "done", "quiet"


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job: its last run, how that is to be seen, and when it is next due."""

    job: Job
    run: JobRun | None
    tone: str
    state: Message
    said: Message | str | None
    problem: Message | str | None
    coming: datetime | None

    @property
    def seconds(self) -> float | None:
        """How long the last run took."""
        return (self.run.ended_at - self.run.started_at).total_seconds() if self.run and self.run.ended_at else None

    @property
    def may_retry(self) -> bool:
        """Whether the last run failed, so that a person may have it tried again."""
        return self.run is not None and self.run.state == FAILED and self.run.tries > 0


@dataclass(frozen=True, slots=True)
class LoopLine:
    """One loop of the background: how many processes run it, when it was last heard of, how that is to be seen."""

    name: str
    caption: Message | str
    alive: int
    beat_at: datetime | None
    tone: str
    state: Message
    problem: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a room above adds to the page: a fragment and its values; `late`: it asks for attention."""

    template: str
    values: Mapping[str, Any]
    late: bool = False


PartOf = Callable[[Session, Office, datetime], Part]
_parts: dict[str, PartOf] = {}


def register_part(name: str, part: PartOf) -> None:
    """Have the page show `part`; the same name again replaces it."""
    _parts[name] = part


def parts(session: Session, office: Office, now: datetime) -> Sequence[Part]:
    """What the rooms above add."""
    return [_parts[name](session, office, now) for name in sorted(_parts)]


def job_lines(session: Session, now: datetime) -> list[JobLine]:
    """Every job."""
    calendar, runs = workdays.calendar(session), queries.newest(session)
    known = ((job, runs.get(job.name)) for job in register.jobs())
    return [_job_line(job, calendar, one[0] if one else None, one[1] if one else None, now) for job, one in known]


def _job_line(job: Job, calendar: Calendar, run: JobRun | None, done: date | None, now: datetime) -> JobLine:
    tone, state = _seen(job, calendar, run, done, now)
    said, problem = (words_of(run.said), words_of(run.problem)) if run else (None, None)
    return JobLine(job, run, tone, state, said, problem, due.next_due(job, calendar, now, run.day if run else None))


def words_of(kept: str | None) -> Message | str | None:
    """What a run said, in the reader's words."""
    return thawed(json.loads(kept)) if kept else None


def _seen(job: Job, calendar: Calendar, run: JobRun | None, done: date | None, now: datetime) -> tuple[str, Message]:
    if run is not None and run.day > clock.day_of(now):
        return NEAR, say("đồng hồ đã lùi: lần chạy gần nhất ghi cho ngày sau hôm nay")
    if run is not None and run.state == FAILED:
        return LATE, say("bị lỗi")
    if run is not None and run.state == RUNNING:
        return (LATE, say("đứt giữa chừng")) if run.held_until < now or holder.gone(run.holder) else (QUIET, say("đang chạy"))
    if due.is_late(job, calendar, now, done):
        return LATE, say("chậm")
    return (WELL, say("đã chạy")) if run else (QUIET, say("chưa đến lần đầu"))


def loop_lines(session: Session, now: datetime) -> list[LoopLine]:
    """Every loop that a background process has."""
    rows: dict[str, list[WorkerBeat]] = {name: [] for name in LOOPS}
    for row in queries.beats(session):
        rows.setdefault(row.loop, []).append(row)
    return [_loop_line(name, beats, now) for name, beats in rows.items()]


def _loop_line(name: str, beats: Sequence[WorkerBeat], now: datetime) -> LoopLine:
    living = [row for row in beats if row.ended_at is None and now - SILENT <= row.beat_at <= now + AHEAD and not holder.gone(row.holder)]
    newest = max((row.beat_at for row in beats), default=None)
    problem = next((row.problem for row in living if row.problem), None)
    if not living:
        tone, state = LATE, say("không chạy") if newest is None else say("không còn nhịp báo")
    elif problem:
        tone, state = LATE, say("đang vướng")
    elif all(now - row.looked_at > BUSY for row in living):
        tone, state = NEAR, say("đang bận một việc dài")
    else:
        tone, state = WELL, say("đang chạy")
    return LoopLine(name, LOOPS.get(name, name), len(living), newest, tone, state, problem)


def is_late(session: Session, now: datetime) -> bool:
    """Whether anything in the background asks for attention."""
    return any(line.tone == LATE for line in job_lines(session, now)) or any(line.tone == LATE for line in loop_lines(session, now))
