"""All that happened on some duties, read in few statements whatever their number: rows, dates, answers, and one union of the smaller tables."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, case, cast, exists, literal, null, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from petitions.accounts.models import User
from petitions.council.models import DeputyGroup
from petitions.duties.models.answers import AnswerItem, AnswerLetter, Commitment, Countersignature, Evidence, Objection, ProgressReport, ReAsk
from petitions.duties.models.duty import Duty, DutyDate, DutyHolder
from petitions.duties.models.rules import DeadlineRule, DeadlineRuleVersion
from petitions.duties.models.time import Extension, ReturnRequest, Suspension
from petitions.duties.models.transfer import Forwarding, TransferLetter
from petitions.duties.models.voters import Publication, Told
from petitions.workdays.calendar import Name

LIMIT = 2000
YES = "yes"
REASK, COMMITMENT, EXTENSION, SUSPENSION, RETURN, FORWARDING = "reask", "commitment", "extension", "suspension", "return", "forwarding"
PROGRESS, EVIDENCE, TOLD, PUBLICATION, COUNTERSIGNED, OBJECTION, HOLDER = (
    "progress",
    "evidence",
    "told",
    "publication",
    "countersigned",
    "objection",
    "holder",
)


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
    entered_by: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of one of the smaller tables; what the four days, the words and the number mean depends on `kind` (see `_parts`)."""

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


@dataclass(frozen=True)
class History:
    """Everything on these duties, each list in order of its days."""

    duties: Sequence[tuple[Duty, TransferLetter | None]]
    dates: Sequence[Dated]
    answers: Sequence[Answered]
    happenings: Sequence[Happening]
    groups: Mapping[int, str]


def of_subject(session: Session, subject_kind: str, subject_id: int, narrow: Any = True) -> History:
    """The history of all duties on one subject that meet `narrow` (reading.visible): four statements, one where there are none."""
    query = select(Duty, TransferLetter).outerjoin(TransferLetter, TransferLetter.id == Duty.letter_id)
    rows = session.execute(query.where(Duty.subject_kind == subject_kind, Duty.subject_id == subject_id, narrow).order_by(Duty.id).limit(100)).all()
    return _history(session, [(duty, letter) for duty, letter in rows])


def of_duty(session: Session, duty: Duty) -> History:
    """The history of one duty."""
    letter = session.get(TransferLetter, duty.letter_id) if duty.letter_id else None
    return _history(session, [(duty, letter)])


def _history(session: Session, duties: Sequence[tuple[Duty, TransferLetter | None]]) -> History:
    ids = [duty.id for duty, _ in duties]
    if not ids:
        return History((), (), (), (), {})
    happened = happenings(session, ids)
    told = {row.number for row in happened if row.kind == TOLD and row.number}
    return History(duties, dates(session, ids), answers(session, ids), happened, group_names(session, told))


def group_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Names of deputy groups; no statement for none."""
    if not ids:
        return {}
    rows = session.execute(select(DeputyGroup.id, DeputyGroup.name).where(DeputyGroup.id.in_(sorted(ids))).order_by(DeputyGroup.id))
    return {number: name for number, name in rows}  # noqa: C416 (rows are Row objects)


def dates(session: Session, ids: Collection[int]) -> list[Dated]:
    """Every date of these duties, former ones too, oldest first."""
    d, v, r = DutyDate, DeadlineRuleVersion, DeadlineRule
    columns = (d.duty_id, d.clock, d.due_on, d.event, d.event_on, d.length, d.unit, d.to_workday, d.calendar_version, d.cause, d.reason, d.since, d.until)
    query = select(*columns, r.name, r.name_en, v.legal_basis, v.confirmed).outerjoin(v, v.id == d.rule_version_id).outerjoin(r, r.code == v.rule_code)
    rows: Sequence[Any] = session.execute(query.where(d.duty_id.in_(ids)).order_by(d.id).limit(LIMIT)).all()
    return [_dated(row) for row in rows]


def _dated(row: Any) -> Dated:
    name = Name(row.name, row.name_en) if row.name else None
    own = {column: getattr(row, column) for column in Dated.__dataclass_fields__ if column not in ("rule", "basis", "confirmed")}
    return Dated(**own, rule=name, basis=row.legal_basis or "", confirmed=row.confirmed is not False)


def answers(session: Session, ids: Collection[int]) -> list[Answered]:
    """Every answer on these duties, first to last."""
    return _answered(session, AnswerItem.duty_id.in_(ids))


def of_letter(session: Session, letter_id: int, seen: ColumnElement[bool]) -> list[Answered]:
    """What an answer letter says on the duties that meet `seen` (reading.visible)."""
    return _answered(session, AnswerItem.letter_id == letter_id, exists().where(Duty.id == AnswerItem.duty_id, seen))


def standing(session: Session, item_ids: Collection[int]) -> set[int]:
    """Those of these answers that are the ones that stand."""
    return {number for number in session.scalars(select(Duty.answer_item_id).where(Duty.answer_item_id.in_(item_ids)).order_by(Duty.id)) if number}


def _answered(session: Session, *where: ColumnElement[bool]) -> list[Answered]:
    i, a = AnswerItem, AnswerLetter
    judge = select(User.name).where(User.id == i.judged_by).scalar_subquery()
    enterer = select(User.name).where(User.id == a.entered_by).scalar_subquery()
    said = (i.id, a.id, i.duty_id, a.kind, a.agency_id, a.number, a.dated_on, a.received_on, a.signatory, a.text, a.document_id)
    classed = (i.agency_class, i.agency_reason, i.text, i.roadmap, i.promised_on, i.override_reason)
    judged = (i.office_class, i.office_reason, i.quality, i.verdict, i.judged_on, judge, enterer)
    query = select(*said, *classed, *judged).join(a, a.id == i.letter_id).where(*where).order_by(a.received_on, i.id).limit(LIMIT)
    rows: Sequence[Any] = session.execute(query).all()
    return [Answered(*row) for row in rows]


def happenings(session: Session, ids: Collection[int]) -> list[Happening]:
    """The smaller tables in one statement, in order of their days."""
    union = union_all(*_parts(ids)).subquery()
    return [Happening(*row) for row in session.execute(select(union).order_by(union.c.day, union.c.kind, union.c.id).limit(LIMIT))]


def _parts(ids: Collection[int]) -> list[Select[Any]]:
    r, c, x, s, b, f = ReAsk, Commitment, Extension, Suspension, ReturnRequest, Forwarding
    p, e, t, u, k, o, h = ProgressReport, Evidence, Told, Publication, Countersignature, Objection, DutyHolder
    return [
        _part(REASK, r, ids, r.asked_on, due=r.due_on, words=r.question, state=r.cause, number=r.answered_item_id),
        _part(COMMITMENT, c, ids, c.made_on, due=c.promised_on, done=c.kept_on, late=c.replaced_on, words=c.text, state=c.cause),
        _part(EXTENSION, x, ids, x.asked_on, due=x.wanted_on, done=x.decided_on, late=x.granted_on, words=x.reason, more=x.decision, state=x.state),
        _part(SUSPENSION, s, ids, s.suspended_on, due=s.due_on, done=s.resumed_on, late=s.resumed_due, words=s.reason, state=s.unit, number=s.remaining),
        _part(RETURN, b, ids, b.asked_on, due=b.allowed_until, done=b.decided_on, words=b.reason, more=b.decision, state=b.state, number=b.proposed_agency_id),
        _part(FORWARDING, f, ids, f.forwarded_on, due=f.internal_due, words=f.note, more=f.number, state=f.by_kind, number=f.to_agency_id),
        _part(PROGRESS, p, ids, p.reported_on, words=p.text, number=p.percent),
        _part(EVIDENCE, e, ids, e.dated_on, words=e.note, state=case((e.by_agency, literal(YES)), else_=literal("")), number=e.document_id),
        _part(TOLD, t, ids, t.told_on, words=t.meeting, more=t.note, state=case((t.struck, literal(YES)), else_=literal("")), number=t.deputy_group_id),
        _part(PUBLICATION, u, ids, u.event_on, due=u.due_on, done=u.published_on, late=u.posted_to, words=u.text, more=u.url, state=u.state, number=u.version),
        _part(COUNTERSIGNED, k, ids, k.signed_on, words=k.opinion, number=k.agency_id),
        _part(OBJECTION, o, ids, o.raised_on, words=o.text, state=o.subject_kind, number=o.subject_id),
        _part(HOLDER, h, ids, h.from_on, done=h.to_on, words=h.reason, state=h.cause, number=h.agency_id),
    ]


def _part(
    kind: str,
    table: Any,
    ids: Collection[int],
    on: InstrumentedAttribute[Any],
    *,
    due: Any = None,
    done: Any = None,
    late: Any = None,
    words: Any = None,
    more: Any = None,
    state: Any = None,
    number: Any = None,
) -> Select[Any]:
    none_day, empty, none_number = cast(null(), Date), literal(""), cast(null(), Integer)
    columns = [
        literal(kind).label("kind"),
        table.id.label("id"),
        table.duty_id.label("duty_id"),
        on.label("day"),
        *((one if one is not None else none_day).label(name) for one, name in ((due, "due"), (done, "done"), (late, "late"))),
        *((one if one is not None else empty).label(name) for one, name in ((words, "words"), (more, "more"), (state, "state"))),
        (number if number is not None else none_number).label("number"),
    ]
    return select(*columns).where(table.duty_id.in_(ids))
