"""In which language the reader reads."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from petitions.core import words
from petitions.core.identity import Identity
from petitions.web import language
from tests.web.conftest import CLERK, Caller

VIETNAMESE, ENGLISH = "Không tìm thấy trang", "Page not found"


def test_vietnamese_first(caller: Caller) -> None:
    assert VIETNAMESE in caller.get("/nope").text


def test_a_choice_is_kept_and_can_be_taken_back(caller: Caller) -> None:
    assert "Set-Cookie" in (chosen := caller.get("/healthz?lang=en")).headers
    assert "lang=en" in chosen.headers["Set-Cookie"]
    assert ENGLISH in caller.get("/nope").text
    caller.get("/healthz?lang=vi")
    assert VIETNAMESE in caller.get("/nope").text


def test_an_unknown_language_changes_nothing(caller: Caller) -> None:
    caller.get("/healthz?lang=en")
    assert ENGLISH in caller.get("/nope?lang=xx").text


def test_the_persons_setting_speaks_where_nothing_was_chosen(caller: Caller, identity: list[Identity | None]) -> None:
    identity[0] = replace(CLERK, language="en")
    assert ENGLISH in caller.get("/nope").text
    assert VIETNAMESE in caller.get("/nope?lang=vi").text


def test_a_choice_becomes_the_persons_setting(caller: Caller, identity: list[Identity | None], monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[int | None, str]] = []
    monkeypatch.setattr(language, "_keepers", [lambda who, code: kept.append((who.user_id, code))])
    identity[0] = CLERK
    caller.get("/healthz?lang=en")
    caller.get("/healthz?lang=vi")
    assert kept == [(7, "en")]


def test_a_setting_that_cannot_be_kept_costs_nobody_the_page(caller: Caller, identity: list[Identity | None], monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(who: Identity, code: str) -> None:
        raise OperationalError("update", {}, Exception("database is locked"))

    monkeypatch.setattr(language, "_keepers", [busy])
    identity[0] = CLERK
    assert caller.get("/healthz?lang=en").status_code == 200
    assert ENGLISH in caller.get("/nope").text


def test_one_request_does_not_speak_for_the_next(caller: Caller) -> None:
    caller.get("/raise/bug?lang=en")
    assert words.language() == "vi"
    assert VIETNAMESE in caller.app.test_client().get("/nope").text


def test_the_switch_keeps_the_pages_other_values(caller: Caller) -> None:
    assert 'href="/nope?q=ng%E1%BA%ADp&amp;page=2&amp;lang=en"' in caller.get("/nope?q=ngập&page=2").text
