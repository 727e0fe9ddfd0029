"""What intake needs to begin: channels, origins, levels, the tree of fields, settings. Loaded again and again; the office's edits stay."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import resources
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.intake.lists import DEFAULTS, folded
from petitions.intake.models import Channel, Field, FieldAlias, IntakeSetting, Level, Origin
from petitions.intake.queries.lists import VERSION
from petitions.journal.actions import record


def load(session: Session, *, by: Identity, now: datetime) -> Mapping[str, int]:
    """Add what is missing of the seed; rows that exist are left as the office has them. Gives how many rows were added, by list."""
    added = {
        "channels": _channels(session),
        "origins": _origins(session),
        "levels": _levels(session),
        "fields": _fields(session),
        "settings": _settings(session),
    }
    if any(added.values()):
        changed(session)
        record(session, "intake.reference", ("office", 0), by=by, now=now, changes={name: (None, n) for name, n in added.items() if n})
    return added


def changed(session: Session) -> None:
    """Say that a list has changed: pictures held elsewhere are read anew."""
    session.flush()
    session.merge(IntakeSetting(key=VERSION, value=uuid4().hex))
    session.flush()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (resources.files("petitions.intake") / "data" / name).open(encoding="utf-8") as source:
        yield from csv.DictReader(source)


def _aliases(row: Mapping[str, str]) -> list[str]:
    return [word for word in row.get("aliases", "").split(";") if word]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _channels(session: Session) -> int:
    known = set(session.scalars(select(Channel.code)))
    fresh = [
        Channel(code=row["code"], name=row["name"], name_en=row["name_en"], position=position)
        for position, row in enumerate(_rows("channels.csv"))
        if row["code"] not in known
    ]
    session.add_all(fresh)
    session.flush()
    return len(fresh)


def _origins(session: Session) -> int:
    known = set(session.scalars(select(Origin.code)))
    fresh = [
        Origin(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            channel=row["channel"],
            timing=row["timing"] or None,
            aliases=_aliases(row),
            position=position,
        )
        for position, row in enumerate(_rows("origins.csv"))
        if row["code"] not in known
    ]
    session.add_all(fresh)
    return len(fresh)


def _levels(session: Session) -> int:
    known = set(session.scalars(select(Level.code)))
    fresh = [
        Level(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            aliases=_aliases(row),
            position=position,
        )
        for position, row in enumerate(_rows("levels.csv"))
        if row["code"] not in known
    ]
    session.add_all(fresh)
    return len(fresh)


def _fields(session: Session) -> int:
    """The tree, one level after the other: a parent has its id before its children come."""
    ids = {row.code: row.id for row in session.execute(select(Field.code, Field.id))}
    taken = set(session.scalars(select(FieldAlias.folded)))
    missing = [(position, row) for position, row in enumerate(_rows("fields.csv")) if row["code"] not in ids]
    waiting = missing
    while waiting:
        level = [(position, row) for position, row in waiting if not row["parent"] or row["parent"] in ids]
        waiting = [pair for pair in waiting if pair not in level]
        nodes = [_field(position, row, ids) for position, row in level]
        session.add_all(nodes)
        session.flush()
        ids |= {node.code: node.id for node in nodes}
    for _position, row in missing:
        for alias in _aliases(row):
            if folded(alias) not in taken:
                taken.add(folded(alias))
                session.add(FieldAlias(field_id=ids[row["code"]], alias=alias, folded=folded(alias)))
    return len(missing)


def _field(position: int, row: Mapping[str, str], ids: Mapping[str, int]) -> Field:
    return Field(
        code=row["code"],
        parent_id=ids[row["parent"]] if row["parent"] else None,
        name=row["name"],
        name_en=row["name_en"],
        report_group=int(row["report_group"]),
        position=position,
    )


def _settings(session: Session) -> int:
    known = set(session.scalars(select(IntakeSetting.key)))
    fresh = [IntakeSetting(key=key, value=value) for key, value in DEFAULTS.items() if key not in known]
    session.add_all(fresh)
    return len(fresh)
