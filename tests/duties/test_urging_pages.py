"""The pages of urging over HTTP, in the demo office: what they ask of the database, who sees what, refusals that keep what was typed."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from petitions.core import clock
from petitions.core.office import Office
from petitions.duties.models.duty import Duty
from petitions.duties.urging.ladder import LETTER
from petitions.duties.urging.models import Urging, UrgingItem, UrgingRung
from petitions.intake.models import Petition
from petitions.letters.models import LetterSignatory
from tests.conftest import DEMO_DAY
from tests.duties.test_pages import DEMO, MOST_STATEMENTS, Floor, statements


@pytest.fixture
def floor(office: Office, app: Any) -> Floor:
    return Floor(office, app)


def urging(floor: Floor, state: str, *more: Any) -> int:
    found: int = floor.ids(select(Urging.id).where(Urging.state == state, Urging.form == LETTER, *more).order_by(Urging.id))[0]
    return found


@DEMO
def test_pages_ask_little_and_answer_whom_they_should(floor: Floor) -> None:
    draft, issued = urging(floor, "draft"), urging(floor, "issued")
    paths = {
        "supervisor": [
            "/urgings",
            "/urgings?section=issued",
            "/urgings?section=ended",
            f"/urgings/{draft}",
            f"/urgings/{issued}",
            "/board",
            "/board/list?what=never",
        ],
        "committee": ["/candidates", "/candidates/questioning?committee=-1", "/candidates/explanation?off=1", "/candidates/decided"],
        "admin": ["/ladder"],
        "agency": ["/inbox", "/urgings"],
        "standing": ["/", f"/urgings/{draft}/issue"],
    }
    for username, many in paths.items():
        browser = floor.as_(username)
        for path in many:
            browser.get(path)  # what is kept per process is read once
            with statements(floor.office.engine) as asked:
                answer = browser.get(path)
            assert answer.status_code == 200, (username, path)
            most = MOST_STATEMENTS + 1 if path.startswith("/candidates") else MOST_STATEMENTS  # one for the evidence
            assert len(asked) <= most, (path, len(asked), asked)
    for committee in ("", "?committee=-1", "?committee=1", "?committee=0"):
        shown = floor.as_("committee").get(f"/candidates/questioning{committee}").text
        tab = re.search(r'aria-current="page">[^<]*<span class="count">(\d+)<', shown[shown.index('<nav class="tabs"') :])
        listed = re.search(r" trong (\d+)", shown[shown.index('class="total"') :])
        assert tab is not None
        assert int(tab.group(1)) == (int(listed.group(1)) if listed else 0), committee
    told = floor.as_("committee").get("/candidates/questioning?committee=-1").text
    assert "Đã đôn đốc bằng công văn 701/HĐND-TT (24/11/2025)" in told  # why it is on the list


@DEMO
def test_an_agency_sees_what_has_left_and_nothing_else(floor: Floor) -> None:
    agency, supervisor = floor.as_("agency"), floor.as_("supervisor")
    for number in floor.ids(select(Urging.id).where(Urging.state != "issued")):
        assert agency.get(f"/urgings/{number}").status_code == 404
        assert supervisor.get(f"/urgings/{number}").status_code == 200
    assert agency.get(f"/urgings/{urging(floor, 'draft')}/preview").status_code == 403
    assert "Dự thảo chờ phát hành" not in agency.get("/urgings").text
    own = floor.ids(select(Urging.id).where(Urging.state == "issued", Urging.acknowledged_at.is_(None), Urging.level == 10, Urging.form == LETTER))
    assert agency.post(f"/urgings/{own[-1]}/acknowledge", data={"received_on": "19/01/2026"}).status_code == 422  # before it left
    assert agency.post(f"/urgings/{own[-1]}/acknowledge", data={"received_on": "20/01/2026", "back": "inbox"}).status_code == 302
    assert floor.ids(select(Urging.acknowledged_on).where(Urging.id == own[-1]))[0] is not None


@DEMO
def test_from_the_board_to_the_letter(floor: Floor) -> None:
    never = select(Duty.id).where(Duty.state == "sent", Duty.next_due < DEMO_DAY, Duty.id.not_in(select(UrgingItem.duty_id)))
    late = floor.ids(never.where(Duty.leaves_at.is_(None) | (Duty.leaves_at < clock.now())))[:2]
    supervisor, standing = floor.as_("supervisor"), floor.as_("standing")
    board = "/board/list?what=never"
    none = supervisor.post("/urgings", data={"back": board})
    assert none.headers["Location"] == board
    assert "Hãy chọn ít nhất một việc." in supervisor.get(board).text
    assert supervisor.post("/urgings", data={"back": "//elsewhere.vn"}).headers["Location"] == "/board/list?what=late"
    supervisor.get("/board")  # the sentences said so far
    answer = supervisor.post("/urgings", data={"ids": [str(one) for one in late]})
    assert answer.status_code == 302
    made = floor.ids(select(UrgingItem.urging_id).where(UrgingItem.open_duty_id.in_(late)))
    assert len(made) == len(late)
    draft = made[0]
    again = supervisor.post("/urgings", data={"ids": [str(one) for one in late], "back": board})
    assert again.headers["Location"] == board
    named = supervisor.get(board).text
    notice = named[named.index('id="notices"') : named.index("đã nằm trong một dự thảo đôn đốc")]
    codes = floor.ids(select(Petition.code).join(Duty, Duty.subject_id == Petition.id).where(Duty.id.in_(late), Duty.subject_kind == "petition"))
    assert all(code in notice for code in codes)
    assert f'<a href="/urgings/{draft}">Dự thảo {draft}</a>' in named
    edit = {"addressee": "", "version": "1"}
    assert supervisor.post(f"/urgings/{draft}/edit", data=edit).status_code == 422
    version = floor.ids(select(Urging.version).where(Urging.id == draft))[0]
    kept = {"addressee": "Giám đốc Sở", "remark": "Nêu rõ lộ trình.", "version": version}
    assert supervisor.post(f"/urgings/{draft}/edit", data=kept).status_code == 302
    signer = floor.ids(select(LetterSignatory.id).where(LetterSignatory.rank == "standing"))[0]
    version = floor.ids(select(Urging.version).where(Urging.id == draft))[0]
    sent = {"number": "", "dated_on": "20/01/2026", "signatory_id": signer, "version": version}
    lacking = standing.post(f"/urgings/{draft}/issue", data=sent)
    assert lacking.status_code == 422
    assert "Số" in lacking.text
    assert supervisor.post(f"/urgings/{draft}/issue", data=sent | {"number": "901"}).status_code == 403
    assert standing.post(f"/urgings/{draft}/issue", data=sent | {"number": "901"}).status_code == 302
    assert floor.ids(select(Urging.state).where(Urging.id == draft)) == ["issued"]
    shown = supervisor.get(f"/urgings/{draft}/preview")
    assert shown.status_code == 200
    assert standing.post(f"/urgings/{draft}/issue", data=sent | {"number": "902"}).status_code in (403, 409, 422)


@DEMO
def test_the_ladder_is_the_administrators(floor: Floor) -> None:
    admin, clerk = floor.as_("admin"), floor.as_("clerk")
    rung = floor.ids(select(UrgingRung.id).where(UrgingRung.seed == "petition/council"))[0]
    assert clerk.get("/ladder").status_code == 200
    assert clerk.get(f"/ladder/{rung}").status_code == 403
    for path in (f"/ladder/{rung}", f"/ladder/{rung}/new", "/ladder/committees/1"):
        assert admin.get(path).status_code == 200
    values = {"name": "Báo cáo HĐND", "level": "80", "form": "list", "offset_days": "120", "rank": "council", "authority": "standing"}
    values |= {"letter_kind": "questioning", "legal_basis": "Quy chế", "interval_days": "0", "after_letters": "2"}
    assert admin.post(f"/ladder/{rung}", data=values | {"offset_days": "nhiều"}).status_code == 422
    assert admin.post(f"/ladder/{rung}", data=values).status_code == 302
    assert admin.post(f"/ladder/{rung}/new", data=values).status_code == 422  # a new version needs its first day
    assert admin.post(f"/ladder/{rung}/new", data=values | {"valid_from": "01/07/2026", "offset_days": "90"}).status_code == 302
    assert admin.post("/ladder/committees/1", data={"values": ["1", "2"]}).status_code == 302
