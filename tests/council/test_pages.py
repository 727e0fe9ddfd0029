"""The pages: what a reader sees, what an administrator changes, and that nobody else may."""

import re

import pytest

from petitions.areas.queries import gazetteer
from petitions.core import db
from petitions.council import queries
from petitions.council.models import Body, Constituency, CouncilSession
from tests.make import accounts as make_accounts


class Caller:
    """A signed-in browser."""

    def __init__(self, client):
        self.client = client

    def get(self, path, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text[:400]
        return answer.text

    def post(self, path, status=303, **boxes):
        token = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/no-such-page").text).group(1)
        answer = self.client.post(path, data={**boxes, "csrf_token": token})
        assert answer.status_code == status, answer.text[:2000]
        return answer.text


@pytest.fixture
def admin(app, office):
    return signed(app, office, "administrator")


def signed(app, office, role):
    who = make_accounts.stored(office.engine, username=f"p-{role}", roles=(role,))
    return Caller(make_accounts.sign_in(app.test_client(), office.engine, who))


@pytest.fixture
def read(office):
    with db.reading(office.engine) as session:
        yield session


def numbered(session, number, term=16, code="HD"):
    body = queries.body_by_code(session, code)
    chosen = next(one for one in queries.terms(session, body.id) if one.number == term)
    return chosen, queries.constituency_numbered(session, chosen.id, number)


def fresh(office, model, of):
    with db.reading(office.engine) as session:
        row = session.get(model, of)
        session.expunge_all()
        return row


def test_all_reading_pages_in_both_languages(admin, read):
    term, row = numbered(read, 20)
    for path in (
        "/constituencies",
        f"/constituencies?term={term.id}",
        f"/constituencies/{row.id}",
        f"/constituencies/{row.id}?day=30/06/2025",
        "/sessions",
        "/bodies",
    ):
        for lang in ("vi", "en"):
            assert "{" not in re.sub(r"<meta[^>]*>|<script.*?</script>", "", admin.get(path + ("&" if "?" in path else "?") + f"lang={lang}"), flags=re.DOTALL)


def test_the_list_marks_what_is_not_certain(admin, read):
    term, _row = numbered(read, 20)
    text = admin.get(f"/constituencies?term={term.id}")
    assert text.count("số tạm xếp") == 9
    assert "9 đơn vị chưa rõ số thứ tự" in text
    assert "xã Bát Tràng, Gia Lâm, Phù Đổng, Thuận An" in text


def test_the_next_term_says_that_nothing_is_made_up(admin, read):
    term, _row = numbered(read, 1, term=17)
    text = admin.get(f"/constituencies?term={term.id}")
    assert "Khóa XVII có 31 đơn vị bầu cử, 125 đại biểu" in text


def test_a_day_chooses_the_list(admin, read):
    _term, row = numbered(read, 20)
    before, after = admin.get(f"/constituencies/{row.id}?day=30/06/2025"), admin.get(f"/constituencies/{row.id}?day=01/07/2025")
    assert "Địa bàn ngày 30/06/2025" in before
    assert "xã Phù Đổng" in after
    assert before.index("huyện Gia Lâm") < before.index("Địa bàn những ngày khác")


ODD = ["day=31/02/2025", "day=%00", "term=abc", "term=99999999999999999999", "where=%F0%9F%98%80", "where=" + "x" * 5000, "day=01/01/0001"]


def test_odd_addresses_show_a_page(admin):
    for odd in ODD:
        answer = admin.client.get(f"/constituencies?{odd}")
        assert answer.status_code == 200, odd


def test_a_place_is_looked_up(admin, read):
    term, _row = numbered(read, 20)
    assert "ĐVBC số 20 HĐND (Gia Lâm cũ)" in admin.get(f"/constituencies?term={term.id}&where=xã Gia Lâm&day=01/12/2025")
    assert "ĐVBC số 10 HĐND (Hà Đông cũ)" in admin.get(f"/constituencies?term={term.id}&where=phường Đại Mỗ, quận Nam Từ Liêm&day=01/12/2025")


def test_a_correction_goes_through_the_form(admin, read, office):
    _term, row = numbered(read, 21)
    admin.get(f"/constituencies/{row.id}/edit")
    admin.post(f"/constituencies/{row.id}/edit", number="24", name="Đông Anh", seats="4", confirmed="1", source="Quyết định 14/QĐ-UBBC")
    saved = fresh(office, Constituency, row.id)
    assert (saved.number, saved.seats, saved.confirmed, saved.edited) == (24, 4, True, True)
    text = admin.get(f"/constituencies/{row.id}")
    assert "số: 21 → 24" in text
    assert "ĐVBC số 24 HĐND (Đông Anh cũ)" in text


def test_a_stale_save_shows_both_and_saves_nothing(admin, read, office):
    term, row = numbered(read, 20)
    held = queries.sessions(read, term.id)[0]
    shared = {"kind": held.kind, "opened_on": "26/11/2025", "confirmed": "1"}
    for path, mine, theirs, model, of, name in (
        (f"/constituencies/{row.id}/edit", {"number": "20", "name": "Gia Lâm", "note": "của tôi"}, {"note": "người khác"}, Constituency, row.id, "note"),
        (
            f"/terms/{term.id}/sessions/{held.id}",
            {**shared, "number": str(held.number), "note": "của tôi"},
            {"note": "người khác"},
            CouncilSession,
            held.id,
            "note",
        ),
        (f"/bodies/{term.body_id}/edit", {"name": "của tôi", "short_name": "HĐND"}, {"name": "người khác"}, Body, term.body_id, "name"),
    ):
        seen = re.search(r'name="seen" value="([0-9a-f]{32})"', admin.get(path)).group(1)
        admin.post(path, **{**mine, **theirs}, seen=seen)
        shown = admin.post(path, status=409, **mine, seen=seen)
        assert "đang lưu «người khác», bạn ghi «của tôi»" in shown
        assert getattr(fresh(office, model, of), name) == "người khác"
        again = re.search(r'name="seen" value="([0-9a-f]{32})"', shown).group(1)
        admin.post(path, **mine, seen=again)  # seen and meant
        assert getattr(fresh(office, model, of), name) == "của tôi"


def test_what_is_wrong_stands_beside_the_box_and_what_was_typed_stays(admin, read):
    _term, row = numbered(read, 20)
    text = admin.post(f"/constituencies/{row.id}/places/new", status=422, day="31/02/2025", basis="Thông báo 9")
    assert "Tháng 2 năm 2025 chỉ có 28 ngày." in text
    assert 'value="31/02/2025"' in text
    assert "Thông báo 9" in text


def test_a_unit_moves_by_the_form_and_stays_in_the_old_list(admin, read, office):
    _term, row = numbered(read, 5)
    unit = next(unit for unit in gazetteer(read).units.values() if unit.name == "Phú Thượng" and unit.district_id is None)
    admin.post(f"/constituencies/{row.id}/places/new", unit_id=str(unit.id), day="01/07/2025", basis="Danh sách Tổ 5")
    assert "phường Phú Thượng" in admin.get(f"/constituencies/{row.id}?day=01/08/2025")
    _term, old = numbered(read, 11)
    text = admin.get(f"/constituencies/{old.id}?day=01/08/2025")
    assert "đã gạch" in text
    assert "Danh sách Tổ 5" in text


def test_lines_end_and_are_confirmed_by_form(admin, read):
    _term, row = numbered(read, 1)
    admin.get(f"/constituencies/{row.id}/confirm")
    admin.post(f"/constituencies/{row.id}/confirm", basis="Thông báo 1")
    assert "Chờ xác nhận</span>" not in admin.get(f"/constituencies/{row.id}?day=01/08/2025")
    line = next(line for line in queries.lines(read, [row.id]) if line.valid_to is None)
    admin.get(f"/constituencies/lines/{line.id}/end")
    assert "Hãy ghi ngày cuối cùng." in admin.post(f"/constituencies/lines/{line.id}/end", status=422, how="end", reason="x")
    admin.post(f"/constituencies/lines/{line.id}/end", how="end", last_day="31/12/2025", reason="Nghị quyết 3")
    admin.post(f"/constituencies/lines/{line.id}/end", status=422, how="wrong", reason=" ")


def test_delegates_by_form_and_by_list(admin, read):
    term, row = numbered(read, 20)
    admin.post(f"/constituencies/{row.id}/delegates/new", name="Đại biểu Thử", from_on="23/06/2021", began_by="elected", group_role="head")
    text = admin.get(f"/constituencies/{row.id}?day=01/01/2024")
    assert "Đại biểu Thử" in text
    mandate = re.search(r"/mandates/(\d+)/end", text).group(1)
    admin.get(f"/mandates/{mandate}/end")
    admin.post(f"/mandates/{mandate}/delegate", name="Đại biểu Thử Một", position="Trưởng Ban")
    admin.post(f"/mandates/{mandate}/end", to_on="30/06/2024", ended_by="resigned", reason="Nghị quyết 8")
    admin.post(f"/mandates/{mandate}/end", status=422, to_on="30/06/2024", ended_by="resigned")
    assert "thôi làm nhiệm vụ" in admin.get(f"/constituencies/{row.id}?day=01/01/2025")
    admin.get(f"/terms/{term.id}/delegates")
    assert "Dòng 2" in admin.post(f"/terms/{term.id}/delegates", status=422, lines="20; Hai Thử\n88; Ba Thử", from_on="23/06/2021")
    admin.post(f"/terms/{term.id}/delegates", lines="20; Hai Thử\n19; Ba Thử", from_on="23/06/2021")
    assert "Hai Thử" in admin.get(f"/constituencies/{row.id}?day=01/01/2025")


def test_sessions_bodies_terms_by_form(admin, read, office):
    term, _row = numbered(read, 20)
    admin.get(f"/terms/{term.id}/sessions/new")
    admin.post(f"/terms/{term.id}/sessions/new", number="29", kind="thematic", opened_on="3/2/2026", closed_on="3/2/2026", confirmed="1")
    seven = next(row for row in queries.sessions(read, term.id) if row.number == 7)
    admin.post(f"/terms/{term.id}/sessions/{seven.id}", number="7", kind="ordinary_mid", opened_on="5/7/2022", closed_on="8/7/2022", confirmed="1")
    assert fresh(office, CouncilSession, seven.id).edited
    unit = next(unit for unit in gazetteer(read).units.values() if unit.name == "Gia Lâm" and unit.district_id is None)
    admin.get("/bodies/new")
    admin.post("/bodies/new", unit_id=str(unit.id), name="Hội đồng nhân dân xã Gia Lâm", short_name="HĐND xã Gia Lâm", code="gl")
    with db.reading(office.engine) as session:
        body_id = queries.body_by_code(session, "GL").id
    admin.post(f"/bodies/{body_id}/terms/new", number="1", label="I", starts_on="1/7/2025")
    admin.post(f"/bodies/{body_id}/edit", name="HĐND xã Gia Lâm", short_name="HĐND Gia Lâm")
    assert fresh(office, Body, body_id).short_name == "HĐND Gia Lâm"
    assert "HĐND Gia Lâm" in admin.get("/bodies")


def test_a_clerk_reads_and_does_not_edit(app, office, read):
    term, row = numbered(read, 20)
    clerk = signed(app, office, "clerk")
    assert "/edit" not in clerk.get(f"/constituencies/{row.id}")
    clerk.get(f"/constituencies/{row.id}/edit", status=403)
    clerk.post(f"/constituencies/{row.id}/edit", status=403, number="1")
    clerk.get(f"/terms/{term.id}/delegates", status=403)


def test_what_does_not_exist_is_not_found(admin):
    missing = ["/constituencies/999999", "/constituencies?term=999999", "/mandates/999999/end", "/constituencies/lines/999999/end"]
    for path in [*missing, "/terms/999999/sessions/new"]:
        admin.get(path, status=404)
