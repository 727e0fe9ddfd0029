"""Imports tried on a whole office: files written and taken in, counted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from petitions.core import clock, db
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.council import queries as council
from petitions.intake.importing import actions, plan, queries, reading, report, storage
from petitions.intake.importing.models import RUNNING, ImportBatch
from petitions.intake.importing.plan import Tally
from petitions.intake.importing.running import Run
from petitions.intake.models import Petition
from petitions.intake.queries.reading import PARTS
from tests.importing.files import xlsx

BY = Identity(user_id=None, username="thu", name="Người thử")


@dataclass
class Desk:
    """An office, and what a test does in it."""

    office: Office
    folder: Path

    def body_id(self, code: str = "HD") -> int:
        with db.reading(self.office.engine) as session:
            return council.body_by_code(session, code).id

    def run(self, rows: list[list[Any]] | bytes, *, dry: bool = False, name: str = "tep.xlsx", body: str = "HD") -> Tally:
        """Import `rows` (header first) by the same steps as the command."""
        data = rows if isinstance(rows, bytes) else xlsx(rows)
        sheet = reading.read_bytes(data, name)
        with db.reading(self.office.engine) as session:
            ledger = queries.ledger(session, self.body_id(body), today=clock.today())
        made = Run(self.office, plan.candidates(sheet, body), sheet.header, ledger, BY)
        if dry:
            return made.dry(lambda done, total: None)
        made.batch_id = self.begin(data)
        tally = made.real(lambda done, total: None)
        with db.transaction(self.office.engine) as session:
            told = report.of(tally, sheet.remarks, sheet.header)
            actions.finish(session, session.get_one(ImportBatch, made.batch_id), report=told, by=BY, now=clock.now())
        return tally

    def begin(self, data: bytes, state: str = RUNNING) -> int:
        with db.transaction(self.office.engine) as session:
            digest = storage.digest_of(data)
            return actions.begin(session, body_id=self.body_id(), file_name="tep.xlsx", digest=digest, size=len(data), state=state, by=BY, now=clock.now()).id

    def one(self, **where: Any) -> Petition:
        """The one petition there is (with its parts)."""
        with db.reading(self.office.engine) as session:
            found = session.scalars(select(Petition).filter_by(**where).options(*PARTS)).all()
            session.expunge_all()
        assert len(found) == 1
        return found[0]

    def count(self, table: Any) -> int:
        with db.reading(self.office.engine) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def change(self, petition_id: int, act: Callable[..., Any]) -> None:
        """Have `act(session, petition)` done by a person, in a transaction."""
        with db.transaction(self.office.engine) as session:
            petition = queries.petitions(session, [petition_id])[petition_id]
            act(session, petition)
            petition.version += 1


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)
