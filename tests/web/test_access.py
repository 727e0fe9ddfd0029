"""Deny by default; a declaration is exact; strangers are sent to the door and lose nothing."""

import json
from typing import Any

import pytest
from flask import Flask

from petitions.core.identity import Identity
from petitions.web import access, house
from tests.web.conftest import CLERK, Caller


def test_a_view_without_a_declaration_is_refused_and_the_house_does_not_open(house_app: Flask) -> None:
    house_app.add_url_rule("/bare", "bare", lambda: "words")
    assert house_app.test_client().get("/bare").status_code == 403
    with pytest.raises(RuntimeError, match="bare"):
        house.check(house_app)


def test_a_stranger_is_led_to_the_door_and_back(caller: Caller) -> None:
    response = caller.get("/for-readers?page=2&q=ngập")
    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in?next=%2Ffor-readers%3Fpage%3D2%26q%3Dng%E1%BA%ADp"


def test_a_stranger_who_sends_a_form_keeps_what_was_typed_but_the_password(caller: Caller) -> None:
    long = "Đường ngập " * 20
    response = caller.post("/for-managers", {"text": long, "day": "20/01/2026", "password": "rat-bi-mat"})
    assert response.status_code == 401
    assert long in response.text
    assert 'value="20/01/2026"' in response.text
    assert "rat-bi-mat" not in response.text


@pytest.mark.parametrize(("path", "status"), [("/for-all-signed-in", 200), ("/for-readers", 200), ("/for-managers", 403)])
def test_one_of_the_named_permissions_opens_a_view(caller: Caller, identity: list[Identity | None], path: str, status: int) -> None:
    identity[0] = CLERK
    assert caller.get(path).status_code == status


@pytest.mark.parametrize(("headers", "kind"), [({"Accept": "application/json"}, "application/json"), ({"HX-Request": "true"}, "text/html")])
def test_programs_and_fragments_are_told_not_led(caller: Caller, headers: dict[str, str], kind: str) -> None:
    response = caller.get("/for-readers", headers=headers)
    assert (response.status_code, response.mimetype) == (401, kind)


def test_identity_is_asked_once_a_request(house_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def load() -> Identity:
        asked.append(1)
        return CLERK

    monkeypatch.setattr(access, "_loaders", [load])
    assert house_app.test_client().get("/for-all-signed-in?lang=en").text == CLERK.name
    assert len(asked) == 1


def test_a_loader_that_fails_gives_an_error_page_not_a_second_error(house_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise OSError("no disk")

    monkeypatch.setattr(access, "_loaders", [broken])
    response = house_app.test_client().get("/for-all-signed-in")
    assert response.status_code == 500
    assert "no disk" not in response.text


def test_a_view_declares_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        access.public(access.signed_in(lambda: "x"))
    with pytest.raises(ValueError, match="without a permission"):
        access.needs()


def test_json_errors_name_status_and_words(caller: Caller, identity: list[Identity | None]) -> None:
    identity[0] = CLERK
    told = json.loads(caller.get("/for-managers?lang=en", headers={"Accept": "application/json"}).data)
    assert told == {"error": {"status": 403, "message": "You may not do this.", "fields": {}, "reference": None}}
