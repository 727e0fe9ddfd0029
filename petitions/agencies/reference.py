"""Loading the reference data of the agencies: rows the office does not have yet; what it edited is never overwritten.

People's Committees of the 30 districts and the 126 communes are made from the areas; a district's successions follow its ground.
"""

import csv
import secrets
from datetime import date, datetime
from importlib import resources

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency, AgencyAlias, AgencyEdition, AgencySuccession
from petitions.agencies.queries import EDITION
from petitions.areas import queries as areas
from petitions.areas.gazetteer import Gazetteer, Place
from petitions.core.identity import Identity
from petitions.journal import actions as journal

NEW_UNITS_FROM = date(2025, 7, 1)
OF_AREAS = "theo danh mục đơn vị hành chính"
OF_GROUND = "theo bảng đơn vị hành chính cũ, mới: địa bàn quận, huyện cũ nằm ở đơn vị này; việc thuộc ngành có thể đã chuyển về sở"


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add agencies, names and successions that are missing (known by their own codes); returns how many were added. Areas first. Idempotent."""
    known = {row.code: row.id for row in session.execute(select(Agency.code, Agency.id))}
    ground = areas.gazetteer(session)
    fresh = [agency for agency in (*_from_file(), *_of_districts(ground), *_of_units(ground)) if agency.code not in known]
    session.add_all(fresh)
    session.flush()
    known |= {agency.code: agency.id for agency in fresh}
    added = len(fresh) + _aliases(session, known) + _successions(session, known, ground)
    if added:
        new_edition(session)
        journal.record(session, "agencies.load", ("agencies", EDITION), by=by, now=now, changes={"rows": (None, added)})
    return added


def new_edition(session: Session) -> None:
    """Say that the agencies changed: every process builds its directory anew at its next question."""
    row = session.get(AgencyEdition, EDITION)
    if row is None:
        session.add(AgencyEdition(id=EDITION, token=secrets.token_hex(16)))
    else:
        row.token = secrets.token_hex(16)
    session.flush()


def committee_code(area: Place) -> str:
    """The code of the People's Committee of an area."""
    return f"ubnd-{area.code}"


def _from_file() -> list[Agency]:
    return [
        Agency(
            **{name: row[name] for name in ("code", "name", "kind", "level", "basis")},
            short_name=row["short_name"] or None,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            confirmed=row["confirmed"] == "1",
        )
        for row in _rows("agencies")
    ]


def _of_districts(ground: Gazetteer) -> list[Agency]:
    return [_committee(area, "district", district_id=area.id) for area in ground.districts.values()]


def _of_units(ground: Gazetteer) -> list[Agency]:
    return [_committee(area, "commune", unit_id=area.id) for area in ground.units.values() if area.lives(NEW_UNITS_FROM)]


def _committee(area: Place, level: str, *, unit_id: int | None = None, district_id: int | None = None) -> Agency:
    return Agency(
        code=committee_code(area),
        name=f"Ủy ban nhân dân {area.label}",
        short_name=f"UBND {area.label}",
        kind="committee",
        level=level,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
        unit_id=unit_id,
        district_id=district_id,
        basis=OF_AREAS,
        confirmed=True,
    )


def _aliases(session: Session, known: dict[str, int]) -> int:
    held = {tuple(row) for row in session.execute(select(AgencyAlias.agency_id, AgencyAlias.words))}
    fresh = [
        AgencyAlias(agency_id=known[row["agency"]], words=row["words"], source=row["source"])
        for row in _rows("aliases")
        if (known[row["agency"]], row["words"]) not in held
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _successions(session: Session, known: dict[str, int], ground: Gazetteer) -> int:
    held = {tuple(row) for row in session.execute(select(AgencySuccession.old_id, AgencySuccession.new_id, AgencySuccession.on))}
    wanted = [(row["old"], row["new"], date.fromisoformat(row["on"]), row["share"], row["basis"], row["confirmed"] == "1") for row in _rows("successions")]
    for district in ground.districts.values():
        for unit in ground.ground_of_district(district.id, NEW_UNITS_FROM):
            if district.valid_to and district.valid_to < NEW_UNITS_FROM:
                wanted.append((committee_code(district), committee_code(ground.units[unit]), NEW_UNITS_FROM, "part", OF_GROUND, True))
    fresh = [
        AgencySuccession(old_id=known[old], new_id=known[new], on=on, share=share, basis=basis, confirmed=confirmed)
        for old, new, on, share, basis, confirmed in wanted
        if (known[old], known[new], on) not in held
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("petitions.agencies").joinpath(f"data/{name}.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
