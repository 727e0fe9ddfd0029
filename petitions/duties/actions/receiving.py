"""From the letter to the one who works: acknowledgement, forwarding, return for want of competence, another way. No clock restarts silently."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.dates import format_day
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.words import say
from petitions.duties import hearing, subjects
from petitions.duties.actions import dates
from petitions.duties.actions.acts import Act, begin, finish, not_future, on_or_after, own_agency, settle, wanted
from petitions.duties.actions.dates import Law
from petitions.duties.clocks import next_due
from petitions.duties.models.duty import Duty, DutyHolder
from petitions.duties.models.time import ASKED, GRANTED, REFUSED, ReturnRequest
from petitions.duties.models.transfer import Forwarding
from petitions.duties.queries import rules as law_queries
from petitions.duties.settings import REFUSE
from petitions.duties.workflow import SENT
from petitions.workdays import queries as workdays

RETURN = "return_not_competent"
LETTER_DAY = say("ngày công văn")
RECEIPT_DAY = say("ngày nhận")


def acknowledge(session: Session, duty_id: int, *, received_on: date, by: Identity, now: datetime, today: date) -> Duty:
    """The agency says (or a clerk notes) on which day it received the letter. The clock starts on that day, or on the day assumed until now when
    that is earlier: who is silent gains nothing. Both days stay listed."""
    act = begin(session, duty_id, "acknowledge", "record_receipt", by=by, now=now, today=today)
    duty = act.duty
    not_future("received_on", received_on, today)
    on_or_after("received_on", received_on, duty.letter_on, LETTER_DAY)
    changes: dict[str, tuple[object, object]] = {"received_on": (duty.received_on, received_on)}
    before = duty.reply_due
    _received(session, duty, received_on, by=by, now=now)
    changes["reply_due"] = (before, duty.reply_due)
    return finish(session, act, changes=changes)


def _received(session: Session, duty: Duty, on: date, *, by: Identity, now: datetime) -> None:
    """The agency had it on `on`: the clock starts there, when that is earlier than the day assumed."""
    duty.received_on, duty.acknowledged_at = on, now
    if on < duty.start_on:
        law = Law(law_queries.rulebook(session), workdays.calendar(session))
        dates.start(session, duty, event="agency_received", event_on=on, cause="receipt", since=on, by=by, now=now, law=law)


def forward(
    session: Session,
    duty_id: int,
    *,
    forwarded_on: date,
    to_agency_id: int | None = None,
    number: str = "",
    internal_due: date | None = None,
    note: str = "",
    by: Identity,
    now: datetime,
    today: date,
) -> Duty:
    """An intermediary sends it on: the People's Committee office to a department, the delegation to a ministry, a deputy group to a commune.

    With `to_agency_id` that agency holds the duty from `forwarded_on`; the clock is not touched. `internal_due`: the day that the intermediary asks for.
    """
    act = begin(session, duty_id, "forward", "record_forward", by=by, now=now, today=today)
    duty = act.duty
    not_future("forwarded_on", forwarded_on, today)
    on_or_after("forwarded_on", forwarded_on, duty.letter_on, LETTER_DAY)
    if internal_due is not None:
        on_or_after("internal_due", internal_due, forwarded_on, say("ngày chuyển tiếp"))
    given = {"forwarded_on": forwarded_on, "to_agency_id": to_agency_id, "number": number, "internal_due": internal_due, "note": note}
    session.add(Forwarding(duty_id=duty.id, by_kind=duty.recipient_kind, entered_by=by.user_id, entered_at=now, **given))
    changes: dict[str, tuple[object, object]] = {"forwarded_on": (None, forwarded_on), "number": (None, number)}
    if to_agency_id is not None and to_agency_id != duty.agency_id:
        may_receive(session, duty, to_agency_id, forwarded_on, by)
        changes["agency"] = (duty.agency_id, to_agency_id)
        give(session, duty, to_agency_id, on=forwarded_on, cause="forward", reason=note, by=by, now=now)
        hearing.given(session, duty, by=by, now=now)
    return finish(session, act, changes=changes, reason=note or None)


def may_receive(session: Session, duty: Duty, agency_id: int, day: date, by: Identity) -> None:
    """The agency lives on the day, does not owe the same already, and lies within the reach of who gives it."""
    agency = session.get(Agency, agency_id)
    if agency is None or (agency.valid_to is not None and agency.valid_to < day) or (agency.valid_from is not None and agency.valid_from > day):
        raise Invalid({"agency_id": [say("Cơ quan này không hoạt động ngày {day}.", day=format_day(day))]})
    city_side = session.scalar(select(Agency.level).where(Agency.id == duty.agency_id)) == "city"
    office = by is SYSTEM or duty.body_id in by.scope("body")
    if city_side and not office and agency.level != "city":
        raise Invalid({"agency_id": [say("Văn phòng UBND Thành phố chỉ giao cho sở, ngành của Thành phố.")]})
    same = select(Duty.id).where(Duty.item_id == duty.item_id, Duty.letter_id == duty.letter_id, Duty.agency_id == agency_id, Duty.id != duty.id)
    if duty.item_id is not None and session.scalar(same.limit(1)):
        raise Conflict(say("Cơ quan này đã có phần trong cùng nội dung."))


def give(session: Session, duty: Duty, agency_id: int, *, on: date, cause: str, reason: str, by: Identity, now: datetime) -> None:
    """From `on` another agency holds the duty; who held it until then stays on record, with at least the day on which it came."""
    held = _held(session, duty)
    if held is not None:
        held.to_on = max(on - dates.ONE, held.from_on)
        on = held.to_on + dates.ONE
    session.add(DutyHolder(duty_id=duty.id, agency_id=agency_id, from_on=on, cause=cause, reason=reason, made_by=by.user_id, made_at=now))
    duty.agency_id = agency_id


def _held(session: Session, duty: Duty) -> DutyHolder | None:
    return session.scalar(select(DutyHolder).where(DutyHolder.duty_id == duty.id, DutyHolder.to_on.is_(None)))


def ask_return(
    session: Session, duty_id: int, *, reason: str, asked_on: date, proposed_agency_id: int | None = None, by: Identity, now: datetime, today: date
) -> ReturnRequest:
    """ "Not our competence". After the days of the rule the agency is refused (or flagged, as the office has chosen); noted by a clerk it is flagged."""
    act = begin(session, duty_id, "ask_return", "record_return", by=by, now=now, today=today)
    duty = act.duty
    wanted(reason=reason)
    not_future("asked_on", asked_on, today)
    on_or_after("asked_on", asked_on, duty.received_on or duty.letter_on, RECEIPT_DAY)
    law = Law(law_queries.rulebook(session), workdays.calendar(session))
    limit = dates.by_rule(law, RETURN, duty.received_on or duty.start_on)
    late = limit.due_on is not None and asked_on > limit.due_on
    if late and limit.due_on and own_agency(by, duty.agency_id) and law_queries.settings(session).late_return == REFUSE:
        said = say("Đã quá thời hạn trả lại ({day}). Hãy giải quyết, hoặc liên hệ cơ quan đã chuyển để được xem xét.", day=format_day(limit.due_on))
        raise RuleBroken(said)
    request = ReturnRequest(
        duty_id=duty.id,
        asked_on=asked_on,
        reason=reason,
        proposed_agency_id=proposed_agency_id,
        allowed_until=limit.due_on,
        late=late,
        rule_version_id=limit.rule,
        state=ASKED,
        asked_by=by.user_id,
    )
    session.add(request)
    if duty.received_on is None:
        _received(session, duty, asked_on, by=by, now=now)  # who returns a letter has received it
    finish(session, act, changes={"late": (None, late)}, reason=reason)
    hearing.return_asked(session, duty, by=by, now=now)
    return request


def decide_return(session: Session, duty_id: int, *, accept: bool, decision: str, by: Identity, now: datetime, today: date) -> Duty:
    """The office decides. Accepted: the duty waits for another agency, its first clock in view. Refused: the agency's clock ran all the while."""
    act = begin(session, duty_id, "accept_return" if accept else "refuse_return", by=by, now=now, today=today)
    wanted(decision=decision)
    request = session.scalar(select(ReturnRequest).where(ReturnRequest.duty_id == duty_id, ReturnRequest.state == ASKED))
    if request is None:
        raise Conflict(say("Không có đề nghị trả lại nào chờ quyết định."))
    if by.user_id is not None and request.asked_by == by.user_id:
        raise RuleBroken(say("Người đề nghị trả lại không tự quyết định."))
    request.state, request.decision = (GRANTED if accept else REFUSED), decision
    request.decided_on, request.decided_by = today, by.user_id
    hearing.return_decided(session, act.duty, accepted=accept, by=by, now=now)
    return finish(session, act, reason=decision)


def reroute(
    session: Session, duty_id: int, *, agency_id: int, reason: str, on: date, keep_clock: bool = True, by: Identity, now: datetime, today: date
) -> Duty:
    """Give the subject to another agency: a new duty, which names the old one. `keep_clock`: the old day still counts; else the law's days run anew from
    `on`, openly: the first day stays listed at both."""
    act = begin(session, duty_id, "reroute", by=by, now=now, today=today)
    old = act.duty
    wanted(reason=reason)
    not_future("on", on, today)
    on_or_after("on", on, old.letter_on, LETTER_DAY)
    if agency_id == old.agency_id:
        raise Invalid({"agency_id": [say("Hãy chọn một cơ quan khác.")]})
    may_receive(session, old, agency_id, on, by)
    if held := _held(session, old):
        held.to_on = max(on - dates.ONE, held.from_on)
    new = _heir(session, act, agency_id, on=on, keep_clock=keep_clock, reason=reason)
    finish(session, act, changes={"to_agency": (old.agency_id, agency_id), "to_duty": (None, new.id)}, reason=reason)
    hearing.given(session, new, by=by, now=now)
    settle(session, new, "send", SENT, by=by, now=now, changes={"rerouted_from": (None, old.id), "reply_due": (None, new.reply_due)}, reason=reason)
    return new


def _heir(session: Session, act: Act, agency_id: int, *, on: date, keep_clock: bool, reason: str) -> Duty:
    """The new duty of a re-routing."""
    old, by, now = act.duty, act.by, act.now
    kept = ("body_id", "subject_kind", "subject_id", "part", "letter_id", "item_id", "recipient_kind", "rule_code", "leaves_at", "letter_due")
    new = Duty(
        agency_id=agency_id, state=SENT, rerouted_from_id=old.id, letter_on=on, start_on=on, made_at=now, version=0, **{n: getattr(old, n) for n in kept}
    )
    if not keep_clock:
        new.letter_due = None
    session.add(new)
    session.flush()
    session.add(DutyHolder(duty_id=new.id, agency_id=agency_id, from_on=on, cause="reroute", reason=reason, made_by=by.user_id, made_at=now))
    law = Law(law_queries.rulebook(session), workdays.calendar(session))
    receipt = dates.by_rule(law, "acknowledgement", on)
    put = {"cause": "reroute", "since": on, "by": by, "now": now, "reason": reason}
    dates.put(session, new, "acknowledge", receipt, calendar=law.calendar, **put)  # type: ignore[arg-type]
    if keep_clock:
        for clock in ("statutory", "letter", "reply"):
            if row := dates.living(session, old, clock):
                when = dates.When(row.due_on, row.event, row.event_on, row.unit, row.length, row.to_workday, row.rule_version_id)
                dates.put(session, new, clock, when, calendar=law.calendar, **put)  # type: ignore[arg-type]
        new.start_on, new.first_due, new.rule_version_id = old.start_on, old.first_due, old.rule_version_id
    else:
        begun = {"event": "assumed_received", "event_on": receipt.due_on or on, "cause": "reroute", "since": on}
        dates.start(session, new, by=by, now=now, law=law, **begun)  # type: ignore[arg-type]
    new.next_due = next_due(new)
    subjects.linked(session, [(new.subject_kind, new.subject_id, new.id)])
    return new
