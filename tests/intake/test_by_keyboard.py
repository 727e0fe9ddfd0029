"""Two pages used by the keyboard in a real browser: the search box after Enter, the form above its bar of buttons."""

import json

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from petitions.core import db
from petitions.council import queries as council
from tests.browser import NARROW, Live, sign_in
from tests.make import accounts

pytestmark = pytest.mark.journey
SHORT: ViewportSize = {"width": 1280, "height": 900}
COVERED = """() => {
  const box = document.activeElement, bar = document.querySelector(".form-buttons-fixed");
  if (!box || box === document.body || bar.contains(box) || !box.closest("#petition-form")) return "";
  const it = (box.closest(".ts-control") ?? box).getBoundingClientRect(), edge = bar.getBoundingClientRect().top;
  return it.bottom > edge + 1 && it.top < innerHeight ? `${box.id} ${Math.round(it.bottom)} > ${Math.round(edge)}` : "";
}"""


@pytest.fixture
def clerk(live: Live, page: Page) -> Page:
    """A clerk signed in."""
    with db.reading(live.office.engine) as session:
        body = council.body_by_code(session, "HD").id
    accounts.stored(live.office.engine, username="clerk", roles=("clerk",), scopes={"body": [body]})
    sign_in(page, "clerk", accounts.PASSWORD)
    return page


def offer(route: Route) -> None:
    """One suggestion."""
    route.fulfill(body=json.dumps([{"text": "ngập úng", "kind": "lĩnh vực"}]), content_type="application/json")


def test_suggestions_do_not_come_back_after_enter(clerk: Page) -> None:
    held: list[Route] = []
    clerk.route("**/search/suggest*", lambda route: held.append(route))
    clerk.set_viewport_size(NARROW)
    clerk.goto("/search")
    box, offered = clerk.locator("#q"), clerk.locator("#q-list")
    box.press_sequentially("ngap ung", delay=10)
    with clerk.expect_request("**/search/suggest*"):
        pass
    box.press("Enter")
    for route in held:
        offer(route)
    clerk.wait_for_url("**/search?q=ngap*")
    clerk.wait_for_timeout(600)
    expect(offered).to_be_hidden()
    clerk.unroute("**/search/suggest*")
    clerk.route("**/search/suggest*", offer)
    box.press_sequentially(" s")
    expect(offered).to_be_visible()


def test_no_field_that_is_tabbed_to_lies_under_the_buttons(clerk: Page) -> None:
    clerk.set_viewport_size(SHORT)
    clerk.goto("/petitions/new")
    under = []
    for _ in range(30):
        clerk.keyboard.press("Tab")
        if said := clerk.evaluate(COVERED):
            under.append(said)
    assert under == []
