"""The shape of the database: steps forward, steps back, and whether tables and models agree. Alembic by its Python API.

The steps lie in `migrations/versions`, beside the package in the repository and inside it once installed.
"""

import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module, resources
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text
from sqlalchemy.sql.elements import False_, True_

import petitions
from petitions.core.db import Base, UTCDateTime

HEAD = "head"
BASE = "base"
ONE_AT_A_TIME = 20_250_701  # any number; two offices that start together upgrade one after the other


def upgrade(engine: Engine, target: str = HEAD) -> None:
    """Bring the database to `target` (the newest step by default). One transaction: all of it or nothing."""
    _run(engine, lambda config: command.upgrade(config, target))


def downgrade(engine: Engine, target: str = BASE) -> None:
    """Take the database back to `target`; `base` leaves no table of ours. What the dropped tables held is lost."""
    _run(engine, lambda config: command.downgrade(config, target))


def current(engine: Engine) -> str | None:
    """The step at which the database stands; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The last step there is; None while there is none."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def check(engine: Engine) -> list[str]:
    """How the tables differ from the models, one line a difference; empty when they agree."""
    with engine.connect() as connection:
        options = {"compare_type": True, "render_as_batch": True}
        return [str(difference) for difference in compare_metadata(MigrationContext.configure(connection, opts=options), tables())]


def write_step(engine: Engine, name: str, message: str) -> Path:
    """Write the step from what `engine` holds to what the models say, as `<name>.py`; it must be read and edited by hand."""
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        script = command.revision(config, message=message, autogenerate=True, rev_id=name)
    if script is None or isinstance(script, list):
        raise RuntimeError("one step was asked for")
    return Path(script.path)


def tables() -> MetaData:
    """The tables of all rooms: every `models` module there is, imported."""
    for module in pkgutil.walk_packages(petitions.__path__, "petitions."):
        if "models" in module.name.split("."):
            import_module(module.name)
    return Base.metadata


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """How our own column types are written into a step: by what the database sees, so that old steps need no code of ours."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "server_default" and isinstance(getattr(item, "arg", None), True_ | False_):
        return f"sa.{'true' if isinstance(item.arg, True_) else 'false'}()"  # each engine writes its own
    return False


def _config() -> Config:
    beside = Path(petitions.__file__).parent.parent / "migrations"
    folder = beside if beside.is_dir() else Path(str(resources.files("petitions.migrations")))
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s")
    config.set_main_option("path_separator", "os")
    return config


def _run(engine: Engine, step: Callable[[Config], object]) -> None:
    config = _config()
    with engine.execution_options(writes=True).connect() as connection, _keys_off(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        step(config)
        if engine.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(5)
            if broken:
                raise RuntimeError(f"the step leaves rows that point nowhere: {broken}")


@contextmanager
def _keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it; with foreign keys on, dropping the old one would empty the tables that point at it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.cursor()  # beneath SQLAlchemy: the pragma has no effect inside a transaction
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
        raw.close()
