"""Merging larger segments in a process beside, while searches, the writer and this thread go on; the result is taken over in one step.

One merge at a time for an index folder, whoever runs it: the lock is held until the result is in, and is free when its holder dies. What
a killed merge leaves is a folder that nobody reads; the next merge removes it.
"""

import logging
import shutil
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from petitions.core.office import Office
from petitions.search import adopting, beside, merging, part_builder, schema, storage

WAIT = 5.0  # seconds to wait for the writer before the result is taken over

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Running:
    """A merge: its process, the generation and segments it reads, the folder it writes, the lock it holds."""

    process: subprocess.Popen[bytes]
    generation: Path
    names: list[str]
    folder: Path
    held: ExitStack


class Tidying:
    """What one worker does to keep segments few."""

    def __init__(self, office: Office) -> None:
        self._folder = office.settings.index_dir
        self._running: _Running | None = None

    @property
    def busy(self) -> bool:
        """Whether a merge is on its way."""
        return self._running is not None

    def step(self, *, look: bool) -> bool:
        """Take over a merge that is done; with `look`, begin one where there are segments to merge. Never waits for a merge. Whether one began."""
        if self._running is not None:
            if self._running.process.poll() is None:
                return False
            self._end(self._running)
        return look and self._begin()

    def stop(self) -> None:
        """Give up what is running."""
        if self._running is not None:
            self._running.process.kill()
            self._running.process.wait()
            self._clear(self._running)

    def _begin(self) -> bool:
        generation = storage.current(self._folder)
        if generation is None or not storage.fits(generation):
            return False
        chosen = merging.chosen(schema.open_index(generation)._segments(), merging.BESIDE, thin=True)
        if not chosen:
            return False
        held = ExitStack()
        try:
            held.enter_context(storage.tidying(self._folder))
        except storage.Busy:
            return False
        names = [segment.segment_id() for segment in chosen]
        folder = storage.merge_folder(self._folder)
        process = beside.start("merge", str(generation), str(folder), *names)
        self._running = _Running(process, generation, names, folder, held)
        return True

    def _end(self, done: _Running) -> None:
        try:
            if done.process.returncode == part_builder.GONE:
                return
            if done.process.returncode:
                log.warning("a merge ended with status %s; it will be tried again", done.process.returncode)
                return
            with storage.writing(self._folder, WAIT), np.load(done.folder / part_builder.PLACES) as places:
                if storage.current(self._folder) == done.generation:
                    adopting.adopt(done.generation, done.folder, [(name, places[name]) for name in done.names])
        finally:
            self._clear(done)

    def _clear(self, done: _Running) -> None:
        shutil.rmtree(done.folder, ignore_errors=True)
        done.held.close()
        self._running = None
