"""Reported to the Council: what stayed undone to the last rung, item by item, at a session. The Standing Committee alone reports."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, NotAllowed
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.text import clean
from petitions.core.words import say
from petitions.council.models import CouncilSession, Term
from petitions.duties.actions.acts import may_write, not_future
from petitions.duties.models.duty import Duty
from petitions.journal.actions import record
from petitions.oversight import hearing
from petitions.oversight.actions.escalating import code_of
from petitions.oversight.models.escalation import CouncilReport
from petitions.oversight.queries import tabled

KIND = "duty"


def report(
    session: Session,
    body_id: int,
    council_session_id: int,
    duty_ids: Sequence[int],
    *,
    reported_on: date,
    number: str,
    note: str,
    by: Identity,
    now: datetime,
    today: date,
) -> list[CouncilReport]:
    """Note that these were reported to the Council at a session. Invalid; Conflict for what was reported at it already (a second click)."""
    if by is not SYSTEM and not by.may(Permission.OVERSIGHT_CONFIRM):
        raise NotAllowed
    known = select(CouncilSession).join(Term, Term.id == CouncilSession.term_id).where(CouncilSession.id == council_session_id, Term.body_id == body_id)
    held = session.scalar(known)
    if held is None:
        raise Invalid({"session": [say("Hãy chọn kỳ họp của cơ quan dân cử này.")]})
    may_write(by, body_id)
    not_future("reported_on", reported_on, today)
    if held.opened_on is not None and reported_on < held.opened_on:
        raise Invalid({"reported_on": [say("Ngày báo cáo không thể trước ngày khai mạc kỳ họp ({day}).", day=format_day(held.opened_on))]})
    if not duty_ids:
        raise Invalid({"items": [say("Hãy chọn ít nhất một việc.")]})
    found = list(session.scalars(select(Duty).where(Duty.id.in_(duty_ids)).order_by(Duty.id).with_for_update(of=Duty)))
    earlier = set(session.scalars(tabled.reported(council_session_id)))
    if twice := [duty.id for duty in found if duty.id in earlier]:
        raise Conflict(say("{code} đã được ghi báo cáo tại kỳ họp này.", code=code_of(session, twice[0])))
    fit = set(session.scalars(select(Duty.id).where(Duty.id.in_(duty_ids), Duty.body_id == body_id, tabled.waiting(session, today))))
    if len(fit) != len(set(duty_ids)):
        raise Invalid({"items": [say("Có việc không còn ở nấc báo cáo HĐND: đã có trả lời, đã có hạn mới, hoặc không được nhận.")]})
    words = {"number": clean(number)[:120], "note": clean(note), "made_by": by.user_id, "made_by_name": by.name, "made_at": now}
    made = [CouncilReport(body_id=body_id, council_session_id=held.id, duty_id=duty.id, reported_on=reported_on, **words) for duty in found]
    session.add_all(made)
    session.flush()
    for duty in found:
        record(session, "duty.tabled", (KIND, duty.id), by=by, now=now, changes={"at_session": (None, held.number), "number": (None, words["number"])})
    hearing.tabled(session, found, held, by=by, now=now)
    return made
