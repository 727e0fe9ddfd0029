"""The demo office's programme: three activities of two years with their visits, linked to the conclusions that came of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.oversight.actions import programme
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.values import ActivityValues

PLAN = "Nghe báo cáo, xem hồ sơ, kiểm tra thực tế; gửi đề cương báo cáo cho nơi chịu giám sát trước khi làm việc."
FOUND = "Đã nghe báo cáo và kiểm tra thực tế; Đoàn yêu cầu bổ sung số liệu từng địa bàn."
ACTIVITIES: tuple[dict[str, Any], ...] = (
    {
        "year": 2023,
        "kind_code": "thematic",
        "actor": "council",
        "title": "Giám sát chuyên đề quản lý trật tự xây dựng giai đoạn 2020 - 2022",
        "agencies": "Sở Xây dựng; Thanh tra Thành phố",
        "decision": "40/NQ-HĐND",
        "decided_on": date(2022, 12, 9),
        "noticed_on": date(2022, 12, 20),
        "starts_on": date(2023, 2, 6),
        "ends_on": date(2023, 5, 31),
        "reported_on": date(2023, 6, 12),
        "report": "Báo cáo số 26/BC-ĐGS: 36 công trình vi phạm tồn đọng, trách nhiệm của 05 địa bàn.",
        "issued": "21",
        "visits": (date(2023, 3, 14), date(2023, 4, 11)),
    },
    {
        "year": 2024,
        "kind_code": "explanation",
        "actor": "standing",
        "title": "Phiên giải trình về cung cấp nước sạch nông thôn",
        "agencies": "Sở Xây dựng; Sở Tài chính; Sở Y tế",
        "decision": "05/KH-HĐND",
        "decided_on": date(2024, 3, 1),
        "noticed_on": date(2024, 3, 20),
        "starts_on": date(2024, 4, 5),
        "ends_on": date(2024, 4, 5),
        "issued": "08",
        "visits": (date(2024, 3, 26),),
    },
    {
        "year": 2026,
        "kind_code": "resupervision",
        "actor": "standing",
        "title": "Giám sát lại việc xử lý công trình vi phạm trật tự xây dựng",
        "agencies": "Sở Xây dựng",
        "decision": "02/KH-HĐND",
        "decided_on": date(2026, 1, 12),
        "starts_on": date(2026, 2, 9),
        "ends_on": date(2026, 4, 30),
        "issued": "",
        "visits": (),
    },
)


def play(session: Session, body_id: int, by: Identity) -> int:
    """Enter the activities; the last supervises the first again. How many."""
    made: list[int] = []
    for given in ACTIVITIES:
        day = given["decided_on"] + timedelta(days=1)
        values = {name: value for name, value in given.items() if name not in ("issued", "visits", "report", "reported_on")}
        again = made[0] if given["kind_code"] == "resupervision" else None
        planned = ActivityValues(body_id=body_id, again_id=again, plan=PLAN, **values)
        row = programme.plan(session, planned, by=by, now=_at(day), today=day)
        for place, on in enumerate(given["visits"]):
            agency = programme.supervised(session, row.id)[place]
            programme.visit(session, row.id, visited_on=on, agency_id=agency, place="", note=FOUND, by=by, now=_at(on))
        if told := given.get("reported_on"):
            done = replace(planned, report=given["report"], reported_on=told)
            programme.change(session, row.id, done, version=None, by=by, now=_at(told), today=told)
        number = session.scalar(select(IssuedDocument.id).where(IssuedDocument.body_id == body_id, IssuedDocument.number == given["issued"]).limit(1))
        if number is not None:
            programme.link(session, row.id, number, by=by, now=_at(given["ends_on"] + timedelta(days=40)))
        made.append(row.id)
    return len(made)


def _at(day: date) -> datetime:
    return clock.midnight(day) + timedelta(hours=9)
