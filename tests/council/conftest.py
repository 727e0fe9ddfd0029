"""Hanoi as shipped: areas and council reference data in one database per module and engine, rolled back at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from petitions.areas.models import AdminUnit, District
from petitions.council import queries, reference
from petitions.council.answers import Assignment
from tests.make.council import NOW, OFFICER


@dataclass(frozen=True)
class Hanoi:
    """The loaded database with its codes."""

    session: Session
    units: dict[str, AdminUnit]
    districts: dict[str, District]

    def body(self, code):
        return queries.body_by_code(self.session, code).id

    def ask(self, body, day, unit=None, district=None) -> Assignment:
        unit_id = self.units[unit].id if unit else None
        return queries.constituency_of(
            self.session, body_id=self.body(body), unit_id=unit_id, district_id=self.districts[district].id if district else None, day=day
        )

    def new_units(self):
        return [unit for unit in self.units.values() if unit.valid_from is not None and unit.valid_from.isoformat() == "2025-07-01"]


@pytest.fixture(scope="module")
def hanoi(engine: Engine) -> Iterator[Hanoi]:
    with engine.execution_options(writes=True).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            import_module("petitions.areas.reference").load(session, by=OFFICER, now=NOW)
            reference.load(session, by=OFFICER, now=NOW)
            units = {row.code: row for row in session.scalars(select(AdminUnit))}
            yield Hanoi(session, units, {row.code: row for row in session.scalars(select(District))})
        outer.rollback()
