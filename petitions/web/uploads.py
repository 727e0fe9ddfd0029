"""Files that are sent: they land in a nameless temporary file of the data folder, block by block, never whole in memory.

A view that takes larger files than the house's 20 MB says so with `@receives(most_bytes)`; everything else keeps the house's limit.
A nameless file (`TemporaryFile`) is gone with the request, even when the process is killed, and a backup never meets it.
"""

import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

import flask
from flask import Flask, current_app, request

from petitions.core.disk import DiskFull, is_full
from petitions.web import transaction

FOLDER = "incoming"
AROUND = 512 * 1024  # what a form needs beside its file
SPARE = 64 * 1024 * 1024  # room that is left to the database
View = TypeVar("View", bound=Callable[..., Any])


def receives(most_bytes: int) -> Callable[[View], View]:
    """The view takes a form whose files have `most_bytes` together."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes + AROUND  # type: ignore[attr-defined]
        return view

    return mark


def folder(data_dir: Path) -> Path:
    """Where files land, made with mode 700. Nothing in it has a name."""
    path = data_dir / FOLDER
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


class Landing(io.BufferedRandom):
    """A temporary file that says in words that the disk is full."""

    def write(self, data: Any, /) -> int:
        """Take a block."""
        try:
            return super().write(data)
        except OSError as problem:
            raise _refusal(problem) from problem

    def seek(self, target: int, whence: int = 0, /) -> int:
        """Go to `target`; what was held back is written first."""
        try:
            return super().seek(target, whence)
        except OSError as problem:
            raise _refusal(problem) from problem


def _refusal(problem: OSError) -> Exception:
    return DiskFull() if is_full(problem) else problem


class Request(flask.Request):
    """A request whose files land in the data folder."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None, content_length: int | None = None
    ) -> IO[bytes]:
        place = folder(transaction.office().settings.data_dir)
        if shutil.disk_usage(place).free < 2 * (total_content_length or 0) + SPARE:  # once here, once where it is kept
            raise DiskFull
        nameless: Any = tempfile.TemporaryFile(dir=place, buffering=0)  # noqa: SIM115 - the request closes it
        return Landing(nameless)


def install(app: Flask) -> None:
    """Have `app` receive files this way."""
    app.request_class = Request

    @app.before_request
    def measure() -> None:
        most = getattr(current_app.view_functions.get(request.endpoint or ""), "most_bytes", None)
        if most is not None:
            request.max_content_length = most
