"""The pages of outgoing letters over HTTP: who sees and does what, what a person meets who makes a slip, how much is asked of the database."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from docx import Document
from sqlalchemy import event, select

from petitions.agencies.models import Agency
from petitions.core import clock, db
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.council.models import Body
from petitions.letters import pdf
from petitions.letters.actions import drafting
from petitions.letters.layout import building
from petitions.letters.models import Letter, LetterAbsence
from tests.make import accounts
from tests.make import letters as make

MOST_STATEMENTS = 12
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # noqa: E501


class Desk:
    """An office with a signatory, its people, and drafts."""

    def __init__(self, office: Office, app: Any) -> None:
        self.office, self.app = office, app
        app.config["WTF_CSRF_ENABLED"] = False
        clock.hold(make.TODAY)
        with db.transaction(office.engine) as session:
            body = session.scalars(select(Body).where(Body.code == "HD")).one()
            agency, other = session.scalars(select(Agency).order_by(Agency.id).limit(2)).all()
            self.body, self.agency = body.id, agency.id
            self.first = make.signatory(session, body, name="Người Một").id
            self.second = make.signatory(session, body, name="Người Hai", rank="standing").id
            scopes = {"lead": {"body": [body.id]}, "clerk": {"body": [body.id]}, "agency": {"agency": [agency.id]}, "ubnd": {"agency": [other.id]}}
            for role, scope in {**scopes, "administrator": {}}.items():
                accounts.user(session, username=role, roles=(role,), scopes=scope)
        self.letter = self.draft()

    def draft(self, **more: Any) -> int:
        with db.transaction(self.office.engine) as session:
            values = make.values(session.get_one(Body, self.body), agency_id=self.agency, **more)
            return drafting.draft(session, values, by=SYSTEM, now=clock.now(), today=make.TODAY).id

    def as_(self, username: str) -> Any:
        return accounts.sign_in(self.app.test_client(), self.office.engine, accounts.stored(self.office.engine, username=username))

    def row(self) -> Letter:
        with db.reading(self.office.engine) as session:
            found = session.get_one(Letter, self.letter)
            session.expunge_all()
            return found


@pytest.fixture
def desk(office: Office, app: Any) -> Desk:
    return Desk(office, app)


def issue(desk: Desk, who: Any, *, number: str = "45", on: str = "20/01/2026", **more: Any) -> Any:
    return who.post(f"/outgoing/{desk.letter}/issue", data={"number": number, "dated_on": on, **more})


def test_from_draft_to_scan(desk: Desk) -> None:
    clerk, lead, agency = desk.as_("clerk"), desk.as_("lead"), desk.as_("agency")
    page = clerk.get(f"/outgoing/{desk.letter}").text
    assert "Dự thảo" in page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert agency.get(f"/outgoing/{desk.letter}").status_code == 404
    changed = {"addressee": "Sở Xây dựng", "subject_line": "đôn đốc <lần này>", "remark": "Một điều & nữa.", "version": desk.row().version}
    assert clerk.post(f"/outgoing/{desk.letter}/edit", data={**changed, "addressee": ""}).status_code == 422
    assert clerk.post(f"/outgoing/{desk.letter}/edit", data=changed).status_code == 303
    assert "đôn đốc &lt;lần này&gt;" in clerk.get(f"/outgoing/{desk.letter}").text
    assert issue(desk, clerk).status_code == 403
    assert "Tháng 2 năm 2026 chỉ có 28 ngày." in issue(desk, lead, on="30/02/2026").text
    assert "Thiếu «Số văn bản»" in issue(desk, lead, number="").text
    assert issue(desk, lead).status_code == 303
    row = desk.row()
    assert (row.full_number, row.signatory) == ("45/HĐND-TT", "Người Một")
    file = lead.get(f"/outgoing/{desk.letter}/docx")
    assert "45-H%C4%90ND-TT.docx" in file.headers["Content-Disposition"]
    assert "đôn đốc <lần này>" in "".join(cell.text for table in Document(io.BytesIO(file.data)).tables for cell in table._cells)
    sent = {"file": (io.BytesIO(PDF), "ban-ky.pdf")}
    assert clerk.post(f"/outgoing/{desk.letter}/scan", data=sent, content_type="multipart/form-data").status_code == 303
    assert desk.row().scan_id is not None
    assert "ban-ky.pdf" in clerk.get(f"/outgoing/{desk.letter}").text
    nothing = clerk.post(f"/outgoing/{desk.letter}/scan", data={}, content_type="multipart/form-data", follow_redirects=True)
    assert "Hãy chọn tệp" in nothing.text


def test_the_frozen_letter_is_given_out_as_pdf_or_it_is_said_why_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lead, agency = desk.as_("lead"), desk.as_("agency")
    issue(desk, lead)
    assert agency.get(f"/outgoing/{desk.letter}/pdf").status_code == 404, "before it leaves"
    if pdf.lacking() is None:
        assert f'href="/outgoing/{desk.letter}/pdf"' in lead.get(f"/outgoing/{desk.letter}").text
        answer = lead.get(f"/outgoing/{desk.letter}/pdf")
        assert answer.data.startswith(b"%PDF-1.")
        assert "45-H%C4%90ND-TT.pdf" in answer.headers["Content-Disposition"]
    pdf.lacking.cache_clear()
    monkeypatch.setattr(pdf, "LIBRARIES", ("libkhong-co.so.9",))
    page = lead.get(f"/outgoing/{desk.letter}").text
    assert f"/outgoing/{desk.letter}/pdf" not in page
    assert "thiếu thư viện libkhong-co.so.9" in page
    assert lead.get(f"/outgoing/{desk.letter}/pdf").status_code == 422
    pdf.lacking.cache_clear()


def test_the_addressee_sees_it_once_it_has_left_and_nobody_elses(desk: Desk) -> None:
    lead, agency, other = desk.as_("lead"), desk.as_("agency"), desk.as_("ubnd")
    assert issue(desk, lead, on="19/01/2026").status_code == 303  # of an earlier day: it has left, and is only being recorded
    assert agency.get(f"/outgoing/{desk.letter}").status_code == 200
    assert "45/HĐND-TT" in agency.get("/outgoing/letters").text
    assert other.get(f"/outgoing/{desk.letter}").status_code == 404
    assert "Không có sổ văn bản" in agency.get("/outgoing").text
    assert agency.get(f"/outgoing/{desk.letter}/issue").status_code == 403
    assert lead.post(f"/outgoing/{desk.letter}/recall", data={"reason": "x"}).status_code == 422


def test_what_cannot_be_issued_says_why(desk: Desk) -> None:
    lead = desk.as_("lead")
    assert issue(desk, lead).status_code == 303
    taken = desk.letter
    desk.letter = desk.draft(addressee="", rows=0)
    page = lead.get(f"/outgoing/{desk.letter}").text
    assert "Thiếu «Kính gửi»" in page
    assert "Phụ lục chưa có dòng nào" in page
    assert "Thiếu «Kính gửi»" in issue(desk, lead, number="46").text
    desk.letter = desk.draft()
    refused = issue(desk, lead, number="045")
    assert refused.status_code == 422
    assert "Số 45 của sổ năm 2026 đã cấp" in refused.text
    with db.transaction(desk.office.engine) as session:
        told = {"entered_by_name": "", "entered_at": clock.now()}
        session.add(LetterAbsence(signatory_id=desk.first, from_on=make.TODAY, to_on=make.TODAY, **told))
    assert "Người Một vắng" in issue(desk, lead, number="46").text
    assert issue(desk, lead, number="46", signatory_id=desk.second).status_code == 303
    desk.letter = taken
    assert lead.post(f"/outgoing/{taken}/recall", data={"reason": ""}).status_code == 422
    assert lead.post(f"/outgoing/{taken}/recall", data={"reason": "Sai"}).status_code == 303
    assert desk.row().state == "withdrawn"


def test_the_register_lists_and_goes_out_as_a_spreadsheet(desk: Desk) -> None:
    lead = desk.as_("lead")
    with db.transaction(desk.office.engine) as session:
        session.get_one(Letter, desk.letter).subject_line = "=1+1 đôn đốc"
    assert issue(desk, lead).status_code == 303
    assert "45/HĐND-TT" in lead.get("/outgoing").text
    assert "45/HĐND-TT" in lead.get("/outgoing?q=%C4%91%C3%B4n").text
    assert "Không có văn bản nào khớp" in lead.get("/outgoing?q=khong-co").text
    assert "Sổ năm 2024 chưa có" in lead.get("/outgoing?year=2024").text
    sheet = openpyxl.load_workbook(io.BytesIO(lead.get("/outgoing/register.xlsx?year=2026").data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Số, ký hiệu"
    assert rows[1][0] == "45/HĐND-TT"
    assert rows[1][1].date() == date(2026, 1, 20)
    assert rows[1][2] == "=1+1 đôn đốc"
    assert sheet["C2"].data_type == "s"


def test_templates_and_signatories_are_kept(desk: Desk) -> None:
    lead, clerk, admin = desk.as_("lead"), desk.as_("clerk"), desk.as_("administrator")
    values = {"name": "Bản của văn phòng", "valid_from": "20/01/2026"}
    for content, status in ((b"khong phai", 422), (building.template("urging"), 303)):
        sent = {**values, "file": (io.BytesIO(content), "mau.docx")}
        assert lead.post("/outgoing/templates/urging/new", data=sent, content_type="multipart/form-data").status_code == status
    sent = {**values, "file": (io.BytesIO(b"x"), "mau.docx")}
    assert clerk.post("/outgoing/templates/urging/new", data=sent, content_type="multipart/form-data").status_code == 403
    page = admin.get("/outgoing/templates").text
    assert "Bản của văn phòng" in page
    assert admin.get("/outgoing").status_code == 403  # no content for administrators
    person = {"name": "Người Ba", "signing": "TM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH", "rank": "chair", "valid_from": "01/01/2026", "body_id": desk.body}
    assert "phải bắt đầu bằng" in lead.post("/outgoing/signatories/new", data={**person, "signing": "THƯỜNG TRỰC\nCHỦ TỊCH"}).text
    assert lead.post("/outgoing/signatories/new", data=person).status_code == 303
    away = {"from_on": "21/01/2026", "to_on": "23/01/2026", "substitute_id": desk.second}
    assert lead.post(f"/outgoing/signatories/{desk.first}/absences", data={**away, "to_on": "20/01/2026"}).status_code == 422
    assert lead.post(f"/outgoing/signatories/{desk.first}/absences", data=away).status_code == 303
    assert "trùng những ngày này" in lead.post(f"/outgoing/signatories/{desk.first}/absences", data=away).text
    assert "Người Hai" in lead.get("/outgoing/signatories").text
    assert lead.get(f"/outgoing/signatories/{desk.first}").status_code == 200
    assert lead.post("/outgoing/absences/1/drop").status_code == 303
    book = {"name": "Sổ", "symbol": "HĐND-TT", "numbering": "drawn", "issuer": "HĐND", "sender": "Thường trực", "place": "Hà Nội", "copies": "Lưu: VT."}
    given = {**book, "opens": "8h", "closes": "17:00", "recall_minutes": "0", "version": "1"}
    assert lead.post("/outgoing/books/cong-van-di", data=given).status_code == 422
    assert lead.post("/outgoing/books/cong-van-di", data={**given, "opens": "08:00"}).status_code == 303
    assert lead.post("/outgoing/books/cong-van-di", data={**given, "opens": "08:00"}).status_code == 409
    answer = issue(desk, lead, number="")
    assert answer.status_code == 303
    assert desk.row().number == "01"


def test_pages_ask_little(desk: Desk) -> None:
    lead = desk.as_("lead")
    assert issue(desk, lead).status_code == 303
    desk.draft()
    for path in ("/outgoing", "/outgoing/letters", f"/outgoing/{desk.letter}", "/outgoing/templates", "/outgoing/signatories"):
        asked: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_more: Any, into: list[str] = asked) -> None:
            if statement != "BEGIN":
                into.append(statement)

        event.listen(desk.office.engine, "before_cursor_execute", note)
        assert lead.get(path).status_code == 200
        event.remove(desk.office.engine, "before_cursor_execute", note)
        assert len(asked) <= MOST_STATEMENTS, (path, asked)
