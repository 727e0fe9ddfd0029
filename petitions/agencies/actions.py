"""Changing the agencies. An agency that ended stays; a validity is corrected, a succession or a name is added, the journal says who did it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies import queries
from petitions.agencies.models import PART, WHOLE, Agency, AgencyAlias, AgencySuccession
from petitions.agencies.naming import key_of, plain
from petitions.agencies.reference import new_edition
from petitions.core.errors import Conflict, Invalid, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.journal import actions as journal

ALIAS_SOURCE = "văn phòng bổ sung"


def correct_agency(session: Session, agency_id: int, *, version: int, reason: str, by: Identity, now: datetime, **new: Any) -> Agency:
    """Correct `name`, `short_name`, `valid_from`, `valid_to`, `basis`, `confirmed` of an agency. Stale when somebody saved in between.

    A reorganised agency is a new one: correct the name only where it was misspelt; the journal keeps the old one.
    """
    row = queries.agency(session, agency_id)
    if row.version != version:
        raise Stale(current=row)
    if new["valid_from"] and new["valid_to"] and new["valid_to"] < new["valid_from"]:
        raise Invalid({"valid_to": [say("Ngày cuối phải sau ngày đầu.")]})
    changes = {field: (getattr(row, field), value) for field, value in new.items() if getattr(row, field) != value}
    if not changes:
        return row
    for field, value in new.items():
        setattr(row, field, value)
    row.version += 1
    journal.record(session, "agency.correct", ("agency", row.id), by=by, now=now, changes=changes, reason=reason)
    new_edition(session)
    return row


def add_agency(
    session: Session,
    *,
    name: str,
    short_name: str | None,
    kind: str,
    level: str,
    valid_from: date | None,
    basis: str,
    confirmed: bool,
    by: Identity,
    now: datetime,
) -> Agency:
    """Add an agency. Conflict when a living one bears the same name."""
    key = plain(key_of(name))
    for held, _ in queries.directory(session).by_name.get(key, ()):
        if queries.directory(session).agencies[held].lives(valid_from):
            raise Conflict(say("Đã có cơ quan tên này."))
    stem = "-".join(key)[:60]
    code = stem if valid_from is None else f"{stem}.{valid_from:%Y-%m-%d}"
    if session.scalar(select(Agency.id).where(Agency.code == code)) is not None:
        raise Conflict(say("Đã có cơ quan tên này."))
    row = Agency(code=code, name=name, short_name=short_name, kind=kind, level=level, valid_from=valid_from, basis=basis, confirmed=confirmed)
    session.add(row)
    session.flush()
    journal.record(
        session, "agency.add", ("agency", row.id), by=by, now=now, changes={"name": (None, name), "valid_from": (None, valid_from), "basis": (None, basis)}
    )
    new_edition(session)
    return row


def add_succession(
    session: Session, old_id: int, *, new_id: int, on: date, share: str, basis: str, confirmed: bool, by: Identity, now: datetime
) -> AgencySuccession:
    """Say that from `on` agency `new_id` stands in for `old_id`; the new one lives that day, the old one lived the day before."""
    old, new = queries.agency(session, old_id), queries.agency(session, new_id)
    if old.id == new.id:
        raise Invalid({"new_id": [say("Hãy chọn một cơ quan khác.")]})
    if not _lives(new, on):
        raise Invalid({"new_id": [say("Cơ quan này không tồn tại ngày đó.")]})
    if not _lives(old, on - timedelta(days=1)):
        raise Invalid({"on": [say("Ngay trước ngày đó cơ quan cũ không tồn tại.")]})
    standing = session.scalars(select(AgencySuccession).where(AgencySuccession.old_id == old.id).order_by(AgencySuccession.id)).all()
    if any(one.new_id == new.id and one.on == on for one in standing):
        raise Conflict(say("Kế thừa này đã có."))
    same_day = [one for one in standing if one.on == on]
    if any(one.share == WHOLE for one in same_day) or (same_day and share != PART):
        raise RuleBroken(say("Ngày đó đã có cơ quan kế thừa khác; kế thừa toàn bộ thì chỉ có một cơ quan."))
    row = AgencySuccession(old_id=old.id, new_id=new.id, on=on, share=share, basis=basis, confirmed=confirmed)
    session.add(row)
    session.flush()
    told = {"to": (None, new.code), "on": (None, on), "share": (None, share), "basis": (None, basis)}
    journal.record(session, "agency.succession_added", ("agency", old.id), by=by, now=now, changes=told)
    new_edition(session)
    return row


def add_alias(session: Session, agency_id: int, *, words: str, by: Identity, now: datetime) -> AgencyAlias:
    """Add another way to write an agency; several agencies may share one (they are then offered)."""
    row = queries.agency(session, agency_id)
    if any(key_of(words) == key_of(name) for name in queries.directory(session).agencies[row.id].names):
        raise Conflict(say("Cơ quan này đã có tên gọi đó."))
    alias = AgencyAlias(agency_id=row.id, words=words, source=ALIAS_SOURCE)
    session.add(alias)
    session.flush()
    journal.record(session, "agency.alias_added", ("agency", row.id), by=by, now=now, changes={"words": (None, words)})
    new_edition(session)
    return alias


def _lives(row: Agency, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
