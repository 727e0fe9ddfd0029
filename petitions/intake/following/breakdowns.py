"""How many late duties there are by field and by constituency of their petitions; for the supervisor's board."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.duties.breakdowns import Breakdown, Part
from petitions.duties.models.duty import Duty
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists as read_lists

KIND = "petition"
MOST = 60


def both() -> tuple[Breakdown, ...]:
    """By field and by constituency."""
    return (
        Breakdown(KIND, "field", say("Lĩnh vực"), _fields, lambda value: _narrow(Petition.field_id, value), _field),
        Breakdown(KIND, "constituency", say("Đơn vị bầu cử"), _constituencies, lambda value: _narrow(Petition.constituency_id, value), _constituency),
    )


def _counted(session: Session, column: Any, where: Sequence[ColumnElement[bool]]) -> list[tuple[int, int]]:
    about = and_(Duty.subject_kind == KIND, Duty.subject_id == Petition.id)
    number = func.count(Duty.id)
    query = select(column, number).join(Duty, about).where(column.is_not(None), *where).group_by(column).order_by(number.desc(), column)
    return [(value, n) for value, n in session.execute(query.limit(MOST))]


def _narrow(column: Any, value: int) -> ColumnElement[bool]:
    return and_(Duty.subject_kind == KIND, Duty.subject_id.in_(select(Petition.id).where(column == value)))


def _fields(session: Session, where: Sequence[ColumnElement[bool]]) -> list[Part]:
    lists = read_lists(session)
    return [Part(value, lists.field_label(value), n) for value, n in _counted(session, Petition.field_id, where)]


def _constituencies(session: Session, where: Sequence[ColumnElement[bool]]) -> list[Part]:
    known = council.roll(session).constituencies
    return [Part(value, known[value].label if value in known else str(value), n) for value, n in _counted(session, Petition.constituency_id, where)]


def _field(session: Session, value: int) -> str:
    return read_lists(session).field_label(value)


def _constituency(session: Session, value: int) -> Message | str:
    known = council.roll(session).constituencies
    return known[value].label if value in known else str(value)
