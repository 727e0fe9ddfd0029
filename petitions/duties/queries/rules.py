"""Reading the law and the office's choices."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.words import say
from petitions.duties.models.duty import DutyDate
from petitions.duties.models.rules import BEFORE, DeadlineRule, DeadlineRuleVersion, DutySetting
from petitions.duties.models.time import ReturnRequest
from petitions.duties.models.voters import Publication
from petitions.duties.rules import Rulebook, RuleVersion
from petitions.duties.settings import DutySettings, settings_of
from petitions.workdays.calendar import Name
from petitions.workdays.counting import Unit

LIMIT = 2000


def rulebook(session: Session) -> Rulebook:
    """Every rule as it stands; one statement, some dozens of rows."""
    v, r = DeadlineRuleVersion, DeadlineRule
    rows = session.execute(select(v, r.name, r.name_en, r.start_event).join(r, r.code == v.rule_code).order_by(r.position, v.rule_code, v.id).limit(LIMIT))
    return Rulebook.of(_version(row, name, name_en, event) for row, name, name_en, event in rows)


def _version(row: DeadlineRuleVersion, name: str, name_en: str, event: str) -> RuleVersion:
    return RuleVersion(
        row.id,
        row.rule_code,
        Name(name, name_en),
        event,
        row.valid_from,
        row.valid_to,
        row.length,
        Unit(row.unit),
        row.direction == BEFORE,
        row.to_workday,
        row.legal_basis,
        row.confirmed,
        row.note,
    )


def rules(session: Session) -> Sequence[DeadlineRule]:
    """The kinds of deadlines, in their order."""
    return session.scalars(select(DeadlineRule).order_by(DeadlineRule.position, DeadlineRule.code).limit(LIMIT)).all()


def version_row(session: Session, version_id: int) -> DeadlineRuleVersion:
    """The row of a version; NotFound."""
    row = session.get(DeadlineRuleVersion, version_id)
    if row is None:
        raise NotFound(say("Không có quy định này."))
    return row


def used(session: Session, version_id: int) -> bool:
    """Whether any date was counted by this version: then it is not changed, only ended."""
    tables = (DutyDate, ReturnRequest, Publication)
    return bool(session.scalar(select(or_(*(exists().where(table.rule_version_id == version_id) for table in tables)))))


def settings(session: Session) -> DutySettings:
    """The office's choices."""
    return settings_of({row.key: row.value for row in session.execute(select(DutySetting.key, DutySetting.value).order_by(DutySetting.key).limit(LIMIT))})
