"""Every page of every role, wide and on a phone, in both languages: opens, fits, and axe finds nothing serious."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import NARROW, WIDE, Live, Watch, axe, sign_in
from tests.conftest import DEMO_PASSWORD

DEMO = pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)
SHARED = ["/", "/account"]
PAGES = {
    "clerk": [
        "/petitions",
        "/petitions/new",
        "/petitions/to-classify",
        "/import",
        "/petitions/HD16-20-00001",
        "/petitions/HD16-20-00001/edit",
        "/search?q=ngap+ung",
    ],
    "lead": ["/petitions/queue", "/petitions?state=draft&waiting=yes", "/duties/queue", "/lists", "/bundles", "/outgoing", "/outgoing/templates"],
    "supervisor": ["/board", "/urgings", "/oversight", "/oversight/documents", "/oversight/figures", "/oversight/calendar"],
    "standing": ["/oversight/council", "/oversight/terms", "/oversight/programme", "/oversight/recommendations"],
    "committee": ["/candidates", "/candidates/decided"],
    "delegate": ["/petitions", "/search?q=ngap+ung+gia+lam", "/search", "/search?q=khong+co+gi+ca", "/constituencies"],
    "admin": ["/accounts", "/accounts/roles", "/areas", "/agencies", "/constituencies", "/sessions", "/bodies", "/jobs", "/mails", "/ladder"],
    "auditor": ["/petitions", "/petitions/HD16-20-00001", "/journal"],
    "agency": ["/petitions", "/inbox", "/notifications", "/notifications/wishes", "/oversight"],
    "ubnd": ["/inbox", "/deadline-rules"],
}


@pytest.mark.journey
@DEMO
@pytest.mark.parametrize("role", sorted(PAGES))
def test_pages_open_fit_and_can_be_used_by_everybody(role: str, page: Page, live: Live, watch: Watch, app: Any) -> None:
    known = {rule.rule for rule in app.url_map.iter_rules()}
    sign_in(page, role, DEMO_PASSWORD)
    wrong = []
    for path in [*SHARED, *PAGES[role]]:
        if "?" not in path and "HD16" not in path and path not in known and path + "/" not in known:
            wrong.append(f"{path}: no such page any more")
            continue
        for size, language in ((WIDE, "vi"), (NARROW, "en")):
            page.set_viewport_size(size)
            answer = page.goto(path + ("&" if "?" in path else "?") + f"lang={language}")
            assert answer is not None
            where = f"{path} {size['width']} {language}"
            if answer.status != 200:
                wrong.append(f"{where}: {answer.status}")
                continue
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                wrong.append(f"{where}: wider than the screen")
            wrong += [f"{where}: {fault}" for fault in axe(page)]
    assert not wrong, "\n".join(wrong)
