"""Drafts by hand: from chosen items, changed, thinned out, withdrawn with a reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.core.errors import Invalid, NotAllowed, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties.actions.acts import may_write, wanted
from petitions.duties.urging.actions.filling import KIND, MOST, Place, fill
from petitions.duties.urging.actions.proposing import clear, close_empty
from petitions.duties.urging.ladder import DRAFTED, ISSUED, LETTER, Act, Ladder, Rung, counts
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import drafting
from petitions.duties.urging.queries.drafting import Running
from petitions.duties.urging.queries.ladder import Ground
from petitions.duties.urging.workflow import BY_HAND, DRAFT, TAKEN_OUT, URGINGS, WITHDRAWN
from petitions.journal.actions import record

ENDED = say("cơ quan đã kết thúc hoạt động, hãy bàn giao việc trước")
DRAFTED_ALREADY = say("đã nằm trong một dự thảo đôn đốc")


@dataclass
class Drafted:
    """What came of it: the drafts that hold the chosen items, and why others are in none."""

    urgings: list[int] = field(default_factory=list)
    items: int = 0
    refused: dict[int, Message] = field(default_factory=dict)


def draft_by_hand(session: Session, duty_ids: Collection[int], *, by: Identity, now: datetime, today: date) -> Drafted:
    """Draft letters about these items, one for each agency and rung. The same rung may be issued again by hand, once its interval has passed.

    Items that may not be urged now (an answer waits, one was just sent, a draft is open) are named with the reason. NotAllowed for another body's.
    """
    if by is not SYSTEM and not by.may(Permission.URGING_DRAFT):
        raise NotAllowed
    if not duty_ids or len(duty_ids) > MOST:
        raise Invalid({"ids": [say("Hãy chọn từ 1 đến {n} việc.", n=MOST)]})
    chosen = {duty.id: duty for duty in drafting.duties(session, sorted(set(duty_ids)))}
    for duty in chosen.values():
        may_write(by, duty.body_id)
    ground, made = Ground.read(session, today), Drafted()
    places = sorted({(duty.body_id, duty.agency_id) for duty in chosen.values()})
    for body_id, agency_id in places:
        ids = [duty.id for duty in chosen.values() if (duty.body_id, duty.agency_id) == (body_id, agency_id)]
        _draft(session, ground, body_id, agency_id, ids, made, by=by, now=now)
    return made


def _draft(session: Session, ground: Ground, body_id: int, agency_id: int, ids: Sequence[int], made: Drafted, *, by: Identity, now: datetime) -> None:
    agency = drafting.hold_agency(session, agency_id)
    if agency.valid_to is not None and agency.valid_to < ground.today:
        made.refused |= dict.fromkeys(ids, ENDED)
        return
    running = {one.id: one for one in drafting.among(session, ids, now)}
    acts = drafting.acts(session, drafting.of_duties(ids))
    groups: dict[int, list[Running]] = {}
    for number in ids:
        one, done = running.get(number), acts.get(number, ())
        rung = None if one is None else by_hand(ground.ladder(one.subject_kind), one, done)
        if one is None or rung is None:
            made.refused[number] = refusal(ground, one, done)
        else:
            groups.setdefault(rung.id, []).append(one)
    open_ = [one for one in drafting.drafts(session, body_id, agency_id) if one.source == BY_HAND]
    for rung_id, many in sorted(groups.items()):
        place = Place(ground, body_id, agency, BY_HAND, by, now)
        made.items += fill(session, place, ground.rungs[rung_id], many, acts, open_).items
    made.urgings += drafting.drafts_with(session, [one.id for many in groups.values() for one in many])


def by_hand(ladder: Ladder, one: Running, acts: Sequence[Act]) -> Rung | None:
    """The rung of a letter that a person drafts: the highest letter reached, the lowest where none is; None when there may be none now."""
    if one.item(acts).waits or one.due >= ladder.today or any(act.done == DRAFTED for act in acts):
        return None
    letters = [rung for rung in ladder.rungs if rung.form == LETTER]
    rung = ladder.reached(one.due) or (letters[0] if letters else None)
    if rung is None or rung.form != LETTER:
        return letters[0] if letters else None
    again = [act for act in acts if act.done == ISSUED and act.form == LETTER and counts(act, one.due)]
    interval = max((each.interval for each in letters), default=0) if again else rung.interval
    last = max((act.on for act in again), default=None)
    early = last is not None and (last > ladder.today or ladder.calendar.between(last, ladder.today) < interval)
    return None if early or ladder.too_soon(rung, acts) else rung


def refusal(ground: Ground, one: Running | None, acts: Sequence[Act]) -> Message:
    """Why an item is in no draft."""
    if one is None:
        return say("đã có trả lời, đang tạm dừng, hoặc không còn hạn chạy")
    if one.item(acts).waits:
        return say("cơ quan xin gia hạn hoặc trả lại, chờ phía giám sát quyết định")
    if one.due >= ground.today:
        return say("chưa quá hạn")
    if any(act.done == DRAFTED for act in acts):
        return DRAFTED_ALREADY
    last = max((act.on for act in acts if act.done == ISSUED), default=None)
    return say("vừa đôn đốc ngày {day}", day=format_day(last)) if last else say("không có nấc đôn đốc nào đang áp dụng")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a person may put otherwise in a draft."""

    addressee: str
    remark: str = ""
    new_due_on: date | None = None


def change(session: Session, urging_id: int, values: Changes, *, version: int, by: Identity, now: datetime, today: date) -> Urging:
    """Change a draft's words. Raises Stale, WrongState, Invalid."""
    urging = _held(session, urging_id, "change", by, version)
    wanted(addressee=values.addressee)
    if values.new_due_on is not None and values.new_due_on <= today:
        raise Invalid({"new_due_on": [say("Ngày yêu cầu báo cáo phải sau hôm nay.")]})
    before = {name: getattr(urging, name) for name in ("addressee", "remark", "new_due_on")}
    urging.addressee, urging.remark, urging.new_due_on = values.addressee, values.remark, values.new_due_on
    return _finish(session, urging, "change", {name: (old, getattr(urging, name)) for name, old in before.items()}, by=by, now=now)


def take_out(session: Session, urging_id: int, duty_ids: Collection[int], *, reason: str, by: Identity, now: datetime) -> Urging:
    """Take items out of a draft: they are not proposed again at this rung."""
    wanted(reason=reason)
    urging = _held(session, urging_id, "change", by, None)
    gone = [row for row in drafting.items_of(session, [urging.id]) if row.duty_id in duty_ids]
    for row in gone:
        row.open_duty_id, row.left_out = None, TAKEN_OUT
    _finish(session, urging, "take_out", {"items": (len(gone), 0)}, by=by, now=now, reason=reason)
    close_empty(session, [urging], by=by, now=now)
    return urging


def withdraw(session: Session, urging_id: int, *, reason: str, by: Identity, now: datetime) -> Urging:
    """Give a draft up: this rung is not proposed again for its items; the next higher one is, in its time."""
    wanted(reason=reason)
    urging = _held(session, urging_id, "withdraw", by, None)
    for row in drafting.items_of(session, [urging.id]):
        row.open_duty_id = None
    urging.state, urging.end_reason = WITHDRAWN, reason
    return _finish(session, urging, "withdraw", {"state": (DRAFT, WITHDRAWN)}, by=by, now=now, reason=reason)


def refresh(session: Session, urging_id: int, *, by: Identity, now: datetime) -> int:
    """Leave out what was answered meanwhile; how many items."""
    urging = _held(session, urging_id, "change", by, None)
    running = {one.id: one for one in drafting.among(session, [row.duty_id for row in drafting.items_of(session, [urging.id])], now)}
    gone = clear(session, [urging], running)
    close_empty(session, [urging], by=by, now=now)
    return gone


def _held(session: Session, urging_id: int, move: str, by: Identity, version: int | None) -> Urging:
    urging = drafting.hold(session, urging_id)
    may_write(by, urging.body_id)
    if by is SYSTEM:
        if urging.state != DRAFT:
            raise RuleBroken(say("Đôn đốc này không còn là dự thảo."))
    else:
        URGINGS.target(move, urging.state, by)
    if version is not None and urging.version != version:
        raise Stale(say("Dự thảo vừa thay đổi. Hãy xem lại rồi làm tiếp."), current=urging)
    return urging


def _finish(
    session: Session, urging: Urging, act: str, changes: Mapping[str, tuple[object, object]], *, by: Identity, now: datetime, reason: str | None = None
) -> Urging:
    noted = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    urging.version += 1
    session.flush()
    record(session, f"urging.{act}", (KIND, urging.id), by=by, now=now, changes=noted, reason=reason)
    return urging
