"""Changing the lists. What was true on a day stays: a new name from a day is a new entry, the old one ends the day before; nothing is deleted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotFound, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.seen import digest
from petitions.core.words import say
from petitions.intake.indexing import KIND
from petitions.intake.lists import folded
from petitions.intake.models import Field, FieldAlias, Level, Origin, Petition
from petitions.intake.queries.lists import lists
from petitions.intake.reference import changed
from petitions.journal.actions import record
from petitions.outbox.actions import promise_all
from petitions.search.feeding import TOPIC

ORIGINS, LEVELS, FIELDS = "origins", "levels", "fields"
Entry = Origin | Level | Field
TABLES: Mapping[str, Any] = {ORIGINS: Origin, LEVELS: Level, FIELDS: Field}
OWN = {ORIGINS: ("channel", "timing"), LEVELS: (), FIELDS: ("parent_id", "report_group")}
LONGEST = {ORIGINS: 40, LEVELS: 40, FIELDS: 60}


def found(session: Session, which: str, key: str, *, lock: bool = False) -> Entry:
    """The entry of a list by its key (code, or a field's id); NotFound when there is none. `lock`: it is about to be changed."""
    table = TABLES[which]
    row = session.get(table, int(key) if which == FIELDS and key.isdecimal() else key, with_for_update=lock) if which != FIELDS or key.isdecimal() else None
    if not isinstance(row, Origin | Level | Field):
        raise NotFound(say("Danh mục không có mục này."))
    return row


def values_of(session: Session, which: str, row: Entry) -> dict[str, Any]:
    """What the form shows of an entry."""
    own = {name: getattr(row, name) for name in OWN[which]}
    return {"name": row.name, "name_en": row.name_en, "aliases": "; ".join(_aliases(session, row)), **own}


def add(session: Session, which: str, values: Mapping[str, Any], *, from_on: date | None, by: Identity, now: datetime) -> Entry:
    """Add an entry, good from `from_on` (None: always). Invalid when an entry of that name is in use, or another owns one of its other names."""
    _unused(session, which, values, own=None)
    parent = session.get(Field, values["parent_id"]) if which == FIELDS and values.get("parent_id") else None
    code = _code(session, which, values["name"], parent)
    last = session.scalar(select(func.max(TABLES[which].position))) or 0
    row: Entry = TABLES[which](code=code, name=values["name"], name_en=values["name_en"] or values["name"], position=last + 1, valid_from=from_on)
    for name in OWN[which]:
        setattr(row, name, values.get(name))
    session.add(row)
    session.flush()
    _call(session, row, values["aliases"])
    _note(session, "list.add", which, row, {"name": (None, row.name), "valid_from": (None, from_on)}, None, by=by, now=now)
    return row


def correct(session: Session, which: str, key: str, values: Mapping[str, Any], *, seen: str | None, by: Identity, now: datetime) -> Entry:
    """Correct how an entry is written: it stays the same entry, for all days. Stale (with the entry) when it is not what the form was drawn from."""
    row = found(session, which, key, lock=True)
    before = values_of(session, which, row)
    if seen is not None and seen != digest(before):
        raise Stale(current=row)
    _unused(session, which, values, own=row)
    new = {name: values[name] for name in ("name", "name_en", *OWN[which]) if name in values and name != "parent_id"}
    for name, value in new.items():
        setattr(row, name, value)
    _call(session, row, values["aliases"])
    session.flush()
    after = values_of(session, which, row)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if changes:
        _note(session, "list.correct", which, row, changes, None, by=by, now=now)
        if isinstance(row, Field) and "name" in changes:
            _index_anew(session, row, now)
    return row


def rename(session: Session, which: str, key: str, values: Mapping[str, Any], *, from_on: date, seen: str | None, by: Identity, now: datetime) -> Entry:
    """From `from_on` the entry is called otherwise: it ends the day before, and a new one begins, which takes over its other names.

    RuleBroken for a field that has living fields below it: they would hang below an ended one.
    """
    row = found(session, which, key, lock=True)
    if seen is not None and seen != digest(values_of(session, which, row)):
        raise Stale(current=row)
    if folded(row.name) == folded(values["name"]):
        raise Invalid({"name": [say("Tên mới giống tên cũ.")]})
    taken = [alias for alias in values["aliases"] if folded(alias) != folded(row.name)]
    _call(session, row, [])
    end(session, which, key, last_day=from_on - timedelta(days=1), reason="", by=by, now=now)
    parent = {"parent_id": row.parent_id} if isinstance(row, Field) else {}
    return add(session, which, {**values, **parent, "aliases": taken}, from_on=from_on, by=by, now=now)


def end(session: Session, which: str, key: str, *, last_day: date, reason: str, by: Identity, now: datetime) -> Entry:
    """The entry may be chosen for petitions up to `last_day`; those that have it keep it."""
    row = found(session, which, key, lock=True)
    if row.valid_from and last_day < row.valid_from:
        raise Invalid({"last_day": [say("Ngày cuối phải sau ngày đầu.")]})
    if isinstance(row, Field):
        below = select(func.count()).select_from(Field).where(Field.parent_id == row.id, (Field.valid_to.is_(None)) | (Field.valid_to > last_day))
        if session.scalar(below):
            raise RuleBroken(say("Lĩnh vực này còn nhánh con đang dùng: hãy kết thúc các nhánh đó trước."))
    _note(session, "list.end", which, row, {"valid_to": (row.valid_to, last_day)}, reason or None, by=by, now=now)
    row.valid_to = last_day
    session.flush()
    return row


def _note(
    session: Session, act: str, which: str, row: Entry, changes: Mapping[str, tuple[Any, Any]], reason: str | None, *, by: Identity, now: datetime
) -> None:
    subject = ("field", row.id) if isinstance(row, Field) else (which, 0)
    record(session, act, subject, by=by, now=now, changes={"code": (row.code, row.code), **changes}, reason=reason)
    changed(session)


def _unused(session: Session, which: str, values: Mapping[str, Any], own: Entry | None) -> None:
    """Invalid when a living entry has that name, or another field one of these other names."""
    table = TABLES[which]
    plain = folded(values["name"])
    for other in session.scalars(select(table).where(table.valid_to.is_(None)).order_by(table.position)):
        if other is not own and folded(other.name) == plain and getattr(other, "parent_id", None) == values.get("parent_id", getattr(own, "parent_id", None)):
            raise Invalid({"name": [say("Danh mục đã có «{name}».", name=other.name)]})
    if which == FIELDS:
        wanted = {folded(alias): alias for alias in values["aliases"]}
        taken = select(FieldAlias.folded).where(FieldAlias.folded.in_(sorted(wanted)))
        if isinstance(own, Field):
            taken = taken.where(FieldAlias.field_id != own.id)
        if there := session.scalar(taken.order_by(FieldAlias.folded).limit(1)):
            raise Invalid({"aliases": [say("«{words}» đã là tên gọi khác của một lĩnh vực khác.", words=wanted[there])]})


def _aliases(session: Session, row: Entry) -> list[str]:
    if isinstance(row, Field):
        return list(session.scalars(select(FieldAlias.alias).where(FieldAlias.field_id == row.id).order_by(FieldAlias.id)))
    return list(getattr(row, "aliases", ()))


def _call(session: Session, row: Entry, aliases: Sequence[str]) -> None:
    """Give the entry these other names, and no others."""
    kept = list({folded(alias): alias for alias in aliases if folded(alias)}.values())
    if not isinstance(row, Field):
        row.aliases = kept
        return
    if kept == _aliases(session, row):
        return
    session.execute(delete(FieldAlias).where(FieldAlias.field_id == row.id))
    session.add_all(FieldAlias(field_id=row.id, alias=alias, folded=folded(alias)) for alias in kept)
    session.flush()


def _code(session: Session, which: str, name: str, parent: Field | None) -> str:
    """A code that no entry of the list ever had."""
    table, longest = TABLES[which], LONGEST[which]
    slug = "_".join(folded(name).split()) or "muc"
    stem = f"{parent.code}.{slug}" if parent else slug
    taken, n = set(session.scalars(select(table.code))), 1
    code = stem[:longest]
    while code in taken:
        n += 1
        code = f"{stem[: longest - len(str(n)) - 1]}_{n}"
    return code


def _index_anew(session: Session, row: Field, now: datetime) -> None:
    below = lists(session).descendants(row.id) or (row.id,)
    ids = session.scalars(select(Petition.id).where(Petition.field_id.in_(below), Petition.deleted_at.is_(None)).order_by(Petition.id))
    promise_all(session, TOPIC, [(KIND, number) for number in ids], now=now)
