"""Makers of agencies: Hanoi's as shipped, in memory; single rows."""

import csv
from datetime import date
from functools import cache
from importlib import resources
from itertools import count

from sqlalchemy.orm import Session

from petitions.agencies.directory import Directory, Entry, Succession
from petitions.agencies.models import Agency, AgencySuccession
from petitions.agencies.reference import NEW_UNITS_FROM
from tests.make import areas

_numbers = count(1)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    with resources.files("petitions.agencies").joinpath(f"data/{name}.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


@cache
def hanoi() -> Directory:
    """Hanoi's agencies as shipped, without a database."""
    ground = areas.hanoi()
    aliases: dict[str, list[str]] = {}
    for row in rows("aliases"):
        aliases.setdefault(row["agency"], []).append(row["words"])
    made: dict[str, Entry] = {}
    for row in rows("agencies"):
        days = (areas.day(row["valid_from"]), areas.day(row["valid_to"]))
        named = tuple(aliases.get(row["code"], ()))
        made[row["code"]] = Entry(len(made) + 1, row["code"], row["name"], row["short_name"] or None, row["kind"], row["level"], *days, aliases=named)
    successions = [
        Succession(made[row["old"]].id, made[row["new"]].id, date.fromisoformat(row["on"]), row["share"], row["basis"], row["confirmed"] == "1")
        for row in rows("successions")
    ]
    for area in (*ground.districts.values(), *(unit for unit in ground.units.values() if unit.lives(NEW_UNITS_FROM))):
        level, of = ("district", {"district_id": area.id}) if area.is_district else ("commune", {"unit_id": area.id})
        code, name = f"ubnd-{area.code}", f"Ủy ban nhân dân {area.label}"
        made[code] = Entry(len(made) + 1, code, name, None, "committee", level, area.valid_from, area.valid_to, **of)
    for district in ground.districts.values():
        for unit in ground.ground_of_district(district.id, NEW_UNITS_FROM):
            pair = made[f"ubnd-{district.code}"].id, made[f"ubnd-{ground.units[unit].code}"].id
            successions.append(Succession(*pair, NEW_UNITS_FROM, "part", "thử"))
    return Directory.of(made.values(), successions, ground).warm()


def agency(session: Session, *, name: str = "Sở Thử nghiệm", level: str = "city", valid_from: date | None = None, valid_to: date | None = None) -> Agency:
    row = Agency(code=f"a-{next(_numbers)}", name=name, kind="department", level=level, valid_from=valid_from, valid_to=valid_to, basis="thử", confirmed=True)
    session.add(row)
    session.flush()
    return row


def succession(session: Session, old: Agency, new: Agency, *, on: date = date(2025, 3, 1), share: str = "whole", confirmed: bool = True) -> AgencySuccession:
    row = AgencySuccession(old_id=old.id, new_id=new.id, on=on, share=share, basis="thử", confirmed=confirmed)
    session.add(row)
    session.flush()
    return row
