"""Proposing: the drafts that the ladder asks for about one agency. Nothing leaves by it; run again, it adds nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core.identity import SYSTEM, Identity
from petitions.duties.urging.actions.filling import KIND, Made, Place, fill
from petitions.duties.urging.ladder import DRAFTED, Act, counts
from petitions.duties.urging.models import Urging, UrgingItem
from petitions.duties.urging.queries import drafting
from petitions.duties.urging.queries.drafting import Running
from petitions.duties.urging.queries.ladder import Ground
from petitions.duties.urging.workflow import ANSWERED, BY_JOB, DRAFT, MOVED, REPLACED, WITHDRAWN
from petitions.journal.actions import record

ALL_LEFT = "Mọi việc trong dự thảo đã có trả lời, hoặc hạn không còn chạy."


def propose(session: Session, ground: Ground, body_id: int, agency_id: int, *, now: datetime, by: Identity = SYSTEM) -> Made:
    """Bring the drafts about one agency to what the ladder asks for today: answered items leave, the highest rung due replaces a lower draft."""
    made, until = Made(), ground.horizon()
    agency = drafting.hold_agency(session, agency_id)
    open_ = drafting.drafts(session, body_id, agency_id)
    alive = agency.valid_to is None or agency.valid_to >= ground.today  # what an ended agency owes is handed over first, not urged
    running = {one.id: one for one in drafting.items(session, body_id, agency_id, until, now)} if until and alive else {}
    made.left = clear(session, open_, running)
    acts = drafting.acts(session, drafting.of_agency(body_id, agency_id)) if running else {}
    groups: dict[int, list[Running]] = {}
    for one in running.values():
        rung = ground.ladder(one.subject_kind).proposed(one.item(acts.get(one.id, ())))
        if rung is not None:
            groups.setdefault(rung.id, []).append(one)
    made.left += move(session, open_, {one.id for many in groups.values() for one in many})
    place = Place(ground, body_id, agency, BY_JOB, by, now)
    for rung_id, many in sorted(groups.items()):
        made += fill(session, place, ground.rungs[rung_id], many, acts, open_)
    close_empty(session, open_, by=by, now=now)
    return made


def clear(session: Session, open_: Collection[Urging], running: Mapping[int, Running]) -> int:
    """Take out of these drafts what was answered or suspended, waits for the office, or has a new day; how many items."""
    by_id = {one.id: one for one in open_}
    rows = drafting.items_of(session, list(by_id)) if by_id else []
    return _leave(session, [row for row in rows if not still_due(by_id[row.urging_id], row, running.get(row.duty_id))], ANSWERED)


def still_due(urging: Urging, row: UrgingItem, one: Running | None) -> bool:
    """Whether an item of a draft may still be urged: its clock runs, nothing waits for the office, and the day is the one that was missed."""
    if one is None or one.item(()).waits:
        return False
    return counts(Act(urging.level, DRAFTED, urging.made_on, row.due_on), one.due)


def move(session: Session, open_: Collection[Urging], duty_ids: Collection[int]) -> int:
    """Take these duties out of the drafts they lie in: they go into another one; how many."""
    rows = drafting.items_of(session, [one.id for one in open_]) if open_ and duty_ids else []
    return _leave(session, [row for row in rows if row.duty_id in duty_ids], MOVED)


def _leave(session: Session, rows: Collection[UrgingItem], why: str) -> int:
    for row in rows:
        row.open_duty_id, row.left_out = None, why
    session.flush()
    return len(rows)


def close_empty(session: Session, open_: Collection[Urging], *, by: Identity, now: datetime) -> None:
    """Drafts in which nothing is left end: replaced where something went into a higher one."""
    if not open_:
        return
    full = {row.urging_id for row in drafting.items_of(session, [one.id for one in open_])}
    for urging in open_:
        if urging.id not in full and urging.state == DRAFT:
            replaced = drafting.left(session, urging.id, MOVED)
            urging.state = REPLACED if replaced else WITHDRAWN
            urging.end_reason = "" if replaced else ALL_LEFT
            urging.version += 1
            act = "urging.replace" if replaced else "urging.withdraw"
            record(session, act, (KIND, urging.id), by=by, now=now, changes={"state": (DRAFT, urging.state)}, reason=urging.end_reason or None)
    session.flush()
