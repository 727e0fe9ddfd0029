"""Writing absences: who is away, who stands in. Refused where two would wait for each other."""

from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotAllowed, NotFound, RuleBroken, WrongState
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.journal.actions import record
from petitions.notifications import actions, queries
from petitions.notifications.absence import Away, circle
from petitions.notifications.models import Absence

SUBJECT = "absence"
KIND = "absence.substitute"
LONGEST = timedelta(days=366)
ONE_AT_A_TIME = 7_216_009


def add(session: Session, *, user_id: int, substitute_id: int, from_on: date, to_on: date, note: str = "", by: Identity, now: datetime, today: date) -> Absence:
    """A person is away from `from_on` to `to_on`, both included, and `substitute_id` gets what is meant for them. One's own, or any by those who
    manage accounts. Raises Invalid, NotAllowed, and RuleBroken when the chain of substitutes would come back to the person."""
    _may(by, user_id)
    _check_days(from_on, to_on, today)
    _one_at_a_time(session)
    standing = queries.standing(session, since=min(from_on, today))
    if any(one.user == user_id and one.first <= to_on and from_on <= one.last for one in standing):
        raise Invalid({"from_on": [say("Những ngày này đã có trong một lần vắng mặt khác.")]})
    if substitute_id not in {one.id for one in queries.candidates(session, user_id)}:
        raise Invalid({"substitute_id": [say("Người thay phải đang làm việc, cùng vai trò và cùng phạm vi với người vắng.")]})
    found = circle(Away(user_id, substitute_id, from_on, to_on), standing)
    if found:
        known = queries.names(session, found)
        raise RuleBroken(say("Người thay lại nhờ chính người này thay: {people}. Hãy chọn người khác.", people=" → ".join(known[one] for one in found)))
    made = Absence(user_id=user_id, substitute_id=substitute_id, from_on=from_on, to_on=to_on, note=note, made_by=by.user_id, made_at=now)
    session.add(made)
    session.flush()
    changes = {"user": (None, user_id), "substitute": (None, substitute_id), "from_on": (None, from_on), "to_on": (None, to_on)}
    record(session, "absence.add", (SUBJECT, made.id), by=by, now=now, changes=changes)
    name = queries.names(session, [user_id])[user_id]
    title = say("Bạn thay {name} từ {first} đến {last}", name=name, first=from_on, last=to_on)
    actions.tell(session, kind=KIND, subject=(SUBJECT, made.id), title=title, users=[substitute_id], url="/notifications/absences", but=by.user_id, now=now)
    return made


def withdraw(session: Session, absence_id: int, *, by: Identity, now: datetime) -> None:
    """The person is there after all; the row stays."""
    found = session.get(Absence, absence_id)
    if found is None or (found.user_id != by.user_id and not by.may(Permission.ACCOUNT_MANAGE)):
        raise NotFound(say("Không có lần vắng mặt này."))
    if found.withdrawn_at is not None:
        raise WrongState(say("Lần vắng mặt này đã bỏ."))
    found.withdrawn_at = now
    record(session, "absence.withdraw", (SUBJECT, found.id), by=by, now=now)


def _may(by: Identity, user_id: int) -> None:
    if user_id != by.user_id and not by.may(Permission.ACCOUNT_MANAGE):
        raise NotAllowed(say("Chỉ quản trị viên ghi vắng mặt thay người khác."))


def _check_days(from_on: date, to_on: date, today: date) -> None:
    if to_on < from_on:
        raise Invalid({"to_on": [say("Ngày cuối phải từ ngày đầu trở đi.")]})
    if to_on < today:
        raise Invalid({"to_on": [say("Những ngày này đã qua.")]})
    if to_on - from_on > LONGEST:
        raise Invalid({"to_on": [say("Một lần vắng mặt dài nhất một năm.")]})


def _one_at_a_time(session: Session) -> None:
    """Two who name each other at one moment take turns (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
