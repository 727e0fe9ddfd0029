"""Makers of oversight: a world of duties with a committee, a document brought to a confirmed split, a recommendation brought to any progress."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.duties import subjects
from petitions.oversight import hearing
from petitions.oversight.actions import closing, registering, reporting
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.subject import RecommendationSubject
from petitions.oversight.values import DocumentValues, ItemValues, ReportValues
from tests.make import accounts
from tests.make import duties as make

NOW, TODAY = make.NOW, make.TODAY
ISSUED = date(2025, 10, 6)
TEXT = """THÔNG BÁO
Kết luận phiên giải trình

I. KIẾN NGHỊ
1. Sở Xây dựng chủ trì, phối hợp Sở Y tế hoàn thành 05 dự án thoát nước trước ngày 31/12/2025; báo cáo tiến độ hằng quý.
2. Sở Y tế tăng cường kiểm tra bếp ăn tập thể.
3. Sở Tài chính bố trí vốn cho trường học trong giai đoạn 2026 - 2030.
4. Sở Xây dựng lập danh mục công trình vi phạm trong quý I/2026.
"""
_numbers = count(100)


@dataclass
class World:
    """The world of duties, and who verifies."""

    duties: make.World
    committee: Identity
    other_lead: Identity

    def __getattr__(self, name: str) -> Any:
        return getattr(self.duties, name)


def world(session: Session) -> World:
    """The world; recommendations are known to duties as subjects."""
    place = make.world(session)
    subjects.register(RecommendationSubject())
    hearing.introduce()
    scope = {"body": [place.body.id]}
    return World(
        place,
        accounts.identity(session, name="committee", roles=("committee",), scopes=scope),
        accounts.identity(session, name="lead two", roles=("lead",), scopes=scope),
    )


def values(place: World, **given: Any) -> DocumentValues:
    fields = {"body_id": place.body.id, "kind": "notice", "number": str(next(_numbers)), "symbol": "TB-HĐND", "dated_on": ISSUED}
    return DocumentValues(**{**fields, "issuer": "chair", "title": "Kết luận phiên giải trình", "text": TEXT, **given})


def document(session: Session, place: World, *, confirmed: bool = True, **given: Any) -> IssuedDocument:
    """A registered document; its split confirmed unless told otherwise."""
    row = registering.register(session, values(place, **given), by=place.clerk, now=NOW, today=TODAY)
    if confirmed:
        registering.confirm_split(session, row.id, version=row.version, by=place.clerk, now=NOW, today=TODAY)
    return row


def recommendations(session: Session, of: IssuedDocument) -> list[Recommendation]:
    return list(session.scalars(select(Recommendation).where(Recommendation.document_id == of.id).order_by(Recommendation.position)))


def report(session: Session, place: World, row: Recommendation, claim: str = "done", *, agency: int | None = None, by: Identity | None = None, **given: Any):
    """One report of the first agency on one recommendation."""
    proof = {"method": "document", "evidence": "Biên bản nghiệm thu số 12"} if claim == "done" else {}
    item = ItemValues(row.id, claim, "Đã thực hiện", **{**proof, **given})
    sent = ReportValues(agency or place.first.id, place.body.id, given.pop("dated_on", date(2026, 1, 15)), "12/BC", "", (item,))
    return reporting.report(session, sent, by=by or place.officer, now=NOW, today=TODAY)


def verify(session: Session, place: World, row: Recommendation, *, by: Identity | None = None):
    return closing.verify(
        session, row.id, method="visit", note="Đã đi kiểm tra thực tế", found_on=TODAY, version=None, by=by or place.committee, now=NOW, today=TODAY
    )


def confirm(session: Session, place: World, row: Recommendation, *, by: Identity | None = None):
    return closing.confirm(session, row.id, note="", version=None, by=by or place.standing, now=NOW, today=TODAY)
