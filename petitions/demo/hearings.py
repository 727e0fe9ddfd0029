"""The demo office's hearings: a questioning with two promises, one kept and one missed, and an explanation about what stayed undone longest."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core import clock
from petitions.core.identity import Identity
from petitions.duties.models.duty import Duty
from petitions.duties.workflow import RUNNING
from petitions.oversight.actions import closing, committing, escalating, reporting
from petitions.oversight.models.escalation import ActivityItem
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.values import ActivityValues, AnswerValues, Asked, ItemValues, PromiseValues, ReportValues
from petitions.oversight.workflow import OWED

QUESTIONED, EXPLAINED = date(2025, 7, 9), date(2025, 11, 12)
PERSON, POST, AGENCY = "Trần Văn Mẫu", "Giám đốc Sở Xây dựng", "Sở Xây dựng"
ANSWER = "Sở nhận trách nhiệm về việc chậm; nguyên nhân chính là vướng mặt bằng. Sở xin cam kết trước HĐND thời hạn cụ thể."
EXPLAINS = "Hồ sơ đã trình hai lần, còn chờ ý kiến của đơn vị phối hợp; dự kiến hoàn thành trong năm 2026."
ASKED = "Vì sao đã quá hạn mà chưa thực hiện? Bao giờ xong?"
KEPT = ("Công khai danh mục dự án chậm tiến độ và nguyên nhân trên Cổng thông tin điện tử của Sở", date(2025, 10, 31))
MISSED = ("Hoàn thành dứt điểm các hạng mục còn lại, báo cáo Thường trực HĐND", date(2025, 12, 15))
OTHER, OTHER_POST = "Vũ Thị Mẫu", "đại diện lãnh đạo cơ quan"


def play(session: Session, body_id: int, people: Mapping[str, Identity]) -> int:
    """Hold both; how many promises were made."""
    own, others = _late(session, body_id, Agency.name == AGENCY), _late(session, body_id, Agency.name != AGENCY)[:1]
    if others:
        title = "Phiên giải trình về kết luận giám sát chưa thực hiện"
        _hold(session, body_id, "explanation", title, others, EXPLAINED, AnswerValues(OTHER, OTHER_POST, EXPLAINS, EXPLAINED), people)
    if not own:
        return 0
    title = "Chất vấn về kiến nghị giám sát quá hạn của ngành xây dựng"
    items = _hold(session, body_id, "questioning", title, own, QUESTIONED, AnswerValues(PERSON, POST, ANSWER, QUESTIONED), people)
    for text, due_on in (KEPT, MISSED):
        promise = PromiseValues(PERSON, POST, text, due_on, own[0].agency_id)
        at: dict[str, Any] = {"by": people["clerk"], "now": _at(QUESTIONED), "today": QUESTIONED}
        demand = committing.promise(session, items[0].id, promise, version=items[0].version, **at)
        if text == KEPT[0]:
            _keep(session, demand, own[0].agency_id, people)
    return 2


def _hold(
    session: Session, body_id: int, kind: str, title: str, duties: Sequence[Duty], day: date, said: AnswerValues, people: Mapping[str, Identity]
) -> Sequence[ActivityItem]:
    """One activity about these, answered on its day; its items."""
    at: dict[str, Any] = {"by": people["clerk"], "now": _at(day), "today": day}
    values = ActivityValues(body_id=body_id, year=day.year, kind_code=kind, actor="standing", title=title, starts_on=day, ends_on=day)
    row = escalating.open_on(session, values, [Asked(duty.id, ASKED) for duty in duties], **at)
    items = session.scalars(select(ActivityItem).where(ActivityItem.activity_id == row.id).order_by(ActivityItem.id)).all()
    for item in items:
        escalating.answer(session, item.id, said, version=item.version, **at)
    return items


def _keep(session: Session, row: Recommendation, agency_id: int, people: Mapping[str, Identity]) -> None:
    """Reported in time, verified, confirmed."""
    days = [date(2025, 10, 20), date(2025, 10, 28), date(2025, 11, 4)]
    item = ItemValues(row.id, "done", "Đã công khai danh mục trên Cổng thông tin của Sở.", method="photo", evidence="Ảnh chụp trang công khai ngày 17/10/2025")
    values = ReportValues(agency_id, row.body_id, days[0], "412/BC-SXD", "", (item,))
    reporting.report(session, values, by=people["agency"], now=_at(days[0]), today=days[0])
    found: dict[str, Any] = {"method": "document", "note": "Danh mục đã công khai, đủ 12 dự án.", "found_on": days[1]}
    closing.verify(session, row.id, version=None, by=people["committee"], now=_at(days[1]), today=days[1], **found)
    closing.confirm(session, row.id, note="", version=None, by=people["standing"], now=_at(days[2]), today=days[2])


def _late(session: Session, body_id: int, which: ColumnElement[bool]) -> Sequence[Duty]:
    """What these agencies lead and had not done by the first of the days, the longest late first."""
    query = select(Duty).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id)
    query = query.join(Recommendation, Recommendation.id == RecommendationDuty.recommendation_id).join(Agency, Agency.id == Duty.agency_id)
    own = (
        Recommendation.body_id == body_id,
        which,
        Duty.part == "lead",
        Duty.state.in_(sorted(RUNNING)),
        Recommendation.progress.in_(sorted(OWED)),
    )
    return session.scalars(query.where(*own, Recommendation.due_on < QUESTIONED).order_by(Recommendation.due_on, Duty.id).limit(2)).all()


def _at(day: date) -> datetime:
    return clock.midnight(day) + timedelta(hours=9)
