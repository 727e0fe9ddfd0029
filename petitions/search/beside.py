"""Processes beside this one that write segments: several for a rebuild, one for a merge. On two cores a rebuild takes half the time,
and a merge does not hold up the thread that brings changes in.
"""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from petitions.search import part_builder
from petitions.search.documents import SearchDocument

MOST = 4  # processes of a rebuild
WAITING = 3  # chunks that wait for a process
PATIENCE = 1.0  # seconds between two looks at whether anybody still takes chunks


def start(*arguments: str, fed: bool = False) -> subprocess.Popen[bytes]:
    """Start a builder of segments; `fed`: through its standard input."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen([sys.executable, "-m", part_builder.__name__, *arguments], env=environment, stdin=subprocess.PIPE if fed else subprocess.DEVNULL)


class Failed(Exception):
    """A builder of segments ended before its work was done."""


class Builders:
    """Several processes that share the documents of a rebuild, each writing into a folder of its own."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self._chunks: queue.Queue[bytes | None] = queue.Queue(WAITING)
        self._running = [start("build", str(folder), fed=True) for folder in folders]
        self._feeders = [threading.Thread(target=self._feed, args=(one,), daemon=True) for one in self._running]
        for feeder in self._feeders:
            feeder.start()

    def _feed(self, one: subprocess.Popen[bytes]) -> None:
        assert one.stdin is not None
        try:
            while (data := self._chunks.get()) is not None:
                one.stdin.write(data)
            one.stdin.write(part_builder.frame(()))
            one.stdin.close()
        except OSError:  # it died; `put` and `finish` tell
            return

    def put(self, many: Sequence[SearchDocument]) -> None:
        """Hand over a chunk; raises `Failed` when a process has died."""
        self._hand_over(part_builder.frame(many))

    def _hand_over(self, data: bytes | None) -> None:
        while True:
            if any(one.poll() for one in self._running):
                raise Failed
            try:
                self._chunks.put(data, timeout=PATIENCE)
            except queue.Full:
                continue
            return

    def finish(self) -> None:
        """Wait until all have written; raises `Failed`."""
        for _ in self._running:
            self._hand_over(None)
        for one in self._running:
            if one.wait():
                raise Failed

    def stop(self) -> None:
        """End what still runs, after a failure."""
        for one in self._running:
            if one.poll() is None:
                one.kill()
            one.wait()


def processes() -> int:
    """How many processes a rebuild may use."""
    return min(len(os.sched_getaffinity(0)), MOST)
