"""A throw-away PostgreSQL server: one for each process of the test run, on a socket of its own, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from petitions.core.db import make_engine
from tests import programs, schema

USER = "postgres"  # the server refuses to run as root
TEMPLATE = "petitions_template"
# Nothing here outlives the run, so nothing is written through to the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "timezone": "UTC",
}


@dataclass
class Server:
    """A running server; `copy` gives databases that hold the tables, and nothing else, at the price of a file copy."""

    folder: Path
    programs: Path
    made: int = 0

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run a statement outside any transaction (CREATE and DROP DATABASE want that)."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def copy(self, of: str = TEMPLATE) -> str:
        """A new database, the same as `of`; its name."""
        self.made += 1
        name = f"petitions_{self.made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {of}")
        return name

    def dump(self, database: str, into: Path) -> None:
        """Write a database to a file from which the server of another process can restore it."""
        subprocess.run([self.programs / "pg_dump", "-Fc", "-Z0", "-h", self.folder, "-U", USER, "-f", into, database], check=True, capture_output=True)

    def restored(self, dumped: Path) -> str:
        """A new database with what `dump` has written; its name."""
        self.made += 1
        name = f"petitions_{self.made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        subprocess.run([self.programs / "pg_restore", "-h", self.folder, "-U", USER, "-d", name, dumped], check=True, capture_output=True)
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server, with the template database brought to the newest step. Skips (under CI: fails) without PostgreSQL."""
    programs_folder = programs.postgresql()
    if programs_folder is None:
        programs.missing("postgresql", "tests on PostgreSQL")
    home = Path(tempfile.mkdtemp(prefix="petitions-pg-"))
    person: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(USER)
        os.chown(home, account.pw_uid, account.pw_gid)
        person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def call(program: str, *arguments: str) -> None:
        command = [str(programs_folder / program), *arguments]
        with (home / "calls.log").open("ab") as log:
            done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, **person)
        if done.returncode:
            said = "\n".join(path.read_text(errors="replace") for path in (home / "calls.log", home / "server.log") if path.exists())
            pytest.fail(f"{program} failed:\n{said[-2000:]}", pytrace=False)

    data = str(home / "data")
    options = " ".join(f"-c {name}='{value}'" for name, value in {**SETTINGS, "unix_socket_directories": str(home)}.items())
    call("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    try:
        call("pg_ctl", "-D", data, "-l", str(home / "server.log"), "-o", options, "-w", "-t", "60", "start")
        server = Server(home, programs_folder)
        server.run(f"CREATE DATABASE {TEMPLATE}")
        engine = make_engine(server.url(TEMPLATE))
        schema.bring_up(engine)
        engine.dispose()
        yield server
    finally:
        subprocess.run([str(programs_folder / "pg_ctl"), "-D", data, "-m", "immediate", "stop"], cwd="/", capture_output=True, check=False, **person)
        shutil.rmtree(home, ignore_errors=True)
