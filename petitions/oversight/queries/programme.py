"""The programme of a year, one activity with all that belongs to it, and the days by which rules want notices and reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.errors import NotFound, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.duties import rules
from petitions.duties.queries.rules import rulebook
from petitions.oversight.actions.programme import MISSING
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.programme import ActivityAgency, ActivityVisit, SupervisionActivity, SupervisionKind
from petitions.oversight.queries.reading import AUDITOR, CITY
from petitions.workdays import queries as workdays

MOST = 200
# Which rule wants what of which kind of activity: (rule, which day it counts from, who supervises; "" for all).
DELEGATIONS = frozenset({"thematic", "resupervision"})
WANTED = (
    ("supervision_plan_notice", "decided_on", "", DELEGATIONS),
    ("supervision_programme_notice", "first_visit", "", DELEGATIONS),
    ("explanation_notice", "starts_on", "", frozenset({"explanation"})),
    ("delegation_report_tt", "ends_on", "standing", DELEGATIONS),
    ("delegation_report_ban", "ends_on", "committee", DELEGATIONS),
)


@dataclass(frozen=True, slots=True)
class ActivityListed:
    """An activity in the programme, with how many bodies it supervises, visits it made and documents came of it."""

    row: SupervisionActivity
    kind: SupervisionKind
    agencies: int
    visits: int
    documents: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One activity with what belongs to it."""

    row: SupervisionActivity
    kind: SupervisionKind
    agencies: Sequence[tuple[int, str]]
    visits: Sequence[tuple[ActivityVisit, str]]
    documents: Sequence[IssuedDocument]
    earlier: SupervisionActivity | None
    later: Sequence[SupervisionActivity]


def visible(who: Identity) -> ColumnElement[bool]:
    """The condition on `SupervisionActivity`: the Council's side its bodies', an agency those that supervise it, the People's Committee office those
    that supervise a city agency."""
    if who is SYSTEM:
        return true()
    if not who.may(Permission.OVERSIGHT_READ):
        return false()
    if AUDITOR in who.roles:
        return true()
    ways: list[ColumnElement[bool]] = []
    if bodies := who.scope("body"):
        ways.append(SupervisionActivity.body_id.in_(sorted(bodies)))
    supervised = ActivityAgency.activity_id == SupervisionActivity.id
    if own := who.scope("agency"):
        ways.append(exists().where(supervised, ActivityAgency.agency_id.in_(sorted(own))).correlate(SupervisionActivity))
    if who.may(Permission.DUTY_DISTRIBUTE):
        ways.append(exists().where(supervised, Agency.id == ActivityAgency.agency_id, Agency.level == CITY).correlate(SupervisionActivity))
    return or_(*ways) if ways else false()


def of_year(session: Session, seen: ColumnElement[bool], year: int) -> list[ActivityListed]:
    """The programme, by its days."""
    parts = [
        select(func.count()).select_from(table).where(table.activity_id == SupervisionActivity.id).correlate(SupervisionActivity).scalar_subquery()
        for table in (ActivityAgency, ActivityVisit)
    ]
    issued = select(func.count()).select_from(IssuedDocument).where(IssuedDocument.activity_id == SupervisionActivity.id).scalar_subquery()
    query = select(SupervisionActivity, SupervisionKind, *parts, issued).join(SupervisionKind, SupervisionKind.code == SupervisionActivity.kind_code)
    day = func.coalesce(SupervisionActivity.starts_on, SupervisionActivity.decided_on)
    rows = session.execute(query.where(seen, SupervisionActivity.year == year).order_by(day.is_(None), day, SupervisionActivity.id).limit(MOST))
    return [ActivityListed(*row) for row in rows]


def years(session: Session, seen: ColumnElement[bool]) -> list[int]:
    """The years that have a programme, newest first."""
    return list(session.scalars(select(SupervisionActivity.year).where(seen).distinct().order_by(SupervisionActivity.year.desc()).limit(MOST)))


def one(session: Session, activity_id: int, seen: ColumnElement[bool]) -> SupervisionActivity:
    """The activity, if it may be seen; NotFound."""
    found = session.scalar(select(SupervisionActivity).where(SupervisionActivity.id == activity_id, seen))
    if found is None:
        raise NotFound(MISSING)
    return found


def shown(session: Session, row: SupervisionActivity, seen: ColumnElement[bool], documents: ColumnElement[bool]) -> Shown:
    """All that belongs to an activity, of what may be seen."""
    bodies = select(Agency.id, Agency.name).join(ActivityAgency, ActivityAgency.agency_id == Agency.id).where(ActivityAgency.activity_id == row.id)
    visits = select(ActivityVisit, Agency.name).outerjoin(Agency, Agency.id == ActivityVisit.agency_id).where(ActivityVisit.activity_id == row.id)
    issued = select(IssuedDocument).where(IssuedDocument.activity_id == row.id, documents).order_by(IssuedDocument.dated_on, IssuedDocument.id)
    linked = or_(SupervisionActivity.id == row.again_id, SupervisionActivity.again_id == row.id)
    near = list(session.scalars(select(SupervisionActivity).where(seen, linked).order_by(SupervisionActivity.year, SupervisionActivity.id).limit(MOST)))
    return Shown(
        row,
        session.get_one(SupervisionKind, row.kind_code),
        [(number, name) for number, name in session.execute(bodies.order_by(ActivityAgency.id).limit(MOST))],
        [(visit, name or "") for visit, name in session.execute(visits.order_by(ActivityVisit.visited_on, ActivityVisit.id).limit(MOST))],
        session.scalars(issued.limit(MOST)).all(),
        next((each for each in near if each.id == row.again_id), None),
        [each for each in near if each.again_id == row.id],
    )


def supervised_ids(session: Session, activity_id: int) -> Sequence[int]:
    """The supervised bodies, in the order in which they were named."""
    return session.scalars(select(ActivityAgency.agency_id).where(ActivityAgency.activity_id == activity_id).order_by(ActivityAgency.id).limit(MOST)).all()


def kinds(session: Session) -> Sequence[SupervisionKind]:
    """Every kind, valid or not, in the order of the list."""
    return session.scalars(select(SupervisionKind).order_by(SupervisionKind.position, SupervisionKind.code).limit(MOST)).all()


def unlinked(session: Session, body_id: int) -> Sequence[IssuedDocument]:
    """Documents of the body that belong to no activity yet, newest first."""
    query = select(IssuedDocument).where(IssuedDocument.body_id == body_id, IssuedDocument.activity_id.is_(None))
    return session.scalars(query.order_by(IssuedDocument.dated_on.desc(), IssuedDocument.id.desc()).limit(MOST)).all()


def earlier(session: Session, body_id: int, without: int | None) -> Sequence[SupervisionActivity]:
    """Activities of the body that may be supervised again, newest first."""
    query = select(SupervisionActivity).where(SupervisionActivity.body_id == body_id, SupervisionActivity.id != (without or 0))
    return session.scalars(query.order_by(SupervisionActivity.year.desc(), SupervisionActivity.id.desc()).limit(MOST)).all()


def wanted_by(session: Session, found: Shown) -> list[rules.Due]:
    """By which days rules want its notices and its report; a rule not in force that day, or without its day yet, says nothing."""
    family = found.row.kind_code.partition(":")[0]
    days: dict[str, date | None] = {name: getattr(found.row, name) for name in ("decided_on", "starts_on", "ends_on")}
    days["first_visit"] = found.visits[0][0].visited_on if found.visits else None
    asked = [(rule, day) for rule, name, actor, families in WANTED if family in families and actor in ("", found.row.actor) and (day := days[name]) is not None]
    if not asked:
        return []
    book, calendar = rulebook(session), workdays.calendar(session)
    made: list[rules.Due] = []
    for rule, day in asked:
        try:
            made.append(rules.due(book, calendar, rule, day))
        except RuleBroken:
            continue
    return made
