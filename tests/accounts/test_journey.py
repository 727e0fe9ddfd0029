"""An administrator makes an account and the person chooses an own password, in a real browser."""

from typing import Any

import pytest

from petitions.core.office import Office
from tests.make import accounts as make


@pytest.mark.journey
def test_a_new_account_from_first_password_to_own(app: Any, live: Any, page: Any, office: Office) -> None:
    make.stored(office.engine, username="quan-tri", name="Vũ Quản Trị", roles=["administrator"])
    page.goto(live.url + "/sign-in")
    page.fill("#f-username", "quan-tri")
    page.fill("#f-password", make.PASSWORD)
    page.press("#f-password", "Enter")
    page.wait_for_url(live.url + "/")
    page.goto(live.url + "/accounts/new")
    page.fill("#f-name", "Đỗ Mới")
    page.fill("#f-username", "moi")
    page.check("input[name=roles][value=clerk]")
    page.click("button[data-save]")
    first = page.inner_text("#first-password")
    page.click("[data-copy]")
    page.wait_for_function("document.getElementById('copied').textContent !== ''")
    page.click("details.person > summary")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in")
    page.fill("#f-username", "moi")
    page.fill("#f-password", first)
    page.press("#f-password", "Enter")
    page.wait_for_url("**/account/password")
    page.fill("#f-password", first)
    page.fill("#f-new_password", "Mật-khẩu-mới-2")
    page.fill("#f-new_password_again", "Mật-khẩu-mới-2")
    page.click("button[data-save]")
    page.wait_for_url(live.url + "/")
