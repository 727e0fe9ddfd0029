"""The tables of the tests: made by the real steps."""

from sqlalchemy import Engine

from petitions.core import migrate


def bring_up(engine: Engine) -> None:
    """The tables, by the real steps; by the models while there is no step yet."""
    if migrate.newest():
        migrate.upgrade(engine)
    else:
        migrate.tables().create_all(engine)
