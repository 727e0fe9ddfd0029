"""The home page: panels that are open to the person and have something to say, ways into the house, a word for who has none."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader

from petitions.core.identity import Identity
from petitions.core.words import say, using_language
from petitions.home import greeting
from petitions.web import access, menu, panels

MAI = Identity(7, "clerk", "Nguyễn Thị Mai", frozenset({"clerk"}), frozenset({"petition.read"}))


@pytest.fixture
def home(app: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The office's home for Mai, with two panels of a room that does not exist."""
    monkeypatch.setattr(access, "_loaders", [lambda: MAI])
    monkeypatch.setattr(access, "_idle", [])
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(app, "before_request_funcs", {None: app.before_request_funcs[None]})
    loader = ChoiceLoader([app.jinja_env.loader, DictLoader({"trial.html": "<p>{{ panel.title }}: {{ words }}</p>"})])
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    return app.test_client()


def offer(name: str, order: int, permission: str | None, words: str | None) -> None:
    """A panel that says `words`, or nothing."""
    load = lambda who: None if words is None else {"words": words}  # noqa: E731
    panels.register(panels.Panel(name, say("Trang chủ"), permission, order, "trial.html", load))


def test_panels_come_in_order_to_those_they_are_for(home: Any) -> None:
    offer("b", 20, "petition.read", "thứ hai <b>")
    offer("a", 10, None, "thứ nhất")
    offer("hidden", 5, "account.manage", "không cho Mai")
    offer("silent", 1, None, None)
    text = home.get("/").text
    assert text.index("Trang chủ: thứ nhất") < text.index("Trang chủ: thứ hai &lt;b&gt;")
    assert "không cho Mai" not in text


def test_the_ways_in_are_those_open_to_the_person(home: Any) -> None:
    text = home.get("/").text
    assert 'href="/petitions"' in text
    assert 'href="/search"' in text
    assert 'href="/accounts"' not in text
    assert "Chào buổi" in text


def test_a_person_without_duties_is_told_why_the_page_is_empty(home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_loaders", [lambda: replace(MAI, roles=frozenset(), permissions=frozenset())])
    assert "Tài khoản của bạn chưa được giao việc" in home.get("/").text
    assert "Your account has no duties yet" in home.get("/?lang=en").text


def test_a_stranger_is_led_to_the_door(home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_loaders", [lambda: None])
    response = home.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in?next=%2F")


@pytest.mark.parametrize(("hour", "hello"), [(1, "Chào buổi sáng"), (5, "Chào buổi trưa"), (8, "Chào buổi chiều"), (12, "Chào buổi tối")])
def test_the_greeting_goes_by_hanois_clock(hour: int, hello: str) -> None:
    said = greeting.of(MAI, datetime(2026, 1, 20, hour, tzinfo=UTC))
    assert str(said.hello) == f"{hello}, Nguyễn Thị Mai"


def test_each_role_has_a_purpose_in_both_languages() -> None:
    for role in greeting.PURPOSES:
        purpose = greeting.of(replace(MAI, roles=frozenset({role})), datetime(2026, 1, 20, tzinfo=UTC)).purpose
        with using_language("en"):
            assert str(purpose).isascii() or "’" in str(purpose)
        assert str(purpose) != str(greeting.of(replace(MAI, roles=frozenset()), datetime(2026, 1, 20, tzinfo=UTC)).purpose)


def test_the_sidebar_holds_seven_and_keeps_the_rest_in_reach(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_entries", {})
    with app.test_request_context("/"):
        names = [name for name in app.view_functions if name.startswith("accounts.")][:9]
        for order, name in enumerate(names):
            menu.register(menu.Entry(name, say("Trang chủ"), "home", None, order, key="n" if order == 0 else ""))
        assert [entry.endpoint for entry in menu.sidebar(MAI)] == names[1:8]
        assert [entry.endpoint for entry in menu.overflow(MAI)] == names[8:]
        assert menu.by_key(MAI, "n") is not None
        assert menu.sidebar(None) == []
