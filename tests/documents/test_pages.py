"""Documents over HTTP: sending, what is refused and why, who sees what, how it is served, found by search, taken away."""

import errno
import io
import tempfile
from typing import Any

import pytest
from PIL import Image

from petitions.core import db
from petitions.documents import guard, store
from petitions.documents.models import FAILED
from petitions.intake.actions import moves
from petitions.journal.queries import timeline
from petitions.search import writer
from petitions.web import uploads
from tests.conftest import BOTH
from tests.documents.conftest import Desk
from tests.make import documents as make
from tests.make import intake

both = pytest.mark.parametrize("office", BOTH, indirect=True)
WORDS = "Cống hộp thoát nước ngõ Sài Đồng bị vỡ nắp, biển số xelamđen"
RARE = "xelamđen"


@both
def test_the_whole_way_of_an_attachment(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    assert "Chưa có tài liệu nào" in clerk.get(f"/petitions/{desk.code}").text
    answer = desk.send(clerk, (make.pdf(WORDS), "Báo cáo.pdf"), (make.photo(), "anh.jpg"))
    assert answer.status_code == 200
    assert "Đã thêm 2 tài liệu" in answer.text
    assert "đang đọc nội dung" in answer.text
    desk.read_all()
    assert "đang đọc nội dung" not in clerk.get(desk.address).text
    shown = clerk.get(desk.path(clerk)).text
    assert WORDS in shown
    assert f"{desk.path(clerk)}/pages/1" in shown
    writer.catch_up(desk.office)
    for query in ("cống hộp Sài Đồng", "cong hop sai dong"):
        found = clerk.get("/search", query_string={"q": query}).text
        assert desk.code in found
    assert "<mark>" in found
    assert "đã thêm tài liệu" in clerk.get(f"/petitions/{desk.code}").text


@both
def test_removed_documents_are_found_no_more(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf(WORDS), "a.pdf"))
    desk.read_all()
    path = desk.path(clerk)
    sent = {"kind": "petition", "subject_id": desk.petition_id}
    assert clerk.post(f"{path}/remove", data=sent).status_code == 422  # without a reason
    assert clerk.post(f"{path}/remove", data={**sent, "reason": "gửi nhầm"}, headers={"HX-Request": "true"}).status_code == 200
    writer.catch_up(desk.office)
    assert desk.code not in clerk.get("/search", query_string={"q": RARE}).text
    assert clerk.get(path).status_code == 404
    assert desk.documents() == []


@both
def test_the_photo_is_shown_bare_and_downloaded_as_it_was(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    photo = make.photo()
    desk.send(clerk, (photo, "hiện trường «1».jpg"))
    desk.read_all()
    path = desk.path(clerk)
    picture = clerk.get(f"{path}/pages/1")
    assert picture.mimetype == "image/jpeg"
    assert not Image.open(io.BytesIO(picture.data)).getexif()
    assert b"Exif" not in picture.data
    original = clerk.get(f"{path}/file")
    assert original.data == photo
    assert original.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''hi%E1%BB%87n" in original.headers["Content-Disposition"]
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert original.headers["Cache-Control"] == "no-store"
    assert clerk.get(f"{path}/pages/2").status_code == 404
    assert clerk.get(f"{path}/pages/0").status_code == 404


def test_no_file_is_ever_shown_as_a_page(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (b"<html><script>alert(1)</script></html>", "trang.txt"))
    desk.read_all()
    path = desk.path(clerk)
    original = clerk.get(f"{path}/file")
    assert original.mimetype == "text/plain"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert "<script>alert" not in clerk.get(path).text
    assert "&lt;script&gt;" in clerk.get(path).text
    assert desk.send(clerk, (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "hinh.svg")).status_code == 422


def test_what_is_refused_is_told_and_the_others_stay(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    answer = desk.send(clerk, (make.photo(80, 60), "quét.pdf"), (make.zip_bomb(), "bom.docx"), (make.pdf(WORDS), "tốt.pdf"))
    assert answer.status_code == 200
    for words in ("mang đuôi .pdf nhưng bên trong là ảnh JPEG", "bung ra quá lớn", "Đã thêm 1 tài liệu"):
        assert words in answer.text
    assert [held.document.name for held in desk.documents()] == ["tốt.pdf"]
    nothing = desk.send(clerk, (b"MZ\x90\x00", "a.exe"))
    assert nothing.status_code == 422
    assert "Không nhận ra" in nothing.text
    assert desk.send(clerk).status_code == 422
    again = desk.send(clerk, (make.pdf(WORDS), "khác tên.pdf"))
    assert "đã có trong danh sách" in again.text
    assert len(desk.documents()) == 1


def test_a_browser_without_scripts_comes_back_to_the_petition(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    answer = desk.send(clerk, (make.pdf("x"), "a.pdf"), (b"MZ", "b.exe"), htmx=False)
    assert answer.status_code == 303
    assert answer.location == f"/petitions/{desk.code}"
    page = clerk.get(answer.location).text
    assert "Đã thêm 1 tài liệu" in page
    assert "b.exe" in page


@both
def test_who_may_not_see_the_petition_sees_no_document_of_it(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf(WORDS), "a.pdf"))
    desk.read_all()
    path = desk.path(clerk)
    places = (path, f"{path}/pages/1", f"{path}/file", desk.address)
    other = desk.browser("clerk", body="QH")
    assert [other.get(place).status_code for place in places] == [404] * 4
    assert desk.send(other, (make.pdf("y"), "b.pdf")).status_code == 404
    assert other.post(f"{path}/remove", data={"kind": "petition", "subject_id": desk.petition_id, "reason": "x"}).status_code == 404
    stranger = desk.app.test_client()
    assert stranger.get(f"{path}/file").status_code == 302
    delegate = desk.browser("delegate")
    assert [delegate.get(place).status_code for place in places] == [200, 200, 403, 200]
    assert "Gửi tệp" not in delegate.get(desk.address).text
    assert desk.send(delegate, (make.pdf("y"), "b.pdf")).status_code == 403
    supervisor = desk.browser("supervisor")
    assert supervisor.get(f"{path}/file").status_code == 200
    assert desk.send(supervisor, (make.pdf("y"), "b.pdf")).status_code == 403  # may add, but not to petitions


def test_papers_of_a_diverted_petition_are_hidden_with_its_text(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf(WORDS), "a.pdf"))
    desk.read_all()
    path = desk.path(clerk)
    with db.transaction(desk.office.engine) as session:
        moves.divert(
            session,
            desk.petition_id,
            kind="complaint",
            reason="Khiếu nại",
            sent_to="Ban Tiếp công dân",
            by=desk.person("clerk"),
            now=intake.NOW,
            today=intake.TODAY,
        )
    writer.catch_up(desk.office)
    delegate = desk.browser("delegate")
    assert delegate.get(path).status_code == 404
    assert "a.pdf" not in delegate.get(f"/petitions/{desk.code}").text
    assert clerk.get(path).status_code == 200
    assert desk.code not in clerk.get("/search", query_string={"q": RARE}).text


@both
def test_a_document_that_shows_who_petitions(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf(WORDS), "Đơn ông Nguyễn Văn Kín.pdf"), personal="1")
    desk.read_all()
    path = desk.path(clerk)
    for place in (path, f"{path}/pages/1", path):
        assert clerk.get(place).status_code == 200
    with db.reading(desk.office.engine) as session:
        number = int(path.rpartition("/")[2])
        assert [entry.act for entry in timeline(session, ("document", number))] == ["document.open"]
        assert "Kín" not in str([entry.changes for entry in timeline(session, ("petition", desk.petition_id))])
    delegate = desk.browser("delegate")
    assert delegate.get(path).status_code == 404
    assert delegate.get(f"{path}/pages/1").status_code == 404
    page = delegate.get(f"/petitions/{desk.code}").text
    assert "Kín" not in page
    assert "Tài liệu có thông tin người kiến nghị" in page
    writer.catch_up(desk.office)
    assert desk.code not in clerk.get("/search", query_string={"q": RARE}).text


def test_a_secret_document_is_noted_and_not_stored(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    refused = desk.send(clerk, (make.docx("MẬT", "Kế hoạch"), "kh.docx"))
    assert "độ mật" in refused.text
    answer = clerk.post(f"{desk.address}/secret", data={"title": "Kế hoạch", "secrecy": "mat", "paper_file": "05/HS"}, headers={"HX-Request": "true"})
    assert "xem hồ sơ giấy số 05/HS" in answer.text
    assert list(store.open_store(desk.office.settings.data_dir).digests()) == []
    number = desk.documents()[0].document.id
    assert clerk.get(f"/documents/{number}").status_code == 404
    assert clerk.get(f"/documents/{number}/file").status_code == 404
    assert clerk.post(f"{desk.address}/secret", data={"title": "x", "secrecy": "mat"}, headers={"HX-Request": "true"}).status_code == 422
    assert clerk.post(f"{desk.address}/secret", data={"title": "x", "secrecy": "none", "paper_file": "1"}, headers={"HX-Request": "true"}).status_code == 422


def test_saying_what_a_document_is(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf("x"), "a.pdf"))
    path = desk.path(clerk)
    version = desk.documents()[0].document.version
    typed = {"kind": "official_letter", "number": "4521", "symbol": "SXD-HTKT", "dated_on": "5/1/2026", "summary": "V/v thoát nước", "version": version}
    assert clerk.post(f"{path}/describe", data=typed).status_code == 303
    page = clerk.get(f"/petitions/{desk.code}").text
    for words in ("Công văn", "4521/SXD-HTKT", "ngày 05/01/2026"):
        assert words in page
    assert clerk.post(f"{path}/describe", data=typed).status_code == 409
    wrong = clerk.post(f"{path}/describe", data={**typed, "dated_on": "hôm qua", "version": version + 1})
    assert wrong.status_code == 422
    assert "hôm qua" in wrong.text


def test_a_full_disk_is_one_sentence_wherever_it_is_met(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = desk.browser("clerk")

    def full(*_given: Any, **_named: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("petitions.documents.store.obstore.put", full)
        answer = desk.send(clerk, (make.pdf("x"), "a.pdf"))
        assert (answer.status_code, "Ổ đĩa của máy chủ đã đầy" in answer.text) == (422, True)
    with monkeypatch.context() as patch:
        patch.setattr(uploads, "SPARE", 1 << 60)
        answer = desk.send(clerk, (make.pdf("x"), "a.pdf"))
        assert (answer.status_code, "Ổ đĩa của máy chủ đã đầy" in answer.text) == (422, True)
    assert desk.documents() == []


def test_more_than_fifty_megabytes_is_refused_before_it_is_read(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    announced = {"CONTENT_LENGTH": str(60 << 20), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = clerk.post(desk.address, environ_overrides=announced)
    assert answer.status_code == 413
    assert "50 MB" in answer.text


def test_uploads_land_nameless_in_the_data_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    made = tempfile.TemporaryFile

    def note(*given: Any, **named: Any) -> Any:
        seen.append(named["dir"])
        return made(*given, **named)

    monkeypatch.setattr("petitions.web.uploads.tempfile.TemporaryFile", note)
    desk.send(desk.browser("clerk"), (make.pdf("x"), "a.pdf"))
    incoming = desk.office.settings.data_dir / "incoming"
    assert incoming in seen
    assert list(incoming.iterdir()) == []


def test_what_cannot_be_read_later_says_so_and_keeps_the_original(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = desk.browser("clerk")
    data = make.pdf("x")
    desk.send(clerk, (data, "a.pdf"))
    monkeypatch.setattr(guard, "READ", guard.Limits(processor=1, clock=5, memory=32 << 20))
    desk.read_all()
    assert desk.documents()[0].content.state == FAILED
    page = clerk.get(desk.path(clerk))
    assert "Tệp gốc vẫn còn nguyên" in page.text
    assert clerk.get(f"{desk.path(clerk)}/file").data == data


def test_old_office_files_can_only_be_downloaded(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.compound("WordDocument"), "cũ.doc"))
    desk.read_all()
    assert "chỉ tải về được" in clerk.get(desk.path(clerk)).text


def test_both_languages(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    desk.send(clerk, (make.pdf("x"), "a.pdf"))
    assert "Send" in clerk.get(f"/petitions/{desk.code}?lang=en").text
    assert "About the document" in clerk.get(f"{desk.path(clerk)}?lang=en").text


def test_an_unknown_kind_of_subject_has_no_documents(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    assert clerk.get("/documents/of/nothing/1").status_code == 404
    assert desk.send(clerk, (make.pdf("x"), "a.pdf"), to="/documents/of/nothing/1").status_code == 404
