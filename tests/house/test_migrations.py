"""The steps of the database: up, in agreement with the models, and back, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from petitions.core import migrate
from petitions.core.db import make_engine
from tests.conftest import BOTH
from tests.house.source import ROOT

STEPS = sorted(path for path in (ROOT / "migrations" / "versions").glob("*.py") if path.name != "__init__.py")
LONGEST_NAME = 32  # alembic_version.version_num holds no more on PostgreSQL


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("postgres")
    name = server.copy(of="template0")
    engine = make_engine(server.url(name))
    yield engine
    engine.dispose()
    server.drop(name)


def test_steps_go_up_agree_with_the_models_and_go_back(empty: Engine) -> None:
    if not STEPS:
        pytest.skip("there is no step yet")
    migrate.upgrade(empty)
    assert migrate.current(empty) == migrate.newest()
    differences = migrate.check(empty)
    assert not differences, "tables and models differ (scripts/new_migration writes the step):\n" + "\n".join(differences)
    tables = set(inspect(empty).get_table_names())
    migrate.upgrade(empty)  # once more changes nothing
    migrate.downgrade(empty)
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    migrate.upgrade(empty)
    assert set(inspect(empty).get_table_names()) == tables


def test_both_engines_hold_the_models_tables(engine: Engine) -> None:
    assert set(inspect(engine).get_table_names()) - {"alembic_version"} == set(migrate.tables().tables)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.stem)
def test_a_step_is_named_like_its_file(step: Path) -> None:
    assert len(step.stem) <= LONGEST_NAME
    assert f'revision = "{step.stem}"' in step.read_text(encoding="utf-8")
