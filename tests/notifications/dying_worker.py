"""A worker that kills itself (SIGKILL) at a chosen step: `python dying_worker.py URL PORT MOMENT STEP`. Run by test_killed.py."""

import os
import signal
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from petitions.core import clock
from petitions.core.db import make_engine
from petitions.core.office import Office
from petitions.notifications import gathering, posting, worker
from petitions.notifications.relay import Relay
from petitions.settings import Settings
from tests.make.mail import with_mail

STEPS = ("in gather", "after gather", "in take", "after take", "in send", "after send", "in note", "after note")


def die(*_given: Any, **_named: Any) -> Any:
    """The end, at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(function: Any) -> Any:
    """Do it, then die."""

    def done(*given: Any, **named: Any) -> Any:
        function(*given, **named)
        die()

    return done


def prepare(step: str) -> None:
    """Lay death in the way at `step`."""
    take = posting.take
    places: dict[str, tuple[Any, str, Any]] = {
        "in gather": (gathering, "gather", then_die(gathering.gather)),  # before its commit
        "after gather": (worker, "_anything", die),
        "in take": (posting, "take", then_die(take)),
        "after take": (worker, "_send", die),
        "in send": (Relay, "_say", die),
        "after send": (posting, "arrived", die),
        "in note": (posting, "arrived", then_die(posting.arrived)),
        "after note": (worker, "_send", then_die(worker._send)),
    }
    holder, name, value = places[step]
    setattr(holder, name, value)


def main(url: str, port: str, moment: str, step: str) -> None:
    """One round of the worker, which does not live to its end."""
    now = datetime.fromisoformat(moment)
    setattr(clock, "now", lambda: now)  # noqa: B010 - mypy minds an assignment
    settings = Settings(data_dir=Path.cwd(), database_url=url, secret_key="for-tests-" * 5)
    prepare(step)
    worker.work(with_mail(Office(settings, make_engine(url)), int(port)), threading.Event(), pause=timedelta(0))


if __name__ == "__main__":
    main(*sys.argv[1:])
