"""Which fields of petitions the Council's committees follow: offered to urging's lists of candidates, and a first division where the office has none.

The division is a proposal by the committees' names (domain 3.1); the office changes it on the page of the ladder.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.council import queries as council
from petitions.duties.models.duty import Duty
from petitions.duties.urging import fields
from petitions.duties.urging.models import UrgingField
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists as read_lists
from petitions.journal.actions import record

KIND = "petition"
DIVISION: Mapping[str, str] = {"policy": "PC", "justice": "PC", "security": "PC", "economy": "KTNS", "urban": "DT", "society": "VHXH"}
COUNCIL = "HD"


def introduce() -> None:
    """Offer the fields."""
    fields.offer(fields.Fields(_options, _narrow))


def _options(session: Session) -> Sequence[tuple[int, str]]:
    known = read_lists(session)
    return [(node.id, known.field_label(node.id)) for node in sorted(known.fields.values(), key=lambda node: (node.report_group, node.code))]


def _narrow(values: Collection[int]) -> ColumnElement[bool]:
    of_these = select(Petition.id).where(Petition.field_id.in_(sorted(values)))
    return and_(Duty.subject_kind == KIND, Duty.subject_id.in_(of_these))


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Divide the fields among the City Council's committees, unless the office has divided any; how many."""
    if session.scalar(select(UrgingField.id).limit(1)) is not None:
        return 0
    body = next((row for row in council.bodies(session) if row.code == COUNCIL), None)
    committees = {row.code: row.id for row in council.committees(session, body.id)} if body else {}
    nodes = read_lists(session).fields.values()
    made = [UrgingField(committee_id=committees[code], value=node.id) for node in nodes if (code := DIVISION.get(node.code.split(".")[0])) in committees]
    session.add_all(made)
    session.flush()
    if made:
        record(session, "committee.fields", ("committee_fields", 1), by=by, now=now, changes={"rows": (None, len(made))})
    return len(made)
