"""How every act on a duty begins and ends: held for writing, allowed, its state changed, noted, and told to the subject's room."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Invalid, NotAllowed, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import clocks, subjects
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading
from petitions.duties.workflow import WORKFLOW, Facts, stands_for, target
from petitions.journal.actions import record
from petitions.outbox.actions import promise_all

KIND = "duty"
INDEX = "index"
EMPTY = say("Hãy điền ô này.")


@dataclass(frozen=True, slots=True)
class Act:
    """A duty held for writing, and the move that may be made on it."""

    duty: Duty
    facts: Facts
    move: str
    leads: str
    by: Identity
    now: datetime
    today: date


def begin(session: Session, duty_id: int, *moves: str, by: Identity, now: datetime, today: date, version: int | None = None) -> Act:
    """Hold the duty and choose the first of `moves` (the agency's own, then the one by which the office notes it) that `by` may use here.

    Raises NotFound, Stale (when `version` is not the one that stands), NotAllowed, WrongState, RuleBroken.
    """
    duty = reading.locked(session, duty_id)
    if version is not None and duty.version != version:
        raise Stale(say("Việc này vừa được người khác cập nhật. Hãy xem lại rồi làm tiếp."), current=duty)
    facts = reading.facts(session, duty, now)
    fitting = [name for name in moves if by is SYSTEM or (by.may(WORKFLOW[name].permission) and stands_for(by, facts, WORKFLOW[name].permission))]
    name = fitting[0] if fitting else moves[0]
    return Act(duty, facts, name, target(name, facts, by), by, now, today)


def finish(
    session: Session,
    act: Act,
    *,
    state: str | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str | None = None,
    name: str | None = None,
) -> Duty:
    """Put the duty into the state to which the move leads (or `state`), note it, and tell whom it concerns."""
    return settle(session, act.duty, name or act.move, state or act.leads, by=act.by, now=act.now, changes=changes, reason=reason)


def settle(
    session: Session,
    duty: Duty,
    act: str,
    state: str,
    *,
    by: Identity,
    now: datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str | None = None,
    tell: bool = True,
) -> Duty:
    """The end of every act on a duty. `tell` False: the caller tells the subjects of many duties at once (`told`)."""
    noted = {name: pair for name, pair in (changes or {}).items() if pair[0] != pair[1]}
    if state != duty.state:
        noted["state"] = (duty.state, state)
        duty.state = state
    due = clocks.next_due(duty)
    if due != duty.next_due:
        noted.setdefault("next_due", (duty.next_due, due))
        duty.next_due = due
    duty.version = (duty.version or 0) + 1
    session.flush()
    record(session, f"duty.{act}", (KIND, duty.id), by=by, now=now, changes=noted, reason=reason)
    if tell:
        told(session, [(duty.subject_kind, duty.subject_id)], f"duty.{act}", by=by, now=now)
    return duty


def told(session: Session, about: Collection[tuple[str, int]], act: str, *, by: Identity, now: datetime) -> None:
    """Let the subjects' rooms follow, and have them indexed anew."""
    subjects.changed(session, about, act=act, by=by, now=now)
    promise_all(session, INDEX, sorted(set(about)), now=now)


# -- what is asked of input ------------------------------------------------------------------------------------------------


def wanted(**texts: str | None) -> None:
    """Invalid when one of these texts is empty."""
    empty = {name: [EMPTY] for name, text in texts.items() if not (text or "").strip()}
    if empty:
        raise Invalid(empty)


def on_or_after(name: str, day: date, first: date | None, what: Message) -> None:
    """Invalid when `day` lies before the day of the event named by `what`."""
    if first is not None and day < first:
        raise Invalid({name: [say("Ngày này không thể trước {what} ({day}).", what=what, day=format_day(first))]})


def not_future(name: str, day: date, today: date) -> None:
    """Invalid when `day` has not come yet."""
    if day > today:
        raise Invalid({name: [say("Ngày này chưa tới.")]})


def may_write(by: Identity, body_id: int) -> None:
    """NotAllowed when `by` does not work for the body."""
    if by is not SYSTEM and body_id not in by.scope("body"):
        raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))


def own_agency(by: Identity, agency_id: int) -> bool:
    """Whether `by` is an officer of the agency itself, not somebody who notes things down for it."""
    return by.may(Permission.DUTY_ANSWER) and agency_id in by.scope("agency")
