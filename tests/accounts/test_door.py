"""Signing in and out, and one's own account, by the pages; on both databases."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from petitions.accounts import brakes, login, passwords, queries, signing, views
from petitions.accounts.models import LoginSession, SignInBrake, User
from petitions.core import clock, db
from petitions.core.office import Office
from petitions.journal.models import JournalEntry
from tests.conftest import BOTH
from tests.make import accounts as make

both = pytest.mark.parametrize("office", BOTH, indirect=True)
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"
BRAKED = "Đã nhập sai quá nhiều lần"
NEW = "Mật-khẩu-mới-2"


def send(client: Any, name: str = "hoa", password: str = make.PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in", data={"username": name, "password": password, **more})


def cookie(client: Any) -> Any:
    return client.get_cookie(login.COOKIE)


@pytest.fixture
def hoa(app: Any, office: Office) -> User:
    return make.stored(office.engine, username="hoa", name="Trần Thị Hoa")


def rows(office: Office, what: Any) -> list[Any]:
    with db.reading(office.engine) as session:
        found = list(session.scalars(select(what)))
        session.expunge_all()
        return found


def test_the_page_has_the_fields_of_the_contract(client: Any) -> None:
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    for name in ('name="username"', 'name="password"', 'name="csrf_token"', 'name="next"'):
        assert name in answer.text


@both
def test_the_right_password_comes_in(client: Any, hoa: User, office: Office) -> None:
    answer = send(client, name=" HOA ")
    assert answer.status_code == 303
    assert answer.location == "/"
    assert client.get("/account").status_code == 200
    held = cookie(client)
    assert held.http_only
    assert held.same_site == "Lax"
    assert held.max_age is None
    with db.reading(office.engine) as session:
        row = session.scalars(select(LoginSession)).one()
        assert held.value not in {row.token_hash, row.device}
        assert "account.sign_in" in set(session.scalars(select(JournalEntry.act)))
        assert queries.user(session, hoa.id).last_signed_in_at is not None


@both
def test_the_cookie_is_renewed_at_every_sign_in(client: Any, hoa: User, office: Office) -> None:
    client.set_cookie(login.COOKIE, "planted-by-somebody")
    send(client)
    first = cookie(client).value
    assert first != "planted-by-somebody"
    send(client)
    second = cookie(client).value
    assert second != first
    client.set_cookie(login.COOKIE, first)
    assert client.get("/account").status_code == 302
    assert [row.ended_why for row in rows(office, LoginSession)].count("renewed") == 1


@pytest.mark.parametrize(
    ("name", "password"), [("hoa", "sai-Mật-khẩu-1"), ("khong-co", make.PASSWORD), ("hoa", make.PASSWORD + " "), ("hoa\x00", "chữ-nào-đó")]
)
def test_a_wrong_name_and_a_wrong_password_hear_the_same(client: Any, hoa: User, name: str, password: str) -> None:
    answer = send(client, name, password)
    assert answer.status_code == 401
    assert WRONG in answer.text
    assert cookie(client) is None
    assert password not in answer.text


def test_a_disabled_account_hears_the_same(client: Any, hoa: User, office: Office) -> None:
    with db.transaction(office.engine) as session:
        queries.user(session, hoa.id).active = False
    answer = send(client)
    assert answer.status_code == 401
    assert WRONG in answer.text


@both
@pytest.mark.parametrize("name", ["hoa", "khong-co"])
def test_five_wrong_tries_close_the_name_known_or_not(client: Any, app: Any, hoa: User, office: Office, name: str) -> None:
    for _ in range(5):
        assert send(client, name, "sai").status_code == 401
    answer = send(client, name)
    assert answer.status_code == 429
    assert BRAKED in answer.text
    assert send(app.test_client(), name).status_code == 429  # another device too
    assert name not in {row.key for row in rows(office, SignInBrake)}


def test_after_a_quarter_of_an_hour_the_name_is_open_again(client: Any, hoa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime(2026, 1, 20, 3, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: began)
    for _ in range(5):
        send(client, password="sai")
    assert send(client).status_code == 429
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(minutes=15))
    assert send(client).status_code == 303


@both
def test_a_right_password_forgets_the_wrong_ones(client: Any, hoa: User) -> None:
    for _ in range(3):
        for _ in range(4):
            send(client, password="sai")
        assert send(client).status_code == 303


@both
def test_an_address_that_tries_many_names_is_braked(client: Any, hoa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brakes, "ADDRESS_TRIES", 7)
    for number in range(7):
        assert send(client, f"ai{number}", "sai").status_code == 401
    assert send(client).status_code == 429


def test_tries_sent_at_one_moment_cannot_slip_past_the_count(own_engine: Engine) -> None:
    def one(_number: int) -> bool:
        with db.transaction(own_engine) as session:
            return signing.count_try(session, {"a" * 64: 5, "b" * 64: 60}, user_id=None, now=clock.now())

    with ThreadPoolExecutor(6) as pool:
        let_through = list(pool.map(one, range(12)))
    assert let_through.count(True) == 5


def test_an_unknown_name_takes_as_long(client: Any, app: Any, hoa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    really = passwords.verify

    def noted(stored: str, password: str) -> bool:
        asked.append(stored)
        return really(stored, password)

    monkeypatch.setattr(passwords, "verify", noted)
    send(client, "khong-co", "sai")
    send(client, "hoa", "sai")
    assert len(asked) == 2  # one hash each


def test_nothing_personal_is_logged(client: Any, hoa: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client, password="sai-bí-mật")
        send(client)
    assert "bí-mật" not in caplog.text
    assert make.PASSWORD not in caplog.text


def test_hashing_is_over_before_the_transaction_begins(app: Any, client: Any, hoa: User, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def noting(word: str, really: Any) -> Any:
        def noted(*given: Any) -> Any:
            order.append(word)
            return really(*given)

        return noted

    monkeypatch.setattr(passwords, "make_hash", noting("hash", passwords.make_hash))
    monkeypatch.setattr(passwords, "verify", noting("hash", passwords.verify))
    monkeypatch.setattr(db, "transaction", noting("write", db.transaction))
    app.config["PASSWORD_COST"] = passwords.Cost(16, 1)  # so that the stored hash is outdated
    send(client)
    assert order == ["write", "hash", "hash", "write"]  # counting the try; verify and rehash; coming in
    order.clear()
    client.post("/account/password", data={"password": make.PASSWORD, "new_password": NEW, "new_password_again": NEW})
    last_hash = len(order) - 1 - order[::-1].index("hash")
    assert order[-1] == "write"
    assert "hash" not in order[last_hash + 1 :]
    assert order.count("write") == 2


@pytest.mark.parametrize("asked", ["//evil.example", "/petitions?page=2"])
def test_after_signing_in_one_stays_in_the_house(client: Any, hoa: User, asked: str) -> None:
    led_to = views.own_path(asked)
    assert send(client, next=asked).location == led_to
    assert client.get("/sign-in", query_string={"next": asked}).location == led_to


def test_a_stranger_is_led_to_the_door_and_back(client: Any, hoa: User) -> None:
    answer = client.get("/account")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=%2Faccount"
    assert 'value="/account"' in client.get(answer.location).text


def test_a_program_gets_json(client: Any, hoa: User) -> None:
    refused = client.post("/sign-in", json={"username": "hoa", "password": "sai"})
    assert refused.status_code == 401
    assert WRONG in refused.json["error"]["message"]
    assert client.post("/sign-in", json={"username": "hoa", "password": make.PASSWORD}).json == {"username": "hoa"}


def test_empty_boxes_are_named(client: Any) -> None:
    answer = send(client, "", "")
    assert answer.status_code == 422
    assert "Hãy nhập tên đăng nhập." in answer.text
    assert "Hãy nhập mật khẩu." in answer.text


@both
def test_signing_out_ends_the_session(client: Any, hoa: User) -> None:
    send(client)
    before = cookie(client).value
    assert client.post("/sign-out").location == "/sign-in"
    assert cookie(client) is None
    client.set_cookie(login.COOKIE, before)
    assert client.get("/account").status_code == 302
    assert client.post("/sign-out").status_code == 303  # twice is no error


@both
def test_an_idle_session_ends_and_a_used_one_lives(client: Any, hoa: User, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime(2026, 1, 20, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: began)
    send(client)
    idle = timedelta(minutes=office.settings.idle_minutes)
    for step in range(1, 4):
        monkeypatch.setattr(clock, "now", lambda step=step: began + step * (idle - timedelta(minutes=1)))
        assert client.get("/session/stay").json["seconds"] == 31 * 60
    at = began + 3 * (idle - timedelta(minutes=1))
    monkeypatch.setattr(clock, "now", lambda: at + idle + timedelta(minutes=1))
    assert client.get("/account").status_code == 302


@both
def test_last_seen_is_written_at_most_once_a_minute(client: Any, hoa: User, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime(2026, 1, 20, 1, tzinfo=UTC)
    seen = []
    for seconds in (0, 30, 59, 61, 90, 122):
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: began + timedelta(seconds=seconds))
        if seconds == 0:
            send(client)
        else:
            client.get("/account")
        seen.append((rows(office, LoginSession)[0].last_seen_at - began).total_seconds())
    assert seen == [0, 0, 0, 61, 61, 122]


def test_a_page_that_asks_by_itself_keeps_no_session_alive(client: Any, hoa: User, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime(2026, 1, 20, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: began)
    send(client)
    poll = {"HX-Request": "true", "X-Poll": "1"}
    for minutes in (10, 20):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: began + timedelta(minutes=minutes))
        assert client.get("/account", headers=poll).status_code == 200
    assert rows(office, LoginSession)[0].last_seen_at == began
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(minutes=office.settings.idle_minutes + 1))
    assert client.get("/account", headers=poll).status_code == 286  # told once, and not asked again
    assert client.get("/account", headers={"HX-Request": "true"}).status_code == 401


def test_a_busy_database_costs_nobody_the_page(client: Any, hoa: User, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    make.sign_in(client, office.engine, hoa, now=clock.now() - timedelta(minutes=5))

    def busy() -> Any:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(login, "second_door", busy)
    assert client.get("/account").status_code == 200


@both
def test_a_first_password_must_change_before_anything_else(client: Any, app: Any, office: Office) -> None:
    new = make.stored(office.engine, username="moi", must_change=True)
    assert send(client, "moi").status_code == 303
    assert client.get("/account").location == "/account/password"
    assert client.get("/account", headers={"Accept": "application/json"}).status_code == 403
    assert client.get("/account/password").status_code == 200
    answer = client.post("/account/password", data={"password": make.PASSWORD, "new_password": NEW, "new_password_again": NEW})
    assert answer.location == "/"
    assert client.get("/account").status_code == 200
    with db.reading(office.engine) as session:
        assert not queries.user(session, new.id).must_change


def test_demo_accounts_keep_their_first_password(client: Any, app: Any, office: Office) -> None:
    make.stored(office.engine, username="mau", demo=True, must_change=True)
    send(client, "mau")
    assert client.get("/account").status_code == 200


def change(client: Any, present: str = make.PASSWORD, new: str = NEW, again: str | None = None) -> Any:
    return client.post("/account/password", data={"password": present, "new_password": new, "new_password_again": again if again is not None else new})


@pytest.mark.parametrize(
    ("present", "new", "again", "says"),
    [
        ("sai", NEW, None, "Mật khẩu hiện tại không đúng"),
        (make.PASSWORD, "ngan", None, "ít nhất 8 ký tự"),
        (make.PASSWORD, NEW, "khác", "không giống nhau"),
        (make.PASSWORD, make.PASSWORD, None, "10 lần gần đây"),
        (make.PASSWORD, "", "", "Hãy nhập mật khẩu mới"),
    ],
)
def test_a_bad_new_password_is_refused_in_words(client: Any, hoa: User, present: str, new: str, again: str | None, says: str) -> None:
    send(client)
    answer = change(client, present, new, again)
    assert answer.status_code == 422
    assert says in answer.text
    assert NEW not in answer.text


def test_guessing_the_present_password_is_braked_too(client: Any, hoa: User) -> None:
    send(client)
    for _ in range(5):
        change(client, "sai")
    answer = change(client)
    assert answer.status_code == 422
    assert BRAKED in answer.text


@both
def test_a_new_password_signs_the_other_devices_out(client: Any, app: Any, hoa: User) -> None:
    other = app.test_client()
    send(other)
    send(client)
    assert change(client).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert send(app.test_client()).status_code == 401
    assert send(app.test_client(), password=NEW).status_code == 303


@both
def test_none_of_the_last_ten_passwords_comes_back(client: Any, hoa: User) -> None:
    send(client)
    present = make.PASSWORD
    for number in range(10):
        new = f"Mật-khẩu-số-{number}"
        assert change(client, present, new).status_code == 303
        present = new
    assert change(client, present, "Mật-khẩu-số-0").status_code == 422
    assert change(client, present, make.PASSWORD).status_code == 303  # the eleventh back


@both
def test_own_devices_are_listed_and_ended(client: Any, app: Any, hoa: User, office: Office) -> None:
    make.sign_in(client, office.engine, hoa, device="Firefox 140 · Linux")
    phone, old = app.test_client(), app.test_client()
    make.sign_in(phone, office.engine, hoa, device="Safari 18 · iPhone")
    make.sign_in(old, office.engine, hoa, device="Edge 156 · Windows")
    shown = client.get("/account").text
    assert "Firefox 140 · Linux" in shown
    assert "Safari 18 · iPhone" in shown
    ids = {row.device: row.id for row in rows(office, LoginSession)}
    assert client.post(f"/account/devices/{ids['Safari 18 · iPhone']}/end").status_code == 303
    assert phone.get("/account").status_code == 302
    assert client.post(f"/account/devices/{ids['Safari 18 · iPhone']}/end").status_code == 404
    assert client.post("/account/devices/end-others").status_code == 303
    assert old.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    assert client.post("/account/devices/end-all").status_code == 303
    assert client.get("/account").status_code == 302


def test_nobody_ends_anothers_session(client: Any, app: Any, hoa: User, office: Office) -> None:
    other = make.stored(office.engine, username="lan")
    theirs = make.sign_in(app.test_client(), office.engine, other)
    make.sign_in(client, office.engine, hoa)
    for row in rows(office, LoginSession):
        if row.user_id == other.id:
            assert client.post(f"/account/devices/{row.id}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_the_language_one_reads_is_kept(client: Any, app: Any, hoa: User, office: Office) -> None:
    make.sign_in(client, office.engine, hoa)
    assert client.post("/account/language", data={"language": "en"}).status_code == 303
    fresh = make.sign_in(app.test_client(), office.engine, hoa)
    assert 'lang="en"' in fresh.get("/account").text
    assert client.post("/account/language", data={"language": "fr"}).status_code == 422


def test_a_session_cannot_outlive_its_account(client: Any, hoa: User, office: Office) -> None:
    make.sign_in(client, office.engine, hoa)
    with db.transaction(office.engine) as session:
        queries.user(session, hoa.id).active = False
    assert client.get("/account").status_code == 302


def test_the_held_day_of_the_demo_changes_nothing(client: Any, hoa: User) -> None:
    clock.hold(date(2026, 1, 20))
    send(client)
    assert client.get("/account").status_code == 200


def test_forged_forms_are_refused(app: Any, client: Any, hoa: User) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert send(client).status_code == 400
    assert cookie(client) is None


def test_behind_https_only_this_host_may_set_the_cookie(app: Any, office: Office) -> None:
    assert login.cookie_name(replace(office.settings, behind_https=True)) == "__Host-petitions_session"
