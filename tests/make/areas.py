"""Makers of areas: Hanoi as shipped, in memory and in a database; single rows."""

import csv
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from itertools import count

from sqlalchemy.orm import Session

from petitions.areas import reference
from petitions.areas.gazetteer import Change, Gazetteer, Place
from petitions.areas.models import AdminUnit, District, UnitChange
from petitions.areas.queries import TERM_BEGAN
from petitions.core.identity import Identity

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
KEEPER = Identity(user_id=1, username="admin", name="Người quản trị", permissions=frozenset({"reference.manage", "reference.read"}))
_numbers = count(1)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    with resources.files("petitions.areas").joinpath(f"data/{name}.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


@cache
def hanoi() -> Gazetteer:
    """Hanoi as shipped, without a database; ids are running numbers."""
    named: dict[tuple[str, str], list[str]] = {}
    for row in rows("aliases"):
        named.setdefault((row["district"], row["unit"]), []).append(row["words"])
    districts, units = {}, {}
    for number, row in enumerate(rows("districts"), 1):
        aliases = tuple(named.get((row["code"], ""), ()))
        districts[row["code"]] = Place(number, row["code"], row["kind"], row["name"], None, day(row["valid_to"]), is_district=True, aliases=aliases)
    for number, row in enumerate(rows("units"), 1):
        held = districts[row["district"]].id if row["district"] else None
        aliases = tuple(named.get(("", row["code"]), ()))
        units[row["code"]] = Place(number, row["code"], row["kind"], row["name"], day(row["valid_from"]), day(row["valid_to"]), held, aliases=aliases)
    changes = [
        Change(units[row["old"]].id, units[row["new"]].id, date.fromisoformat(row["on"]), row["share"], row["confirmed"] == "1") for row in rows("changes")
    ]
    return Gazetteer.of(units.values(), districts.values(), changes, known_from=TERM_BEGAN).warm()


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def seed(session: Session) -> None:
    """Load Hanoi into a database."""
    reference.load(session, by=KEEPER, now=NOW)


def district(session: Session, *, name: str = "Gia Lâm", kind: str = "huyen", valid_to: date | None = date(2025, 6, 30)) -> District:
    row = District(code=f"h-{next(_numbers)}", kind=kind, name=name, valid_to=valid_to, source="thử", confirmed=True)
    session.add(row)
    session.flush()
    return row


def unit(
    session: Session,
    *,
    name: str = "Trâu Quỳ",
    kind: str = "thi_tran",
    valid_from: date | None = None,
    valid_to: date | None = date(2025, 6, 30),
    district: District | None = None,
) -> AdminUnit:
    row = AdminUnit(
        code=f"u-{next(_numbers)}",
        kind=kind,
        name=name,
        valid_from=valid_from,
        valid_to=valid_to,
        district_id=district.id if district else None,
        source="thử",
        confirmed=True,
    )
    session.add(row)
    session.flush()
    return row


def change(session: Session, old: AdminUnit, new: AdminUnit, *, on: date = date(2025, 7, 1), share: str = "whole", confirmed: bool = True) -> UnitChange:
    row = UnitChange(old_id=old.id, new_id=new.id, on=on, share=share, source="thử", confirmed=confirmed)
    session.add(row)
    session.flush()
    return row
