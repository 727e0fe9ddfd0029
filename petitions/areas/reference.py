"""Loading the reference data of the areas: rows the office does not have yet; what it edited is never overwritten."""

import csv
import secrets
from datetime import date, datetime
from importlib import resources

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.areas.models import AdminUnit, AreaAlias, AreaEdition, District, UnitChange
from petitions.areas.queries import EDITION
from petitions.core.identity import Identity
from petitions.journal import actions as journal


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add districts, units, changes and aliases that are missing (known by their own codes); returns how many were added. Idempotent."""
    added = 0
    districts = {row.code: row.id for row in session.execute(select(District.code, District.id))}
    for row in _rows("districts"):
        if row["code"] not in districts:
            made = District(**_text(row, "code", "kind", "name", "source"), gso_code=row["gso_code"] or None, **_validity(row))
            session.add(made)
            session.flush()
            districts[made.code] = made.id
            added += 1
    units = {row.code: row.id for row in session.execute(select(AdminUnit.code, AdminUnit.id))}
    fresh = [
        AdminUnit(
            **_text(row, "code", "kind", "name", "source"),
            gso_code=row["gso_code"] or None,
            note=row["note"] or None,
            district_id=districts[row["district"]] if row["district"] else None,
            **_validity(row),
        )
        for row in _rows("units")
        if row["code"] not in units
    ]
    session.add_all(fresh)
    session.flush()
    units |= {unit.code: unit.id for unit in fresh}
    added += len(fresh) + _changes(session, units) + _aliases(session, districts, units)
    if added:
        new_edition(session)
        journal.record(session, "areas.load", ("areas", EDITION), by=by, now=now, changes={"rows": (None, added)})
    return added


def new_edition(session: Session) -> None:
    """Say that the areas changed: every process builds its gazetteer anew at its next question."""
    row = session.get(AreaEdition, EDITION)
    if row is None:
        session.add(AreaEdition(id=EDITION, token=secrets.token_hex(16)))
    else:
        row.token = secrets.token_hex(16)
    session.flush()


def _changes(session: Session, units: dict[str, int]) -> int:
    known = {tuple(row) for row in session.execute(select(UnitChange.old_id, UnitChange.new_id, UnitChange.on))}
    fresh = [
        UnitChange(
            old_id=units[row["old"]],
            new_id=units[row["new"]],
            on=date.fromisoformat(row["on"]),
            share=row["share"],
            source=row["source"],
            confirmed=row["confirmed"] == "1",
        )
        for row in _rows("changes")
        if (units[row["old"]], units[row["new"]], date.fromisoformat(row["on"])) not in known
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _aliases(session: Session, districts: dict[str, int], units: dict[str, int]) -> int:
    known = {tuple(row) for row in session.execute(select(AreaAlias.words, AreaAlias.district_id, AreaAlias.unit_id))}
    fresh = [
        AreaAlias(words=row["words"], district_id=districts.get(row["district"]), unit_id=units.get(row["unit"]), source=row["source"])
        for row in _rows("aliases")
        if (row["words"], districts.get(row["district"]), units.get(row["unit"])) not in known
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("petitions.areas").joinpath(f"data/{name}.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def _text(row: dict[str, str], *names: str) -> dict[str, str]:
    return {name: row[name] for name in names}


def _validity(row: dict[str, str]) -> dict[str, date | bool | None]:
    day = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
    return {**day, "confirmed": row["confirmed"] == "1"}
