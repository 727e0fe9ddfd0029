"""A clerk adds a scan on the petition's page in a real browser, looks at it, finds the petition by it, and takes it away."""

from pathlib import Path
from typing import Any

import pytest

from petitions.search import writer
from tests.browser import NARROW, axe
from tests.documents.conftest import Desk
from tests.make import accounts
from tests.make import documents as make


@pytest.mark.journey
def test_a_scan_from_the_desk_to_the_search(desk: Desk, live: Any, page: Any, watch: Any, tmp_path: Path) -> None:
    desk.app.config["WTF_CSRF_ENABLED"] = True
    watch.allowed = ("422",)
    desk.browser("clerk")
    page.goto("/sign-in")
    page.fill("#f-username", "clerk.hd")
    page.fill("#f-password", accounts.PASSWORD)
    page.press("#f-password", "Enter")
    page.wait_for_url(live.url + "/")
    page.goto(f"/petitions/{desk.code}")
    scan, lie = tmp_path / "Công văn trả lời.pdf", tmp_path / "quét.pdf"
    scan.write_bytes(make.pdf("Cống hộp ngõ xelamđen đã thay nắp"))
    lie.write_bytes(make.photo(80, 60))

    page.set_input_files("[data-documents-file]", lie)
    page.click("text=Gửi tệp")
    page.wait_for_selector(".documents >> text=bên trong là ảnh JPEG")

    page.set_input_files("[data-documents-file]", scan)
    assert page.inner_text("[data-chosen]") == scan.name
    page.click("text=Gửi tệp")
    page.wait_for_selector("text=Đã thêm 1 tài liệu")
    page.wait_for_selector("text=đang đọc nội dung")
    desk.read_all()
    page.wait_for_selector("text=đang đọc nội dung", state="detached")  # the list asks again by itself
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    page.click(f"text={scan.name}")
    page.wait_for_selector(".document-page img")
    assert page.evaluate("document.querySelector('.document-page img').naturalWidth") > 500
    assert axe(page) == []
    with page.expect_download() as download:
        page.click("text=Tải tệp gốc")
    assert download.value.suggested_filename == scan.name

    writer.catch_up(desk.office)
    page.goto("/search?q=xelamđen")
    page.wait_for_selector(f"text={desk.code}")

    page.goto(f"/petitions/{desk.code}")
    page.click("summary[title='Bỏ tài liệu']")
    page.fill("input[name=reason]", "gửi nhầm hồ sơ")
    page.click("button:has-text('Bỏ tài liệu')")
    page.wait_for_selector("text=Đã bỏ tài liệu")
    page.wait_for_selector("text=Chưa có tài liệu nào")
    page.reload()
    page.wait_for_selector("text=gửi nhầm hồ sơ")
