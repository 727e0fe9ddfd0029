"""A clerk enters a petition, the lead accepts it, a delegate finds it on a phone: without marks, by its old ward and by its new one."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from petitions import worker
from tests.browser import NARROW, Live, Watch, axe, sign_in
from tests.conftest import DEMO_PASSWORD

DEMO = pytest.mark.parametrize("office", ["sqlite+demo", "postgresql+demo"], indirect=True)
TEXT = "Cống hộp ở ngã ba chợ Vàng bị tắc nghẽn, nước đen tràn ra đường làng mỗi chiều. Đề nghị nạo vét và thay nắp cống đã vỡ."

Opens = Callable[[str], Page]


@pytest.fixture
def opens(browser: Browser, live: Live, watch: Watch) -> Iterator[Opens]:
    """Signs somebody in, in a browser of his own; the worker runs beside the pages."""
    contexts = []

    def open_as(username: str) -> Page:
        context = browser.new_context(base_url=live.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        context.on("page", watch.on)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username, DEMO_PASSWORD)
        return page

    with worker.beside(live.office):
        yield open_as
    for context in contexts:
        context.close()


def enter(page: Page) -> str:
    """Fill the form by the keyboard alone and save it with Ctrl+Enter; the code that was given."""
    page.goto("/petitions/new")
    page.select_option("[name=origin]", "contact_before")
    page.fill("[name=met]", "12/6/2024")
    page.locator("[name=text]").press_sequentially(TEXT[:20])
    page.locator("[name=text]").fill(TEXT)
    page.fill("[name=summary]", "Cống hộp chợ Vàng tắc nghẽn")
    page.fill("[name=place_words]", "xã Cổ Bi, huyện Gia Lâm")
    expect(page.locator("#column")).to_contain_text("ĐVBC số 20 HĐND", timeout=15_000)
    assert axe(page) == []
    page.locator("[name=summary]").press("Control+Enter")
    page.wait_for_url(re.compile(r"/petitions/HD16-20-\d{5}$"))
    return page.url.rsplit("/", 1)[1]


def found(page: Page, query: str, code: str) -> None:
    """Search for `query` until `code` is among the results: the index takes up to two seconds."""
    for _ in range(20):
        page.goto(f"/search?q={query}")
        if page.get_by_text(code).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{query!r} does not find {code}: {page.locator('main').inner_text()[:500]}")


@pytest.mark.journey
@DEMO
def test_a_petition_goes_from_the_clerk_to_the_delegates_phone(opens: Opens) -> None:
    clerk = opens("clerk")
    code = enter(clerk)
    expect(clerk.locator("main")).to_contain_text("Cống hộp chợ Vàng tắc nghẽn")
    expect(clerk.locator("main")).to_contain_text("Nháp")

    lead = opens("lead")
    lead.goto(f"/petitions/{code}")
    lead.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(lead.locator("main")).to_contain_text("Đã tiếp nhận")

    delegate = opens("delegate")
    delegate.set_viewport_size(NARROW)
    for query in ("cong hop cho vang tac nghen", "cống hộp chợ Vàng", "tac nghen xa co bi", "tac nghen xa gia lam", "CONG HOP gia lam"):
        found(delegate, query, code)
    assert axe(delegate) == []
    width = delegate.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]

    delegate.get_by_role("link", name=code).first.click()
    expect(delegate.locator("main")).to_contain_text("nước đen tràn ra đường làng")
    expect(delegate.get_by_role("button", name="Sửa")).to_have_count(0)


@pytest.mark.journey
@pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
def test_two_clerks_nothing_is_lost(opens: Opens, watch: Watch) -> None:
    watch.allowed = ("409",)
    clerk = opens("clerk")
    code = enter(clerk)
    first, second = clerk, clerk.context.new_page()
    first.goto(f"/petitions/{code}/edit")
    second.goto(f"/petitions/{code}/edit")
    first.fill("[name=summary]", "Tóm tắt của người thứ nhất")
    first.locator("[name=summary]").press("Control+Enter")
    first.wait_for_url(re.compile(r"/petitions/HD16-20-\d{5}$"))
    second.fill("[name=summary]", "Tóm tắt của người thứ hai")
    second.locator("[name=summary]").press("Control+Enter")
    expect(second.locator("main")).to_contain_text("Người khác vừa lưu kiến nghị này")
    expect(second.locator("main")).to_contain_text("Tóm tắt của người thứ nhất")
    assert second.input_value("[name=summary]") == "Tóm tắt của người thứ hai"
