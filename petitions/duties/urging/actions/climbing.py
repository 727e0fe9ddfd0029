"""Editing the ladder: a rung is changed from a day on by a new row; a used one is ended, never changed or deleted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotAllowed, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties.actions.acts import wanted
from petitions.duties.urging.ladder import AUTHORITIES, FORMS, LETTER, RANKS
from petitions.duties.urging.models import UrgingRung
from petitions.duties.urging.queries import ladder as queries
from petitions.duties.urging.reference import LADDER
from petitions.journal.actions import record
from petitions.letters.kinds import KINDS

ONE = timedelta(days=1)
FIXED = ("level", "form", "offset_days", "rank", "authority", "interval_days", "after_letters", "letter_kind", "valid_from", "applies_from")


@dataclass(frozen=True, slots=True)
class RungIn:
    """A rung as the office writes it."""

    name: str
    name_en: str
    level: int
    form: str
    offset_days: int
    rank: str
    authority: str
    legal_basis: str
    interval_days: int = 0
    after_letters: int = 0
    letter_kind: str = "urging"
    valid_from: date | None = None
    valid_to: date | None = None
    applies_from: date | None = None
    confirmed: bool = False
    note: str = ""


def add_rung(session: Session, subject_kind: str, code: str, values: RungIn, *, by: Identity, now: datetime) -> UrgingRung:
    """A rung from a day on. One of the same name that still runs then is ended on the day before; what was proposed by it stays as it is."""
    _check(values, by)
    wanted(code=code)
    for row in queries.rows(session):
        if (row.subject_kind, row.code) != (subject_kind, code) or not _overlap(row, values):
            continue
        if values.valid_from is None or (row.valid_from is not None and row.valid_from >= values.valid_from):
            raise Invalid({"valid_from": [say("Nấc này đã có một bản từ ngày đó hoặc muộn hơn. Hãy chọn ngày sau.")]})
        row.valid_to, row.edited = values.valid_from - ONE, True
    made = UrgingRung(subject_kind=subject_kind, code=code, edited=True, **_columns(values))
    session.add(made)
    session.flush()
    record(session, "ladder.add", LADDER, by=by, now=now, changes={f"{subject_kind}/{code}": (None, _told(made))})
    return made


def change_rung(session: Session, rung_id: int, values: RungIn, *, by: Identity, now: datetime) -> UrgingRung:
    """Correct a rung. Of one that was used only its name, its end, its confirmation and its words change."""
    row = queries.row(session, rung_id)
    _check(values, by)
    if queries.used(session, rung_id) and any(getattr(row, name) != getattr(values, name) for name in FIXED):
        raise RuleBroken(say("Đã có đôn đốc lập theo nấc này. Hãy thêm một bản mới có ngày hiệu lực riêng."))
    before = _told(row)
    for name, value in _columns(values).items():
        setattr(row, name, value)
    row.edited = True
    session.flush()
    record(session, "ladder.change", LADDER, by=by, now=now, changes={f"{row.subject_kind}/{row.code}": (before, _told(row))})
    return row


def _overlap(row: UrgingRung, values: RungIn) -> bool:
    first, last = max(row.valid_from or date.min, values.valid_from or date.min), min(row.valid_to or date.max, values.valid_to or date.max)
    return first <= last


def _check(values: RungIn, by: Identity) -> None:
    if by is not SYSTEM and not by.may(Permission.REFERENCE_MANAGE):
        raise NotAllowed
    wanted(name=values.name, legal_basis=values.legal_basis)
    wrong: dict[str, list[Any]] = {}
    for name, known in (("form", FORMS), ("rank", RANKS), ("authority", AUTHORITIES), ("letter_kind", KINDS)):
        if getattr(values, name) not in known:
            wrong[name] = [say("Hãy chọn một giá trị trong danh sách.")]
    if values.form == LETTER and values.interval_days < 1 and values.level > 10:
        wrong["interval_days"] = [say("Giữa hai công văn cần ít nhất 1 ngày làm việc.")]
    if values.valid_from and values.valid_to and values.valid_to < values.valid_from:
        wrong["valid_to"] = [say("Ngày hết hiệu lực không thể trước ngày có hiệu lực.")]
    if wrong:
        raise Invalid(wrong)


def _columns(values: RungIn) -> dict[str, Any]:
    return {name: getattr(values, name) for name in RungIn.__dataclass_fields__}


def _told(row: UrgingRung) -> str:
    return f"{row.valid_from or '…'}–{row.valid_to or '…'}: {row.level} {row.form} {row.offset_days} {row.rank} {row.authority} ({row.legal_basis})"
