"""Deciding on candidates: a committee takes one, or it is refused; both with a reason. What the law does not clearly reach needs a legal opinion."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.council.models import Committee
from petitions.duties import hearing
from petitions.duties.actions.acts import KIND as DUTY
from petitions.duties.actions.acts import may_write, wanted
from petitions.duties.queries import reading
from petitions.duties.urging.ladder import switched_off
from petitions.duties.urging.models import REFUSED, TAKEN, UrgingDecision, UrgingField
from petitions.duties.urging.queries import candidates
from petitions.duties.urging.queries.ladder import DEFAULT_KIND, Ground
from petitions.journal.actions import record

FIELDS = ("committee_fields", 1)


def take(
    session: Session, duty_id: int, code: str, *, committee_id: int, reason: str, opinion: str = "", by: Identity, now: datetime, today: date
) -> UrgingDecision:
    """A committee takes a candidate. `opinion`: the legal opinion, asked for where the rung is switched off for this item.

    Raises NotAllowed (another committee's), Invalid, RuleBroken (not on the list any more), Conflict (decided already).
    """
    committee = session.get(Committee, committee_id)
    if committee is None:
        raise Invalid({"committee_id": [say("Hãy chọn Ban nhận việc này.")]})
    own = by.scope("committee")
    if by is not SYSTEM and own and committee_id not in own:
        raise NotAllowed(say("Bạn chỉ nhận việc cho Ban của mình."))
    return _decide(session, duty_id, code, TAKEN, committee_id, reason, opinion, by=by, now=now, today=today)


def refuse(session: Session, duty_id: int, code: str, *, reason: str, by: Identity, now: datetime, today: date) -> UrgingDecision:
    """A candidate is not taken; it leaves the list, with the reason."""
    own = sorted(by.scope("committee"))
    return _decide(session, duty_id, code, REFUSED, own[0] if own else None, reason, "", by=by, now=now, today=today)


def _decide(
    session: Session,
    duty_id: int,
    code: str,
    decision: str,
    committee_id: int | None,
    reason: str,
    opinion: str,
    *,
    by: Identity,
    now: datetime,
    today: date,
) -> UrgingDecision:
    if by is not SYSTEM and not by.may(Permission.CANDIDATE_TAKE):
        raise NotAllowed
    wanted(reason=reason)
    duty = reading.locked(session, duty_id)
    may_write(by, duty.body_id)
    ground = Ground.read(session, today)
    rungs = candidates.lists(ground).get(code)
    if not rungs:
        raise NotFound(say("Không có danh sách này."))
    rung = next((one for one in rungs if one.subject_kind == duty.subject_kind), next((one for one in rungs if one.subject_kind == DEFAULT_KIND), rungs[0]))
    if duty.next_due is None:
        raise RuleBroken(GONE)
    off = switched_off(rung, duty.next_due)
    if off and decision == TAKEN and not opinion.strip():
        raise Invalid({"opinion": [say("Việc này quá hạn trước ngày luật có hiệu lực: hãy ghi ý kiến pháp lý làm căn cứ.")]})
    if not candidates.stands(session, duty.id, ground, rungs, switched_off=off):
        raise RuleBroken(GONE)
    made = UrgingDecision(duty_id=duty.id, rung_id=rung.id, rung_code=code, due_on=duty.next_due, committee_id=committee_id, decision=decision)
    made.reason, made.opinion, made.decided_on, made.decided_by, made.decided_at = reason, opinion, today, by.user_id, now
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        raise Conflict(GONE) from None
    record(session, f"duty.candidate_{decision}", (DUTY, duty.id), by=by, now=now, changes={"list": (None, code)}, reason=reason)
    if decision == TAKEN and committee_id is not None:
        hearing.candidate_taken(session, duty, committee_id, by=by, now=now)
    return made


GONE = say("Việc này không còn trong danh sách: đã có trả lời, đã có hạn mới, hoặc đã được quyết định.")


def follow_fields(session: Session, committee_id: int, values: set[int], *, by: Identity, now: datetime) -> None:
    """Say which fields a committee follows; a field is followed by one committee."""
    if by is not SYSTEM and not by.may(Permission.REFERENCE_MANAGE):
        raise NotAllowed
    if session.get(Committee, committee_id) is None:
        raise NotFound
    before = sorted(session.scalars(select(UrgingField.value).where(UrgingField.committee_id == committee_id).order_by(UrgingField.id)))
    session.execute(delete(UrgingField).where(UrgingField.committee_id == committee_id))
    session.execute(delete(UrgingField).where(UrgingField.value.in_(values)))
    session.add_all(UrgingField(committee_id=committee_id, value=value) for value in sorted(values))
    session.flush()
    record(session, "committee.fields", FIELDS, by=by, now=now, changes={str(committee_id): (before, sorted(values))})
