"""When a job is due, and when it is late. Pure: the calendar and the moment are given."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from petitions.core import clock
from petitions.jobs.register import Job
from petitions.workdays.calendar import Calendar

FARTHEST = 40  # days; the longest Tết and a weekly job lie well within
GRACE = timedelta(minutes=30)


def last_due(job: Job, calendar: Calendar, now: datetime) -> date | None:
    """The last day, today included, on which `job` was due by `now` (its hour has come)."""
    local = now.astimezone(clock.HANOI)
    for day in _days(local.date(), -1):
        if _falls_on(job, calendar, day) and (day < local.date() or local.time() >= job.at):
            return day
    return None


def last_due_on(job: Job, calendar: Calendar, day: date) -> date | None:
    """The last day up to `day` on which `job` was due, whatever the hour: what a person who runs it by hand means."""
    return next((one for one in _days(day, -1) if _falls_on(job, calendar, one)), None)


def next_due(job: Job, calendar: Calendar, now: datetime, after: date | None) -> datetime | None:
    """The next moment at which `job` is due, behind the day `after` of its last run."""
    local = now.astimezone(clock.HANOI)
    for day in _days(local.date(), 1):
        if _falls_on(job, calendar, day) and (after is None or day > after):
            return datetime.combine(day, job.at, clock.HANOI)
    return None


def is_late(job: Job, calendar: Calendar, now: datetime, done: date | None) -> bool:
    """Whether a run that was due half an hour ago or longer has not been done; `done` is the last day that was."""
    day = last_due(job, calendar, now - GRACE)
    return day is not None and (done is None or done < day)


def _days(start: date, step: int) -> Iterator[date]:
    return (start + timedelta(days=step * n) for n in range(FARTHEST))


def _falls_on(job: Job, calendar: Calendar, day: date) -> bool:
    return (job.weekday is None or day.weekday() == job.weekday) and (not job.workdays_only or calendar.is_workday(day))
