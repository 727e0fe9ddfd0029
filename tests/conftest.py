"""The tests' ground: both databases, a rolled-back session, a temporary office, its pages and a browser.

- `engine`      tables only, SQLite and PostgreSQL; shared by all tests of a process: write to it through `session` alone
- `session`     on `engine`, rolled back after the test, whatever it flushed or "committed"
- `own_engine`  a database of the test's own on both engines, for what really commits (doors, workers, two writers at once)
- `office`      data folder and database (SQLite; `parametrize("office", BOTH, indirect=True)` for both), migrated, reference data
- `app`, `client`   the pages of `office`, without a browser
- `live`, `page`    the pages of `office` served, and a browser (see tests/browser.py)
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.db import make_engine
from petitions.core.office import Office
from petitions.settings import Settings
from tests import schema

pytest_plugins = ["tests.postgres", "tests.browser"]

BOTH = ["sqlite", "postgresql"]


@pytest.fixture(autouse=True)
def _calendar_runs() -> Iterator[None]:
    yield
    clock.hold(None)


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
def office_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Gives, per kind of database, an office with reference data that is copied for each test; made when first asked for."""
    made: dict[str, Template] = {}

    def give(kind: str) -> Template:
        if kind not in made:
            made[kind] = Template.make(request, kind, tmp_path_factory.mktemp(f"office-{kind}"))
        return made[kind]

    return give


@pytest.fixture
def office(request: pytest.FixtureRequest, office_template: Any, tmp_path: Path) -> Iterator[Office]:
    """A temporary office: own data folder, own database, reference data loaded."""
    kind = getattr(request, "param", "sqlite")
    template = office_template(kind)
    data = tmp_path / "office"
    shutil.copytree(template.folder, data)
    name = ""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        name = server.copy(of=template.database)
        url = server.url(name)
    else:
        url = f"sqlite:///{data / 'petitions.sqlite'}"
    opened = Office.open(Settings(data_dir=data, database_url=url, secret_key="for-tests-" * 5))
    yield opened
    opened.engine.dispose()
    if name:
        server.drop(name)


@pytest.fixture
def app(office: Office) -> Any:
    """The application of `office`."""
    return import_module("petitions.app").create_app(office.settings)


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
    def make(cls, request: pytest.FixtureRequest, kind: str, folder: Path) -> "Template":
        """Make one and load the reference data into it."""
        name = ""
        if kind == "postgresql":
            server = request.getfixturevalue("postgres")
            name = server.copy()
            url = server.url(name)
        else:
            shutil.copy(request.getfixturevalue("sqlite_template"), folder / "petitions.sqlite")
            url = f"sqlite:///{folder / 'petitions.sqlite'}"
        opened = Office.open(Settings(data_dir=folder, database_url=url, secret_key="for-tests-" * 5))
        load_reference(opened)
        opened.engine.dispose()
        return cls(folder, name)


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


def load_reference(office: Office) -> None:
    """What `petitions reference load` does."""
    if find_spec("petitions.cli") is None:
        return
    import_module("petitions.cli").cli.main(["reference", "load"], obj=office, standalone_mode=False)
