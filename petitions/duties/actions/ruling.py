"""Changing the law as data: a version that no date was counted by is corrected; a used one is ended and followed by another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotAllowed, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties import settings as choices
from petitions.duties.actions.acts import wanted
from petitions.duties.models.rules import DIRECTIONS, UNITS, DeadlineRule, DeadlineRuleVersion, DutySetting
from petitions.duties.queries import rules as queries
from petitions.duties.reference import RULES
from petitions.journal.actions import record

ONE = timedelta(days=1)
LONGEST = 3660


@dataclass(frozen=True, slots=True)
class VersionIn:
    """A version as the office writes it."""

    length: int
    unit: str
    direction: str
    legal_basis: str
    valid_from: date | None = None
    valid_to: date | None = None
    to_workday: bool = False
    confirmed: bool = False
    note: str = ""


def add_version(session: Session, code: str, values: VersionIn, *, by: Identity, now: datetime) -> DeadlineRuleVersion:
    """A new version of a rule. One that still runs when the new one begins is ended on the day before; dates counted by it stay as they are."""
    _check(session, code, values, by)
    for other in (row for row in queries.rulebook(session).versions.get(code, ()) if values.valid_from is not None and row.in_force(values.valid_from)):
        row = queries.version_row(session, other.id)
        if row.valid_from is None or (values.valid_from is not None and row.valid_from < values.valid_from):
            row.valid_to, row.edited = values.valid_from - ONE if values.valid_from else None, True
    made = DeadlineRuleVersion(rule_code=code, edited=True, **{name: getattr(values, name) for name in VersionIn.__dataclass_fields__})
    session.add(made)
    session.flush()
    record(session, "rule.add", RULES, by=by, now=now, changes={code: (None, _told(made))})
    return made


def change_version(session: Session, version_id: int, values: VersionIn, *, by: Identity, now: datetime) -> DeadlineRuleVersion:
    """Correct a version. Of one that dates were counted by only its end, its confirmation and its words change."""
    row = queries.version_row(session, version_id)
    _check(session, row.rule_code, values, by)
    fixed = ("length", "unit", "direction", "valid_from", "to_workday")
    if queries.used(session, version_id) and any(getattr(row, name) != getattr(values, name) for name in fixed):
        raise RuleBroken(say("Đã có hạn được tính theo bản này. Hãy thêm một bản mới có ngày hiệu lực riêng."))
    before = _told(row)
    for name in VersionIn.__dataclass_fields__:
        setattr(row, name, getattr(values, name))
    row.edited = True
    session.flush()
    record(session, "rule.change", RULES, by=by, now=now, changes={row.rule_code: (before, _told(row))})
    return row


def set_setting(session: Session, key: str, value: Any, *, by: Identity, now: datetime) -> None:
    """Change one of the office's choices (settings.py)."""
    _may(by)
    choices.check(key, value)
    row = session.get(DutySetting, key)
    before = row.value if row else choices.DEFAULTS[key]
    if row is None:
        session.add(DutySetting(key=key, value=value, note=""))
    else:
        row.value = value
    session.flush()
    record(session, "duty_setting.change", RULES, by=by, now=now, changes={key: (before, value)})


def _check(session: Session, code: str, values: VersionIn, by: Identity) -> None:
    _may(by)
    wanted(legal_basis=values.legal_basis)
    wrong: dict[str, list[Any]] = {}
    if session.get(DeadlineRule, code) is None:
        wrong["code"] = [say("Không có quy định thời hạn «{code}».", code=code)]
    if values.unit not in UNITS:
        wrong["unit"] = [say("Hãy chọn đơn vị tính.")]
    if values.direction not in DIRECTIONS:
        wrong["direction"] = [say("Hãy chọn trước hay sau.")]
    if not 0 <= values.length <= LONGEST:
        wrong["length"] = [say("Từ 0 đến {n} ngày.", n=LONGEST)]
    if values.valid_from and values.valid_to and values.valid_to < values.valid_from:
        wrong["valid_to"] = [say("Ngày hết hiệu lực không thể trước ngày có hiệu lực.")]
    if wrong:
        raise Invalid(wrong)


def _may(by: Identity) -> None:
    if by is not SYSTEM and not by.may(Permission.REFERENCE_MANAGE):
        raise NotAllowed


def _told(row: DeadlineRuleVersion) -> str:
    return f"{row.valid_from or '…'}–{row.valid_to or '…'}: {row.direction} {row.length} {row.unit} ({row.legal_basis})"
