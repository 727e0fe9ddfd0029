"""The pages of the areas: list of a day, a unit's lineage, corrections, the answer for the intake form."""

import re
from typing import Any

import pytest

from petitions.areas import queries
from petitions.core import db
from petitions.core.office import Office
from tests.conftest import BOTH
from tests.make import accounts

both = pytest.mark.parametrize("office", BOTH, indirect=True)


def signed_in(client: Any, office: Office, role: str) -> Any:
    return accounts.sign_in(client, office.engine, accounts.stored(office.engine, username=f"thu-{role}", roles=[role]))


@pytest.fixture
def keeper(client: Any, office: Office) -> Any:
    return signed_in(client, office, "administrator")


@pytest.fixture
def clerk(client: Any, office: Office) -> Any:
    return signed_in(client, office, "clerk")


def number(office: Office, code: str) -> int:
    with db.reading(office.engine) as session:
        return queries.id_of_code(session, code)


@both
def test_the_list_shows_the_units_of_a_day(clerk, office):
    now = clerk.get("/areas?q=trau quy&day=01/06/2024")
    assert now.status_code == 200
    assert "thị trấn Trâu Quỳ" in now.text
    assert "thị trấn Trâu Quỳ" not in clerk.get("/areas?q=trau quy&day=20/01/2026").text
    assert "579" in clerk.get("/areas?day=01/06/2024").text


def test_a_district_that_ended_still_filters(clerk, office):
    with db.reading(office.engine) as session:
        district = queries.district_id_of_code(session, "h-gia-lam")
    page = clerk.get(f"/areas?district={district}&day=20/01/2026").text
    assert "xã Phù Đổng" in page
    assert "xã Sóc Sơn" not in page


@pytest.mark.parametrize("asked", ["?day=xyz", "?page=99", "?district=abc", "?q=%00%F0", "?page=-1", "?q=" + "a" * 3000])
def test_an_odd_address_shows_a_page(clerk, asked):
    assert clerk.get(f"/areas{asked}").status_code == 200


@both
def test_a_unit_shows_what_was_before_and_after(clerk, office):
    page = clerk.get(f"/areas/{number(office, 'tt-trau-quy.gia-lam')}").text
    assert "xã Gia Lâm" in page
    assert "một phần" in page
    unknown = clerk.get(f"/areas/{number(office, 'x-dinh-xuyen.gia-lam')}").text
    assert "Chưa rõ đơn vị này đã nhập vào đâu" in unknown
    assert clerk.get("/areas/999999").status_code == 404


def test_the_answer_is_a_fragment_or_json(clerk):
    asked = {"words": "thị trấn Trâu Quỳ, huyện Gia Lâm", "on": "01/06/2024"}
    page = clerk.get("/areas/resolve", query_string=asked).text
    assert 'data-outcome="unit"' in page
    assert "<html" not in page
    told = clerk.get("/areas/resolve", query_string={**asked, "on": "2025-09-01"}, headers={"Accept": "application/json"}).get_json()
    assert told["outcome"] == "candidates"
    assert {one["label"] for one in told["candidates"]} == {"xã Gia Lâm (thị trấn Trâu Quỳ cũ)", "xã Bát Tràng (thị trấn Trâu Quỳ cũ)"}


@pytest.mark.parametrize("words", ["", "\u0000", "<script>alert(1)</script>", "x" * 9000, "{0}{words}%s"])
def test_no_words_break_the_answer(clerk, words):
    answer = clerk.get("/areas/resolve", query_string={"words": words, "on": "?"})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found.group(1)


@both
def test_a_keeper_corrects_a_unit_and_everyone_sees_who_did(keeper, office):
    unit = number(office, "x-dinh-xuyen.gia-lam")
    form = keeper.get(f"/areas/{unit}/edit").text
    sent = {
        "csrf_token": token(form),
        "version": "1",
        "name": "Đình Xuyên",
        "valid_to": "31/12/2024",
        "source": "NQ thử",
        "reason": "đối chiếu nghị quyết",
        "confirmed": "1",
    }
    assert keeper.post(f"/areas/{unit}/edit", data=sent).status_code == 302
    assert "đối chiếu nghị quyết" in keeper.get(f"/areas/{unit}").text
    again = keeper.post(f"/areas/{unit}/edit", data=sent)
    assert again.status_code == 422
    renamed = keeper.post(f"/areas/{unit}/edit", data={**sent, "version": "2", "name": "Tên Khác"})
    assert renamed.status_code == 422
    assert "Tên Khác" in renamed.text


def test_a_keeper_records_where_a_unit_went_and_confirms_it(keeper, office):
    old, new = number(office, "x-dinh-xuyen.gia-lam"), number(office, "x-thien-duc.gia-lam.2025-01")
    form = keeper.get(f"/areas/{old}/changes/new").text
    assert "xã Thiên Đức, huyện Gia Lâm" in form
    sent = {"csrf_token": token(form), "new_id": str(new), "on": "01/01/2025", "share": "whole", "source": "NQ thử"}
    assert keeper.post(f"/areas/{old}/changes/new", data=sent).status_code == 302
    page = keeper.get(f"/areas/{old}").text
    action = re.search(rf"/areas/{old}/changes/\d+/confirm", page)
    assert action
    assert keeper.post(action.group(), data={"csrf_token": token(page), "source": "NQ 1286"}).status_code == 302
    assert "NQ 1286" in keeper.get(f"/areas/{old}").text


def test_a_keeper_adds_a_unit(keeper):
    form = keeper.get("/areas/new").text
    sent = {"csrf_token": token(form), "kind": "xa", "name": "Xã Thử", "valid_from": "01/01/2027", "source": "NQ thử"}
    assert keeper.post("/areas/new", data=sent).status_code == 302
    assert keeper.post("/areas/new", data={**sent, "valid_from": "hôm qua"}).status_code == 422


def test_a_clerk_may_look_but_not_change(clerk, office):
    unit = number(office, "x-gia-lam.2025-07")
    assert "/edit" not in clerk.get(f"/areas/{unit}").text
    assert clerk.get(f"/areas/{unit}/edit").status_code == 403


def test_it_speaks_english(clerk):
    page = clerk.get("/areas?lang=en").text
    assert "Administrative units" in page
    assert "phường Ba Đình" in page
