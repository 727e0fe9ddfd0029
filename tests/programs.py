"""Programs that some tests need, and what is said when one is missing: skipped on a desk, a failure under CI=true."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

POSTGRESQL = Path("/usr/lib/postgresql")
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def postgresql() -> Path | None:
    """The folder with initdb and pg_ctl: Debian's newest, else what the PATH has; None when there is none."""
    for folder in [*sorted(POSTGRESQL.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True), *_on_path("initdb")]:
        if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file():
            return folder
    return None


def chromium() -> Path | None:
    """The browser's program, or None."""
    return next((Path(name) for name in CHROMIUM if Path(name).is_file()), None)


def missing(package: str, what: str) -> NoReturn:
    """Say that Debian's `package` is needed for `what`: a failure where nothing may be left out, else a skip."""
    message = f"{what}: the Debian package {package} is missing (apt-get install {package})"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def _on_path(name: str) -> Iterator[Path]:
    found = shutil.which(name)
    if found:
        yield Path(found).resolve().parent
