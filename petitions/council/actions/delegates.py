"""Delegates and their mandates: by election, by-election or transfer; until the term's end, resignation, transfer …"""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.council.actions.versions import edit
from petitions.council.models import Constituency, Delegate, DeputyGroup, Mandate, Term
from petitions.journal.actions import record


def add_delegate(session: Session, *, name: str, position: str = "", source: str = "", by: Identity, now: datetime) -> Delegate:
    """A delegate by name as published (a public office holder)."""
    if not name.strip():
        raise Invalid({"name": [say("Hãy ghi họ và tên đại biểu.")]})
    row = Delegate(name=name.strip(), position=position.strip(), source=source, edited=True)
    session.add(row)
    session.flush()
    record(session, "council.add_delegate", ("delegate", row.id), by=by, now=now, changes={"name": (None, row.name)})
    return row


def save_delegate(session: Session, row: Delegate, *, name: str, position: str, by: Identity, now: datetime) -> None:
    """Correct a delegate's name or position."""
    edit(session, row, {"name": name, "position": position}, ("delegate", row.id), by=by, now=now)


def give_mandate(
    session: Session,
    delegate: Delegate,
    *,
    term: Term,
    constituency_id: int | None,
    from_on: date,
    began_by: str = "elected",
    group_role: str = "member",
    reason: str = "",
    by: Identity,
    now: datetime,
) -> Mandate:
    """A mandate from a day, in the constituency's group. A delegate holds one at a time in a body's term (Conflict); a transfer in may have no constituency."""
    row = session.get(Constituency, constituency_id) if constituency_id is not None else None
    if constituency_id is not None and (row is None or row.term_id != term.id):
        raise Invalid({"constituency_id": [say("Đơn vị bầu cử này không thuộc khóa đã chọn.")]})
    if row is None and began_by != "transferred_in":
        raise Invalid({"constituency_id": [say("Hãy chọn đơn vị bầu cử.")]})
    if term.ends_on is not None and from_on > term.ends_on:
        raise Invalid({"from_on": [say("Khóa {label} đã kết thúc ngày {day}.", label=term.label, day=format_day(term.ends_on))]})
    own = Mandate
    overlapping = select(own.id).where(own.delegate_id == delegate.id, own.term_id == term.id, or_(own.to_on.is_(None), own.to_on >= from_on))
    if session.scalar(overlapping.limit(1)) is not None:
        raise Conflict(say("{name} đang có nhiệm kỳ trong khóa này: hãy kết thúc trước khi ghi lần mới.", name=delegate.name))
    group = session.scalar(select(DeputyGroup).where(DeputyGroup.constituency_id == constituency_id)) if row is not None else None
    held = Mandate(delegate_id=delegate.id, term_id=term.id, constituency_id=constituency_id, deputy_group_id=group.id if group else None, from_on=from_on)
    held.began_by, held.group_role, held.reason, held.edited = began_by, group_role, reason, True
    session.add(held)
    session.flush()
    subject = ("constituency", constituency_id) if constituency_id is not None else ("term", term.id)
    changes = {"delegate": (None, delegate.name), "from_on": (None, from_on), "began_by": (None, began_by)}
    record(session, "council.give_mandate", subject, by=by, now=now, changes=changes, reason=reason or None)
    return held


def end_mandate(session: Session, held: Mandate, *, last_day: date, ended_by: str, reason: str, by: Identity, now: datetime) -> None:
    """The mandate ends with `last_day`, for a cause (resigned, transferred out, …). Raises RuleBroken when it has ended, Invalid for a day before it began."""
    if held.to_on is not None:
        raise RuleBroken(say("Nhiệm kỳ này đã kết thúc ngày {day}.", day=format_day(held.to_on)))
    if last_day < held.from_on:
        raise Invalid({"to_on": [say("Ngày cuối phải từ ngày {day} trở đi.", day=format_day(held.from_on))]})
    held.to_on, held.ended_by, held.edited = last_day, ended_by, True
    held.reason = "; ".join(part for part in (held.reason, reason) if part)
    session.flush()
    subject = ("constituency", held.constituency_id) if held.constituency_id is not None else ("term", held.term_id)
    name = session.scalar(select(Delegate.name).where(Delegate.id == held.delegate_id))
    changes = {"delegate": (name, name), "to_on": (None, last_day), "ended_by": (None, ended_by)}
    record(session, "council.end_mandate", subject, by=by, now=now, changes=changes, reason=reason or None)


def move_mandate(session: Session, held: Mandate, *, constituency_id: int, day: date, reason: str, by: Identity, now: datetime) -> Mandate:
    """From `day` the delegate works in another constituency's group of the same term: one mandate ends, another begins."""
    term, delegate = session.get_one(Term, held.term_id), session.get_one(Delegate, held.delegate_id)
    end_mandate(session, held, last_day=day - timedelta(days=1), ended_by="other", reason=reason, by=by, now=now)
    return give_mandate(session, delegate, term=term, constituency_id=constituency_id, from_on=day, began_by="elected", reason=reason, by=by, now=now)
