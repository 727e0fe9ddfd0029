"""Changing the areas. Nothing that was true on a day is overwritten: a validity is corrected, a row is added, and the journal says who did it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.areas import ports, queries
from petitions.areas.models import PART, WHOLE, AdminUnit, UnitChange
from petitions.areas.reference import new_edition
from petitions.areas.spelling import one_slip, plain_key, syllables
from petitions.core.errors import Conflict, Invalid, NotFound, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.text import fold
from petitions.core.words import say
from petitions.journal import actions as journal

KIND_LETTERS = {"phuong": "p", "xa": "x", "thi_tran": "tt"}


def correct_unit(
    session: Session,
    unit_id: int,
    *,
    name: str,
    valid_to: date | None,
    confirmed: bool,
    source: str,
    note: str | None,
    version: int,
    reason: str,
    by: Identity,
    now: datetime,
) -> AdminUnit:
    """Correct the spelling, last day, source or certainty of a unit. A new name is a new unit: RuleBroken. Stale when somebody saved in between."""
    row = queries.unit(session, unit_id)
    if row.version != version:
        raise Stale(current=row)
    if not _same_name(row.name, name):
        raise RuleBroken(say("Đổi tên là một đơn vị mới: hãy cho đơn vị này kết thúc, thêm đơn vị mới rồi ghi thay đổi."))
    if valid_to and row.valid_from and valid_to < row.valid_from:
        raise Invalid({"valid_to": [say("Ngày cuối phải sau ngày đầu.")]})
    new: dict[str, Any] = {"name": name, "valid_to": valid_to, "confirmed": confirmed, "source": source, "note": note}
    changes = {field: (getattr(row, field), value) for field, value in new.items() if getattr(row, field) != value}
    if not changes:
        return row
    for field, value in new.items():
        setattr(row, field, value)
    row.version += 1
    journal.record(session, "unit.correct", ("unit", row.id), by=by, now=now, changes=changes, reason=reason)
    new_edition(session)
    if "name" in changes:
        ports.changed(session, queries.gazetteer(session).related(row.id), now)
    return row


def add_unit(session: Session, *, kind: str, name: str, valid_from: date, source: str, confirmed: bool, by: Identity, now: datetime) -> AdminUnit:
    """Add a unit that begins on `valid_from` (there are no districts any more). Conflict when one of that kind, name and day exists."""
    slug = "-".join(fold(word) for word in syllables(name))
    code = f"{KIND_LETTERS[kind]}-{slug}.{valid_from:%Y-%m-%d}"
    if session.scalar(select(AdminUnit.id).where(AdminUnit.code == code)) is not None:
        raise Conflict(say("Đã có đơn vị này từ ngày đó."))
    row = AdminUnit(code=code, kind=kind, name=name, valid_from=valid_from, source=source, confirmed=confirmed)
    session.add(row)
    session.flush()
    journal.record(
        session, "unit.add", ("unit", row.id), by=by, now=now, changes={"name": (None, name), "valid_from": (None, valid_from), "source": (None, source)}
    )
    new_edition(session)
    return row


def add_change(session: Session, old_id: int, *, new_id: int, on: date, share: str, source: str, confirmed: bool, by: Identity, now: datetime) -> UnitChange:
    """Say that from `on` the ground of `old_id` (whole or part) belongs to `new_id`; both must have lived around that day."""
    old, new = queries.unit(session, old_id), queries.unit(session, new_id)
    if old.id == new.id:
        raise Invalid({"new_id": [say("Hãy chọn một đơn vị khác.")]})
    if not _lives(new, on):
        raise Invalid({"new_id": [say("Đơn vị này không tồn tại ngày đó.")]})
    if not _lives(old, on - timedelta(days=1)):
        raise Invalid({"on": [say("Ngay trước ngày đó đơn vị cũ không tồn tại.")]})
    standing = session.scalars(select(UnitChange).where(UnitChange.old_id == old.id, UnitChange.on == on).order_by(UnitChange.id)).all()
    if any(change.new_id == new.id for change in standing):
        raise Conflict(say("Thay đổi này đã có."))
    if any(change.share == WHOLE for change in standing) or (standing and share != PART):
        raise RuleBroken(say("Ngày đó đơn vị đã có nơi nhận khác; nhập toàn bộ thì chỉ có một nơi nhận."))
    row = UnitChange(old_id=old.id, new_id=new.id, on=on, share=share, source=source, confirmed=confirmed)
    session.add(row)
    session.flush()
    told = {"to": (None, new.code), "on": (None, on), "share": (None, share), "source": (None, source)}
    journal.record(session, "unit.change_added", ("unit", old.id), by=by, now=now, changes=told)
    new_edition(session)
    known = queries.gazetteer(session)
    ports.changed(session, known.related(old.id) | known.related(new.id), now)
    return row


def confirm_change(session: Session, change_id: int, *, source: str, by: Identity, now: datetime) -> UnitChange:
    """Mark a change as checked, on the ground of `source`."""
    row = session.get(UnitChange, change_id)
    if row is None:
        raise NotFound(say("Không có thay đổi này."))
    journal.record(
        session,
        "unit.change_confirmed",
        ("unit", row.old_id),
        by=by,
        now=now,
        changes={"to": (None, queries.unit(session, row.new_id).code), "confirmed": (row.confirmed, True), "source": (row.source, source)},
    )
    row.confirmed, row.source = True, source
    new_edition(session)
    return row


def _same_name(old: str, new: str) -> bool:
    return one_slip("".join(plain_key(word) for word in syllables(old)), "".join(plain_key(word) for word in syllables(new)))


def _lives(row: AdminUnit, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
