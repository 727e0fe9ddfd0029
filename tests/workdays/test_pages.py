"""The pages of the calendar: a year, a day, counting; a change by way of its preview; a file."""

import html
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from petitions.core import clock, db
from petitions.core.office import Office
from petitions.core.words import say
from petitions.journal import queries as journal
from petitions.workdays import impact, queries
from petitions.workdays.reference import CALENDAR
from tests.areas.test_pages import signed_in, token
from tests.conftest import BOTH
from tests.make import workdays as make

both = pytest.mark.parametrize("office", BOTH, indirect=True)
CULTURE = "2026-11-24"
HIDDEN = re.compile(r'<input type="hidden" name="(edits|version|seen|reason)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def ready(office: Office, client: Any) -> None:  # the application first: it lets the calendar run
    clock.hold(date(2026, 1, 20))
    with db.transaction(office.engine) as session:
        make.seed(session)


@pytest.fixture
def keeper(client: Any, office: Office) -> Any:
    return signed_in(client, office, "administrator")


@pytest.fixture
def clerk(client: Any, office: Office) -> Any:
    return signed_in(client, office, "clerk")


@pytest.fixture
def deadline() -> Iterator[None]:
    """A deadline five working days after 20/11/2026."""
    event = date(2026, 11, 20)

    def moves(_session, _who, old, new):
        return [impact.Move("HD16-20-00100", old.add(event, 5), new.add(event, 5))] if old.add(event, 5) != new.add(event, 5) else []

    impact.register(impact.Impact("test", say("Lịch làm việc"), moves, lambda session, old, new, by, now: len(moves(session, by, old, new))))
    yield
    impact.unregister("test")


def post(client: Any, path: str, **fields: Any) -> Any:
    return client.post(path, data={**fields, "csrf_token": token(client.get("/calendar").text)})


def hidden(page: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page)}


def calendar(office: Office):
    with db.reading(office.engine) as session:
        return queries.calendar(session)


@both
def test_the_year_shows_its_marked_days(clerk, office):
    page = clerk.get("/calendar").text
    assert "Lịch làm việc năm 2026" in page
    assert "249 ngày làm việc" in page
    assert "Làm bù cho ngày 02/01/2026" in page
    assert "Thêm ngày" not in page
    assert "Chưa có thông báo nghỉ lễ, Tết năm 2027" not in page
    assert "Chưa có thông báo nghỉ lễ, Tết năm 2027" in clerk.get("/calendar?year=2027").text
    clock.hold(date(2026, 10, 1))
    assert "Chưa có thông báo nghỉ lễ, Tết năm 2027" in signed_in(clerk, office, "clerk").get("/calendar").text


@pytest.mark.parametrize(
    "path", ["/calendar?year=abc", "/calendar?year=99999", "/calendar?year=2000", "/calendar?year=2100", "/calendar/count?days=x&from=y&unit=z"]
)
def test_an_odd_address_shows_a_page(clerk, path):
    assert clerk.get(path).status_code == 200


def test_counting_says_why(clerk):
    page = clerk.get("/calendar/count?from=10/02/2026&days=15&unit=working_day").text
    assert "Thứ Ba, 10/03/2026" in page
    assert "16/02/2026 – 20/02/2026" in page
    assert "8 ngày cuối tuần" in page
    assert "Working" in clerk.get("/calendar/count?lang=en").text
    assert clerk.get("/calendar/count?from=25/12/2100&days=200").status_code == 422


def test_a_day_tells_its_basis_and_unknown_days_are_not_found(clerk):
    page = clerk.get("/calendar/days/2026-01-02").text
    assert "12729/VPCP-KGVX" in page
    assert "Thứ Bảy, 10/01/2026" in page
    assert clerk.get("/calendar/days/2026-06-02").status_code == 200
    assert [clerk.get(f"/calendar/days/{day}").status_code for day in ("abc", "2026-13-01", "1999-01-01")] == [404, 404, 404]


def test_only_the_keeper_changes_the_calendar(clerk):
    for path in ("/calendar/days/new", f"/calendar/days/{CULTURE}/withdraw", "/calendar/import", "/calendar/years/2027/notice"):
        assert clerk.get(path).status_code == 403
    assert post(clerk, "/calendar/changes").status_code == 403


@both
def test_a_withdrawal_is_previewed_cancelled_confirmed(keeper, office, deadline):
    preview = post(keeper, f"/calendar/days/{CULTURE}/withdraw", reason="chưa có văn bản")
    assert preview.status_code == 200
    assert "HD16-20-00100" in preview.text
    assert "Thứ Hai, 30/11/2026" in preview.text
    assert "Thứ Sáu, 27/11/2026" in preview.text
    assert "249 ngày làm việc → 250" in preview.text
    assert calendar(office).version == 1  # cancelling is leaving
    done = post(keeper, "/calendar/changes", **hidden(preview.text))
    assert done.status_code == 302
    assert calendar(office).version == 2
    assert "1 hạn được tính lại" in keeper.get(done.location).text
    with db.reading(office.engine) as session:
        reasons = [one.reason for one in journal.timeline(session, CALENDAR) if one.act == "calendar.change"]
    assert reasons == ["chưa có văn bản"]
    page = keeper.get("/calendar?year=2026").text
    assert "Các dòng đã rút" in page
    assert "chưa có văn bản" in page


def test_a_preview_that_grew_old_is_shown_again(keeper, office):
    old = hidden(post(keeper, f"/calendar/days/{CULTURE}/withdraw", reason="một").text)
    post(keeper, "/calendar/changes", **hidden(post(keeper, "/calendar/days/2026-09-01/withdraw", reason="hai").text))
    again = post(keeper, "/calendar/changes", **old)
    assert again.status_code == 409
    assert "Hãy xem trước lại" in again.text
    assert calendar(office).version == 2
    assert post(keeper, "/calendar/changes", **hidden(again.text)).status_code == 302
    assert calendar(office).version == 3


@pytest.mark.parametrize("edits", ["", "{", "[]", "[1]", '[{"act":"add"}]', '[{"act":"drop","day":"2026-06-02"}]', "[" * 5000])
def test_a_forged_preview_is_refused(keeper, office, edits):
    sent = hidden(post(keeper, f"/calendar/days/{CULTURE}/withdraw", reason="thử").text)
    assert post(keeper, "/calendar/changes", **{**sent, "edits": edits}).status_code == 422
    assert calendar(office).version == 1


FORM = {"kind": "off", "cause": "fixed", "name_vi": "Ngày thử", "basis": "Công văn 1", "source": "cổng", "reason": "thử"}


@both
def test_a_swap_is_added_with_both_days(keeper, office):
    preview = post(keeper, "/calendar/days/new", **{**FORM, "day": "2/6/2026", "cause": "swap", "for_day": "6/6/2026"})
    assert "Làm bù cho ngày 02/06/2026" in preview.text
    assert post(keeper, "/calendar/changes", **hidden(preview.text)).status_code == 302
    assert not calendar(office).is_workday(date(2026, 6, 2))
    assert calendar(office).is_workday(date(2026, 6, 6))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "2/9/2026"}, "đã có trong lịch với tên «Quốc khánh 2/9»"),
        ({"day": "22/8/2026"}, "không thể là ngày nghỉ"),
        ({"day": "2/6/2026", "kind": "worked", "cause": "other"}, "vốn là ngày làm việc"),
        ({"day": "2/6/2026", "cause": "swap"}, "ngày được đổi"),
        ({"day": "2/6/2026", "last": "1/6/2026"}, "sau ngày đầu"),
        ({"day": "31/2/2026"}, "20/01/2026"),
        ({"day": "2/6/2026", "basis": ""}, "Hãy điền ô này"),
    ],
)
def test_what_contradicts_is_said_beside_the_form(keeper, office, given, said):
    refused = post(keeper, "/calendar/days/new", **{**FORM, **given})
    assert refused.status_code == 422
    assert said in html.unescape(refused.text)
    assert "Ngày thử" in refused.text
    assert calendar(office).version == 1


def test_correcting_keeps_the_old_row(keeper, office):
    assert 'value="Ngày Văn hóa Việt Nam 24/11"' in keeper.get(f"/calendar/days/new?day={CULTURE}").text
    preview = post(keeper, "/calendar/days/new", **FORM, day="24/11/2026", replaces="1", confirmed="1")
    assert post(keeper, "/calendar/changes", **hidden(preview.text)).status_code == 302
    page = keeper.get(f"/calendar/days/{CULTURE}").text
    assert "Ngày thử" in page
    assert "Ngày Văn hóa Việt Nam 24/11" in page
    assert "Đã rút" in page


ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270904
SUMMARY:Làm bù
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270902
SUMMARY:Quốc khánh 2/9
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270903
SUMMARY:Làm việc bù
END:VEVENT
BEGIN:VEVENT
DTSTART:20270901T080000Z
SUMMARY:Họp
END:VEVENT
END:VCALENDAR
"""


@both
def test_a_file_is_previewed_with_its_contradictions(keeper, office):
    sent = {"file": (BytesIO(ICS.encode()), "le.ics"), "basis": "Thông báo 9", "source": "cổng", "reason": "nhập năm 2027"}
    preview = keeper.post("/calendar/import", data={**sent, "csrf_token": token(keeper.get("/calendar").text)}, content_type="multipart/form-data")
    assert preview.status_code == 200
    assert "04/09/2027" in preview.text
    assert "đang là ngày nghỉ «Ngày nghỉ liền kề Quốc khánh»" in preview.text
    assert "1 ngày đã có trong lịch" in preview.text
    assert "«Họp» không phải sự kiện cả ngày" in preview.text
    assert post(keeper, "/calendar/changes", **hidden(preview.text)).status_code == 302
    assert calendar(office).is_workday(date(2027, 9, 4))
    assert not calendar(office).is_workday(date(2027, 9, 3))


def test_a_file_that_is_none_is_refused(keeper):
    for data in (b"", b"PK\x03\x04"):
        sent = {"file": (BytesIO(data), "le.ics"), "basis": "a", "source": "b", "reason": "c", "csrf_token": token(keeper.get("/calendar").text)}
        assert keeper.post("/calendar/import", data=sent, content_type="multipart/form-data").status_code == 422


def test_a_notice_ends_the_warning(keeper, office):
    version = calendar(office).version
    done = post(keeper, "/calendar/years/2027/notice", basis="Thông báo 7", source="cổng", version=version)
    assert done.status_code == 302
    assert "Chưa có thông báo nghỉ lễ, Tết năm 2027" not in keeper.get("/calendar?year=2027").text
    assert post(keeper, "/calendar/years/2027/notice", basis="Thông báo 8", source="cổng", version=version).status_code == 422
    assert keeper.get("/calendar/years/1900/notice").status_code == 404


def test_home_says_nothing_in_january(keeper):
    assert "Lịch làm việc cần bổ sung" not in keeper.get("/").text


def test_home_reminds_the_keeper_in_the_last_quarter(client, office):
    clock.hold(date(2026, 10, 1))
    assert "Lịch làm việc cần bổ sung" in signed_in(client, office, "administrator").get("/").text
