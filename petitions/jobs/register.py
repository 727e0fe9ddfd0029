"""The register of jobs: rooms above say what is to be done on which days. `register(Job(...))` when the application is put together.

    register(Job("propose-urging", say("Lập dự thảo đôn đốc"), run=propose, at=time(6), workdays_only=True))

`run(office, today, now)` opens its own transactions, must be able to run twice without doing more, and answers in words what it did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from petitions.core.office import Office
from petitions.core.words import Message

Work = Callable[[Office, date, datetime], Message]


@dataclass(frozen=True, slots=True)
class Job:
    """A job: `name` (never changes: it is the key of its runs), how it is called, from which hour (Hanoi) it is due.

    `workdays_only`: due on days the offices work; `weekday` (Monday is 0): due on that day of the week only; after days without a run the
    last due one is made up for, once.
    """

    name: str
    caption: Message
    run: Work
    at: time = time(8)
    workdays_only: bool = False
    weekday: int | None = None


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Put `job` on the list; the same name again replaces it."""
    _jobs[job.name] = job


def jobs() -> Sequence[Job]:
    """All jobs in the order of their hour, then name."""
    return sorted(_jobs.values(), key=lambda job: (job.at, job.name))


def find(name: str) -> Job | None:
    """The job of this name."""
    return _jobs.get(name)
