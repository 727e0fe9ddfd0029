"""The year's programme: an activity entered and corrected, its visits noted, its issued documents linked."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from petitions.agencies import queries as agencies
from petitions.core.dates import format_day
from petitions.core.errors import Invalid, NotAllowed, NotFound, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.text import clean
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.council.models import CouncilSession, Term
from petitions.duties.actions.acts import INDEX, may_write, not_future, wanted
from petitions.journal.actions import record
from petitions.outbox.actions import promise
from petitions.oversight import naming
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.escalation import ActivityItem
from petitions.oversight.models.programme import ActivityAgency, ActivityVisit, SupervisionActivity, SupervisionKind
from petitions.oversight.values import ActivityValues

KIND = "activity"
MISSING = say("Không có hoạt động giám sát này, hoặc bạn không được xem.")
WRITTEN = ("year", "kind_code", "actor", "committee_id", "council_session_id", "again_id", "delegation", "plan", "report")
DAYS = ("decided_on", "noticed_on", "starts_on", "ends_on", "reported_on")


def plan(session: Session, values: ActivityValues, *, by: Identity, now: datetime, today: date) -> SupervisionActivity:
    """Take an activity into the programme of its year. Invalid."""
    _may(by, values.body_id)
    return enter(session, values, by=by, now=now, today=today)


def enter(session: Session, values: ActivityValues, *, by: Identity, now: datetime, today: date) -> SupervisionActivity:
    """The same, for whoever has asked whether `by` may (escalating.py: a committee opens its own). Invalid."""
    named = _checked(session, values, None, today)
    row = SupervisionActivity(body_id=values.body_id, made_by=by.user_id, made_at=now, version=1, **_written(values))
    session.add(row)
    session.flush()
    _supervise(session, row, named)
    record(session, "activity.plan", (KIND, row.id), by=by, now=now, changes={"title": (None, row.title), "kind": (None, row.kind_code)})
    promise(session, INDEX, (KIND, row.id), now=now)
    return row


def change(session: Session, activity_id: int, values: ActivityValues, *, version: int | None, by: Identity, now: datetime, today: date) -> SupervisionActivity:
    """Correct it, or add what has come to be known. Stale when another has saved meanwhile."""
    row = _held(session, activity_id, by)
    if version is not None and version != row.version:
        raise Stale
    named = _checked(session, values, row, today)
    changes = {name: (getattr(row, name), value) for name, value in _written(values).items() if getattr(row, name) != value}
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    before = set(session.scalars(select(ActivityAgency.agency_id).where(ActivityAgency.activity_id == row.id)))
    if before != set(named):
        changes["agencies"] = (sorted(before), sorted(named))
        session.execute(delete(ActivityAgency).where(ActivityAgency.activity_id == row.id))
        _supervise(session, row, named)
    row.version += 1
    session.flush()
    record(session, "activity.change", (KIND, row.id), by=by, now=now, changes=changes)
    promise(session, INDEX, (KIND, row.id), now=now)
    return row


def visit(session: Session, activity_id: int, *, visited_on: date, agency_id: int | None, place: str, note: str, by: Identity, now: datetime) -> ActivityVisit:
    """Note a visit, planned or made: at a supervised body, or at another place."""
    row = _held(session, activity_id, by)
    if agency_id is None:
        wanted(place=place)
    elif session.scalar(select(ActivityAgency.id).where(ActivityAgency.activity_id == row.id, ActivityAgency.agency_id == agency_id)) is None:
        raise Invalid({"agency_id": [say("Cơ quan này không thuộc diện chịu giám sát của hoạt động.")]})
    if row.decided_on is not None and visited_on < row.decided_on:
        raise Invalid({"visited_on": [say("Ngày làm việc không thể trước ngày quyết định ({day}).", day=format_day(row.decided_on))]})
    words = {"place": clean(place), "note": clean(note)}
    made = ActivityVisit(activity_id=row.id, agency_id=agency_id, visited_on=visited_on, made_by=by.user_id, made_by_name=by.name, made_at=now, **words)
    session.add(made)
    session.flush()
    record(session, "activity.visit", (KIND, row.id), by=by, now=now, changes={"visited_on": (None, visited_on), "agency": (None, agency_id)})
    promise(session, INDEX, (KIND, row.id), now=now)
    return made


def link(session: Session, activity_id: int, document_id: int, *, by: Identity, now: datetime) -> IssuedDocument:
    """Say that a document was issued upon this activity. Invalid when it belongs to another body or activity."""
    row = _held(session, activity_id, by)
    query = select(IssuedDocument).where(IssuedDocument.id == document_id, IssuedDocument.body_id == row.body_id)
    found = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise Invalid({"document_id": [say("Không có văn bản này, hoặc bạn không được xem.")]})
    if found.activity_id not in (None, row.id):
        raise Invalid({"document_id": [say("Văn bản này đã gắn với một hoạt động giám sát khác.")]})
    if found.activity_id is None:
        found.activity_id = row.id
        session.flush()
        record(session, "activity.link", (KIND, row.id), by=by, now=now, changes={"document": (None, found.full_number)})
        promise(session, INDEX, (KIND, row.id), now=now)
    return found


def supervised(session: Session, activity_id: int) -> Sequence[int]:
    """The agencies it supervises, in the order in which they were named."""
    return session.scalars(select(ActivityAgency.agency_id).where(ActivityAgency.activity_id == activity_id).order_by(ActivityAgency.id)).all()


def _may(by: Identity, body_id: int) -> None:
    if by is not SYSTEM and not by.may(Permission.OVERSIGHT_REGISTER):
        raise NotAllowed
    may_write(by, body_id)


def _held(session: Session, activity_id: int, by: Identity) -> SupervisionActivity:
    query = select(SupervisionActivity).where(SupervisionActivity.id == activity_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(MISSING)
    _may(by, found.body_id)
    return found


def _written(values: ActivityValues) -> dict[str, object]:
    plain = {name: getattr(values, name) for name in (*WRITTEN, *DAYS)}
    return {**plain, "title": clean(values.title), "decision": clean(values.decision)}


def _supervise(session: Session, row: SupervisionActivity, named: Sequence[int]) -> None:
    session.add_all(ActivityAgency(activity_id=row.id, agency_id=number) for number in named)
    session.flush()


def _checked(session: Session, values: ActivityValues, row: SupervisionActivity | None, today: date) -> list[int]:
    """The supervised bodies, when all that was said holds together. Invalid."""
    wanted(title=values.title)
    if values.reported_on is not None:
        not_future("reported_on", values.reported_on, today)
    wrong: dict[str, list[Message | str]] = {}
    kind = session.get(SupervisionKind, values.kind_code)
    if kind is None or not valid(kind, values.year, values.decided_on):
        wrong["kind_code"] = [say("Hình thức giám sát này không có hiệu lực vào thời gian của hoạt động.")]
    if values.actor == "committee" and values.committee_id not in {one.id for one in council.committees(session, values.body_id)}:
        wrong["committee_id"] = [say("Hãy chọn Ban chủ trì.")]
    if values.actor != "committee" and values.committee_id is not None:
        wrong["committee_id"] = [say("Chỉ chọn Ban khi Ban của HĐND là chủ thể giám sát.")]
    if values.council_session_id is not None:
        known = select(CouncilSession.id).join(Term, Term.id == CouncilSession.term_id).where(Term.body_id == values.body_id)
        if session.scalar(known.where(CouncilSession.id == values.council_session_id)) is None:
            wrong["council_session_id"] = [say("Không có kỳ họp này.")]
    wrong |= _days_wrong(values) | _again_wrong(session, values, row) | _answers_wrong(session, values, row)
    found = naming.named(agencies.directory(session), values.agencies, values.decided_on or date(values.year, 1, 1))
    if unknown := [one.name for one in found if one.agency_id is None]:
        wrong["agencies"] = [say("«{name}» không có trong danh mục cơ quan.", name="; ".join(unknown))]
    if wrong:
        raise Invalid(wrong)
    return list(dict.fromkeys(one.agency_id for one in found if one.agency_id is not None))


def valid(kind: SupervisionKind, year: int, decided_on: date | None) -> bool:
    """Whether the kind holds on the day of the decision; in some part of the year while nothing was decided."""
    first, last = (decided_on, decided_on) if decided_on else (date(year, 1, 1), date(year, 12, 31))
    return (kind.valid_from is None or kind.valid_from <= last) and (kind.valid_to is None or first <= kind.valid_to)


def _days_wrong(values: ActivityValues) -> dict[str, list[Message | str]]:
    wrong: dict[str, list[Message | str]] = {}
    for earlier, later in (("decided_on", "noticed_on"), ("decided_on", "starts_on"), ("starts_on", "ends_on"), ("starts_on", "reported_on")):
        first, last = getattr(values, earlier), getattr(values, later)
        if first is not None and last is not None and last < first:
            wrong[later] = [say("Ngày này không thể trước ngày {day} đã ghi ở trên.", day=format_day(first))]
    return wrong


def _answers_wrong(session: Session, values: ActivityValues, row: SupervisionActivity | None) -> dict[str, list[Message | str]]:
    """What was answered there was answered after it had begun."""
    first = session.scalar(select(func.min(ActivityItem.answered_on)).where(ActivityItem.activity_id == row.id)) if row is not None else None
    if first is None or (values.starts_on is not None and values.starts_on <= first):
        return {}
    return {"starts_on": [say("Ngày bắt đầu không thể trống hoặc sau ngày đã có câu trả lời ({day}).", day=format_day(first))]}


def _again_wrong(session: Session, values: ActivityValues, row: SupervisionActivity | None) -> dict[str, list[Message | str]]:
    """The earlier activity that is supervised again: of the same body, and never itself or one that leads back to it."""
    seen, number = {row.id} if row is not None else set[int](), values.again_id
    while number is not None:
        earlier = session.get(SupervisionActivity, number)
        if earlier is None or earlier.body_id != values.body_id or number in seen:
            return {"again_id": [say("Không chọn được hoạt động này làm hoạt động giám sát trước.")]}
        seen.add(number)
        number = earlier.again_id
    return {}
