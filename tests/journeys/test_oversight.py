"""A conclusion from paste to "implemented": split, confirmed, reported each quarter, one report missed, urged, taken to an explanation, done with
evidence, verified by one and confirmed by another; another demand dropped by decision; the rest crosses the term."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from petitions.agencies.models import Agency
from petitions.core import clock, db
from petitions.core.identity import SYSTEM
from petitions.core.office import Office
from petitions.council.models import Term
from petitions.duties.models.duty import Duty
from petitions.duties.urging import job
from petitions.duties.urging.models import UrgingDecision
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.queries import figures, reading
from tests.browser import NARROW, Watch, axe
from tests.journeys.conftest import As
from tests.journeys.test_urging import BUILDING, calendar, draft_of, issue

BOTH = pytest.mark.parametrize("office", ["sqlite+demo", "postgresql+demo"], indirect=True)
START, FIRST_REPORT, NEW_TERM, CARRIED = date(2026, 1, 20), date(2026, 3, 30), date(2026, 4, 1), date(2026, 4, 10)
DUE = date(2026, 6, 30)
CONCLUSION = """HỘI ĐỒNG NHÂN DÂN
THÀNH PHỐ HÀ NỘI
Số: 97/TB-HĐND
Hà Nội, ngày 05 tháng 01 năm 2026

THÔNG BÁO
Kết luận của Chủ tọa kỳ họp tại phiên chất vấn về thoát nước và an toàn bếp ăn trường học

Tại phiên chất vấn, có 18 lượt đại biểu chất vấn, 04 đồng chí trả lời. Chủ tọa kỳ họp kết luận như sau:

I. VỀ THOÁT NƯỚC, CHỐNG NGẬP
Đến nay còn 11 điểm úng ngập khi mưa lớn; việc duy tu cống còn chậm. Đề nghị UBND Thành phố tập trung chỉ đạo:
1. Sở Xây dựng chủ trì, phối hợp UBND các xã, phường hoàn thành nạo vét 42 tuyến cống ở nơi úng ngập, xong trước ngày 30/6/2026; báo cáo tiến độ hằng quý.
2. Rà soát 07 trạm bơm xuống cấp, giao Sở Xây dựng tham mưu phương án thay thế, hoàn thành trong quý III/2026.

II. VỀ BẾP ĂN TRƯỜNG HỌC
1. Sở Y tế phối hợp Sở Giáo dục và Đào tạo kiểm tra bếp ăn tập thể trường công lập, trình UBND Thành phố trước kỳ họp thường lệ cuối năm 2026.
2. Công an Thành phố công khai danh sách cơ sở vi phạm trước 30/9/2026.

III. TỔ CHỨC THỰC HIỆN
Đề nghị UBND Thành phố báo cáo kết quả thực hiện Thông báo này về Thường trực HĐND Thành phố trước ngày 15/11/2026. Các Ban HĐND giám sát việc thực hiện.
"""


def counted(office: Office, on: date, **wish: Any) -> dict[str, int]:
    """The figures as of a day."""
    with db.reading(office.engine) as session:
        return figures.figures(session, reading.visible(SYSTEM), figures.Wish(on, **wish))


def followed(office: Office, document: str, words: str) -> tuple[int, str, int]:
    """(id, code, duty of the one that leads) of the document's recommendation that holds the words."""
    with db.reading(office.engine) as session:
        query = select(Recommendation.id, Recommendation.code, Duty.id).join(RecommendationDuty, RecommendationDuty.recommendation_id == Recommendation.id)
        query = query.join(Duty, Duty.id == RecommendationDuty.duty_id).where(Recommendation.text.contains(words), Duty.part == "lead")
        number, code, duty = session.execute(query.where(Recommendation.document_id == int(document.rsplit("/", 1)[1]))).one()
        return number, code, duty


def agency_id(office: Office) -> int:
    with db.reading(office.engine) as session:
        return session.scalars(select(Agency.id).where(Agency.name == BUILDING)).one()


def report(page: Page, agency: int, recommendation: int, number: str, **values: str) -> None:
    """One line of the agency's report."""
    page.goto(f"/oversight/agencies/{agency}/report")
    row = page.locator(f"#r-{recommendation}")
    page.fill("[name=number]", number)
    for name, value in values.items():
        box = row.locator(f"[name$=-{name}]")
        if name in ("claim", "method"):
            box.select_option(value)
        else:
            box.fill(value)
    page.get_by_role("button", name="Gửi báo cáo").click()


def move(page: Page, code: str, name: str, **values: str) -> None:
    """A move on a recommendation, by its form."""
    page.goto(f"/oversight/recommendations/{code}/{name}")
    for box, value in values.items():
        if page.locator(f"[name={box}]").first.get_attribute("type") == "radio":
            page.check(f"[name={box}][value={value}]")
        else:
            page.fill(f"[name={box}]", value)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(rf"/oversight/recommendations/{code}$"))


def pasted_and_confirmed(page: Page) -> str:
    """The document's page, once its split was looked at, corrected and confirmed."""
    page.goto("/oversight/documents/new")
    assert axe(page) == []
    page.select_option("[name=kind]", "notice")
    for name, value in (("number", "97"), ("symbol", "TB-HĐND"), ("dated_on", "05/01/2026"), ("title", "Kết luận phiên chất vấn"), ("text", CONCLUSION)):
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Ghi và tách thử").click()
    page.wait_for_url(re.compile(r"/oversight/documents/\d+/split$"))
    expect(page.locator("fieldset.demand")).to_have_count(6)  # five demands, and the empty one for what was missed
    expect(page.locator("[name=lines-0-lead]")).to_have_value(BUILDING)
    expect(page.locator("[name=lines-0-due_on]")).to_have_value("30/06/2026")
    expect(page.locator("[name=lines-0-rhythm]")).to_have_value("quarterly")
    assert axe(page) == []
    page.fill("[name=lines-3-product]", "Danh sách cơ sở vi phạm")
    page.get_by_role("button", name="Xác nhận và giao theo dõi").click()
    page.wait_for_url(re.compile(r"/oversight/documents/\d+$"))
    expect(page.locator("article.demand")).to_have_count(5)
    assert axe(page) == []
    return page.url


def explained(page: Page, code: str, on: date) -> None:
    """An explanation session on the item: opened, and what was answered there."""
    page.goto(f"/oversight/open?recommendation={code}")
    page.locator("[name=items]").first.check()
    page.select_option("[name=family]", "explanation")
    page.select_option("[name=actor]", "standing")
    for name, value in (("title", "Phiên giải trình về nạo vét cống"), ("starts_on", on.strftime("%d/%m/%Y")), ("question", "Bao giờ xong 42 tuyến?")):
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Mở hoạt động").click()
    page.wait_for_url(re.compile(r"/oversight/programme/\d+"))
    assert axe(page) == []
    page.get_by_role("link", name="Ghi câu trả lời").first.click()
    for name, value in (("person", "Nguyễn Văn Mẫu"), ("answered_on", on.strftime("%d/%m/%Y")), ("answer", "Đã xong 42 tuyến, đang nghiệm thu.")):
        page.fill(f"#answer [name={name}]", value)
    page.get_by_role("button", name="Ghi câu trả lời").click()
    expect(page.locator("#notices")).to_contain_text("Đã ghi câu trả lời.")


@pytest.mark.journey
@pytest.mark.timeout(400)
@BOTH
def test_from_paste_to_implemented(as_: As, office: Office, watch: Watch) -> None:
    watch.allowed = ("403",)
    building = agency_id(office)
    clerk = as_("clerk", START)
    document = pasted_and_confirmed(clerk)
    (number, code, duty), (_, dropped, _), (_, crossing, _) = (followed(office, document, words) for words in ("nạo vét 42", "07 trạm bơm", "cơ sở vi phạm"))

    # One is dropped by decision, counted apart; the first quarter's report comes in time.
    standing = as_("standing", START)
    move(standing, dropped, "drop", decision="12/TB-HĐND", reason="Nhiệm vụ đã đưa vào kế hoạch khác.")
    expect(standing.locator("h1")).to_contain_text("thôi thực hiện theo quyết định")
    agency = as_("agency", FIRST_REPORT)
    report(agency, building, number, "31/SXD", claim="progress", percent="40", text="Đã nạo vét 17 tuyến cống.")
    agency.goto(f"/oversight/recommendations/{code}")
    expect(agency.locator("main")).to_contain_text("Đã nạo vét 17 tuyến cống.")

    # The term changes: what is open passes over with its clock, what was dropped stays; figures of the old term stand.
    with db.transaction(office.engine) as session:
        old, new = (session.scalars(select(Term).where(Term.body_id == 1, Term.number == n)).one() for n in (16, 17))
        new.starts_on = NEW_TERM
        terms = old.id, new.id
    before = [counted(office, date(2026, 3, 31), term=term) for term in (None, *terms)]
    standing = as_("standing", CARRIED)
    standing.goto("/oversight/terms")
    expect(standing.locator("main")).to_contain_text("97/TB-HĐND")
    assert axe(standing) == []
    standing.get_by_role("button", name=re.compile(r"^Chuyển \d+ kiến nghị sang khóa mới")).click()
    expect(standing.locator("#notices")).to_contain_text("Đã chuyển")
    assert [counted(office, date(2026, 3, 31), term=term) for term in (None, *terms)] == before
    standing.goto(f"/oversight/recommendations/{crossing}")
    expect(standing.locator("main")).to_contain_text("XVI (đến 31/03/2026) → XVII")
    expect(standing.locator("main")).to_contain_text("30/09/2026")

    # The second report and the last day pass: the board shows it, the ladder urges, a committee takes it to an explanation.
    days = calendar(office)
    urged, late = days.add(DUE, 1), days.add(DUE, 25)
    clock.hold(urged)
    assert job.propose_all(office, urged, clock.now()).items
    draft = draft_of(office, duty)
    lead = as_("lead", urged)
    lead.goto(f"/oversight/recommendations?what=missed&agency={building}")
    expect(lead.locator("main")).to_contain_text(code)
    assert axe(lead) == []
    issue(lead, office, draft, "951")
    lead.wait_for_url(re.compile(rf"/urgings/{draft.id}$"))
    committee = as_("committee", late)
    committee.goto("/candidates/explanation?committee=-1")
    committee.locator(".queue-item", has_text="nạo vét 42").get_by_role("link", name=re.compile("^Nhận")).click()
    committee.fill("[name=reason]", "Chậm sau đôn đốc, mùa mưa đang tới.")
    committee.get_by_role("button", name="Nhận", exact=True).click()
    expect(committee.locator("#notices")).to_contain_text("Đã ghi quyết định.")
    with db.reading(office.engine) as session:
        assert session.scalars(select(UrgingDecision.decision).where(UrgingDecision.duty_id == duty)).all() == ["taken"]
    standing = as_("standing", late)
    explained(standing, code, late)

    # Done, with evidence; who verifies does not confirm.
    agency = as_("agency", late)
    report(agency, building, number, "90/SXD", claim="done", text="Đã nạo vét đủ 42 tuyến cống.", method="document", evidence="Biên bản nghiệm thu số 12")
    agency.wait_for_url(re.compile(rf"/oversight/agencies/{building}$"))
    waiting = counted(office, late, agency=building)
    move(committee, code, "verify", method="visit", note="Đã đi kiểm tra 42 tuyến cống.")
    expect(committee.get_by_role("link", name="Xác nhận đã thực hiện xong")).to_have_count(0)
    assert committee.request.get(f"/oversight/recommendations/{code}/confirm").status == 403
    move(standing, code, "confirm", note="Đồng ý")
    expect(standing.locator("h1")).to_contain_text("đã thực hiện xong – xong sau hạn")
    assert axe(standing) == []
    done = counted(office, late, agency=building)
    changed = {name: done[name] - waiting[name] for name in done if done[name] != waiting[name]}
    assert changed == {"implemented": 1, "running": -1, "overdue": -1}
    assert counted(office, date(2026, 3, 31), term=terms[0]) == before[1]

    # The whole on a phone, and in English.
    standing.set_viewport_size(NARROW)
    for path in (document, "/oversight", "/oversight/figures"):
        standing.goto(f"{path}?lang=en")
        assert standing.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert axe(standing) == []
