"""Candidates: what stayed late without an answer although it was urged. Read from days and letters when it is asked; decisions are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.core.identity import Identity
from petitions.council.models import Committee
from petitions.duties.models.duty import Duty
from petitions.duties.urging import beyond
from petitions.duties.urging import fields as offered
from petitions.duties.urging.ladder import LETTER, LISTED, Rung, late_before
from petitions.duties.urging.models import Urging, UrgingDecision, UrgingField, UrgingItem
from petitions.duties.urging.queries.ladder import DEFAULT_KIND, Ground
from petitions.duties.urging.workflow import ISSUED
from petitions.duties.workflow import RUNNING
from petitions.letters.models import Letter
from petitions.letters.workflow import ISSUED as LETTER_ISSUED

NOBODY = 0  # items whose field no committee follows


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a candidate, in words."""

    id: int
    duty_id: int
    subject_kind: str
    subject_id: int
    rung_code: str
    committee: str | None
    decision: str
    reason: str
    opinion: str
    decided_on: date
    decided_by: str | None


def lists(ground: Ground) -> dict[str, list[Rung]]:
    """The lists of the ladder in force today: code → its rung of every kind of subject, lowest level first."""
    every = [rung for kind in sorted({one.subject_kind for one in ground.rungs.values()}) for rung in ground.ladder(kind).rungs if rung.form == LISTED]
    found: dict[str, list[Rung]] = {}
    for rung in sorted(every, key=lambda one: (one.level, one.subject_kind != DEFAULT_KIND)):
        found.setdefault(rung.code, []).append(rung)
    return found


def proposed(ground: Ground, rungs: Sequence[Rung], *, switched_off: bool = False) -> ColumnElement[bool]:
    """The duties on a list: late by the rung's days, urged by enough letters that stand, its clock still running, nothing decided yet; and what
    the room above puts there on grounds of its own (beyond.py).

    `switched_off`: instead those that the law of the rung does not clearly reach, because they fell overdue before it was in force.
    """
    known = {one.subject_kind for one in ground.rungs.values()}
    ways = []
    for rung in rungs:
        kinds = Duty.subject_kind == rung.subject_kind
        if rung.subject_kind == DEFAULT_KIND:
            kinds = or_(kinds, Duty.subject_kind.not_in(sorted(known)))
        late = Duty.next_due < late_before(rung.offset, ground.today, ground.calendar)
        reached = _in_force(rung, off=switched_off)
        if reached is not None:
            ways.append(and_(kinds, late, *reached, *_urged(rung)))
    code = rungs[0].code if rungs else ""
    if not switched_off and rungs and (more := beyond.ground(code, ground.today)) is not None:
        ways.append(more)
    if not ways:
        return false()
    decided = exists().where(UrgingDecision.duty_id == Duty.id, UrgingDecision.rung_code == code, UrgingDecision.due_on == Duty.next_due)
    return and_(Duty.state.in_(RUNNING), Duty.suspended_on.is_(None), or_(*ways), ~decided)


def _in_force(rung: Rung, *, off: bool) -> list[ColumnElement[bool]] | None:
    """An item falls overdue on the day after its day: on which side of the rung's first day that lies."""
    if rung.applies_from is None:
        return None if off else []
    first = rung.applies_from - timedelta(days=1)
    return [Duty.next_due < first if off else Duty.next_due >= first]


def _urged(rung: Rung) -> list[ColumnElement[bool]]:
    """At least so many letters about the day that runs (see ladder.counts)."""
    if not rung.after_letters:
        return []
    i, u = UrgingItem, Urging
    belongs = or_(i.due_on == Duty.next_due, u.sent_on > Duty.next_due)
    mine = (i.duty_id == Duty.id, i.left_out.is_(None), u.state == ISSUED, u.form == LETTER, belongs)
    query = select(func.count()).select_from(i).join(u, u.id == i.urging_id).join(Letter, Letter.id == u.letter_id)
    return [query.where(*mine, Letter.state == LETTER_ISSUED).correlate(Duty).scalar_subquery() >= rung.after_letters]


def following(session: Session) -> tuple[list[tuple[int, str]], Mapping[int, int]]:
    """The committees (id, name), and field → the committee that follows it; one statement."""
    query = select(Committee.id, Committee.name, UrgingField.value).outerjoin(UrgingField, UrgingField.committee_id == Committee.id)
    rows = session.execute(query.order_by(Committee.body_id, Committee.id, UrgingField.id)).all()
    return list(dict.fromkeys((number, name) for number, name, _ in rows)), {value: number for number, _, value in rows if value is not None}


def of_committee(owners: Mapping[int, int], committee_id: int) -> ColumnElement[bool]:
    """The duties whose field this committee follows (NOBODY: those that no committee does); `owners` as `fields` or `following` gives them."""
    known = offered.offered()
    if known is None:
        return false() if committee_id != NOBODY else true()
    if committee_id == NOBODY:
        return ~known.narrow(list(owners)) if owners else true()
    values = [value for value, owner in owners.items() if owner == committee_id]
    return known.narrow(values) if values else false()


def fields(session: Session) -> Mapping[int, int]:
    """Field → the committee that follows it."""
    rows = session.execute(select(UrgingField.value, UrgingField.committee_id).order_by(UrgingField.id))
    return {value: committee for value, committee in rows}  # noqa: C416 (rows are Row objects)


def counts(session: Session, seen: ColumnElement[bool], ground: Ground) -> Mapping[str, int]:
    """How many stand on each list among what is seen; one statement."""
    named = lists(ground)
    if not named:
        return {}
    columns = [select(func.count()).select_from(Duty).where(seen, proposed(ground, rungs)).scalar_subquery().label(code) for code, rungs in named.items()]
    row = session.execute(select(*columns)).one()
    return {code: int(getattr(row, code)) for code in named}


def decisions(
    session: Session, identity: Identity, *, decision: str | None = None, code: str | None = None, committee_id: int | None = None, limit: int = 200
) -> list[Decision]:
    """What was decided for the own bodies, newest first."""
    d = UrgingDecision
    name = select(Committee.name).where(Committee.id == d.committee_id).scalar_subquery()
    who = select(User.name).where(User.id == d.decided_by).scalar_subquery()
    columns = (d.id, d.duty_id, Duty.subject_kind, Duty.subject_id, d.rung_code, name, d.decision, d.reason, d.opinion, d.decided_on, who)
    query = select(*columns).join(Duty, Duty.id == d.duty_id).where(Duty.body_id.in_(sorted(identity.scope("body"))))
    for column, value in ((d.decision, decision), (d.rung_code, code), (d.committee_id, committee_id)):
        if value:
            query = query.where(column == value)
    rows: Sequence[Any] = session.execute(query.order_by(d.decided_at.desc(), d.id.desc()).limit(limit)).all()
    return [Decision(*row) for row in rows]


def stands(session: Session, duty_id: int, ground: Ground, rungs: Sequence[Rung], *, switched_off: bool) -> bool:
    """Whether this duty is on the list now."""
    return bool(session.scalar(select(exists().where(Duty.id == duty_id, proposed(ground, rungs, switched_off=switched_off)))))


def ids(session: Session, ground: Ground, rungs: Sequence[Rung], *, limit: int = 1000) -> list[int]:
    """The duties on a list, the longest late first."""
    return list(session.scalars(select(Duty.id).where(proposed(ground, rungs)).order_by(Duty.next_due, Duty.id).limit(limit)))


def any_committee(session: Session) -> int | None:
    """A committee that follows fields, the last one written down."""
    return session.scalar(select(UrgingField.committee_id).order_by(UrgingField.committee_id.desc()).limit(1))
