"""The frame in a real browser: keys, guards, htmx under the strict content policy, a phone's width. The watch fails any console error."""

from typing import Any

import pytest
from flask import Blueprint, Flask, request
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Dialog, Page
from sqlalchemy import Engine

from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.words import say
from petitions.web import access, menu, transaction
from petitions.web.access import public
from petitions.web.forms import blank_form
from petitions.web.pages import page as draw
from tests.browser import NARROW, Watch, axe
from tests.web.conftest import CLERK

pytestmark = pytest.mark.journey

TEMPLATE = """
{% extends "layout/base.html" %}
{% import "macros/fields.html" as fields %}{% import "macros/tables.html" as tables %}{% import "macros/badges.html" as badges %}
{% import "macros/boxes.html" as boxes %}{% import "macros/empty.html" as empty %}
{% block title %}Trang thử{% endblock %}
{% block actions %}<a class="btn btn-primary" href="/desk?new=1" data-key="n">Ghi mới</a>{% endblock %}
{% block content %}
  {{ badges.state("Đã vào sổ", "act") }} {{ badges.clock("trễ 12 ngày làm việc", "late") }} {{ badges.clock("còn 3 ngày", "near") }}
  {{ badges.badge("đúng hạn", "done") }} {{ badges.unconfirmed() }}
  {% call tables.table("Kiến nghị", ["Mã", ("Nội dung", "main")], compact=true) %}
    {% for number in range(3) %}
      <tr data-row-link="/desk?row={{ number }}"><td><a href="/desk?row={{ number }}">HD16-20-0000{{ number }}</a></td>
        <td data-label="Nội dung">Đề nghị sửa chữa đường 179 đoạn qua thị trấn Trâu Quỳ bị xuống cấp, ngập sâu khi mưa lớn</td></tr>
    {% endfor %}
  {% endcall %}
  <form method="post" action="/desk" data-guard>
    {{ fields.csrf() }}
    {{ fields.text(form, "name", "Họ tên") }}
    {{ fields.day(form, "met_on", "Ngày tiếp xúc") }}
    {{ fields.select(form, "unit", "Đơn vị", [("1", "phường Hoàn Kiếm"), ("2", "xã Gia Lâm")], blank="– chọn –", search=true) }}
    {{ fields.area(form, "text", "Nguyên văn") }}
    {{ fields.buttons("Lưu", next="Lưu và nhập tiếp") }}
  </form>
  <button class="btn" type="button" id="part" hx-post="/write-and-raise/rule">Làm việc bị từ chối</button>
  <button class="btn" type="button" id="fine" hx-post="/echo" hx-target="#told">Làm việc được</button><p id="told">chưa</p>
  {% if polling %}<div id="poll" hx-get="/raise/not-found" hx-trigger="every 50ms" hx-select="#poll" hx-swap="outerHTML">đang đọc</div>{% endif %}
  {{ empty.empty("inbox", "Chưa có gì", "Việc mới sẽ hiện ở đây.") }}
{% endblock %}
"""
sent: list[dict[str, str]] = []


def rooms() -> Blueprint:
    """One page that holds what every page may hold."""
    desk = Blueprint("desk", __name__)

    @desk.get("/desk")
    @public
    def show() -> Any:
        return draw("desk.html", form=blank_form(), polling="poll" in request.args)

    @desk.post("/desk")
    @public
    def save() -> Any:
        sent.append(request.form.to_dict())
        return draw("desk.html", form=blank_form(), polling=False)

    return desk


@pytest.fixture
def office(trial_engine: Engine, house_app: Flask) -> Office:
    """The little house's own."""
    found: Office = house_app.extensions[transaction.OFFICE]
    return found


@pytest.fixture
def app(house_app: Flask, identity: list[Identity | None], monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The little house with the desk in it, a clerk signed in."""
    identity[0] = CLERK
    sent.clear()
    monkeypatch.setattr(menu, "_entries", {})
    menu.register(menu.Entry("desk.show", say("Trang chủ"), "home", None, order=0, key="g h", phone=True))
    menu.register(menu.Entry("trial.for_readers", say("Tìm kiếm"), "search", None, order=10, key="/"))
    monkeypatch.setattr(house_app.jinja_env, "loader", ChoiceLoader([house_app.jinja_env.loader, DictLoader({"desk.html": TEMPLATE})]))  # type: ignore[list-item]
    house_app.register_blueprint(rooms())
    return house_app


@pytest.fixture
def desk(page: Page) -> Page:
    """The desk, open; a question on leaving is answered with yes."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/desk")
    return page


def test_the_page_stands_at_every_width_in_both_languages(desk: Page) -> None:
    for language in ("vi", "en"):
        for size in ({"width": 1280, "height": 800}, {"width": 640, "height": 400}, NARROW):
            desk.set_viewport_size(size)
            desk.goto(f"/desk?lang={language}")
            assert desk.evaluate("document.documentElement.scrollWidth") <= size["width"]
            assert axe(desk) == []


def test_the_list_of_keys(desk: Page) -> None:
    desk.keyboard.press("?")
    assert desk.locator("#keys").is_visible()
    desk.keyboard.press("n")
    assert "new=1" not in desk.url, "letters are silent while a dialog is open"
    desk.keyboard.press("Escape")
    assert not desk.locator("#keys").is_visible()


def test_keys_lead_somewhere(desk: Page) -> None:
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "top-q"
    desk.keyboard.type("n?j")
    assert desk.input_value("#top-q") == "n?j"
    desk.locator("h1").click()
    desk.keyboard.press("n")
    desk.wait_for_url("**/desk?new=1")
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    desk.wait_for_url("**/desk")


def test_rows_are_walked_and_opened(desk: Page) -> None:
    for key in "jjk":
        desk.keyboard.press(key)
    desk.keyboard.press("j")
    assert desk.locator("tr.here").get_attribute("data-row-link") == "/desk?row=1"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk?row=1")
    desk.locator("tbody tr").nth(2).locator("td").nth(1).click()
    desk.wait_for_url("**/desk?row=2")


def test_letters_can_be_switched_off(desk: Page) -> None:
    desk.keyboard.press("?")
    desk.check("#keys-off")
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.wait_for_timeout(100)
    assert "new=1" not in desk.url


def test_dense_rows_are_remembered(desk: Page) -> None:
    desk.click("[data-density]")
    desk.reload()
    assert desk.locator("[data-density-box]").get_attribute("class") == "table-box compact"


@pytest.mark.parametrize(("keys", "then"), [("Control+Enter", None), ("Control+Shift+Enter", "next")])
def test_saving_by_keys(desk: Page, keys: str, then: str | None) -> None:
    desk.fill("#f-name", "Nguyễn Văn Mẫu")
    desk.fill("#f-met_on", "5/3/2024")
    desk.press("#f-met_on", "Tab")
    assert desk.input_value("#f-met_on") == "05/03/2024"
    with desk.expect_navigation():
        desk.keyboard.press(keys)
    assert [(form["name"], form["met_on"], form.get("then")) for form in sent] == [("Nguyễn Văn Mẫu", "05/03/2024", then)]


def test_a_form_is_sent_once(desk: Page) -> None:
    desk.fill("#f-name", "Nguyễn Văn Mẫu")
    with desk.expect_navigation():
        desk.evaluate("() => { const save = document.querySelector('[data-save]'); save.click(); save.click(); save.click(); }")
    desk.wait_for_load_state()
    assert len(sent) == 1


def test_leaving_with_unsaved_words_is_asked_about(page: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto("/desk")
    page.goto("/desk?row=1")
    assert asked == []
    page.locator("#f-name").press_sequentially("N")
    page.goto("/desk?row=2")
    assert asked == ["beforeunload"]


def test_a_long_list_is_typed_into_without_marks(desk: Page) -> None:
    desk.locator("#f-unit-ts-control").click()
    desk.keyboard.type("gia lam")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.querySelector('#f-unit').value") == "2"


def test_htmx_sends_the_token_and_shows_refusals(desk: Page, watch: Watch) -> None:
    watch.allowed = ("422",)
    desk.click("#fine")
    desk.wait_for_function("document.querySelector('#told').textContent.includes('sent')")
    desk.click("#part")
    notice = desk.locator("#notices .notice")
    notice.wait_for()
    assert "Chưa làm được" in notice.inner_text()
    assert desk.locator("#part").is_visible(), "what was on the page is still there"


def test_a_pane_that_asks_again_and_again_stops_when_refused(desk: Page) -> None:
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url) if "/raise/" in request.url else None)
    desk.goto("/desk?poll=1")
    desk.locator("#notices .notice").wait_for()
    desk.wait_for_timeout(200)  # one more may have been on its way when the first was refused
    before = len(asked)
    desk.wait_for_timeout(400)
    assert len(asked) == before
    assert desk.locator("#poll").inner_text() == "đang đọc"


def test_more_on_a_phone(desk: Page) -> None:
    desk.set_viewport_size(NARROW)
    assert not desk.locator("#side").is_visible()
    desk.click("[data-more]")
    assert desk.locator("#side").is_visible()
    desk.keyboard.press("Escape")
    assert not desk.locator("#side").is_visible()


def test_a_stale_form_is_sent_again_with_one_click(desk: Page, watch: Watch) -> None:
    watch.allowed = ("400",)
    desk.fill("#f-name", "Nguyễn Văn Mẫu")
    desk.context.clear_cookies()
    with desk.expect_navigation():
        desk.click("[data-save]")
    assert sent == []
    with desk.expect_navigation():
        desk.click("form[data-resend] button[type=submit]")
    assert [form["name"] for form in sent] == ["Nguyễn Văn Mẫu"]


def test_the_idle_warning_keeps_the_session(desk: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_idle", [lambda: access.Idle(3, "/healthz")])
    desk.goto("/desk")
    desk.locator("#idle").wait_for(state="visible", timeout=9000)
    with desk.expect_response("**/healthz"):
        desk.click("[data-stay-button]")
    assert not desk.locator("#idle").is_visible()
