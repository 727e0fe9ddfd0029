"""Reading what strangers sent: in a process of its own, which holds no secret and is ended when it takes too much.

The child (`python -m petitions.documents.reading`) gets the file as its standard input, an empty environment, and limits on
memory, processor time, open files and output; it answers in frames on its standard output, a nameless file. It knows neither the
database nor the store. Whatever it does (a crash, a kill, nonsense) comes back as an `Outcome` with the reason.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

log = logging.getLogger(__name__)
PROGRAM = (sys.executable, "-I", "-m", "petitions.documents.reading")
LANDING = "incoming"
MEGABYTE = 1024 * 1024
MOST_FRAMES = 64
MOST_HEAD = 4096
LOOKS = threading.BoundedSemaphore(2)  # people who send files wait for one another, never for the worker's long reading


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may take: seconds of processor, seconds by the clock, bytes of memory, bytes of output."""

    processor: int
    clock: int
    memory: int = 1_536 * MEGABYTE
    output: int = 64 * MEGABYTE


LOOK = Limits(processor=10, clock=20, output=MEGABYTE)
READ = Limits(processor=90, clock=150)


@dataclass(frozen=True)
class Outcome:
    """What the child said: `facts`, and named parts. `why` is None when all went well, else "killed", "timeout" or "broken"."""

    why: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)


def run(task: str, kind: str, source: IO[bytes], folder: Path, limits: Limits, *, program: Sequence[str] = ()) -> Outcome:
    """Have the child do `task` ("look" or "read") on the file `source` (a real file, of `kind`); its output lands in `folder`.

    `program`: another child than the one that reads; it takes the same words and answers the same way (confining.py).
    """
    words = [*(program or PROGRAM), task, kind, *(str(number) for number in (limits.processor, limits.clock, limits.memory, limits.output))]
    _rewind(source)
    with LOOKS if task == "look" else nullcontext(), tempfile.TemporaryFile(dir=folder) as output:
        child = subprocess.Popen(
            words,
            stdin=source,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "PATH": os.defpath},
            cwd="/",
            start_new_session=True,
        )
        try:
            status = child.wait(limits.clock)
        except subprocess.TimeoutExpired:
            log.warning("reading a %s took more than %s s: ended", kind, limits.clock)
            return Outcome(why="timeout")
        finally:
            _end(child)
            source.seek(0, os.SEEK_END)  # the child moved the place that both share: look where it is now
        if status:
            log.warning("reading a %s ended with status %s", kind, status)
            return Outcome(why="timeout" if status in (-signal.SIGXCPU, -signal.SIGALRM) else "killed")
        return _answer(output, limits.output)


def landing(data_dir: Path) -> Path:
    """The folder of the data folder in which children may answer."""
    place = data_dir / LANDING
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _rewind(source: IO[bytes]) -> None:
    """Put the place in the file itself at its beginning; Python's own seek would only turn back its buffer."""
    source.seek(0, os.SEEK_END)
    os.lseek(source.fileno(), 0, os.SEEK_SET)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            child.kill()
        child.wait()


def _answer(output: IO[bytes], most: int) -> Outcome:
    """The frames: a line of JSON {"name", "size"}, then that many bytes. The child is not believed more than that."""
    output.seek(0)
    parts: dict[str, bytes] = {}
    left = most
    try:
        for _ in range(MOST_FRAMES):
            head = output.readline(MOST_HEAD)
            if not head:
                break
            frame = json.loads(head)
            name, size = str(frame["name"]), int(frame["size"])
            if not 0 <= size <= left:
                return Outcome(why="broken")
            parts[name] = output.read(size)
            left -= size
        facts = json.loads(parts.pop("facts"))
    except (ValueError, KeyError, TypeError):
        return Outcome(why="broken")
    return Outcome(facts=facts, parts=parts) if isinstance(facts, dict) else Outcome(why="broken")
