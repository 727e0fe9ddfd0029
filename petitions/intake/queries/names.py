"""Words for ids: sessions of the council and agencies, few statements for many ids."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.council.models import Body, CouncilSession, Term

LIMIT = 2000


def sessions(session: Session, ids: Collection[int]) -> Mapping[int, Message]:
    """Council sessions by id: "Kỳ họp thứ 28 (26/11/2025)"."""
    if not ids:
        return {}
    rows = session.scalars(select(CouncilSession).where(CouncilSession.id.in_(sorted(ids))).order_by(CouncilSession.id))
    return {row.id: council.session_label(row) for row in rows}


def agencies(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """Agencies by id: their full name."""
    if not ids:
        return {}
    rows = session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(sorted(ids))).order_by(Agency.id))
    return {row.id: row.name for row in rows}


def bodies(session: Session) -> Mapping[int, Body]:
    """Bodies by id, in their usual order."""
    return {body.id: body for body in council.bodies(session)}


def body_names(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """Short names of these bodies, by id."""
    rows = session.execute(select(Body.id, Body.short_name).where(Body.id.in_(sorted(ids))).order_by(Body.id))
    return {row.id: row.short_name for row in rows}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A council session for a select field; `term` in words."""

    id: int
    body_id: int
    term: str
    label: Message


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency for a select field."""

    id: int
    name: str
    short_name: str | None
    valid_to: date | None


def session_rows(session: Session) -> list[SessionRow]:
    """All council sessions, by body, newest first."""
    query = select(CouncilSession, Term.body_id, Term.label, Body.short_name).join(Term, Term.id == CouncilSession.term_id).join(Body, Body.id == Term.body_id)
    rows = session.execute(query.order_by(Body.code, Term.number.desc(), CouncilSession.number.desc(), CouncilSession.id).limit(LIMIT))
    return [SessionRow(row.id, body_id, str(say("{body} khóa {term}", body=body, term=term)), council.session_label(row)) for row, body_id, term, body in rows]


def agency_rows(session: Session) -> list[AgencyRow]:
    """All agencies, living ones first, by name."""
    query = select(Agency.id, Agency.name, Agency.short_name, Agency.valid_to)
    rows = session.execute(query.order_by(Agency.valid_to.is_not(None), Agency.level, Agency.name, Agency.id).limit(LIMIT))
    return [AgencyRow(*row) for row in rows]
