"""What a letter says that urges recommendations: the document with its clause, and nothing that a report makes untrue."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import SYSTEM
from petitions.duties.models.duty import Duty
from petitions.duties.urging import reference, wording
from petitions.duties.urging.actions import drafting, issuing
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import ladder as laws
from petitions.duties.urging.wording import Line
from petitions.letters.actions import drafting as letter_drafts
from petitions.oversight.models.recommendation import RecommendationDuty
from petitions.workdays import queries as workdays
from tests.make import letters, oversight
from tests.make import urging as urge


def said(content: bytes) -> tuple[str, Sequence[Sequence[str]]]:
    paper = Document(BytesIO(content))
    return "\n".join(one.text for one in paper.paragraphs), [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]


def test_a_recommendation_is_urged_by_its_document_and_clause(session: Session) -> None:
    place = oversight.world(session)
    reference.load(session, by=SYSTEM, now=oversight.NOW)
    letters.body(session, of=place.body)
    of = oversight.document(session, place)
    row = oversight.recommendations(session, of)[0]
    oversight.report(session, place, row, "progress", percent=50)
    owed = session.scalars(select(Duty).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id).where(RecommendationDuty.recommendation_id == row.id))
    duty = next(one for one in owed if one.next_due is not None)
    assert duty.next_due is not None
    today = duty.next_due + timedelta(days=5)
    made = drafting.draft_by_hand(session, [duty.id], by=place.supervisor, now=urge.moment(today), today=today)
    urging = session.get_one(Urging, made.urgings[0])
    rung = laws.rung_of(laws.row(session, urging.rung_id))
    values = issuing.letter_values(session, urging, rung, workdays.calendar(session), today, today)
    assert values.subject_line == "đôn đốc thực hiện kiến nghị sau giám sát"
    text, annex = said(letter_drafts.preview(session, values, today=today))
    assert f"Thông báo kết luận số {of.full_number} ngày 06/10/2025" in text
    assert "vẫn chưa được thực hiện xong" in text
    assert "báo cáo kết quả giải quyết" not in text
    cells = annex[-1]
    assert any(one == f"Thông báo kết luận số {of.full_number} ngày 06/10/2025, mục I.1" for one in cells)
    assert "chưa" in cells  # never urged


@pytest.mark.parametrize(
    ("kinds", "outstanding"),
    [
        (["petition"], "chưa được giải quyết, trả lời xong"),
        (["recommendation"], "chưa được thực hiện xong"),
        (["recommendation", "petition"], "chưa được giải quyết, trả lời, thực hiện xong"),
    ],
)
def test_what_is_outstanding_is_said_by_the_kind_of_subject(kinds: list[str], outstanding: str) -> None:
    lines = [Line(n, kind, f"C{n}", "text", "", "", None, date(2026, 1, 5), 3, 1) for n, kind in enumerate(kinds)]
    rung = next(one for one in reference.seed_rungs() if one.form == "letter")
    made = wording.draft_values(rung, lines, body_id=1, agency_id=1, agency="Sở Xây dựng", addressee="Sở Xây dựng", report_by=None, remark="")
    assert made.fields["outstanding"] == outstanding
