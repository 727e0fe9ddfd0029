"""The demo office's conclusions: twelve documents, split by the program, whose recommendations stand in every state on the demo's day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.identity import SYSTEM, Identity
from petitions.duties.models.duty import Duty
from petitions.intake.models import Petition
from petitions.oversight.actions import changing, closing, registering, reporting
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.values import DocumentValues, ItemValues, ReportValues
from petitions.oversight.workflow import DROPPED, NOT_IMPLEMENTED

EVIDENCE = ("Biên bản nghiệm thu", "Báo cáo kết quả kèm phụ lục", "Ảnh chụp hiện trường", "Quyết định phê duyệt")
SAID = (
    "Đã hoàn thành theo yêu cầu, có hồ sơ kèm theo.",
    "Đang triển khai theo kế hoạch, đã phân công đầu mối.",
    "Đã xong phần thuộc thẩm quyền, phần còn lại chờ bố trí vốn.",
)
# What becomes of the recommendations, in turn; "late" ones are only reported on, or not even that.
FATES = (
    "implemented",
    "in_progress",
    "late",
    "implemented",
    "reported",
    "partial",
    "silent",
    "verified",
    "implemented",
    "sent_back",
    "in_progress",
    "silent",
    "extended",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of the file."""

    kind: str
    number: str
    dated_on: date
    issuer: str
    title: str
    text: str


def sheets() -> Iterator[Sheet]:
    """The documents, oldest first."""
    source = resources.files("petitions.demo").joinpath("data/conclusions.txt").read_text("utf-8")
    for block in source.split("=====\n"):
        head, _, text = block.strip().partition("\n")
        kind, number, dated, issuer, title = head.split("|")
        yield Sheet(kind, number, date.fromisoformat(dated), issuer, title, text)


def play(session: Session, body_id: int, people: dict[str, Identity], today: date) -> int:
    """Register, confirm and follow all of them; how many recommendations."""
    turns, made = count(), 0
    for sheet in sheets():
        number, _, symbol = sheet.number.partition("/")
        now = _at(sheet.dated_on + timedelta(days=2))
        values = DocumentValues(body_id, sheet.kind, number, symbol, sheet.dated_on, sheet.issuer, sheet.title, sheet.text)
        row = registering.register(session, values, by=people["clerk"], now=now, today=clock.day_of(now))
        registering.confirm_split(session, row.id, version=row.version, by=people["clerk"], now=now, today=clock.day_of(now))
        found = list(session.scalars(select(Recommendation).where(Recommendation.document_id == row.id).order_by(Recommendation.position)))
        for one in found:
            _follow(session, one, FATES[next(turns) % len(FATES)], people, today)
        made += len(found)
    _decisions(session, body_id, people, today)
    return made


def _at(day: date) -> datetime:
    return clock.midnight(day) + timedelta(hours=9)


def _follow(session: Session, row: Recommendation, fate: str, people: dict[str, Identity], today: date) -> None:
    """Bring one to its fate; days are spread between the document and today."""
    made_on = row.made_on or today
    span = max((min(row.due_on or today, today) - made_on).days, 10)
    first = min(made_on + timedelta(days=max(span * 2 // 3, 5)), today)
    if fate == "silent" or first >= today or not _lead(session, row):
        return
    if fate in ("in_progress", "late", "extended"):
        _report(session, row, "progress", first, people, percent=40 + row.id % 5 * 10)
    elif fate == "partial":
        _report(session, row, "part", first, people, percent=60)
    else:
        _report(session, row, "done", first, people)
        _look(session, row, fate, min(first + timedelta(days=12), today), people)
    if fate == "extended" and row.due_on is not None:
        day = min(first + timedelta(days=5), today)
        at: dict[str, Any] = {"version": None, "by": people["standing"], "now": _at(day), "today": day}
        changing.change_due(session, row.id, due_on=max(row.due_on, today) + timedelta(days=60), reason="Theo đề nghị của cơ quan, vướng mặt bằng.", **at)


def _look(session: Session, row: Recommendation, fate: str, day: date, people: dict[str, Identity]) -> None:
    at: dict[str, Any] = {"version": None, "now": _at(day), "today": day}
    found: dict[str, Any] = {"method": "visit", "found_on": day, "by": people["committee"]}
    if fate == "sent_back":
        note = "Kiểm tra thực tế: mới xong một phần khối lượng, đề nghị hoàn thành tiếp."
        closing.send_back(session, row.id, note=note, due_on=None, **found, **at)
    elif fate in ("verified", "implemented"):
        closing.verify(session, row.id, note="Đã kiểm tra hồ sơ và thực tế, đúng như báo cáo.", **found, **at)
        if fate == "implemented":
            closing.confirm(session, row.id, note="", by=people["standing"], **at)


def _lead(session: Session, row: Recommendation) -> int | None:
    query = select(Duty.agency_id).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id)
    return session.scalar(query.where(RecommendationDuty.recommendation_id == row.id, Duty.part == "lead").order_by(Duty.id).limit(1))


def _report(session: Session, row: Recommendation, claim: str, day: date, people: dict[str, Identity], percent: int | None = None) -> None:
    shown = EVIDENCE[row.id % len(EVIDENCE)]
    photo = shown.startswith("Ảnh")
    proof: dict[str, Any] = (
        {"method": "photo" if photo else "document", "evidence": shown if photo else f"{shown} số {100 + row.id}"} if claim == "done" else {}
    )
    said = SAID[{"done": 0, "progress": 1, "part": 2}[claim]]
    item = ItemValues(row.id, claim, said, percent=percent, **proof)
    values = ReportValues(_lead(session, row) or 0, row.body_id, day, f"{200 + row.id}/BC", "", (item,))
    reporting.report(session, values, by=people["clerk"] if row.id % 2 else SYSTEM, now=_at(day), today=day)


def _decisions(session: Session, body_id: int, people: dict[str, Identity], today: date) -> None:
    """One dropped, one that cannot be done, one not implemented, one replaced by the later one that asks the same; a petition linked."""
    rows = _open(session, body_id)
    at: dict[str, Any] = {"version": None, "by": people["standing"], "now": _at(today), "today": today}
    given: dict[str, Any] = {"decision": "44/NQ-HĐND", "reason": "Nhiệm vụ đã được thay bằng chương trình của Thành phố."}
    closing.give_up(session, rows[0].id, outcome=DROPPED, impossible=False, **given, **at)
    closing.give_up(
        session, rows[1].id, outcome=DROPPED, impossible=True, **{**given, "reason": "Vướng quy hoạch quốc gia, đã được chấp thuận bằng văn bản."}, **at
    )
    closing.give_up(
        session, rows[2].id, outcome=NOT_IMPLEMENTED, impossible=False, **{**given, "reason": "Cơ quan không thực hiện dù đã đôn đốc nhiều lần."}, **at
    )
    closing.supersede(session, rows[5].id, other=rows[-1].code, **{**given, "reason": "Gộp vào kiến nghị mới cùng nội dung."}, **at)
    code = session.scalar(select(Petition.code).where(Petition.body_id == body_id, Petition.deleted_at.is_(None)).order_by(Petition.id).limit(1))
    if code:
        for one in rows[3:5]:
            changing.link_petition(session, one.id, code=code, **{**at, "by": people["clerk"]})


def _open(session: Session, body_id: int) -> Sequence[Recommendation]:
    owed = ("not_started", "in_progress", "partial")
    query = select(Recommendation).where(Recommendation.body_id == body_id, Recommendation.progress.in_(owed)).order_by(Recommendation.id)
    return session.scalars(query).all()
