"""The pages of the agencies: list of a day, one agency, corrections, the answer for the intake form."""

from typing import Any

import pytest

from petitions.agencies import queries
from petitions.core import db
from petitions.core.office import Office
from tests.areas.test_pages import signed_in, token
from tests.conftest import BOTH

both = pytest.mark.parametrize("office", BOTH, indirect=True)


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
def test_the_list_shows_the_living_and_finds_the_ended(clerk):
    now = clerk.get("/agencies?day=20/01/2026&level=city").text
    assert "Sở Xây dựng" in now
    assert "Sở Giao thông vận tải" not in now
    assert "Sở Giao thông vận tải" in clerk.get("/agencies?q=so gtvt&day=20/01/2026").text
    assert "Sở Giao thông vận tải" in clerk.get("/agencies?day=01/06/2024&level=city").text


@pytest.mark.parametrize("asked", ["?day=xyz", "?page=99", "?level=abc", "?q=%00", "?q=" + "a" * 3000])
def test_an_odd_address_shows_a_page(clerk, asked):
    assert clerk.get(f"/agencies{asked}").status_code == 200


@both
def test_an_ended_agency_names_who_stands_in(clerk, office):
    page = clerk.get(f"/agencies/{number(office, 'so-gtvt')}").text
    assert "Sở Xây dựng" in page
    assert "01/03/2025" in page
    assert clerk.get("/agencies/999999").status_code == 404


def test_the_answer_takes_several_agencies(clerk):
    asked = {"words": "Sở GTVT; UBND quận Hà Đông", "on": "01/09/2025"}
    page = clerk.get("/agencies/find", query_string=asked).text
    assert "Sở Xây dựng" in page
    assert "<html" not in page
    told = clerk.get("/agencies/find", query_string=asked, headers={"Accept": "application/json"}).get_json()["answers"]
    assert [one["outcome"] for one in told] == ["agency", "candidates"]


@both
def test_a_keeper_corrects_adds_and_records_a_successor(keeper, office):
    form = keeper.get("/agencies/new").text
    new = {"csrf_token": token(form), "name": "Sở Thử nghiệm", "kind": "department", "level": "city", "basis": "QĐ thử", "valid_from": "01/01/2026"}
    assert keeper.post("/agencies/new", data=new).status_code == 302
    assert keeper.post("/agencies/new", data=new).status_code == 422
    old = number(office, "so-du-lich")
    page = keeper.get(f"/agencies/{old}/edit").text
    end = {"csrf_token": token(page), "version": "1", "name": "Sở Du lịch", "basis": "QĐ thử", "valid_to": "31/12/2025", "reason": "sắp xếp"}
    assert keeper.post(f"/agencies/{old}/edit", data=end).status_code == 302
    assert keeper.post(f"/agencies/{old}/edit", data=end).status_code == 422
    heir = {"csrf_token": token(page), "new_id": str(number(office, "so-thu-nghiem.2026-01-01")), "on": "01/01/2026", "share": "whole", "basis": "QĐ thử"}
    assert keeper.post(f"/agencies/{old}/successions/new", data=heir).status_code == 302
    assert keeper.post(f"/agencies/{old}/aliases", data={"csrf_token": token(page), "words": "SDL"}).status_code == 302
    shown = keeper.get(f"/agencies/{old}").text
    assert "Sở Thử nghiệm" in shown
    assert "SDL" in shown
    assert "sắp xếp" in shown


def test_a_clerk_may_look_but_not_change(clerk, office):
    agency = number(office, "so-y-te")
    assert clerk.get(f"/agencies/{agency}").status_code == 200
    assert clerk.get(f"/agencies/{agency}/edit").status_code == 403


def test_it_speaks_english(clerk):
    page = clerk.get("/agencies?lang=en").text
    assert "Agencies" in page
    assert "Sở Xây dựng" in page
