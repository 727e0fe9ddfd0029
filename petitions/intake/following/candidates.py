"""Petitions that can be sent: classified or returned, in no bundle, with the agencies named for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.identity import Identity
from petitions.core.paging import Page
from petitions.core.words import Message
from petitions.duties import bundling
from petitions.duties.models.transfer import Bundle, BundleItem
from petitions.intake.models import Petition, PetitionAgency
from petitions.intake.queries import names
from petitions.intake.queries.listing import EXCERPT
from petitions.intake.queries.reading import visible
from petitions.intake.workflow import SENDABLE

KIND = "petition"
BUSY = (bundling.DRAFT, bundling.SUBMITTED, bundling.APPROVED)


@dataclass(frozen=True, slots=True)
class Wish:
    """How the candidates are narrowed."""

    level: str | None = None
    body: int | None = None
    session: int | None = None
    agency: int | None = None
    page: int = 1

    def at(self, level: str) -> "Wish":
        """The same at another level."""
        return replace(self, level=level)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A petition that may be sent. `lead` None: no agency was found for it, so it cannot be. `named`: the agencies in words."""

    id: int
    code: str
    body_id: int
    text: str
    state: str
    level: str | None
    council_session_id: int | None
    field_id: int | None
    place_words: str
    unit_id: int | None
    district_id: int | None
    lead: int | None = None
    together: tuple[int, ...] = ()
    named: str = ""


def _fit(identity: Identity) -> list[ColumnElement[bool]]:
    waits = and_(BundleItem.subject_kind == KIND, BundleItem.subject_id == Petition.id, Bundle.id == BundleItem.bundle_id)
    busy = exists().where(waits, Bundle.kind == bundling.TRANSFER, Bundle.state.in_(BUSY))
    own = Petition.body_id.in_(sorted(identity.scope("body")))
    return [visible(identity), own, Petition.state.in_(SENDABLE), ~busy]


def counts(session: Session, identity: Identity) -> Mapping[str, int]:
    """How many can be sent at each level, most first."""
    number = func.count()
    rows = session.execute(select(Petition.level, number).where(*_fit(identity), Petition.level.is_not(None)).group_by(Petition.level).order_by(number.desc()))
    return {level: n for level, n in rows if level is not None}


def sessions(session: Session, identity: Identity, level: str | None) -> Mapping[int, Message]:
    """Council sessions of those that can be sent at this level."""
    query = select(Petition.council_session_id).where(*_fit(identity), Petition.level == level, Petition.council_session_id.is_not(None))
    return names.sessions(session, [number for number in session.scalars(query.distinct().order_by(Petition.council_session_id)) if number])


def agencies(session: Session, identity: Identity, level: str | None) -> Sequence[tuple[int, str]]:
    """Agencies named first for those that can be sent at this level."""
    lead = and_(PetitionAgency.petition_id == Petition.id, PetitionAgency.part == "lead")
    query = select(Agency.id, Agency.name).join(PetitionAgency, PetitionAgency.agency_id == Agency.id).join(Petition, lead)
    rows = session.execute(query.where(*_fit(identity), Petition.level == level).distinct().order_by(Agency.name, Agency.id).limit(500))
    return [(number, name) for number, name in rows]


def page_of(session: Session, identity: Identity, wish: Wish, *, size: int) -> Page[Candidate]:
    """One page of those that can be sent, the oldest first."""
    where = _fit(identity)
    pairs = ((Petition.level, wish.level), (Petition.body_id, wish.body), (Petition.council_session_id, wish.session))
    where += [column == value for column, value in pairs if value is not None]
    if wish.agency is not None:
        where.append(exists().where(PetitionAgency.petition_id == Petition.id, PetitionAgency.agency_id == wish.agency))
    total = session.scalar(select(func.count()).select_from(Petition).where(*where)) or 0
    number = max(1, min(wish.page, -(-total // size) or 1))
    return Page(rows_of(session, where, size, (number - 1) * size), number, size, total)


def chosen(session: Session, identity: Identity, ids: Sequence[int]) -> list[Candidate]:
    """Of `ids`, those that can be sent."""
    return rows_of(session, [*_fit(identity), Petition.id.in_(ids)], len(ids), 0)


def rows_of(session: Session, where: Sequence[ColumnElement[bool]], size: int, offset: int) -> list[Candidate]:
    """Petitions that meet `where` as candidates, the oldest first, with the agencies named for them."""
    text = func.substr(case((Petition.summary != "", Petition.summary), else_=Petition.original_text), 1, EXCERPT)
    own = ("id", "code", "body_id", "text", "state", "level", "council_session_id", "field_id", "place_words", "unit_id", "district_id")
    columns = [text.label("text") if name == "text" else getattr(Petition, name) for name in own]
    found = session.execute(select(*columns).where(*where).order_by(Petition.listed_on, Petition.id).limit(size).offset(offset)).all()
    parts: dict[int, list[tuple[int | None, str, str]]] = {}
    query = select(PetitionAgency.petition_id, PetitionAgency.agency_id, func.coalesce(Agency.name, PetitionAgency.as_written), PetitionAgency.part)
    query = query.outerjoin(Agency, Agency.id == PetitionAgency.agency_id).where(PetitionAgency.petition_id.in_([row.id for row in found]))
    for petition, agency, name, part in session.execute(query.order_by(PetitionAgency.petition_id, PetitionAgency.position)):
        parts.setdefault(petition, []).append((agency, name, part))
    return [_candidate(row, parts.get(row.id, [])) for row in found]


def _candidate(row: Sequence[Any], parts: Sequence[tuple[int | None, str, str]]) -> Candidate:
    leads = [agency for agency, _, part in parts if part == "lead" and agency]
    lead = leads[0] if leads else None
    together = dict.fromkeys(agency for agency, _, part in parts if agency and agency != lead)
    return replace(Candidate(*row), lead=lead, together=tuple(together), named=", ".join(name for _, name, _ in parts))
