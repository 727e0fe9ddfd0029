"""One request, one transaction: what is kept, and what is not."""

from typing import Any

import pytest
from sqlalchemy import Engine

from petitions.core.identity import Identity
from tests.web.conftest import CLERK, REFUSALS, Caller


@pytest.fixture
def trial_engine(own_engine: Engine) -> Engine:
    """Both databases in turn."""
    return own_engine


@pytest.mark.parametrize(("status", "kept"), [(200, True), (201, True), (303, True), (400, False), (404, False), (409, False), (422, False), (500, False)])
def test_a_post_is_kept_only_below_400(caller: Caller, words: Any, status: int, kept: bool) -> None:
    assert caller.post(f"/write/{status}").status_code == status
    assert words() == (["kept?"] if kept else [])


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_get_keeps_nothing(caller: Caller, words: Any, method: str) -> None:
    assert getattr(caller.client, method)("/write/200").status_code == 200
    assert words() == []


@pytest.mark.parametrize("name", REFUSALS)
def test_an_error_keeps_nothing(caller: Caller, words: Any, name: str) -> None:
    assert caller.post(f"/write-and-raise/{name}").status_code >= 400
    assert words() == []


def test_what_breaks_only_at_the_commit_is_told_as_a_conflict(caller: Caller, words: Any) -> None:
    response = caller.post("/breaks-at-commit")
    assert response.status_code == 409
    assert "done" not in response.text
    assert caller.post("/write/200").status_code == 200, "the connection is whole again"
    assert words() == ["kept?"]


def test_the_second_door_survives_a_refusal(caller: Caller, words: Any) -> None:
    assert caller.post("/wrong-password").status_code == 403
    assert words() == ["counted"]


def test_the_second_door_is_not_opened_while_the_first_is_open(caller: Caller, words: Any) -> None:
    assert caller.post("/second-door-too-late").status_code == 500
    assert words() == []


def test_a_refused_request_begins_no_transaction(caller: Caller, words: Any, identity: list[Identity | None]) -> None:
    identity[0] = CLERK
    assert caller.client.post("/write/200").status_code == 400, "no token"
    assert words() == []
