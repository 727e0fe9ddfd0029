"""What the pages of intake tell people: where to begin, what is unclear, what was sent back, which action is the page's own."""

import re
from typing import Any

import pytest
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.office import Office
from petitions.intake.choices import agency_words
from petitions.intake.details import facts
from petitions.intake.models import Petition
from petitions.intake.queries.detail import detail
from petitions.intake.queries.lists import lists
from petitions.intake.queries.names import AgencyRow
from petitions.intake.queries.places import atlas
from tests.intake.test_pages import Desk
from tests.make import intake

NOWHERE = "một nơi không ai biết tên"


@pytest.fixture
def desk(office: Office, app: Any) -> Desk:
    return Desk(office, app)


def main_action(shown: str) -> str:
    """The words of the blue button in the head of the page."""
    head = shown.split("room-head", 1)[1].split("</header>", 1)[0]
    found = re.findall(r'class="btn btn-primary"[^>]*>(.*?)</(?:a|button)>', head, re.DOTALL)
    assert len(found) == 1, found
    return re.sub(r"<[^>]+>", "", found[0]).strip()


def focus(shown: str) -> list[str]:
    """The ids of the boxes in which the page begins."""
    return [re.search(r'id="([^"]+)"', tag)[1] for tag in re.findall(r"<(?:input|select|textarea)[^>]*data-focus[^>]*>", shown)]


def test_unclear_places_are_not_ticked_in_the_queue(desk: Desk) -> None:
    clear, unclear = desk.petition("submit"), desk.petition("submit", place_words=NOWHERE)
    shown = desk.browser("lead").get("/petitions/queue").text
    boxes = {tag[1]: "checked" in tag[0] for tag in re.finditer(r'<input class="form-check-input"[^>]*aria-labelledby="code-(\d+)">', shown)}
    with db.reading(desk.office.engine) as session:
        ids = {row.code: str(row.id) for row in session.query(Petition)}
    assert boxes == {ids[clear]: True, ids[unclear]: False}


def test_the_form_begins_where_the_typing_begins(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    assert focus(clerk.get("/petitions/new").text) == ["f-origin"]
    saved = clerk.post("/petitions/new", data=desk.form(then="next"))
    assert focus(clerk.get(saved.headers["Location"]).text) == ["f-text"]


def test_an_unclear_place_is_told_and_not_carried_on(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    saved = clerk.post("/petitions/new", data=desk.form(then="next", place_words=NOWHERE))
    following = clerk.get(saved.headers["Location"]).text
    assert "địa bàn chưa xác định nên mã mang số 00. Hãy mở kiến nghị và chọn nơi." in following
    assert "địa bàn chưa xác định nên để trống" in following
    assert f'value="{NOWHERE}"' not in following
    clear = clerk.get(clerk.post("/petitions/new", data=desk.form(form_token="hai", then="next")).headers["Location"]).text
    assert "địa bàn chưa xác định" not in clear


def test_the_own_page_of_an_unclear_place_says_so_once(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    shown = clerk.get(clerk.post("/petitions/new", data=desk.form(place_words=NOWHERE)).headers["Location"]).text
    assert "Hãy mở kiến nghị" not in shown
    assert (shown.count("Hãy chọn nơi"), shown.count("Mã mang số 00 vì chưa rõ đơn vị bầu cử.")) == (1, 1)


def test_a_known_constituency_without_a_place_is_not_denied_beside_it(session: Session) -> None:
    place = intake.world(session)
    petition = intake.petition(session, place, place_words=NOWHERE, constituency_id=place.constituency.id)
    session.flush()
    session.expire_all()
    found = detail(session, petition.code, place.clerk).petition
    assert found.unit_id is None
    said = facts(found, atlas=atlas(session), lists=lists(session), today=intake.TODAY)
    assert said.constituency is not None
    assert str(said.group_today.said) == "Chưa chọn nơi cụ thể nên chưa rõ tổ đại biểu hôm nay."


def test_diverting_is_never_the_main_action(desk: Desk) -> None:
    code = desk.petition()
    clerk, lead = desk.browser("clerk"), desk.browser("lead")
    assert main_action(clerk.get(f"/petitions/{code}").text) == "Trình tiếp nhận"
    other = desk.browser("clerk", "khác").get(f"/petitions/{code}").text
    assert main_action(other) == "Sửa"
    assert "Chuyển đơn thư" in other
    waiting = desk.petition("submit", text="Đề nghị lắp thêm đèn đường ở ngõ 12.")
    assert main_action(lead.get(f"/petitions/{waiting}").text) == "Tiếp nhận"


def test_a_draft_that_was_sent_back_says_why_and_by_whom_until_it_is_submitted_again(desk: Desk) -> None:
    code = desk.petition("submit")
    clerk, lead = desk.browser("clerk"), desk.browser("lead", "lãnh đạo")
    assert lead.post(f"/petitions/{code}/send_back", data={"reason": "Thiếu tên tổ dân phố"}).status_code == 302
    shown = clerk.get(f"/petitions/{code}").text
    assert "Bị trả lại:" in shown
    assert "Thiếu tên tổ dân phố" in shown.split("<h2>", 1)[0]
    assert "Bị trả lại" in clerk.get("/petitions?mine=yes").text
    assert clerk.post(f"/petitions/{code}/move", data={"move": "submit"}).status_code == 302
    assert "Bị trả lại:" not in clerk.get(f"/petitions/{code}").text
    assert "Bị trả lại" not in clerk.get("/petitions?mine=yes").text


def test_a_day_that_could_not_be_read_is_marked_and_not_shown_as_a_day(desk: Desk) -> None:
    desk.petition(met_on=None, met_as_written="sau Tết")
    desk.petition(met_on=None, met_as_written="11/2025", text="Đề nghị nạo vét mương.")
    shown = desk.browser("clerk").get("/petitions").text
    assert shown.count("Ngày chưa đọc được") == 1
    assert "sau Tết" not in shown
    assert "11/2025" in shown


def test_choosing_is_asked_for_where_there_is_something_to_choose(desk: Desk) -> None:
    code = desk.petition("submit", "accept")
    clerk = desk.browser("clerk")
    refused = clerk.post(f"/petitions/{code}/divert", data={"reason": "Đơn tố cáo", "sent_to": "Thanh tra"})
    assert refused.status_code == 422
    assert "Hãy chọn loại đơn." in refused.text
    assert "Hãy điền ô này." not in refused.text
    assert "Hãy điền ô này." not in clerk.post(f"/petitions/{code}/classify", data={}).text


def test_one_session_is_a_session_in_english(desk: Desk) -> None:
    shown = desk.browser("clerk").get("/petitions/new?lang=en", follow_redirects=True).text
    assert re.search(r'for="f-council_session_id"[^>]*>\s*Session\s*<', shown)


@pytest.mark.parametrize(("short", "words"), [("Bộ Công Thương", "Bộ Công Thương"), ("BCT", "Bộ Công Thương · BCT"), (None, "Bộ Công Thương")])
def test_an_agency_is_not_named_twice(short: str | None, words: str) -> None:
    assert agency_words(AgencyRow(id=1, name="Bộ Công Thương", short_name=short, valid_to=None)) == words
