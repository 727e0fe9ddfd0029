"""Administration of accounts by the pages."""

import re
from typing import Any

import pytest

from petitions.accounts import captions, passwords, queries, scopes
from petitions.accounts.models import RolePermission, User
from petitions.accounts.reference import SEED
from petitions.core import db
from petitions.core.office import Office
from petitions.core.permissions import Permission
from tests.conftest import BOTH
from tests.make import accounts as make

both = pytest.mark.parametrize("office", BOTH, indirect=True)


@pytest.fixture
def admin(app: Any, office: Office) -> User:
    return make.stored(office.engine, username="quan-tri", name="Vũ Quản Trị", roles=["administrator"])


@pytest.fixture
def desk(app: Any, client: Any, office: Office, admin: User) -> Any:
    """A browser in which the administrator is signed in."""
    return make.sign_in(client, office.engine, admin)


@pytest.fixture
def lan(app: Any, office: Office) -> User:
    return make.stored(office.engine, username="lan", name="Lê Thị Lan", roles=["clerk"])


def read(office: Office, user_id: int) -> dict[str, Any]:
    with db.reading(office.engine) as session:
        user = queries.user(session, user_id)
        roles = [role.code for role in queries.roles_of(session, [user_id])[user_id]]
        return {"name": user.name, "active": user.active, "roles": roles, "scopes": queries.scopes_of(session, user_id), "must_change": user.must_change}


@both
def test_a_new_account_comes_with_a_password_shown_once(desk: Any, app: Any, office: Office) -> None:
    answer = desk.post("/accounts/new", data={"name": "Đỗ  Mới", "username": "Moi.D", "roles": ["clerk", "lead"], "language": "en"})
    assert answer.status_code == 200
    first = re.search(r'id="first-password">([^<]+)<', answer.text)
    assert first
    assert answer.headers["Cache-Control"] == "no-store"
    came = app.test_client().post("/sign-in", data={"username": "moi.d", "password": first.group(1).replace("&amp;", "&")})
    assert came.status_code == 303
    with db.reading(office.engine) as session:
        made = queries.by_username(session, "moi.d")
        assert made is not None
        assert (made.name, made.language, made.must_change) == ("Đỗ Mới", "en", True)
        made_id = made.id
    assert first.group(1) not in desk.get(f"/accounts/{made_id}").text
    assert read(office, made_id)["roles"] == ["clerk", "lead"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Hãy nhập họ và tên."),
        ({"name": "A", "roles": ["clerk"], "username": "tên có dấu"}, "chữ thường không dấu"),
        ({"name": "A", "roles": ["clerk"], "username": "x"}, "chữ thường không dấu"),
        ({"name": "A", "roles": ["clerk"], "username": "quan-tri"}, "đã có người dùng"),
        ({"name": "A", "roles": ["king"], "username": "vua"}, "Không có vai trò"),
        ({"name": "A", "username": "vua"}, "ít nhất một vai trò"),
        ({"name": "A" * 300, "roles": ["clerk"], "username": "dai"}, "dài quá"),
    ],
)
def test_a_bad_new_account_is_refused_in_words(desk: Any, sent: dict[str, Any], says: str) -> None:
    answer = desk.post("/accounts/new", data=sent)
    assert answer.status_code == 422
    assert says in answer.text


def test_the_list_finds_and_says_how_things_stand(desk: Any, app: Any, office: Office, lan: User) -> None:
    for _ in range(5):
        app.test_client().post("/sign-in", data={"username": "lan", "password": "sai"})
    shown = desk.get("/accounts?q=le+lan").text
    assert "Lê Thị Lan" in shown
    assert "tạm khoá vì nhập sai" in shown
    assert "Vũ Quản Trị" not in desk.get("/accounts?q=le+lan").text.split("<main")[1]
    assert "Không tìm thấy tài khoản nào" in desk.get("/accounts?q=khong-ai-ca").text
    assert desk.get("/accounts?role=clerk&active=yes&page=abc&q=%00").status_code == 200


@both
def test_roles_and_scopes_are_changed(desk: Any, office: Office, lan: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "_kinds", {})
    names = {1: "HĐND Thành phố", 2: "Đoàn ĐBQH"}
    scopes.register(
        "body", lambda s: [scopes.Choice(i, name) for i, name in names.items()], lambda s, ids: {i: name for i, name in names.items() if i in set(ids)}
    )
    assert "Đoàn ĐBQH" in desk.get(f"/accounts/{lan.id}").text
    answer = desk.post(f"/accounts/{lan.id}", data={"name": "Lê Lan", "roles": ["lead"], "scope-body": ["2"], "version": "1"})
    assert answer.status_code == 303
    assert read(office, lan.id) == {"name": "Lê Lan", "active": True, "roles": ["lead"], "scopes": {"body": {2}}, "must_change": False}
    assert "Sửa tài khoản" in desk.get(answer.location).text
    assert desk.post(f"/accounts/{lan.id}", data={"name": "Muộn", "roles": ["lead"], "version": "1"}).status_code == 409
    assert desk.post(f"/accounts/{lan.id}", data={"name": "L", "roles": ["lead"], "scope-body": ["9"], "version": "2"}).status_code == 422
    assert read(office, lan.id)["scopes"] == {"body": {2}}


def test_a_role_that_stands_for_something_needs_a_scope(desk: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "_kinds", {})
    for kind in ("body", "agency"):
        scopes.register(kind, lambda s: [scopes.Choice(1, "Một")], lambda s, ids: dict.fromkeys(ids, "Một"))
    sent: dict[str, Any] = {"name": "Đỗ Mới", "username": "moi", "roles": ["agency"]}
    refused = desk.post("/accounts/new", data=sent)
    assert refused.status_code == 422
    assert "Vai trò này cần phạm vi" in refused.text
    assert 'id="e-scope-agency"' in refused.text
    assert desk.post("/accounts/new", data=sent | {"roles": ["administrator"], "username": "qt"}).status_code == 200
    assert desk.post("/accounts/new", data=sent | {"scope-agency": ["1"]}).status_code == 200


def test_every_role_is_known_to_need_a_scope_or_not() -> None:
    assert set(scopes.STANDS_FOR) == set(SEED) - {"administrator"}


def test_scopes_of_kinds_nobody_registered_are_kept(desk: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "_kinds", {})
    made = make.stored(office.engine, username="ha", scopes={"agency": [4]})
    desk.post(f"/accounts/{made.id}", data={"name": "Hà", "roles": ["clerk"], "version": "1"})
    assert read(office, made.id)["scopes"] == {"agency": {4}}


@both
def test_closing_and_opening_an_account(desk: Any, app: Any, office: Office, lan: User) -> None:
    theirs = make.sign_in(app.test_client(), office.engine, lan)
    assert desk.post(f"/accounts/{lan.id}/disable", data={"reason": "chuyển công tác"}).status_code == 303
    assert theirs.get("/account").status_code == 302
    assert "chuyển công tác" in desk.get(f"/accounts/{lan.id}").text
    assert desk.post(f"/accounts/{lan.id}/enable").status_code == 303
    assert read(office, lan.id)["active"]
    assert theirs.get("/account").status_code == 302  # the old session stays over


def test_the_last_administrator_cannot_be_closed(desk: Any, office: Office, admin: User) -> None:
    answer = desk.post(f"/accounts/{admin.id}/disable")
    assert answer.status_code == 422
    assert "tự ngừng" in answer.text
    assert read(office, admin.id)["active"]
    assert "Ngừng tài khoản</h2>" not in desk.get(f"/accounts/{admin.id}").text


def test_wrong_tries_are_unlocked(desk: Any, app: Any, lan: User) -> None:
    other = app.test_client()
    for _ in range(5):
        other.post("/sign-in", data={"username": "lan", "password": "sai"})
    assert "Mở khoá đăng nhập" in desk.get(f"/accounts/{lan.id}").text
    assert desk.post(f"/accounts/{lan.id}/unlock").status_code == 303
    assert other.post("/sign-in", data={"username": "lan", "password": make.PASSWORD}).status_code == 303


@both
def test_a_reset_password_is_shown_once_and_must_change(desk: Any, app: Any, office: Office, lan: User) -> None:
    theirs = make.sign_in(app.test_client(), office.engine, lan)
    answer = desk.post(f"/accounts/{lan.id}/reset-password")
    first = re.search(r'id="first-password">([^<]+)<', answer.text)
    assert first
    assert theirs.get("/account").status_code == 302
    came = app.test_client()
    assert came.post("/sign-in", data={"username": "lan", "password": first.group(1).replace("&amp;", "&")}).status_code == 303
    assert came.get("/account").location == "/account/password"


def test_all_devices_of_somebody_are_signed_out(desk: Any, app: Any, office: Office, lan: User) -> None:
    theirs = make.sign_in(app.test_client(), office.engine, lan)
    assert desk.post(f"/accounts/{lan.id}/sign-out").status_code == 303
    assert theirs.get("/account").status_code == 302


def test_the_matrix_is_shown_and_changed(desk: Any, app: Any, office: Office, lan: User) -> None:
    shown = desk.get("/accounts/roles").text
    for one in Permission:
        assert f'value="{one.value}"' in shown
    with db.reading(office.engine) as session:
        ids = {role.code: role.id for role in queries.roles(session)}
        held = {role_id: sorted(codes) for role_id, codes in queries.granted(session).items()}
    held[ids["clerk"]].remove("petition.import")
    answer = desk.post("/accounts/roles", data={f"grant-{role_id}": codes for role_id, codes in held.items()})
    assert answer.status_code == 303
    with db.reading(office.engine) as session:
        taken = session.get(RolePermission, (ids["clerk"], "petition.import"))
        assert taken is not None
        assert not taken.granted
    held[ids["administrator"]].remove("account.manage")
    assert desk.post("/accounts/roles", data={f"grant-{role_id}": codes for role_id, codes in held.items()}).status_code == 422
    assert desk.get("/accounts/roles").status_code == 200


def test_an_unknown_account_is_not_found(desk: Any) -> None:
    for path in ("/accounts/999999", "/accounts/0"):
        assert desk.get(path).status_code == 404
    for act in ("", "/disable", "/enable", "/unlock", "/reset-password", "/sign-out"):
        assert desk.post(f"/accounts/999999{act}", data={"name": "x", "roles": ["clerk"], "version": "1"}).status_code == 404


def test_a_clerk_sees_none_of_it(app: Any, client: Any, office: Office, lan: User) -> None:
    make.sign_in(client, office.engine, lan)
    for path in ("/accounts", "/accounts/new", f"/accounts/{lan.id}", "/accounts/roles"):
        assert client.get(path).status_code == 403
    assert client.post("/accounts/new").status_code == 403


def test_every_permission_has_words() -> None:
    assert [one.value for one in Permission if one.value not in captions.PERMISSIONS] == []


def test_pages_speak_english_too(desk: Any, lan: User) -> None:
    for path in ("/accounts", "/accounts/new", f"/accounts/{lan.id}", "/accounts/roles", "/account", "/account/password"):
        shown = desk.get(path + "?lang=en").text
        assert 'lang="en"' in shown
        assert "Tài khoản của tôi" not in shown


def test_the_hash_is_made_before_the_transaction(desk: Any, monkeypatch: pytest.MonkeyPatch, lan: User) -> None:
    order: list[str] = []
    really_hash, really_write = passwords.make_hash, db.transaction

    def hashing(*given: Any) -> str:
        order.append("hash")
        return really_hash(*given)

    def writing(engine: Any) -> Any:
        order.append("write")
        return really_write(engine)

    monkeypatch.setattr(passwords, "make_hash", hashing)
    monkeypatch.setattr(db, "transaction", writing)
    desk.post(f"/accounts/{lan.id}/reset-password")
    desk.post("/accounts/new", data={"name": "B", "username": "be", "roles": ["clerk"]})
    assert order == ["hash", "write", "hash", "write"]
