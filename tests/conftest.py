"""The tests' ground: both databases, a rolled-back session, a temporary office, its pages and a browser.

- `engine`      tables only, SQLite and PostgreSQL; shared by all tests of a process: write to it through `session` alone
- `session`     on `engine`, rolled back after the test, whatever it flushed or "committed"
- `own_engine`  a database of the test's own on both engines, for what really commits (doors, workers, two writers at once)
- `office`      data folder and database, migrated, with reference data; SQLite, or what a test asks for:
                `@pytest.mark.parametrize("office", BOTH, indirect=True)`, `[..., ["sqlite+demo"], ...]` with the demo office in it
- `app`, `client`   the pages of `office`, without a browser
- `live`, `page`    the pages of `office` served, and a browser (see tests/browser.py)
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from petitions.accounts import scopes
from petitions.core import clock
from petitions.core.db import make_engine
from petitions.core.office import Office
from petitions.settings import Settings
from tests import schema

pytest_plugins = ["tests.postgres", "tests.browser"]

BOTH = ["sqlite", "postgresql"]
# For tables walked whole (every state, person and move): each move is tried on both engines elsewhere, the table is the same on both.
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
DEMO_DAY = date(2026, 1, 20)
DEMO_PASSWORD = "Thu-nghiem-2026"


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """The held day, and the kinds of scope that an application registers: a test without pages may use made-up ids."""
    yield
    clock.hold(None)
    scopes._kinds.clear()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the tables, and nothing else."""
    path = tmp_path_factory.mktemp("template") / "petitions.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    schema.bring_up(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session", params=BOTH)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with the tables; one for each process and kind. Never commit to it: use `session`."""
    yield from database(request, request.param, tmp_path_factory.mktemp("shared"))


@pytest.fixture(params=BOTH)
def own_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of this test's own: what it commits is seen by nobody else."""
    yield from database(request, request.param, tmp_path)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose every trace is gone after the test; what happens inside it may flush, roll back and commit."""
    with engine.execution_options(writes=True).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as inner:
            yield inner
        outer.rollback()


@pytest.fixture(scope="session")
def office_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], "Template"]:
    """Gives, per kind of office, one that is copied for each test; made when first asked for, once for all processes of the run."""
    made: dict[str, Template] = {}
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def give(kind: str) -> Template:
        if kind not in made:
            with (shared / f"office-{kind}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                made[kind] = Template.of(request, kind, shared / f"office-{kind}")
        return made[kind]

    return give


@pytest.fixture
def office(request: pytest.FixtureRequest, office_template: Callable[[str], "Template"], tmp_path: Path) -> Iterator[Office]:
    """A temporary office: own data folder, own database, reference data loaded; the demo office too when asked for."""
    kind = getattr(request, "param", "sqlite")
    template = office_template(kind)
    data = tmp_path / "office"
    shutil.copytree(template.folder, data)
    if not template.database:
        opened = Office.open(settings(kind, data, f"sqlite:///{data / 'petitions.sqlite'}"))
        yield opened
        opened.engine.dispose()
        return
    server = request.getfixturevalue("postgres")
    name = server.copy(of=template.database)
    opened = Office.open(settings(kind, data, server.url(name)))
    yield opened
    opened.engine.dispose()
    server.drop(name)


@pytest.fixture(scope="session")
def serve() -> Callable[[Office], Any]:
    """Gives the application of an office; built once for each process, for routes and templates take longer than most tests."""
    built: dict[str, Any] = {}

    def give(office: Office) -> Any:
        factory = import_module("petitions.app")
        if not built:
            built["app"] = factory.create_app(office)
            built["config"] = dict(built["app"].config)
        found = built["app"]
        found.config.clear()
        found.config.update(built["config"])
        factory.assemble()
        import_module("petitions.web.house").serve(found, office)
        return found

    return give


@pytest.fixture
def app(office: Office, serve: Callable[[Office], Any]) -> Any:
    """The application of `office`."""
    return serve(office)


@pytest.fixture
def client(app: Any) -> Any:
    """A caller of `app` that keeps its cookies."""
    return app.test_client()


@dataclass(frozen=True)
class Template:
    """What an office is copied from: a folder, and on PostgreSQL the name of a database."""

    folder: Path
    database: str

    @classmethod
    def of(cls, request: pytest.FixtureRequest, kind: str, shared: Path) -> "Template":
        """The template that another process has made in `shared`, else a new one left there for the others."""
        server = request.getfixturevalue("postgres") if kind.startswith("postgresql") else None
        dumped = shared.with_suffix(".dump")
        if shared.exists():
            return cls(shared, server.restored(dumped) if server else "")
        name = server.copy() if server else ""
        being = shared.with_suffix(".being-made")
        shutil.rmtree(being, ignore_errors=True)
        being.mkdir()
        url = server.url(name) if server else f"sqlite:///{being / 'petitions.sqlite'}"
        if not server:
            shutil.copy(request.getfixturevalue("sqlite_template"), being / "petitions.sqlite")
        cls._fill(kind, being, url)
        if server:
            server.dump(name, dumped)
        being.rename(shared)
        return cls(shared, name)

    @staticmethod
    def _fill(kind: str, folder: Path, url: str) -> None:
        """By the same commands that a person would use."""
        opened = Office.open(settings(kind, folder, url))
        petitions(opened, "reference", "load")
        if kind.endswith("+demo"):
            petitions(opened, "demo", "load")
        opened.engine.dispose()


def settings(kind: str, folder: Path, url: str) -> Settings:
    """The settings of a test's office; the demo office lives on its own day, with a known password."""
    demo = kind.endswith("+demo")
    return Settings(
        data_dir=folder,
        database_url=url,
        secret_key="for-tests-" * 5,
        today=DEMO_DAY if demo else None,
        demo_password=DEMO_PASSWORD if demo else None,
    )


def database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[Engine]:
    """An engine of `kind` on a fresh copy of the tables."""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        name = server.copy()
        engine = make_engine(server.url(name))
        yield engine
        engine.dispose()
        server.drop(name)
        return
    shutil.copy(request.getfixturevalue("sqlite_template"), folder / "tables.sqlite")
    engine = make_engine(f"sqlite:///{folder / 'tables.sqlite'}")
    yield engine
    engine.dispose()


def petitions(office: Office, *arguments: str) -> None:
    """Run a command in this process on `office`: `petitions(office, "reference", "load")`."""
    if find_spec("petitions.cli") is None:
        return  # until there are commands
    import_module("petitions.cli").cli.main(list(arguments), obj=office, standalone_mode=False)
