"""How many late duties there are by field and by constituency of their petitions; for the supervisor's board."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.duties import breakdowns
from petitions.duties.breakdowns import Breakdown, Part
from petitions.duties.models.duty import Duty
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists as read_lists

KIND = "petition"
MOST = 60


def introduce() -> None:
    """Let the board count by field and by constituency."""
    breakdowns.register(Breakdown(KIND, "field", say("Lĩnh vực"), lambda value: _narrow(Petition.field_id, value), _field))
    breakdowns.register(Breakdown(KIND, "constituency", say("Đơn vị bầu cử"), lambda value: _narrow(Petition.constituency_id, value), _constituency))
    breakdowns.count_with(KIND, count)


def count(session: Session, where: Sequence[ColumnElement[bool]]) -> Mapping[str, Sequence[Part]]:
    """Both at once: the duties are walked through one time (an index of petitions holds both columns)."""
    # coalesce: the duties are found by their days, not all those about petitions.
    about = and_(func.coalesce(Duty.subject_kind, "") == KIND, Duty.subject_id == Petition.id)
    both = (Petition.constituency_id, Petition.field_id)
    rows = session.execute(select(*both, func.count()).join(Duty, about).where(*where).group_by(*both)).all()
    constituencies, fields = Counter[int](), Counter[int]()
    for constituency, field, n in rows:
        if constituency is not None:
            constituencies[constituency] += n
        if field is not None:
            fields[field] += n
    lists, known = read_lists(session), council.roll(session).constituencies
    return {
        "constituency": _parts(constituencies, lambda value: known[value].label if value in known else str(value)),
        "field": _parts(fields, lists.field_label),
    }


def _parts(counted: Counter[int], label: Callable[[int], Message | str]) -> list[Part]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Part(value, label(value), n) for value, n in ordered[:MOST]]


def _narrow(column: Any, value: int) -> ColumnElement[bool]:
    return and_(Duty.subject_kind == KIND, Duty.subject_id.in_(select(Petition.id).where(column == value)))


def _field(session: Session, value: int) -> str:
    return read_lists(session).field_label(value)


def _constituency(session: Session, value: int) -> Message | str:
    known = council.roll(session).constituencies
    return known[value].label if value in known else str(value)
