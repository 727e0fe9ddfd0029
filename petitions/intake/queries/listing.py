"""Lists of petitions: filters to conditions, counts by state, one page of rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.paging import PAGE_SIZE, Page
from petitions.intake.filters import Filters
from petitions.intake.lists import Lists
from petitions.intake.models import Petition, PetitionAgency
from petitions.intake.placing import Atlas
from petitions.intake.queries.reading import visible
from petitions.intake.queries.verdicts import verdict
from petitions.intake.workflow import DRAFT

EXCERPT = 300
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; `text` is the summary, else the beginning of the original wording."""

    id: int
    code: str
    state: str
    text: str
    place_words: str
    unit_id: int | None
    district_id: int | None
    unit_resolution: str
    constituency_id: int | None
    outside: str | None
    field_id: int | None
    report_group: int | None
    level: str | None
    dated_on: date | None
    met_on: date | None
    met_as_written: str | None
    received_on: date | None
    submitted_at: datetime | None
    entered_by: int | None
    entered_by_name: str
    verdict: int | None = None


def conditions(filters: Filters, *, identity: Identity, lists: Lists, atlas: Atlas, today: date) -> list[ColumnElement[bool]]:
    """The WHERE of a list: what `identity` may see, narrowed by `filters`."""
    found: list[ColumnElement[bool]] = [visible(identity)]
    plain: Mapping[str, tuple[Any, Any]] = {
        "body": (Petition.body_id, filters.body),
        "district": (Petition.district_id, filters.district),
        "group": (Petition.report_group, filters.group),
        "level": (Petition.level, filters.level),
        "state": (Petition.state, filters.state),
        "place": (Petition.unit_resolution, filters.place),
        "session": (Petition.council_session_id, filters.session),
        "origin": (Petition.origin, filters.origin),
        "channel": (Petition.channel, filters.channel),
        "batch": (Petition.import_batch_id, filters.batch),
    }
    found += [column == value for column, value in plain.values() if value is not None]
    if filters.timing is not None:
        found.append(Petition.timing.in_({filters.timing, "both"}))
    if filters.field is not None:
        found.append(Petition.field_id.in_(lists.descendants(filters.field)))
    if filters.waiting is not None:
        found.append(and_(Petition.state == DRAFT, Petition.submitted_at.is_not(None) if filters.waiting == "yes" else Petition.submitted_at.is_(None)))
    if filters.mine is not None:
        found.append(Petition.entered_by == identity.user_id)
    if filters.since is not None:
        found.append(and_(Petition.dated_on.is_not(None), Petition.listed_on >= filters.since))
    if filters.until is not None:
        found.append(and_(Petition.dated_on.is_not(None), Petition.listed_on <= filters.until))
    if filters.agency is not None:
        found.append(exists().where(PetitionAgency.petition_id == Petition.id, PetitionAgency.agency_id == filters.agency))
    return found + _places(filters, atlas, today)


def _places(filters: Filters, atlas: Atlas, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.unit is not None:
        alone = filters.ground == "no" or filters.unit not in atlas.gazetteer.units
        found.append(Petition.unit_id.in_([filters.unit] if alone else sorted(atlas.gazetteer.related(filters.unit))))
    if filters.constituency is not None and filters.as_of == "today":
        units, districts = held_today(atlas, filters.constituency, today)
        found.append(or_(Petition.unit_id.in_(units), and_(Petition.unit_id.is_(None), Petition.district_id.in_(districts))))
    elif filters.constituency is not None:
        found.append(Petition.constituency_id == filters.constituency)
    return found


def held_today(atlas: Atlas, constituency_id: int, today: date) -> tuple[list[int], list[int]]:
    """Units of any time, and districts, whose ground lies (at least in part) in the constituency today."""
    constituency = atlas.roll.constituencies.get(constituency_id)
    body = next((term.body_id for term in atlas.roll.terms if constituency and term.id == constituency.term_id), None)
    if body is None:
        return [], []

    def holds(unit_id: int | None, district_id: int | None) -> bool:
        answer = atlas.roll.assign(body_id=body, unit_id=unit_id, district_id=district_id, day=today)
        named = [answer.constituency] if answer.constituency else [one.constituency for one in answer.candidates]
        return any(one.id == constituency_id for one in named)

    units = [number for number in atlas.gazetteer.units if holds(number, None)]
    return units, [number for number in atlas.gazetteer.districts if holds(None, number)]


def counts(session: Session, where: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    """How many petitions meet `where`, by state; submitted drafts are counted as "waiting" beside the other drafts. One statement.

    Grouped as the index lies (body, state): a group by an expression would sort every row first.
    """
    every = select(Petition.state, func.count()).where(*where).group_by(Petition.body_id, Petition.state)
    waiting = select(literal(WAITING), func.count()).where(*where, Petition.state == DRAFT, Petition.submitted_at.is_not(None))
    found: Counter[str] = Counter()
    for name, number in session.execute(union_all(every, waiting)):
        found[name] += number
    found[DRAFT] -= found[WAITING]
    return {name: number for name, number in sorted(found.items()) if number}


def listed(session: Session, where: Sequence[ColumnElement[bool]], *, sort: str, number: int, total: int, size: int = PAGE_SIZE) -> Page[Row]:
    """Page `number` of the petitions that meet `where`; `total` comes from the counts. One statement."""
    order = {
        "newest": (Petition.listed_on.desc(), Petition.id.desc()),
        "oldest": (Petition.listed_on, Petition.id),
        "code": (Petition.code, Petition.id),
        "entered": (Petition.id.desc(),),
    }[sort]
    number = max(1, min(number, -(-total // size) or 1))
    ids = select(Petition.id).where(*where).order_by(*order).limit(size).offset((number - 1) * size).subquery()
    text = func.substr(case((Petition.summary != "", Petition.summary), else_=Petition.original_text), 1, EXCERPT)
    own = {"text": text.label("text"), "verdict": verdict().label("verdict")}
    columns = [own[name] if name in own else getattr(Petition, name) for name in Row.__dataclass_fields__]
    rows = session.execute(select(*columns).where(Petition.id.in_(select(ids.c.id))).order_by(*order).limit(size))
    return Page([Row(*row) for row in rows], number, size, total)


def seen(session: Session, ids: Sequence[int], where: Sequence[ColumnElement[bool]]) -> list[int]:
    """Of `ids`, those that meet `where`."""
    return list(session.scalars(select(Petition.id).where(Petition.id.in_(ids), *where).order_by(Petition.id).limit(len(ids))))
