"""A throw-away PostgreSQL server for the bench, on a socket of its own; as in tests/postgres.py, with memory to work with."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "postgres"  # the server refuses to run as root
PROGRAMS = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "jit": "off",
    "max_wal_size": "4GB",
}


def programs() -> Path | None:
    """The newest PostgreSQL's programs; None when there are none."""
    found = sorted(PROGRAMS.glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return found[-1] if found else None


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database; the server is gone after the block."""
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL's programs are not installed")
    home = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    person: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(USER)
        os.chown(home, account.pw_uid, account.pw_gid)
        person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def call(program: str, *arguments: str) -> None:
        subprocess.run([str(where / program), *arguments], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True, **person)

    data = str(home / "data")
    options = " ".join(f"-c {name}='{value}'" for name, value in {**SETTINGS, "unix_socket_directories": str(home)}.items())
    call("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    try:
        call("pg_ctl", "-D", data, "-l", str(home / "server.log"), "-o", options, "-w", "start")
        yield f"postgresql+psycopg://{USER}@/postgres?host={home}"
    finally:
        subprocess.run([str(where / "pg_ctl"), "-D", data, "-m", "immediate", "stop"], cwd="/", capture_output=True, check=False, **person)
        shutil.rmtree(home, ignore_errors=True)
