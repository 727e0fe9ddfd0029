"""An office with very many open duties, for measuring: those of the demo office copied with all that hangs on them.

Each copy gets a petition of its own and moves as a whole by some days, so that ages spread; transfer letters and answer letters are shared by
the copies of one chunk. Inserted in bulk, past the actions: good for measuring, for nothing else.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from petitions import cli, ports
from petitions.core import clock, db, migrate
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.demo import loading
from petitions.duties.models import answers, duty, time, transfer, voters
from petitions.duties.workflow import OPEN
from petitions.intake.following.models import PetitionDuty
from petitions.intake.models import Petition, PetitionAgency
from petitions.settings import Settings

CHUNK = 1000
SPREAD = range(-150, 11)  # days by which a copy is moved
OWN = (
    duty.DutyDate,
    duty.DutyHolder,
    answers.AnswerItem,
    answers.Commitment,
    answers.ReAsk,
    answers.Evidence,
    answers.ProgressReport,
    time.ReturnRequest,
    time.Extension,
    time.Suspension,
    transfer.Forwarding,
    voters.Publication,
    voters.Told,
)
Row = dict[str, Any]


def table(model: type[Any]) -> Table:
    """The table of a model."""
    return cast(Table, model.__table__)


@dataclass(frozen=True)
class Family:
    """An open duty of the demo office: its petition, the petition's agencies, the duty, and the rows that hang on it."""

    petition: Row
    agencies: Sequence[Row]
    duty: Row
    own: Mapping[str, Sequence[Row]]


def fill(settings: Settings, size: int) -> None:
    """The demo office with `size` open duties."""
    office = Office.open(settings)
    print(f"filling: {size} duties", file=sys.stderr, flush=True)
    ports.introduce()  # letters of the demo office keep their copies among the documents
    migrate.upgrade(office.engine)
    for room in cli.REFERENCE:
        with db.transaction(office.engine) as session:
            room.load(session, by=SYSTEM, now=clock.now())
    loading.load(office)
    with db.reading(office.engine) as session:
        copies = Copies(session)
        missing = size - (session.scalar(select(func.count()).select_from(duty.Duty).where(duty.Duty.state.in_(OPEN))) or 0)
    while missing > 0:
        made = copies.chunk(min(CHUNK, missing))
        with db.transaction(office.engine) as session:
            for name, rows in made.items():
                if rows:
                    session.execute(insert(copies.tables[name]), rows)
        missing -= CHUNK
    with office.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    office.engine.dispose()


class Copies:
    """Makes copies: what is copied from, and the next number of every table."""

    def __init__(self, session: Session) -> None:
        models = [Petition, PetitionAgency, transfer.Bundle, transfer.TransferLetter, answers.AnswerLetter, duty.Duty, PetitionDuty, *OWN]
        self.tables = {str(model.__tablename__): table(model) for model in models}  # in an order in which they may be inserted
        self.dice = random.Random(2026)
        last = {name: (session.scalar(select(func.max(one.c.id))) or 0) if "id" in one.c else 0 for name, one in self.tables.items()}
        self.numbers = {name: count(number + 1) for name, number in last.items()}
        self.rows = {name: [dict(row._mapping) for row in session.execute(select(one))] for name, one in self.tables.items()}
        petitions = {row["id"]: row for row in self.rows["petitions"]}
        open_ = [row for row in self.rows["duties"] if row["state"] in OPEN and row["subject_kind"] == "petition"]
        self.families = [self._family(row, petitions[row["subject_id"]]) for row in open_]

    def _family(self, row: Row, petition: Row) -> Family:
        own = {str(model.__tablename__): [one for one in self.rows[str(model.__tablename__)] if one["duty_id"] == row["id"]] for model in OWN}
        return Family(petition, [one for one in self.rows["petition_agencies"] if one["petition_id"] == petition["id"]], row, own)

    def chunk(self, n: int) -> dict[str, list[Row]]:
        """The rows of `n` more duties, by table."""
        made: dict[str, list[Row]] = {name: [] for name in self.tables}
        letters = self._letters(made)
        for _ in range(n):
            self._copy(self.dice.choice(self.families), letters, made)
        return made

    def _letters(self, made: dict[str, list[Row]]) -> dict[str, dict[int, int]]:
        """Copies of all letters for one chunk: old number → new one."""
        bundles, sent, answered = dict[int, int](), dict[int, int](), dict[int, int]()
        for row in self.rows["bundles"]:
            made["bundles"].append(row | {"id": bundles.setdefault(row["id"], next(self.numbers["bundles"]))})
        for row in self.rows["transfer_letters"]:
            number = sent.setdefault(row["id"], next(self.numbers["transfer_letters"]))
            made["transfer_letters"].append(row | {"id": number, "bundle_id": bundles[row["bundle_id"]], "number": f"M{number}", "unique_key": None})
        for row in self.rows["answer_letters"]:
            number = answered.setdefault(row["id"], next(self.numbers["answer_letters"]))
            made["answer_letters"].append(row | {"id": number, "unique_key": None})
        return {"transfer": sent, "answer": answered}

    def _copy(self, family: Family, letters: Mapping[str, Mapping[int, int]], made: dict[str, list[Row]]) -> None:
        moved = timedelta(days=self.dice.choice(SPREAD))
        petition, number = next(self.numbers["petitions"]), next(self.numbers["duties"])
        code = {"id": petition, "code": f"BENCH-{petition:07}", "form_token": None, "digest": None}
        made["petitions"].append(_moved(family.petition, moved) | code)
        for row in family.agencies:
            made["petition_agencies"].append(row | {"id": next(self.numbers["petition_agencies"]), "petition_id": petition})
        items = {row["id"]: next(self.numbers["answer_items"]) for row in family.own["answer_items"]}
        promises = {row["id"]: next(self.numbers["commitments"]) for row in family.own["commitments"]}
        own = {"id": number, "subject_id": petition, "item_id": None, "rerouted_from_id": None}
        own |= {"letter_id": letters["transfer"].get(family.duty["letter_id"]), "answer_item_id": items.get(family.duty["answer_item_id"])}
        made["duties"].append(_moved(family.duty, moved) | own)
        made["petition_duties"].append({"petition_id": petition, "duty_id": number})
        for name, rows in family.own.items():
            for row in rows:
                fresh: Row = {"id": items.get(row["id"]) if name == "answer_items" else promises.get(row["id"]) if name == "commitments" else None}
                fresh = {"id": fresh["id"] or next(self.numbers[name]), "duty_id": number}
                if name == "answer_items":
                    fresh["letter_id"] = letters["answer"][row["letter_id"]]
                kept = {"subject_id": petition} if "subject_id" in row else {}
                links = {key: items.get(row[key]) for key in ("answer_item_id", "answered_item_id") if key in row}
                follows = {"follows_id": promises.get(row["follows_id"])} if "follows_id" in row else {}
                made[name].append(_moved(row, moved) | fresh | kept | links | follows)


def _moved(row: Row, by: timedelta) -> Row:
    """All days of a row moved; moments stay."""
    return {name: value + by if type(value) is date else value for name, value in row.items()}
