"""All that happened on some duties, read in two statements whatever their number: the duties, and one wide union of everything that hangs on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, String, case, cast, exists, literal, null, select, union_all
from sqlalchemy.orm import Session

from petitions.accounts.models import User
from petitions.agencies.models import Agency
from petitions.council.models import DeputyGroup
from petitions.duties.models.answers import AnswerItem, AnswerLetter, Commitment, Countersignature, Evidence, Objection, ProgressReport, ReAsk
from petitions.duties.models.duty import Duty, DutyDate, DutyHolder
from petitions.duties.models.rules import DeadlineRule, DeadlineRuleVersion, DutySetting
from petitions.duties.models.time import Extension, ReturnRequest, Suspension
from petitions.duties.models.transfer import Forwarding, TransferLetter
from petitions.duties.models.voters import Publication, Told
from petitions.duties.settings import DEFAULTS, fits
from petitions.duties.urging.models import Urging, UrgingItem, UrgingRung
from petitions.duties.urging.workflow import ISSUED
from petitions.letters.models import Letter
from petitions.workdays.calendar import Name

LIMIT = 5000
YES = "yes"
DATE, ANSWER = "date", "answer"
REASK, COMMITMENT, EXTENSION, SUSPENSION, RETURN, FORWARDING = "reask", "commitment", "extension", "suspension", "return", "forwarding"
PROGRESS, EVIDENCE, TOLD, PUBLICATION, URGING = "progress", "evidence", "told", "publication", "urging"
COUNTERSIGNED, OBJECTION, HOLDER = "countersigned", "objection", "holder"
DAYS, TEXTS, NUMBERS = 4, 15, 4


@dataclass(frozen=True, slots=True)
class Dated:
    """A row of `duty_dates` with the rule that made it: name, law, whether confirmed. Rule None: a letter, a promise or a decision named the day."""

    duty_id: int
    clock: str
    due_on: date | None
    event: str
    event_on: date
    length: int
    unit: str
    to_workday: bool
    calendar_version: int
    cause: str
    reason: str
    since: date
    until: date | None
    rule: Name | None
    basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer on one duty: the letter's facts, the agency's own class and the office's verdict beside it."""

    item_id: int
    letter_id: int
    duty_id: int
    kind: str
    agency_id: int
    agency: str
    number: str
    dated_on: date
    received_on: date
    signatory: str
    letter_text: str
    document_id: int | None
    agency_class: str
    agency_reason: str | None
    text: str
    roadmap: str
    promised_on: date | None
    override_reason: str | None
    office_class: str | None
    office_reason: str | None
    quality: str | None
    verdict: str
    judged_on: date | None
    judged_by: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of one of the smaller tables; what the four days, the words and the number mean depends on `kind` (see `_parts`). `name`: the agency or
    the deputy group that `number` is."""

    kind: str
    id: int
    duty_id: int
    on: date | None
    due: date | None
    done: date | None
    late: date | None
    words: str
    more: str
    state: str
    number: int | None
    name: str


@dataclass(frozen=True)
class Held:
    """A duty with the letter that brought it and the name of who holds it."""

    duty: Duty
    letter: TransferLetter | None
    agency: str


@dataclass(frozen=True)
class History:
    """Everything on these duties, each list in order of its days. `choices`: the office's bands (settings.py)."""

    duties: Sequence[Held]
    dates: Sequence[Dated]
    answers: Sequence[Answered]
    happenings: Sequence[Happening]
    choices: Mapping[str, Any]


def of_subject(session: Session, subject_kind: str, subject_id: int, narrow: ColumnElement[bool], *, now: datetime) -> History:
    """The history of all duties on one subject that meet `narrow` (reading.visible): two statements, one where there are none."""
    return _history(session, now, Duty.subject_kind == subject_kind, Duty.subject_id == subject_id, narrow)


def of_duty(session: Session, duty_id: int, narrow: ColumnElement[bool], *, now: datetime) -> History:
    """The history of one duty, if it meets `narrow`."""
    return _history(session, now, Duty.id == duty_id, narrow)


def _history(session: Session, now: datetime, *where: ColumnElement[bool]) -> History:
    bands = [select(DutySetting.value).where(DutySetting.key == key).scalar_subquery() for key in ("due_soon_days", "long_overdue_days")]
    query = select(Duty, TransferLetter, Agency.name, *bands).join(Agency, Agency.id == Duty.agency_id)
    query = query.outerjoin(TransferLetter, TransferLetter.id == Duty.letter_id).where(*where).order_by(Duty.id)
    rows: Sequence[Any] = session.execute(query.limit(100)).all()
    if not rows:
        return History((), (), (), (), DEFAULTS)
    stored = {"due_soon_days": rows[0][3], "long_overdue_days": rows[0][4]}
    choices = {**DEFAULTS, **{key: value for key, value in stored.items() if value is not None and fits(key, value)}}
    found = _everything(session, [row[0].id for row in rows], now)
    dates = [_dated(row) for row in found if row[0] == DATE]
    answers = [_answered(row) for row in found if row[0] == ANSWER]
    return History([Held(*row[:3]) for row in rows], dates, answers, [_happening(row) for row in found if row[0] not in (DATE, ANSWER)], choices)


def of_letter(session: Session, letter_id: int, seen: ColumnElement[bool]) -> list[Answered]:
    """What an answer letter says on the duties that meet `seen` (reading.visible)."""
    where = (AnswerItem.letter_id == letter_id, exists().where(Duty.id == AnswerItem.duty_id, seen))
    return [_answered(row) for row in session.execute(_answer_part(*where).order_by(AnswerItem.id).limit(LIMIT))]


def standing(session: Session, item_ids: Collection[int]) -> set[int]:
    """Those of these answers that are the ones that stand."""
    return {number for number in session.scalars(select(Duty.answer_item_id).where(Duty.answer_item_id.in_(item_ids)).order_by(Duty.id)) if number}


# -- one wide row for everything: kind, id, duty, days, texts, numbers ------------------------------------------------------


def _everything(session: Session, ids: Collection[int], now: datetime) -> list[Any]:
    union = union_all(_date_part(ids), _answer_part(AnswerItem.duty_id.in_(ids)), *_parts(ids), _urged_part(ids, now)).subquery()
    return list(session.execute(select(union).order_by(union.c.kind, union.c.d0, union.c.id).limit(LIMIT)))


def _wide(kind: str, row_id: Any, duty_id: Any, days: Sequence[Any], texts: Sequence[Any], numbers: Sequence[Any]) -> Select[Any]:
    none_day, none_text, none_number = cast(null(), Date), cast(null(), String), cast(null(), Integer)
    columns = [literal(kind).label("kind"), row_id.label("id"), duty_id.label("duty_id")]
    for name, many, given, none in (("d", DAYS, days, none_day), ("t", TEXTS, texts, none_text), ("n", NUMBERS, numbers, none_number)):
        filled = [*given, *[None] * (many - len(given))]
        columns += [(one if one is not None else none).label(f"{name}{place}") for place, one in enumerate(filled)]
    return select(*columns)


def _flag(column: Any) -> Any:
    return case((column, literal(YES)), else_=literal(""))


def _date_part(ids: Collection[int]) -> Select[Any]:
    d, v, r = DutyDate, DeadlineRuleVersion, DeadlineRule
    texts = [d.clock, d.event, d.unit, _flag(d.to_workday), d.cause, d.reason, r.name, r.name_en, v.legal_basis, _flag(v.confirmed)]
    made = _wide(DATE, d.id, d.duty_id, [d.since, d.due_on, d.event_on, d.until], texts, [d.length, d.calendar_version])
    return made.select_from(d).outerjoin(v, v.id == d.rule_version_id).outerjoin(r, r.code == v.rule_code).where(d.duty_id.in_(ids))


def _dated(row: Any) -> Dated:
    rule = Name(row.t6, row.t7) if row.t6 else None
    confirmed = rule is None or row.t9 == YES
    made = (row.t2, row.t3 == YES, row.n1, row.t4, row.t5 or "", row.d0, row.d3, rule, row.t8 or "", confirmed)
    return Dated(row.duty_id, row.t0, row.d1, row.t1, row.d2, row.n0, *made)


def _answer_part(*where: ColumnElement[bool]) -> Select[Any]:
    i, a = AnswerItem, AnswerLetter
    judge = select(User.name).where(User.id == i.judged_by).scalar_subquery()
    letter = [a.kind, _agency(a.agency_id), a.number, a.signatory, a.text]
    said = [i.agency_class, i.agency_reason, i.text, i.roadmap, i.override_reason]
    judged = [i.office_class, i.office_reason, i.quality, i.verdict, judge]
    days = [a.received_on, a.dated_on, i.promised_on, i.judged_on]
    withdrawn = case((a.withdrawn_on.is_not(None), literal(1)), else_=literal(0))
    made = _wide(ANSWER, i.id, i.duty_id, days, [*letter, *said, *judged], [a.id, a.agency_id, a.document_id, withdrawn])
    return made.select_from(i).join(a, a.id == i.letter_id).where(*where)


def _answered(row: Any) -> Answered:
    letter = (row.t0, row.n1, row.t1 or "", row.t2, row.d1, row.d0, row.t3, row.t4, row.n2)
    said = (row.t5, row.t6, row.t7, row.t8, row.d2, row.t9)
    return Answered(row.id, row.n0, row.duty_id, *letter, *said, row.t10, row.t11, row.t12, row.t13, row.d3, row.t14, bool(row.n3))


def _parts(ids: Collection[int]) -> list[Select[Any]]:
    r, c, x, s, b, f = ReAsk, Commitment, Extension, Suspension, ReturnRequest, Forwarding
    p, e, t, u, k, o, h = ProgressReport, Evidence, Told, Publication, Countersignature, Objection, DutyHolder
    group = select(DeputyGroup.name).where(DeputyGroup.id == t.deputy_group_id).scalar_subquery()
    rows: list[tuple[str, Any, Sequence[Any], Sequence[Any], Any]] = [
        (REASK, r, [r.asked_on, r.due_on], [r.question, None, r.cause], r.answered_item_id),
        (COMMITMENT, c, [c.made_on, c.promised_on, c.kept_on, c.replaced_on], [c.text, None, c.cause], None),
        (EXTENSION, x, [x.asked_on, x.wanted_on, x.decided_on, x.granted_on], [x.reason, x.decision, x.state], None),
        (SUSPENSION, s, [s.suspended_on, s.due_on, s.resumed_on, s.resumed_due], [s.reason, None, s.unit], s.remaining),
        (RETURN, b, [b.asked_on, b.allowed_until, b.decided_on], [b.reason, b.decision, b.state, _agency(b.proposed_agency_id)], b.proposed_agency_id),
        (FORWARDING, f, [f.forwarded_on, f.internal_due], [f.note, f.number, f.by_kind, _agency(f.to_agency_id)], f.to_agency_id),
        (PROGRESS, p, [p.reported_on], [p.text], p.percent),
        (EVIDENCE, e, [e.dated_on], [e.note, None, _flag(e.by_agency)], e.document_id),
        (TOLD, t, [t.told_on], [t.meeting, t.note, _flag(t.struck), group], t.deputy_group_id),
        (PUBLICATION, u, [u.event_on, u.due_on, u.published_on, u.posted_to], [u.text, u.url, u.state], u.version),
        (COUNTERSIGNED, k, [k.signed_on], [k.opinion, None, None, _agency(k.agency_id)], k.agency_id),
        (OBJECTION, o, [o.raised_on], [o.text, None, o.subject_kind], o.subject_id),
        (HOLDER, h, [h.from_on, None, h.to_on], [h.reason, None, h.cause, _agency(h.agency_id)], h.agency_id),
    ]
    return [_wide(kind, table.id, table.duty_id, days, texts, [number]).where(table.duty_id.in_(ids)) for kind, table, days, texts, number in rows]


def _urged_part(ids: Collection[int], now: datetime) -> Select[Any]:
    """Letters and reminders that have left: the day, the day by which a report is asked for, the day of acknowledgement; number, addressee, rung."""
    i, u, r = UrgingItem, Urging, UrgingRung
    texts = [Letter.number + "/" + Letter.symbol, u.addressee, cast(i.round, String), r.name]
    made = _wide(URGING, i.id, i.duty_id, [u.sent_on, u.new_due_on, u.acknowledged_on], texts, [u.id])
    made = made.select_from(i).join(u, u.id == i.urging_id).join(r, r.id == u.rung_id).outerjoin(Letter, Letter.id == u.letter_id)
    return made.where(i.duty_id.in_(ids), i.left_out.is_(None), u.state == ISSUED, u.leaves_at <= now)


def _agency(column: Any) -> Any:
    return select(Agency.name).where(Agency.id == column).scalar_subquery()


def _happening(row: Any) -> Happening:
    return Happening(row.kind, row.id, row.duty_id, row.d0, row.d1, row.d2, row.d3, row.t0 or "", row.t1 or "", row.t2 or "", row.n0, row.t3 or "")
