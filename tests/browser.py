"""The pages in a real browser: the office served by waitress, Debian's Chromium driven by Playwright.

A page that reports an error to the console, breaks the content security policy or asks another host for anything fails
its test, whatever the test looked at.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from waitress.server import create_server

from petitions.core.office import Office
from tests import programs

ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}
ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "var" / "failures"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


# What htmx calls an error when somebody goes on to another page while a pane is still being asked for.
LEFT = ("console: htmx:sendAbort,", "console: htmx:afterRequest,")


@dataclass
class Live:
    """An office that answers on this machine."""

    url: str
    office: Office


@dataclass
class Watch:
    """What a page did that no page may do."""

    host: str
    faults: list[str] = field(default_factory=list)
    allowed: tuple[str, ...] = ()

    def on(self, page: Page) -> None:
        """Listen to `page`."""
        page.on("console", lambda message: self.fault(f"console: {message.text} ({message.location['url']})") if message.type == "error" else None)
        page.on("pageerror", lambda error: self.fault(f"script: {error}"))
        page.on("request", lambda request: self.asked(request.url))

    def asked(self, url: str) -> None:
        """A request went out."""
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self.host:
            self.fault(f"asked another host: {url}")

    def fault(self, what: str) -> None:
        """Keep a fault, unless the test said that it expects it."""
        if not any(word in what for word in (*self.allowed, *LEFT)):
            self.faults.append(what)


@pytest.fixture
def live(office: Office, app: Any) -> Iterator[Live]:
    """`office` served on a free port."""
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, name="live", daemon=True)
    thread.start()
    yield Live(f"http://127.0.0.1:{server.effective_port}", office)
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for each process of the run. Skips (under CI: fails) where it is not installed."""
    program = programs.chromium()
    if program is None:
        programs.missing("chromium", "tests in a browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, chromium_sandbox=False, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def watch(live: Live) -> Iterator[Watch]:
    """What the pages of this test did wrong; say `watch.allowed = ("404",)` for what a test provokes."""
    watching = Watch(urlsplit(live.url).netloc)
    yield watching
    assert not watching.faults, "\n".join(watching.faults)


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser, live: Live, watch: Watch) -> Iterator[BrowserContext]:
    """A browser of one person: Vietnamese, Hanoi's clock, 1280 pixels wide; `page.set_viewport_size(NARROW)` for a phone."""
    person = browser.new_context(base_url=live.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=WIDE, reduced_motion="reduce")
    person.set_default_timeout(10_000)
    person.on("page", watch.on)
    yield person
    if getattr(request.node, "failed", False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(person.pages):
            page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png", full_page=True)
    person.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of that browser."""
    return context.new_page()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember on the test that it failed, so that its pages are pictured (var/failures)."""
    outcome: Any = yield
    if outcome.get_result().failed:
        item.failed = True  # type: ignore[attr-defined]


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in by the form; the page that opens next is the one asked for, else home."""
    page.goto("/sign-in")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: serious and critical violations, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {violation['nodes'][0]['html'][:200]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    ]
