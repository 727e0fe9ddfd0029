"""The page: send, look, say yes, follow, fetch what did not go in; who may, and what is said when not."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from petitions.core import db
from petitions.council import queries as council
from petitions.intake.importing import reading, worker
from petitions.intake.importing.models import ImportBatch
from petitions.intake.models import Petition
from tests.importing.files import HEADERS, xlsx
from tests.make import accounts as make

ROWS = [HEADERS, ["KN-1", "14/11/2024", "Đề nghị một", "xã Gia Lâm"], ["KN-2", "", "", ""], ["KN-3", "hôm qua", "Đề nghị ba", "Xứ Lạ"]]


class Clerk:
    """A signed-in person at the import page."""

    def __init__(self, client, engine, roles=("clerk",)):
        with db.reading(engine) as session:
            bodies = [body.id for body in council.bodies(session) if body.code == "HD"]
        self.user = make.stored(engine, roles=roles, scopes={"body": bodies})
        self.client = make.sign_in(client, engine, self.user)

    def get(self, path):
        return self.client.get(path)

    def post(self, path, **boxes):
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/no-such-page").text).group(1)
        return self.client.post(path, data={**boxes, "csrf_token": token}, content_type="multipart/form-data")

    def send(self, data, name="danh-sach.xlsx"):
        return self.post("/import", file=(io.BytesIO(data), name))


@pytest.fixture
def clerk(client, office):
    return Clerk(client, office.engine)


def test_the_whole_way(clerk, office, desk):
    empty = clerk.get("/import").text
    assert "Chưa nhập tệp nào" in empty
    answer = clerk.send(xlsx(ROWS))
    assert answer.status_code == 303
    path = answer.headers["Location"]
    assert "đang đọc tệp" in clerk.get(path).text
    assert clerk.get(f"{path}/progress").status_code == 200
    worker.work(office)
    assert clerk.get(f"{path}/progress").headers["HX-Refresh"] == "true"
    preview = clerk.get(path).text
    for words in (
        "2 kiến nghị mới vào thẳng sổ ở trạng thái «Đã tiếp nhận»",
        "Đây là bản xem trước",
        "Nhập 2 dòng",
        "Thiếu nội dung kiến nghị",
        "Xứ Lạ",
        "hôm qua",
    ):
        assert words in preview
    assert desk.count(Petition) == 0
    assert clerk.post(f"{path}/confirm").status_code == 303
    assert clerk.post(f"{path}/confirm").status_code == 409
    worker.work(office)
    done = clerk.get(path).text
    assert "đã nhập xong" in done
    assert "2 kiến nghị mới đã vào thẳng sổ ở trạng thái «Đã tiếp nhận»" in done
    assert desk.count(Petition) == 2
    with db.reading(office.engine) as session:
        assert set(session.scalars(select(Petition.entered_by))) == {clerk.user.id}
    file = clerk.get(f"{path}/errors.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(file.data)).active["C2"].value == "KN-2"
    assert "danh-sach.xlsx" in clerk.get("/import").text
    again = clerk.send(xlsx(ROWS[:2])).headers["Location"]
    worker.work(office)
    assert "Không có dòng nào cần nhập" in clerk.get(again).text


def test_old_and_new_of_updates_are_shown_in_both_languages(clerk, office, desk):
    desk.run(ROWS[:2])
    changed = [HEADERS, ["KN-1", "14/11/2024", "Đề nghị một <b>mới</b>", "xã Gia Lâm"]]
    path = clerk.send(xlsx(changed)).headers["Location"]
    worker.work(office)
    for language, words in (("vi", "Đang lưu"), ("en", "Stored now")):
        text = clerk.get(f"{path}?lang={language}").text
        assert words in text
        assert "<b>mới</b>" not in text
        assert "&lt;" in text


def test_saying_no_leaves_nothing(clerk, office, desk):
    path = clerk.send(xlsx(ROWS)).headers["Location"]
    worker.work(office)
    assert clerk.post(f"{path}/cancel").status_code == 303
    assert desk.count(Petition) == 0
    assert not list((office.settings.data_dir / "imports").glob("*.upload"))


def test_two_uploads_of_one_file_are_one(clerk):
    assert clerk.send(xlsx(ROWS[:2])).status_code == 303
    second = clerk.send(xlsx(ROWS[:2]))
    data = xlsx(ROWS)
    assert clerk.send(data).status_code == 303
    second = clerk.send(data)
    assert second.status_code == 409
    assert "đang được nhập" in second.text


def test_what_cannot_be_read_is_said_on_the_batch(clerk, office):
    path = clerk.send(b"%PDF-1.7", "bao-cao.pdf").headers["Location"]
    worker.work(office)
    assert "PDF" in clerk.get(path).text


def test_nothing_sent_is_said_at_the_field(clerk):
    answer = clerk.post("/import")
    assert answer.status_code == 422
    assert "Hãy chọn tệp" in answer.text


def test_a_full_disk_is_said_and_nothing_is_begun(clerk, monkeypatch, desk):
    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("petitions.intake.importing.storage.os.fsync", full)
    answer = clerk.send(xlsx(ROWS))
    assert answer.status_code == 422
    assert "đầy" in answer.text
    assert desk.count(ImportBatch) == 0


def test_the_template_names_the_columns_of_the_contract(clerk):
    sheet = clerk.get("/import/template.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    book.active["D2"] = "Đề nghị"
    target = io.BytesIO()
    book.save(target)
    assert len(reading.read_bytes(target.getvalue(), "mau.xlsx").header.places) == 18


@pytest.mark.parametrize("role", ["delegate", "agency", "auditor", "administrator"])
def test_others_may_not(client, office, role):
    person = Clerk(client, office.engine, roles=(role,))
    assert person.get("/import").status_code == 403
    assert person.send(xlsx(ROWS)).status_code == 403


def test_a_batch_of_another_body_is_not_found(client, office, desk):
    number = desk.begin(b"x")
    person = make.stored(office.engine, roles=("clerk",), scopes={"body": [desk.body_id("QH")]})
    make.sign_in(client, office.engine, person)
    for path in (f"/import/{number}", f"/import/{number}/progress", f"/import/{number}/errors.xlsx"):
        assert client.get(path).status_code == 404
