"""The pages of duties over HTTP, in the demo office: what they ask of the database, who sees what, buttons that lead somewhere, numbers that agree."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from petitions.accounts import queries as accounts_queries
from petitions.agencies.models import Agency
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.duties.models.answers import AnswerItem
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, TransferLetter
from petitions.duties.models.voters import Publication
from petitions.duties.workflow import OPEN
from petitions.intake.models import Petition
from tests.conftest import DEMO_DAY
from tests.make import accounts

DEMO = pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
MOST_STATEMENTS = 12
TOTAL = re.compile(r"<p class=\"total\">\s*(?:[\d.]+–[\d.]+ trong ([\d.]+)|Không có dòng nào)")


class Floor:
    """The demo office on its day, with a browser for each of its people."""

    def __init__(self, office: Office, app: Any) -> None:
        self.office, self.app = office, app
        app.config["WTF_CSRF_ENABLED"] = False
        clock.hold(DEMO_DAY)
        self.browsers: dict[str, Any] = {}

    def as_(self, username: str) -> Any:
        if username not in self.browsers:
            with db.reading(self.office.engine) as session:
                user = accounts_queries.by_username(session, username)
                assert user is not None
                session.expunge_all()
            self.browsers[username] = accounts.sign_in(self.app.test_client(), self.office.engine, user)
        return self.browsers[username]

    def ids(self, query: Any) -> list[Any]:
        with db.reading(self.office.engine) as session:
            found = list(session.scalars(query))
            session.expunge_all()
            return found

    def duty(self, state: str, agency: str = "Sở Xây dựng") -> int:
        own = select(Agency.id).where(Agency.name == agency).scalar_subquery()
        petitions = select(Duty.id).where(Duty.state == state, Duty.agency_id == own, Duty.subject_kind == "petition")
        found: int = self.ids(petitions.order_by(Duty.id.desc()).limit(1))[0]
        return found


@pytest.fixture
def floor(office: Office, app: Any) -> Floor:
    return Floor(office, app)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement != "BEGIN":
            asked.append(re.sub(r"\s+", " ", statement)[:110])

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def total(page: str) -> int:
    found = TOTAL.search(page)
    assert found, page[:400]
    return int((found.group(1) or "0").replace(".", ""))


@DEMO
def test_pages_ask_little_of_the_database(floor: Floor) -> None:
    letter = floor.ids(select(TransferLetter.id).order_by(TransferLetter.id.desc()).limit(1))[0]
    answered = floor.ids(select(Petition.code).where(Petition.state == "closed").order_by(Petition.id).limit(1))[0]
    told = floor.ids(select(Petition.code).join(Publication, Publication.subject_id == Petition.id).order_by(Petition.id).limit(1))[0]
    pages = {
        "agency": ["/", "/inbox", "/inbox?section=late", f"/duties/{floor.duty('reasked')}", f"/answers/new?ids={floor.duty('acknowledged')}"],
        "ubnd": ["/", "/inbox", f"/letters/{letter}"],
        "committee": ["/"],
        "clerk": [
            "/petitions/to-send",
            "/petitions/to-tell/session_list",
            "/petitions/to-tell/answered?anywhere=1",
            "/bundles",
            "/letters",
            "/successions",
            "/deadline-rules",
            f"/petitions/{answered}",
            f"/petitions/{told}",
        ],
        "lead": ["/", "/duties/queue", "/duties/queue/returns", "/duties/queue/closing", f"/duties/{floor.duty('under_review')}"],
        "standing": ["/", "/duties/queue/extensions"],
        "supervisor": ["/", "/board", "/board/list?what=late", f"/petitions/{answered}"],
    }
    for person, addresses in pages.items():
        for address in addresses:
            floor.as_(person).get(address)
            with statements(floor.office.engine) as asked:
                assert floor.as_(person).get(address).status_code == 200, address
            assert len(asked) <= MOST_STATEMENTS, (person, address, len(asked), asked)


@DEMO
def test_every_button_of_every_state_and_person_opens_its_form(floor: Floor) -> None:
    by_state = {
        row: floor.ids(select(Duty.id).where(Duty.state == row).order_by(Duty.id.desc()).limit(1))[0] for row in floor.ids(select(Duty.state).distinct())
    }
    assert len(by_state) >= 10
    opened = set()
    for person in ("agency", "ubnd", "clerk", "lead", "standing", "committee", "supervisor", "delegate", "auditor"):
        for state, number in by_state.items():
            answer = floor.as_(person).get(f"/duties/{number}")
            if answer.status_code == 404:
                continue
            assert answer.status_code == 200, (person, state)
            for href in re.findall(rf'class="btn[^"]*" href="(/duties/{number}/[a-z_]+|/answers/new[^"]*)"', answer.text):
                form = floor.as_(person).get(unescape(href))
                assert form.status_code == 200, (person, state, href, form.status_code)
                opened.add((person, state, href.rsplit("/", 1)[1]))
    people = {person for person, _, _ in opened}
    assert {"agency", "ubnd", "clerk", "lead", "standing", "supervisor", "delegate"} <= people
    assert "auditor" not in people


@DEMO
def test_an_agency_sees_its_own_items_alone(floor: Floor) -> None:
    own = select(Agency.id).where(Agency.name == "Sở Xây dựng").scalar_subquery()
    other = floor.ids(select(Duty.id).where(Duty.agency_id != own, Duty.state == "acknowledged", Duty.rerouted_from_id.is_(None)).order_by(Duty.id.desc()))
    agency = floor.as_("agency")
    foreign = next(number for number in other if agency.get(f"/duties/{number}").status_code == 404)
    assert agency.get(f"/duties/{foreign}/acknowledge").status_code == 404
    assert agency.post(f"/duties/{foreign}/report", data={"text": "x", "on": "20/01/2026"}).status_code == 404
    assert "answer-line" not in agency.get(f"/answers/new?ids={foreign}").text
    agency.post("/inbox/acknowledge", data={"ids": [foreign], "received_on": "20/01/2026"})
    assert floor.ids(select(Duty.received_on).where(Duty.id == foreign)) != ["2026-01-20"]
    letters = floor.ids(select(AnswerItem.letter_id).where(AnswerItem.duty_id == foreign))
    for letter in letters:
        assert agency.get(f"/answers/{letter}").status_code == 404
    assert floor.as_("delegate").get("/inbox").status_code == 403
    assert agency.get("/board").status_code == 403
    assert agency.get("/bundles").status_code == 403


@DEMO
def test_every_number_of_the_board_opens_exactly_its_rows(floor: Floor) -> None:
    supervisor = floor.as_("supervisor")
    page = supervisor.get("/board").text
    numbers = re.findall(r'<a class="figure[^"]*" href="([^"]+)"><b>([\d.]+)</b>', page)
    numbers += re.findall(r'<li><a href="([^"]+)"><span>[^<]*</span>(?:<meter[^>]*></meter>|<span></span>)<b class="num">([\d.]+)</b>', page)
    numbers += re.findall(r'data-row-link="([^"]+)">.*?data-label="Quá hạn">([\d.]+)<', page, re.DOTALL)
    assert len(numbers) > 15
    for href, count in numbers:
        assert total(supervisor.get(unescape(href)).text) == int(count.replace(".", "")), href
    ages = [int(n) for href, n in numbers if "age=" in href]
    late = next(int(n) for href, n in numbers if href.endswith("what=late"))
    assert sum(ages) == late


@DEMO
def test_the_words_of_the_board_say_what_its_numbers_count(floor: Floor) -> None:
    supervisor = floor.as_("supervisor")
    page = supervisor.get("/board").text
    for words in ("Quá hạn xác nhận đã nhận", "Quá hạn lâu (từ 20 ngày làm việc)", "Lâu nhất (ngày làm việc)", "Kiến nghị cử tri quá hạn: Lĩnh vực"):
        assert words in page, words
    agencies = page[page.index("<tbody") : page.index("</tbody>")]
    assert "ngày làm việc</td>" not in agencies, "the unit stands in the head"
    rows = re.findall(r"<b>([^<]+)</b></a>(.*?)</tr>", agencies, re.DOTALL)
    marked = {name for name, rest in rows if "đã kết thúc – chờ bàn giao" in rest}
    ended = set(floor.ids(select(Agency.name).where(Agency.valid_to < clock.today())))
    assert marked
    assert marked == ended & {name for name, _ in rows}
    home = supervisor.get("/").text
    panel = home[home.index("Giải quyết, trả lời</h2>") : home.index("</section>", home.index("Giải quyết, trả lời</h2>"))]
    assert panel.count('class="figures"') == 1, "one grid, so that all tiles keep their distance"
    ubnd = floor.as_("ubnd").get("/").text
    table = ubnd[ubnd.index("Quá hạn theo sở, ngành</h3>") :]
    tile = re.search(r"(\d+)</b>\s*<[^>]*>\s*Quá hạn\s*<", ubnd)
    assert tile is not None
    shown = re.findall(r'data-label="Quá hạn">(\d+)<', table)
    assert sum(map(int, shown)) == int(tile[1]), "the departments and the others add up to the tile"


@DEMO
def test_what_a_document_demands_needs_no_letter_and_opens_its_own_page(floor: Floor) -> None:
    numbers = floor.ids(select(Duty.id).where(Duty.subject_kind == "recommendation").order_by(Duty.next_due))
    supervisor = floor.as_("supervisor")
    page = supervisor.get(f"/duties/{numbers[0]}").text
    assert "Giao tại văn bản" in page
    assert "theo văn bản giao việc" in page
    assert "khi phát hành công văn" not in page
    assert "<dt>Công văn chuyển" not in page
    listed = supervisor.get("/board/list?what=late").text
    for text in (listed, supervisor.get("/").text):
        opened = re.findall(r'<a href="([^"]+)"><b>[^<]+</b></a>', text)
        assert any(href.startswith("/oversight/recommendations/") for href in opened)
        assert not {f"/duties/{number}" for number in numbers} & set(opened)


@DEMO
def test_every_tab_holds_as_many_rows_as_it_says(floor: Floor) -> None:
    for person, address in (("agency", "/inbox"), ("ubnd", "/inbox"), ("lead", "/duties/queue")):
        page = floor.as_(person).get(address).text
        tabs = re.findall(r'<a href="([^"]+)"[^>]*>[^<]*<span class="count">([\d.]+)</span>', page)
        assert len(tabs) >= 5
        for href, count in tabs:
            assert total(floor.as_(person).get(unescape(href)).text) == int(count.replace(".", "")), (person, href)


@DEMO
def test_a_refused_answer_keeps_what_was_typed_and_writes_nothing(floor: Floor) -> None:
    number = floor.duty("acknowledged")
    before = floor.ids(select(func.count()).select_from(AnswerItem))
    own = select(Agency.id).where(Agency.name == "Sở Xây dựng").scalar_subquery()
    apart = floor.ids(select(Duty.id).where(Duty.subject_kind == "recommendation", Duty.agency_id == own, Duty.state.in_(OPEN)).limit(1))[0]
    form = floor.as_("agency").get(f"/answers/new?ids={number}&ids={apart}").text
    assert form.count('class="answer-line"') == 1, "a recommendation is reported on its own page"
    assert "báo cáo ở trang riêng" in form
    assert "/oversight/recommendations/" in form
    typed = {"number": "99/SXD", "dated_on": "01/01/2020", "text": "Nội dung đã gõ", "agency_class": "explained", "items-0-duty_id": number}
    answer = floor.as_("agency").post("/answers/new", data=typed)
    assert answer.status_code == 422
    assert "Nội dung đã gõ" in answer.text
    assert "có trước công văn chuyển" in answer.text
    promise = floor.as_("agency").post("/answers/new", data={**typed, "dated_on": "19/01/2026", "agency_class": "in_progress"})
    assert promise.status_code == 422
    assert "ngày hẹn" in promise.text
    assert floor.ids(select(func.count()).select_from(AnswerItem)) == before


@DEMO
def test_the_office_of_the_peoples_committee_gives_items_to_a_department(floor: Floor) -> None:
    number = floor.duty("acknowledged")
    health = floor.ids(select(Agency.id).where(Agency.name == "Sở Y tế"))[0]
    ubnd = floor.as_("ubnd")
    assert "Sở Y tế" in ubnd.get(f"/inbox/distribute?ids={number}").text
    wrong = ubnd.post("/inbox/distribute", data={"ids": [number], "forwarded_on": "19/01/2026"})
    assert wrong.status_code == 422
    ubnd.post("/inbox/distribute", data={"ids": [number], "to_agency_id": health, "forwarded_on": "19/01/2026", "internal_due": "30/01/2026"})
    [duty] = floor.ids(select(Duty).where(Duty.id == number))
    assert duty.agency_id == health
    page = floor.as_("lead").get(f"/duties/{number}").text
    assert "Sở Xây dựng" in page  # who held it until then stays named


@DEMO
def test_who_prepares_a_bundle_does_not_approve_it_and_lines_can_be_taken_out(floor: Floor) -> None:
    ready = floor.ids(select(Petition.id).where(Petition.state == "classified", Petition.level == "city", Petition.body_id == 1).order_by(Petition.id.desc()))
    lead = floor.as_("lead")
    page = lead.get("/petitions/to-send?level=city").text
    ticked = [number for number in re.findall(r'value="(\d+)" id="pick-\d+" +aria', page) if int(number) in ready][:3]
    nothing = lead.post("/petitions/to-send?level=city", data={"title": "Trống", "recipient_kind": "ubnd_office"})
    assert nothing.status_code == 422
    made = lead.post("/petitions/to-send?level=city", data={"ids": ticked, "title": "Thử", "recipient_kind": "ubnd_office"})
    address = made.headers["Location"]
    items = re.findall(r'name="ids" value="(\d+)"', lead.get(address).text)
    assert len(items) == 3
    lead.post(f"{address}/remove", data={"ids": items[:1]})
    assert len(re.findall(r'name="ids" value="(\d+)"', lead.get(address).text)) == 2
    lead.post(f"{address}/move", data={"move": "submit"})
    assert ">Duyệt<" not in lead.get(address).text
    assert lead.post(f"{address}/move", data={"move": "approve"}).status_code == 422
    assert ">Duyệt<" in floor.as_("standing").get(address).text


@DEMO
@pytest.mark.parametrize(("kind", "annex"), [("session_list", "Phụ lục I –"), ("answered", "Phụ lục III –")])
def test_a_list_that_asks_nothing_goes_the_way_of_a_bundle_and_makes_no_duty(floor: Floor, kind: str, annex: str) -> None:
    clerk, address = floor.as_("clerk"), f"/petitions/to-tell/{kind}?anywhere=1"
    page = clerk.get(address).text
    ticked = re.findall(r'name="ids" value="(\d+)"', page)[:4]
    assert len(ticked) == 4
    assert annex in page
    assert clerk.post(address, data={"title": "Trống"}).status_code == 422
    assert clerk.post(address, data={"title": "Sai", "ids": ticked, "recipient_kind": "na"}).status_code == 422
    assert floor.as_("agency").get(address).status_code == 403
    made = clerk.post(address, data={"title": "Thử danh mục", "ids": ticked})
    bundle = made.headers["Location"]
    assert not set(ticked) & set(re.findall(r'name="ids" value="(\d+)"', clerk.get(address).text))
    lines = re.findall(r'name="ids" value="(\d+)"', clerk.get(bundle).text)
    clerk.post(f"{bundle}/remove", data={"ids": lines[:1]})
    clerk.post(f"{bundle}/move", data={"move": "submit"})
    floor.as_("standing").post(f"{bundle}/move", data={"move": "approve"})
    number, before = int(bundle.rsplit("/", 1)[1]), floor.ids(select(func.count(Duty.id)))
    assert "việc cho các cơ quan" not in floor.as_("standing").get(f"{bundle}/issue").text
    sent = floor.as_("standing").post(f"{bundle}/issue", data={"number": f"7{number}", "symbol": "HĐND-TT", "dated_on": "20/01/2026", "signatory": "Thử"})
    assert sent.status_code == 302
    assert floor.ids(select(func.count(Duty.id))) == before
    letter = clerk.get(sent.headers["Location"])
    assert letter.status_code == 200
    assert "chuyển cơ quan cấp xã" not in letter.text
    assert "theo quy định" not in letter.text
    printed = clerk.get(f"{bundle}/annex").text
    assert f"Kèm theo Công văn số 7{number}/HĐND-TT" in printed
    assert ("Viện dẫn văn bản trả lời" in printed) == (kind == "answered")
    assert len(re.findall(r'<td class="num">', printed)) == 3
    if kind == "answered":
        assert all(cells[0] and cells[1] for cells in re.findall(r"<td>([^<]*)</td><td>([^<]*)</td>\s*</tr>", printed))
    assert clerk.get(f"{bundle}/docx").data[:2] == b"PK"
    states = floor.ids(select(Petition.state).where(Petition.id.in_([int(one) for one in ticked])))
    assert "consolidated" not in states


@DEMO
def test_the_annex_ticks_one_of_five_fields_for_each_petition(floor: Floor) -> None:
    bundle = floor.ids(select(Bundle.id).where(Bundle.state == "issued").order_by(Bundle.id.desc()).limit(1))[0]
    page = floor.as_("clerk").get(f"/bundles/{bundle}/annex").text
    rows = re.findall(r"<tr>\s*<td class=\"num\">.*?</tr>", page, re.DOTALL)
    assert rows
    assert all(len(re.findall(r'<td class="tick">x</td>', row)) == 1 for row in rows)
    totals = [int(n) for n in re.findall(r'<th class="tick">(\d+)</th>', page)]
    assert len(totals) == 5
    assert sum(totals) == len(rows)
    assert "Kèm theo Công văn số" in page


@DEMO
def test_rules_are_changed_by_a_new_version_and_only_by_those_who_keep_them(floor: Floor) -> None:
    assert floor.as_("clerk").get("/deadline-rules").status_code == 200
    assert floor.as_("clerk").get("/deadline-rules/hdnd_answer/new").status_code == 403
    admin = floor.as_("admin")
    values = {"length": "45", "unit": "calendar_day", "direction": "after", "legal_basis": "Quyết định thử", "valid_from": "01/02/2026", "confirmed": "1"}
    assert admin.post("/deadline-rules/hdnd_answer/new", data={**values, "legal_basis": ""}).status_code == 422
    assert admin.post("/deadline-rules/hdnd_answer/new", data=values).status_code == 302
    page = admin.get("/deadline-rules").text
    assert "Quyết định thử" in page
    assert "20/02/2025 – 31/01/2026" in re.sub(r"\s+", " ", page)
    assert admin.post("/deadline-rules/settings", data={"due_soon_days": "900"}).status_code == 422
    assert admin.post("/deadline-rules/settings", data={"due_soon_days": "7", "letter_numbering": "unique"}).status_code == 302
    assert 'value="7"' in admin.get("/deadline-rules").text


@DEMO
def test_a_text_for_the_public_is_approved_by_another_person_exactly_as_it_was_read(floor: Floor) -> None:
    [drafted] = floor.ids(select(Publication).where(Publication.state == "drafted").order_by(Publication.id).limit(1))
    address = f"/duties/{drafted.duty_id}/publication"
    lead = floor.as_("lead")
    assert lead.post(f"{address}/draft", data={"text": "Bản của lãnh đạo", "version": drafted.version}).status_code == 302
    refused = lead.post(f"{address}/approve", data={"text": "Bản của lãnh đạo", "version": drafted.version + 1})
    assert refused.status_code == 422
    stale = floor.as_("standing").post(f"{address}/approve", data={"text": "x", "version": drafted.version})
    assert stale.status_code == 409
    assert floor.as_("standing").post(f"{address}/approve", data={"text": "x", "version": drafted.version + 1}).status_code == 302
    assert floor.as_("clerk").post(f"{address}/publish", data={"on": "20/01/2026", "place": "https://hdnd.hanoi.gov.vn"}).status_code == 302
    [after] = floor.ids(select(Publication).where(Publication.id == drafted.id))
    assert (after.state, after.text) == ("published", "Bản của lãnh đạo")


@DEMO
def test_a_petitions_page_tells_state_and_lateness_apart_and_says_why(floor: Floor) -> None:
    number = floor.duty("reasked")
    code = floor.ids(select(Petition.code).join(Duty, Duty.subject_id == Petition.id).where(Duty.id == number))[0]
    page = floor.as_("supervisor").get(f"/petitions/{code}").text
    head = page[page.index("<h1>") : page.index('class="columns"')]
    assert "Đã trả lời" in head
    assert "mark-late" in head
    assert "Vì sao là ngày này?" in head
    assert "mark-done" not in head  # green is for resolved alone
    for raw in ("petition.follow", "duty.answer", "under_review", "reasked", "hdnd_answer"):
        assert raw not in page, raw


@DEMO
def test_an_answer_on_the_spot_is_noted_on_the_petitions_page(floor: Floor) -> None:
    code = floor.ids(select(Petition.code).where(Petition.state == "classified", Petition.body_id == 1).order_by(Petition.id).limit(1))[0]
    agency = floor.ids(select(Agency.id).where(Agency.name == "Sở Xây dựng"))[0]
    clerk, address = floor.as_("clerk"), f"/petitions/{code}/on-the-spot"
    assert address in clerk.get(f"/petitions/{code}").text
    assert clerk.get(address).status_code == 200
    given = {"agency_id": str(agency), "on": "20/01/2026", "agency_class": "in_progress", "text": "Quý tới sẽ làm"}
    refused = clerk.post(address, data=given)
    assert refused.status_code == 422
    assert "ngày hẹn" in unescape(refused.text)
    assert clerk.post(address, data={**given, "promised_on": "31/03/2026", "reason": "with_roadmap"}).status_code == 302
    [made] = floor.ids(select(Duty).join(Petition, Petition.id == Duty.subject_id).where(Petition.code == code, Duty.subject_kind == "petition"))
    assert (made.state, made.letter_id, made.agency_id) == ("under_review", None, agency)
    assert "Trả lời tại chỗ" in unescape(clerk.get(f"/petitions/{code}").text)
    assert address not in clerk.get(f"/petitions/{code}").text
    assert clerk.post(address, data={**given, "promised_on": "31/03/2026"}).status_code == 403
    assert floor.as_("agency").get(address).status_code in (403, 404)
