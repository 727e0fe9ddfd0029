"""The pages of intake over HTTP: statements a page, the double click, the stale save, drafts and diverted texts kept from others."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from petitions.accounts import queries as accounts_queries
from petitions.core import clock, db
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.council import queries as council
from petitions.intake.actions import entry, moves
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists
from petitions.intake.values import PetitionerValues, PetitionValues
from tests.make import accounts
from tests.make import intake as make

MOST_STATEMENTS = 12


class Desk:
    """An office with a clerk, a lead and a delegate, each with a browser."""

    def __init__(self, office: Office, app: Any) -> None:
        self.office, self.app = office, app
        clock.hold(make.TODAY)
        app.config["WTF_CSRF_ENABLED"] = False
        with db.transaction(office.engine) as session:
            self.body = council.body_by_code(session, "HD").id
            self.field = lists(session).find_field("Giao thông")

    def person(self, role: str, name: str = "") -> Identity:
        user = accounts.stored(self.office.engine, username=name or role, roles=(role,), scopes={"body": [self.body]})
        with db.reading(self.office.engine) as session:
            found = accounts_queries.identity_of(session, user.id)
        assert found is not None
        return found

    def browser(self, role: str, name: str = "") -> Any:
        user = accounts.stored(self.office.engine, username=name or role, roles=(role,), scopes={"body": [self.body]})
        return accounts.sign_in(self.app.test_client(), self.office.engine, user)

    def petition(self, *steps: str, **given: Any) -> str:
        clerk, lead, key = self.person("clerk"), self.person("lead"), self.office.settings.secret_key
        typed = {"body_id": self.body, "text": make.TEXT, "origin": "contact", "met_on": make.TODAY, "place_words": "xã Gia Lâm", **given}
        with db.transaction(self.office.engine) as session:
            made = entry.save_draft(session, PetitionValues(**typed), by=clerk, now=make.NOW, key=key)
            for step in steps:
                getattr(moves, step)(session, made.id, by=lead if step == "accept" else clerk, now=make.NOW)
            return made.code

    def form(self, **given: Any) -> dict[str, Any]:
        typed = {"body_id": self.body, "origin": "contact_before", "met": "14/11/2025", "received_on": "17-11-2025", "text": make.TEXT}
        return {**typed, "place_words": "xã Gia Lâm", "form_token": "một", **given}


@pytest.fixture
def desk(office: Office, app: Any) -> Desk:
    return Desk(office, app)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the database within the block."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_list_page_and_petition_page_ask_little_of_the_database(desk: Desk) -> None:
    code = desk.petition("submit", "accept")
    clerk = desk.browser("clerk")
    for address in ("/petitions", f"/petitions/{code}", "/petitions/new", "/petitions/queue", "/petitions/to-classify"):
        browser = desk.browser("lead") if address.endswith("queue") else clerk
        browser.get(address)
        with statements(desk.office.engine) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= MOST_STATEMENTS, (address, len(asked), [re.sub(r"\s+", " ", one)[:90] for one in asked])


def test_saving_takes_the_petition_into_the_queue_and_twice_is_once(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    first, second = (clerk.post("/petitions/new", data=desk.form()) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"] == "/petitions/HD16-20-00001"
    with db.reading(desk.office.engine) as session:
        [petition] = session.scalars(select(Petition))
        assert (petition.state, petition.submitted_at is not None) == ("draft", True)
    assert "HD16-20-00001" in desk.browser("lead").get("/petitions/queue").text


def test_save_and_next_keeps_the_meeting_and_a_refusal_keeps_what_was_typed(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    saved = clerk.post("/petitions/new", data=desk.form(then="next"))
    following = clerk.get(saved.headers["Location"]).text
    assert 'value="14/11/2025"' in following
    assert 'value="xã Gia Lâm"' in following
    assert make.TEXT not in following
    refused = clerk.post("/petitions/new", data=desk.form(form_token="hai", text="", summary="Chỉ có tóm tắt"))
    assert refused.status_code == 422
    assert "Hãy ghi nội dung kiến nghị." in refused.text
    assert "Chỉ có tóm tắt" in refused.text


def test_a_stale_save_shows_both_texts_and_the_choice_is_kept(desk: Desk) -> None:
    code = desk.petition()
    one, other = desk.browser("clerk"), desk.browser("clerk", "khác")
    assert one.post(f"/petitions/{code}/edit", data=desk.form(version=1, summary="Bản của người thứ nhất", then="draft")).status_code == 302
    late = other.post(f"/petitions/{code}/edit", data=desk.form(version=1, summary="Bản của người thứ hai", notes="Ghi thêm", then="draft"))
    assert late.status_code == 409
    assert "nhất</ins>" in late.text
    assert "hai</ins>" in late.text
    assert "Ghi thêm" in late.text
    version = re.search(r'name="version" value="(\d+)"', late.text)
    assert version
    again = desk.form(version=version[1], summary="Bản của người thứ hai", notes="Ghi thêm", then="draft", **{"take-summary": "theirs"})
    assert other.post(f"/petitions/{code}/edit", data=again).status_code == 302
    page = one.get(f"/petitions/{code}").text
    assert "Bản của người thứ nhất" in page
    assert "Ghi thêm" in page


def test_drafts_and_diverted_texts_are_kept_from_delegates(desk: Desk) -> None:
    draft, diverted = desk.petition(), desk.petition("submit", "accept", text="Nội dung tố cáo không ai khác được đọc")
    clerk, delegate = desk.browser("clerk"), desk.browser("delegate")
    sent = {"kind": "denunciation", "reason": "Tố cáo cán bộ", "sent_to": "Thanh tra Thành phố"}
    assert clerk.post(f"/petitions/{diverted}/divert", data=sent).status_code == 302
    assert delegate.get(f"/petitions/{draft}").status_code == 404
    shown = delegate.get(f"/petitions/{diverted}").text
    listed = delegate.get("/petitions").text
    assert "Thanh tra Thành phố" in shown
    for page in (shown, listed):
        assert "không ai khác được đọc" not in page
        assert "Tố cáo cán bộ" not in page
    assert "không ai khác được đọc" in clerk.get(f"/petitions/{diverted}").text


def test_petitioners_are_shown_by_a_post_alone_and_only_to_those_who_may(desk: Desk) -> None:
    code = desk.petition("submit", "accept", petitioners=(PetitionerValues("Trần Thị Ẩn Danh", "Số 3", "0900"),))
    clerk, delegate = desk.browser("clerk"), desk.browser("delegate")
    for browser in (clerk, delegate):
        assert "Ẩn Danh" not in browser.get(f"/petitions/{code}").text
    assert "Ẩn Danh" not in clerk.get(f"/petitions/{code}/edit").text
    assert "Ẩn Danh" in clerk.post(f"/petitions/{code}/petitioners").text
    assert delegate.post(f"/petitions/{code}/petitioners").status_code == 403
    assert "đã xem người kiến nghị" in clerk.get(f"/petitions/{code}").text


def test_the_column_offers_candidates_and_writes_nothing(desk: Desk) -> None:
    clerk = desk.browser("clerk")
    said = clerk.post("/petitions/column", data=desk.form(place_words="phường Minh Khai", text="ngập úng", met="không phải ngày"))
    assert said.status_code == 200
    assert 'name="unit_id"' in said.text
    assert "Thoát nước" in said.text
    with db.reading(desk.office.engine) as session:
        assert session.scalar(select(Petition.id)) is None


ODD = ("page=999999", "page=x", "unit=99999999999999999999", "since=hôm qua", "sort=;drop", "state=closed", "field=-1", "as_of=today&constituency=1")


@pytest.mark.parametrize("query", ODD)
def test_no_address_however_odd_breaks_the_list(desk: Desk, query: str) -> None:
    assert desk.browser("clerk").get(f"/petitions?{query}").status_code == 200


def test_the_lead_accepts_an_evening_and_the_clerk_classifies_many(desk: Desk) -> None:
    codes = [desk.petition("submit") for _ in range(2)]
    with db.reading(desk.office.engine) as session:
        ids = [str(number) for number in session.scalars(select(Petition.id).where(Petition.code.in_(codes)))]
    assert desk.browser("lead").post("/petitions/queue", data={"ids": ids}).status_code == 302
    sent = desk.browser("clerk").post("/petitions/to-classify", data={"ids": ids, "field_id": desk.field, "level": "city"})
    assert sent.status_code == 302
    with db.reading(desk.office.engine) as session:
        assert set(session.scalars(select(Petition.state))) == {"classified"}
