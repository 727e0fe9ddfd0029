"""A conclusion's way over HTTP: pasted, corrected, confirmed, reported, verified by one, confirmed by another; who sees what; statements a page."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from petitions.agencies.models import Agency
from petitions.core import clock, db
from petitions.council.models import Body, Term
from petitions.journal.models import JournalEntry
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from tests.make import accounts

TEXT = (Path(__file__).parent / "documents" / "ket-luan-giai-trinh.txt").read_text("utf-8")
DAY = date(2026, 1, 20)
MOST_STATEMENTS = 15
FIELDS = {"kind": "conclusion", "number": "15", "symbol": "KL-HĐND", "dated_on": "20/08/2025", "issuer": "standing", "title": "Phiên giải trình"}


class Floor:
    """An office with reference data and a browser for each role."""

    def __init__(self, office, app) -> None:
        self.office, self.app = office, app
        app.config["WTF_CSRF_ENABLED"] = False
        clock.hold(DAY)
        with db.reading(office.engine) as session:
            body = session.scalar(select(Body.id).where(Body.code == "HD"))
            self.building = session.scalar(select(Agency.id).where(Agency.name == "Sở Xây dựng"))
        self.scopes = {"agency": {"agency": [self.building]}} | {role: {"body": [body]} for role in ("clerk", "committee", "standing")}

    def as_(self, role: str):
        user = accounts.stored(self.office.engine, username=f"tay-{role}", roles=(role,), scopes=self.scopes.get(role, {}))
        return accounts.sign_in(self.app.test_client(), self.office.engine, user)

    def one(self, query):
        with db.reading(self.office.engine) as session:
            found = session.scalar(query)
            session.expunge_all()
            return found

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_c, _cursor, statement, *_more) -> None:
            if statement != "BEGIN":
                asked.append(statement)

        event.listen(self.office.engine, "before_cursor_execute", note)
        yield asked
        event.remove(self.office.engine, "before_cursor_execute", note)


@pytest.fixture
def floor(office, app):
    return Floor(office, app)


def boxes(page: str) -> dict[str, str]:
    """What the split's form would send as it stands."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("name", "").startswith(("lines-", "version")):
            found[given["name"]] = given.get("value", "")
    for name, inner in re.findall(r'<select[^>]*name="(lines-[^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        first = chosen or re.search(r'<option value="([^"]*)"', inner)
        found[name] = first.group(1) if first else ""
    for name, inner in re.findall(r'<textarea[^>]*name="(lines-[^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        found[name] = inner.strip()
    return found


def every_number_opens_its_list(browser, *paths: str) -> None:
    for path in paths:
        page = browser.get(path).get_data(as_text=True)
        tiles = re.findall(r'href="(/oversight/recommendations\?[^"]*)">(?:<b>)?(\d+)<', page)
        assert tiles, path
        for url, n in tiles:
            url = url.replace("&amp;", "&")
            assert browser.get(url).get_data(as_text=True).count("data-row-link") == int(n), (path, url, n)


def test_a_conclusion_goes_from_paste_to_implemented(floor):
    clerk, agency, committee, standing = (floor.as_(role) for role in ("clerk", "agency", "committee", "standing"))
    made = clerk.post("/oversight/documents/new", data=FIELDS | {"text": TEXT})
    assert made.status_code == 302
    page = clerk.get(made.location).get_data(as_text=True)
    assert "UBND các xã, phường" in page
    sent = boxes(page)
    sent["lines-7-together"] = ""  # the register does not know this board: it helps as written, or is left out
    assert agency.get(made.location).status_code == 403
    kept = clerk.post(made.location, data=sent)
    assert kept.status_code == 302
    sent = boxes(clerk.get(made.location).get_data(as_text=True))
    done = clerk.post(made.location, data=sent | {"then": "confirm"})
    assert done.status_code == 302, done.get_data(as_text=True)[:3000]
    assert clerk.post("/oversight/documents/new", data=FIELDS | {"text": TEXT}).status_code == 422  # the same number and day
    code = floor.one(select(Recommendation.code).where(Recommendation.text.contains("Yên Xá")))
    number = floor.one(select(Recommendation.id).where(Recommendation.code == code))
    assert "Yên Xá" in agency.get(f"/oversight/agencies/{floor.building}").get_data(as_text=True)
    owed = f"/duties/{floor.one(select(RecommendationDuty.duty_id).where(RecommendationDuty.recommendation_id == number))}"
    page = agency.get(owed).get_data(as_text=True)
    assert (f"{owed}/extension" in page, "/answers/new" in page) == (True, False)  # what its own page does is not offered twice
    form = f"/oversight/agencies/{floor.building}/report"
    place = [int(one) for one in re.findall(r'recommendation_id" value="(\d+)"', agency.get(form).get_data(as_text=True))].index(number)
    row = {f"items-{place}-recommendation_id": str(number), f"items-{place}-claim": "done", f"items-{place}-text": "Đã vận hành"}
    refused = agency.post(form, data={"dated_on": "15/01/2026", "number": "12/SXD"} | row)
    assert (refused.status_code, "phải kèm minh chứng" in refused.get_data(as_text=True)) == (422, True)
    proof = {f"items-{place}-method": "document", f"items-{place}-evidence": "Biên bản nghiệm thu"}
    assert agency.post(form, data={"dated_on": "15/01/2026", "number": "12/SXD"} | row | proof).status_code == 302
    every_number_opens_its_list(clerk, "/oversight", f"/oversight/agencies/{floor.building}", "/oversight/figures", "/oversight/documents")
    assert f'href="{owed}"' in committee.get(f"/oversight/recommendations/{code}").get_data(as_text=True)
    assert f"{owed}/judge" not in committee.get(owed).get_data(as_text=True)
    assert committee.get(f"{owed}/judge").status_code == 403
    one = f"/oversight/recommendations/{code}"
    assert '<a class="btn" href="' + one + '/drop">' in standing.get(one).get_data(as_text=True)  # to give up is never the main button
    assert '<a class="btn btn-primary" href="' + one + '/verify">' in committee.get(one).get_data(as_text=True)
    assert standing.get(one + "/confirm").status_code == 403  # nobody has verified it
    verdict = {"method": "visit", "found_on": "18/01/2026", "note": "Đúng như báo cáo"}
    assert committee.post(one + "/verify", data=verdict).status_code == 302
    assert standing.post(one + "/confirm", data={}).status_code == 302
    assert "xong sau hạn" in clerk.get(one).get_data(as_text=True)
    figures = clerk.get("/oversight/figures").get_data(as_text=True)
    assert "Tỷ lệ thực hiện xong trong số đã đến hạn" in figures
    dropped = floor.one(select(Recommendation.code).where(Recommendation.text.contains("cống bao")))
    assert standing.post(f"/oversight/recommendations/{dropped}/drop", data={"reason": "Vướng"}).status_code == 422
    assert standing.post(f"/oversight/recommendations/{dropped}/drop", data={"reason": "Vướng", "decision": "9/KL"}).status_code == 302
    pages = ("/oversight", "/oversight/figures", "/oversight/recommendations", "/oversight/documents", one, f"/oversight/agencies/{floor.building}")
    for path in (*pages, made.location.replace("/split", "")):
        with floor.counted() as asked:
            assert clerk.get(path).status_code == 200, path
        assert len(asked) <= MOST_STATEMENTS, (path, len(asked), asked)


def test_bad_input_is_refused_and_nothing_is_lost(floor):
    clerk = floor.as_("clerk")
    empty = clerk.post("/oversight/documents/new", data=FIELDS | {"title": "Một tiêu đề dài"})
    assert (empty.status_code, "Một tiêu đề dài" in empty.get_data(as_text=True)) == (422, True)
    broken = clerk.post("/oversight/documents/new", data=FIELDS | {"file": (io.BytesIO(b"%PDF-1.4 broken".ljust(200)), "hong.pdf")})
    assert (broken.status_code, "Traceback" in broken.get_data(as_text=True)) == (422, False)
    assert clerk.post("/oversight/documents/new", data=FIELDS | {"dated_on": "01/12/2027", "text": TEXT}).status_code == 422
    sent = clerk.post("/oversight/documents/new", data=FIELDS | {"file": (io.BytesIO(TEXT.encode()), "ket-luan.txt")})
    assert sent.status_code == 302
    page = clerk.get(sent.location).get_data(as_text=True)
    wrong = boxes(page) | {"lines-0-lead": "", "lines-1-text": "Sửa lại nội dung", "then": "confirm"}
    refused = clerk.post(sent.location, data=wrong)
    assert (refused.status_code, "Sửa lại nội dung" in refused.get_data(as_text=True)) == (422, True)
    assert clerk.post(sent.location, data=boxes(page) | {"version": "99"}).status_code == 409
    assert floor.one(select(IssuedDocument.state)) == "draft"
    assert clerk.post(sent.location.replace("split", "discard"), data={"reason": "Ghi nhầm"}).status_code == 302
    assert floor.one(select(IssuedDocument.id)) is None
    for path in ("/oversight/recommendations/GS0001-01", "/oversight/documents/99", "/oversight/agencies/99999"):
        assert clerk.get(path).status_code == 404


def test_the_change_of_term_is_seen_made_once_and_a_stale_look_is_said(floor):
    clerk, standing = floor.as_("clerk"), floor.as_("standing")
    made = clerk.post("/oversight/documents/new", data=FIELDS | {"text": "I. KIẾN NGHỊ\n1. Sở Xây dựng rà soát.\n2. Sở Y tế kiểm tra trước ngày 30/6/2026."})
    assert clerk.post(made.location, data=boxes(clerk.get(made.location).get_data(as_text=True)) | {"then": "confirm"}).status_code == 302
    assert "chưa có ngày bắt đầu" in standing.get("/oversight/terms").get_data(as_text=True)
    with db.transaction(floor.office.engine) as session:
        new = session.scalar(select(Term).where(Term.number == 17, Term.body_id == 1))
        new.starts_on, number = date(2026, 4, 1), new.id
    path = f"/oversight/terms/{number}"
    assert standing.get("/oversight/terms").location == path
    assert "từ ngày đó mới chuyển được" in standing.get(path).get_data(as_text=True)
    clock.hold(date(2026, 4, 10))
    standing = floor.as_("standing")
    with floor.counted() as asked:
        page = standing.get(path).get_data(as_text=True)
    assert len(asked) <= MOST_STATEMENTS, asked
    assert "Chuyển 2 kiến nghị sang khóa mới" in page
    mark = re.search(r'name="mark" value="(\w+)"', page).group(1)
    assert floor.as_("committee").post(path, data={"mark": mark}).status_code == 403
    refused = standing.post(path, data={"mark": "0" * 16})
    assert (refused.status_code, "đã có kiến nghị thay đổi" in refused.get_data(as_text=True)) == (409, True)
    done = [standing.post(path, data={"mark": mark}, follow_redirects=True).get_data(as_text=True) for _ in range(2)]
    assert ["Đã chuyển 2 kiến nghị." in done[0], "không có gì thay đổi" in done[1]] == [True, True]
    assert floor.one(select(func.count()).select_from(JournalEntry).where(JournalEntry.act == "oversight.carry_over")) == 1
    old = floor.one(select(Term.id).where(Term.number == 16, Term.body_id == 1))
    assert "dừng ở ngày 31/03/2026" in standing.get(f"/oversight/figures?term={old}").get_data(as_text=True)
    listed = standing.get(f"/oversight/recommendations?figure=all&term={old}").get_data(as_text=True)
    assert ["GS0001-01" in listed, "GS0001-02" in listed] == [True, True]
