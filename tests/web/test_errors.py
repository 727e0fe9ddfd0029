"""Errors are told in the reader's language, as a page, a fragment or JSON, and give nothing of the machine away."""

import pytest

from tests.web.conftest import REFUSALS, Caller

STATUS = {"not-found": 404, "not-allowed": 403, "conflict": 409, "stale": 409, "rule": 422, "invalid": 422, "integrity": 409, "bug": 500}
HEADINGS = [
    ("not-found", "Không tìm thấy trang", "Page not found"),
    ("not-allowed", "Bạn không có quyền làm việc này", "You are not allowed to do this"),
    ("stale", "Việc này vướng một thay đổi khác", "Another change stands in the way"),
    ("invalid", "Chưa làm được", "This could not be done"),
    ("bug", "Hệ thống gặp lỗi", "Something went wrong on our side"),
]


@pytest.mark.parametrize("name", REFUSALS)
def test_the_table(caller: Caller, name: str) -> None:
    assert caller.get(f"/raise/{name}").status_code == STATUS[name]


@pytest.mark.parametrize(("name", "vietnamese", "english"), HEADINGS)
def test_pages_speak_both_languages(caller: Caller, name: str, vietnamese: str, english: str) -> None:
    assert f"<h1>{vietnamese}</h1>" in caller.get(f"/raise/{name}").text
    page = caller.get(f"/raise/{name}?lang=en").text
    assert f"<h1>{english}</h1>" in page
    assert '<html lang="en">' in page


def test_an_unexpected_error_shows_a_number_and_no_secret(caller: Caller) -> None:
    for headers in ({}, {"HX-Request": "true"}, {"Accept": "application/json"}):
        response = caller.get("/raise/bug", headers=headers)
        assert response.status_code == 500
        assert "secret" not in response.text
    assert caller.get("/raise/bug", headers={"Accept": "application/json"}).json["error"]["reference"]


def test_a_fragment_goes_to_the_notices(caller: Caller) -> None:
    response = caller.get("/raise/rule", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == "#notices"
    assert "<html" not in response.text


@pytest.mark.parametrize(("name", "status"), [("not-found", 286), ("not-allowed", 286), ("conflict", 409), ("bug", 500)])
def test_a_page_that_asks_by_itself_stops_when_it_is_refused_for_good(caller: Caller, name: str, status: int) -> None:
    response = caller.get(f"/raise/{name}", headers={"HX-Request": "true", "X-Poll": "1"})
    assert response.status_code == status
    assert response.headers["HX-Retarget"] == "#notices"


def test_fields_are_named_in_json(caller: Caller) -> None:
    assert caller.get("/raise/invalid", headers={"Accept": "application/json"}).json["error"]["fields"] == {"name": ["Hãy điền ô này."]}


@pytest.mark.parametrize("status", [400, 405, 410, 415, 418, 429, 501, 503])
def test_any_other_status_has_words(caller: Caller, status: int) -> None:
    response = caller.get(f"/abort/{status}")
    assert response.status_code == status
    assert "<h1>" in response.text


def test_an_odd_address_is_not_found_not_an_error(caller: Caller) -> None:
    for path in ("/%00", "/%ff", "/../../etc/passwd", "/" + "a" * 5000, "/write/99999999999999999999x"):
        assert caller.get(path).status_code == 404


def test_too_much_is_refused_in_words(caller: Caller) -> None:
    response = caller.post("/echo", {"text": "x" * (21 * 1024 * 1024)})
    assert response.status_code == 413
    assert "20 MB" in response.text


def test_a_long_text_of_a_clerk_is_not_too_much(caller: Caller) -> None:
    assert caller.post("/echo", {"text": "đ" * 1_000_000}).status_code == 200
