"""Words for ids: sessions of the council and agencies, few statements for many ids."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.words import Message
from petitions.council import queries as council
from petitions.council.models import Body, CouncilSession


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
