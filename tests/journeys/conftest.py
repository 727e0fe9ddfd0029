"""What the journeys over many days share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from petitions.core import clock
from tests.browser import Live, Watch, sign_in
from tests.conftest import DEMO_PASSWORD
from tests.make import accounts as make

As = Callable[[str, date], Page]
OFFICER = "second-agency"  # an account that a journey makes for a second agency


@pytest.fixture
def as_(browser: Browser, live: Live, watch: Watch) -> Iterator[As]:
    """Signs somebody in on a day, in a browser of his own (sessions do not outlive the jumps of the calendar)."""
    with ExitStack() as open_:

        def enter(username: str, day: date) -> Page:
            clock.hold(day)
            context = browser.new_context(base_url=live.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
            open_.callback(context.close)
            context.set_default_timeout(15_000)
            context.on("page", watch.on)
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            sign_in(page, username, make.PASSWORD if username == OFFICER else DEMO_PASSWORD)
            return page

        yield enter
