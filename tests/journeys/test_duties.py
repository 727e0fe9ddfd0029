"""What an agency owes, from the letter to the closing: twelve petitions, two agencies, a promise missed, a clock that stood still over Tết."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from petitions.agencies.models import Agency
from petitions.core import db
from petitions.core.office import Office
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import TransferLetter
from petitions.duties.queries import figures
from petitions.intake.models import Petition, PetitionAgency
from tests.browser import NARROW, Watch, axe
from tests.journeys.conftest import OFFICER, As
from tests.make import accounts as make

BOTH = pytest.mark.parametrize("office", ["sqlite+demo", "postgresql+demo"], indirect=True)
NUMBER = "915"


def chosen(office: Office) -> tuple[list[int], list[int]]:
    """Ten classified petitions of Sở Xây dựng and two of Sở Y tế that stand on the first page of those to be sent; an account for the second."""
    with db.reading(office.engine) as session:
        health = session.scalars(select(Agency.id).where(Agency.name == "Sở Y tế")).one()
        first = select(Petition.id).where(Petition.state == "classified", Petition.level == "city", Petition.body_id == 1)
        page = session.scalars(first.order_by(Petition.listed_on, Petition.id).limit(95)).all()
        lead = select(PetitionAgency.petition_id, Agency.name).join(Agency, Agency.id == PetitionAgency.agency_id).where(PetitionAgency.part == "lead")
        named = {number: name for number, name in session.execute(lead.where(PetitionAgency.petition_id.in_(page)))}  # noqa: C416
    make.stored(office.engine, username=OFFICER, name="Cán bộ Y tế", roles=("agency",), scopes={"agency": [health]}, demo=True)
    building = [number for number in page if named.get(number) == "Sở Xây dựng"]
    healthy = [number for number in page if named.get(number) == "Sở Y tế"]
    return building[:10], healthy[:2]


def duty_of(office: Office, petition: int) -> Duty:
    """The duty that this journey's letter made on a petition."""
    with db.reading(office.engine) as session:
        found = session.scalars(select(Duty).join(TransferLetter).where(Duty.subject_id == petition, TransferLetter.number == NUMBER)).one()
        session.expunge(found)
        return found


def fill(page: Page, **values: str) -> None:
    """Boxes by their names."""
    for name, value in values.items():
        box = page.locator(f"[name={name}]").first
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        elif box.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]")
        else:
            box.fill(value)


def act(page: Page, duty: Duty, name: str, **values: str) -> None:
    """A move on a duty, by its form."""
    page.goto(f"/duties/{duty.id}/{name}")
    fill(page, **values)
    page.locator("main form button[type=submit]").last.click()


def done(page: Page, duty: Duty) -> None:
    """The form was taken: the duty's page is shown."""
    page.wait_for_url(re.compile(rf"/duties/{duty.id}$"))


@pytest.mark.journey
@pytest.mark.timeout(400)
@BOTH
def test_from_the_letter_to_the_closing(as_: As, office: Office, watch: Watch) -> None:
    watch.allowed = ("422", "403")
    building, health = chosen(office)
    assert (len(building), len(health)) == (10, 2)
    start = date(2026, 1, 20)

    # Twelve petitions go out in one letter: prepared by one, approved by another, issued by a third.
    clerk = as_("clerk", start)
    clerk.goto("/petitions/to-send?level=city")
    for number in (*building, *health):
        clerk.check(f"#pick-{number}")
    assert axe(clerk) == []
    clerk.get_by_role("button", name="Lập tập hợp").click()
    clerk.wait_for_url(re.compile(r"/bundles/\d+$"))
    bundle = clerk.url
    clerk.get_by_role("button", name="Trình duyệt").click()
    expect(clerk.locator("main")).to_contain_text("Chờ duyệt")
    expect(clerk.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    lead = as_("lead", start)
    lead.goto(bundle)
    lead.get_by_role("button", name="Duyệt", exact=True).click()
    expect(lead.locator("main")).to_contain_text("Đã duyệt")
    standing = as_("standing", start)
    standing.goto(f"{bundle}/issue")
    fill(standing, number=NUMBER, signatory="Nguyễn Mẫu An")
    standing.get_by_role("button", name="Phát hành công văn").click()
    standing.wait_for_url(re.compile(r"/letters/\d+$"))
    letter = standing.url.rsplit("/", 1)[1]
    agency = as_("agency", start)
    agency.goto(f"/inbox?letter={letter}")
    expect(agency.locator(".queue-item")).to_have_count(0)  # until it leaves, nobody sees it
    standing.get_by_role("button", name="Gửi ngay").click()
    expect(standing.locator("main")).to_contain_text("1–12 trong 12")

    # Both agencies acknowledge, many at once; on a phone nothing is wider than the screen.
    for username, count in (("agency", 10), (OFFICER, 2)):
        page = as_(username, date(2026, 1, 21))
        page.goto(f"/inbox?letter={letter}")
        expect(page.locator(".queue-item")).to_have_count(count)
        assert axe(page) == []
        page.check("[data-pick-all]")
        page.get_by_role("button", name="Xác nhận đã nhận").click()
        expect(page.locator("#notices")).to_contain_text(f"Đã xác nhận nhận {count} việc.")
        page.set_viewport_size(NARROW)
        page.goto("/inbox?lang=en")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        page.goto("/inbox?lang=vi")

    # One is returned in time, another too late.
    returned, late = duty_of(office, building[9]), duty_of(office, health[1])
    agency = as_("agency", date(2026, 1, 23))
    act(agency, returned, "return", reason="Thuộc thẩm quyền cơ quan khác")
    done(agency, returned)
    standing = as_("standing", date(2026, 1, 26))
    standing.goto("/duties/queue/returns")
    expect(standing.locator("main")).to_contain_text("Thuộc thẩm quyền cơ quan khác")
    act(standing, returned, "decide_return", accept="yes", decision="Đồng ý nhận lại")
    done(standing, returned)
    expect(standing.locator("main")).to_contain_text("Đã trả lại, chờ chuyển nơi khác")
    other = as_(OFFICER, date(2026, 2, 5))
    act(other, late, "return", reason="Không đúng thẩm quyền")
    expect(other.locator("main")).to_contain_text("Đã quá thời hạn trả lại")

    # One letter answers nine; one of them in other words, with a promised day.
    nine = [duty_of(office, number) for number in building[:9]]
    unclear, promised, resolved = nine[0], nine[1], nine[2]
    agency = as_("agency", date(2026, 2, 6))
    agency.goto("/answers/new?" + "&".join(f"ids={duty.id}" for duty in nine))
    fill(agency, number="2201/SXD-HT", signatory="Trần Mẫu Bình", text="Đã kiểm tra, xin cung cấp thông tin.", agency_class="explained")
    row = agency.locator(".answer-line").filter(has=agency.locator(f"input[value='{promised.id}']"))
    row.locator("summary").click()
    row.locator("select[name$=-agency_class]").select_option("in_progress")
    row.locator("select[name$=-reason]").select_option("with_roadmap")
    row.locator("input[name$=-promised_on]").fill("02/03/2026")
    assert axe(agency) == []
    agency.get_by_role("button", name="Ghi văn bản trả lời").click()
    agency.wait_for_url(re.compile(r"/answers/\d+$"))
    answer = agency.url
    expect(agency.locator(".answer-line")).to_have_count(9)

    # The office judges them in one form: one is unclear and is asked again.
    lead = as_("lead", date(2026, 2, 9))
    lead.goto(answer)
    assert axe(lead) == []
    for duty in nine:
        verdict = {"quality": "unclear", "words": "Nói rõ bao giờ xong"} if duty is unclear else {"quality": "complete"}
        verdict["office_class"] = "in_progress" if duty is promised else "explained"
        fill(lead, **{f"items-{duty.id}-{name}": value for name, value in verdict.items()})
    lead.get_by_role("button", name="Ghi đánh giá").click()
    expect(lead.locator("#notices")).to_contain_text("Đã đánh giá 9 câu trả lời.")
    agency = as_("agency", date(2026, 2, 10))
    agency.goto(f"/duties/{unclear.id}")
    expect(agency.locator("main")).to_contain_text("Văn phòng yêu cầu trả lời lại")
    agency.goto(f"/answers/new?ids={unclear.id}")
    fill(agency, number="2260/SXD-HT", text="Xong trong tháng 3/2026 theo hợp đồng đã ký.", agency_class="explained")
    agency.get_by_role("button", name="Ghi văn bản trả lời").click()
    agency.wait_for_url(re.compile(r"/answers/\d+$"))
    lead = as_("lead", date(2026, 2, 11))
    act(lead, unclear, "judge", quality="complete", office_class="explained")
    done(lead, unclear)
    expect(lead.locator(".answer")).to_have_count(2)  # the first answer stays

    # Suspended over Tết, and resumed with the same days left.
    still = duty_of(office, health[0])
    standing = as_("standing", date(2026, 2, 13))
    act(standing, still, "suspend", reason="Chờ kết luận thanh tra")
    done(standing, still)
    expect(standing.locator("main")).to_contain_text("tạm dừng từ 13/02/2026")
    before = duty_of(office, health[0])
    assert before.reply_due is not None
    left = (before.reply_due - date(2026, 2, 13)).days
    standing = as_("standing", date(2026, 2, 23))
    act(standing, still, "resume", reason="Đã có kết luận")
    done(standing, still)
    after = duty_of(office, health[0])
    assert after.reply_due is not None
    assert (after.reply_due - date(2026, 2, 23)).days == left
    assert after.statutory_due == before.statutory_due

    # The promised day passes: late, though "answered"; a later day is asked for and granted.
    supervisor = as_("supervisor", date(2026, 3, 10))
    with db.reading(office.engine) as session:
        code = session.get_one(Petition, promised.subject_id).code
    supervisor.goto(f"/petitions/{code}")
    expect(supervisor.locator("main")).to_contain_text("Đang giải quyết")
    expect(supervisor.locator(".lead-line")).to_contain_text("Giải quyết: trễ 6 ngày làm việc")
    expect(supervisor.locator(".lead-line")).to_contain_text("trả lời đúng hạn")
    supervisor.locator(".lead-line summary").first.click()
    expect(supervisor.locator(".lead-line .why-text").first).to_contain_text("Vì sao là ngày này?")
    assert axe(supervisor) == []
    supervisor.goto("/board/list?what=missed")
    expect(supervisor.locator("main")).to_contain_text(code)
    agency = as_("agency", date(2026, 3, 11))
    act(agency, promised, "extension", wanted_on="31/03/2026", reason="Chờ bàn giao mặt bằng")
    done(agency, promised)
    lead = as_("lead", date(2026, 3, 12))
    act(lead, promised, "decide_extension", grant="yes", decision="Đồng ý, lần cuối")
    done(lead, promised)
    expect(lead.locator("main")).to_contain_text("31/03/2026")

    # Resolved with evidence, closed by a second person.
    lead = as_("lead", date(2026, 3, 20))
    act(lead, promised, "confirm_resolved", reason="Đã kiểm tra thực tế")
    expect(lead.locator("main")).to_contain_text("cần minh chứng")
    agency = as_("agency", date(2026, 3, 20))
    agency.goto(f"/duties/{promised.id}/evidence")
    fill(agency, note="Biên bản nghiệm thu ngày 18/3/2026")
    agency.set_input_files("[name=file]", {"name": "nghiem-thu.txt", "mimeType": "text/plain", "buffer": "Đã nghiệm thu, đưa vào sử dụng".encode()})
    assert axe(agency) == []
    agency.get_by_role("button", name="Gắn minh chứng", exact=True).click()
    done(agency, promised)
    expect(agency.locator(".documents-rows")).to_contain_text("nghiem-thu.txt")
    expect(agency.locator(".documents-rows")).to_contain_text("được viện dẫn")
    expect(agency.get_by_role("link", name="Xem tài liệu")).to_have_count(1)
    agency.goto("/inbox")  # the panel asks for the file's text until it is read; no worker runs here
    act(lead, promised, "confirm_resolved", reason="Đã kiểm tra thực tế")
    done(lead, promised)
    expect(lead.locator("h1")).to_contain_text("Đã giải quyết xong")
    standing = as_("standing", date(2026, 3, 23))
    act(standing, promised, "close", reason="Cử tri đồng tình")
    done(standing, promised)
    expect(standing.locator("h1")).to_contain_text("Đã đóng")
    standing.goto(f"/petitions/{code}")
    expect(standing.locator("h1")).to_contain_text("Đã đóng")
    assert resolved.id != promised.id


@pytest.mark.journey
@pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
def test_what_a_district_owed_goes_to_the_communes_that_follow_it(as_: As, office: Office) -> None:
    with db.reading(office.engine) as session:
        district = session.scalars(select(Agency.id).where(Agency.name == "Ủy ban nhân dân huyện Gia Lâm")).one()
        owed = session.scalars(select(Duty.id).where(Duty.agency_id == district, Duty.state.not_in(["closed", "rerouted", "recalled"]))).all()
        june = figures.by_agency(session, date(2025, 6, 30))
    assert owed
    assert june[district].received >= len(owed)
    clerk = as_("clerk", date(2026, 1, 20))
    clerk.goto("/successions")
    clerk.get_by_role("link", name="Ủy ban nhân dân huyện Gia Lâm").click()
    expect(clerk.locator(".queue-item")).to_have_count(len(owed))
    assert axe(clerk) == []
    for select_ in clerk.locator(".queue-item select").all():
        if not select_.input_value():
            select_.select_option(index=1)
    fill(clerk, on="01/07/2025")
    clerk.get_by_role("button", name=re.compile("Bàn giao")).click()
    clerk.wait_for_url(re.compile(r"/successions$"))
    expect(clerk.locator("main")).not_to_contain_text("huyện Gia Lâm")
    with db.reading(office.engine) as session:
        heirs = session.execute(select(Agency.name, Agency.level).join(Duty, Duty.agency_id == Agency.id).where(Duty.id.in_(owed))).all()
        assert figures.by_agency(session, date(2025, 6, 30)) == june  # what was true in June stays true
    assert {level for _, level in heirs} == {"commune"}
    clerk.goto(f"/duties/{owed[0]}")
    expect(clerk.locator("main")).to_contain_text("Ủy ban nhân dân huyện Gia Lâm")  # both are named
