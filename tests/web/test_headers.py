"""The content policy and the headers beside it; forged forms; static files."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request

from petitions.app import create_app
from petitions.core.office import Office
from petitions.web import assets, health
from tests.web.conftest import Caller

PLAN = (
    "default-src 'none'; script-src 'self' 'nonce-…'; style-src 'self' 'nonce-…'; style-src-attr 'none'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def policy(response: Any) -> str:
    """The policy with its nonce left out."""
    return re.sub(r"'nonce-[^']+'", "'nonce-…'", response.headers["Content-Security-Policy"])


def test_every_answer_carries_the_policy(caller: Caller) -> None:
    for path in ("/write/200", "/raise/bug", "/no-such-page", "/healthz", "/for-readers", "/write/404", f"/static/{assets.version()}/look.css"):
        response = caller.get(path)
        assert policy(response) == PLAN, path
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_nonce_is_new_each_time_and_the_pages_own(caller: Caller) -> None:
    first, second = caller.get("/nope"), caller.get("/nope")
    nonces = [re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]).group(1) for response in (first, second)]
    assert nonces[0] != nonces[1]
    assert nonces[0] in first.text


def test_pages_are_not_stored_and_static_files_are_kept_for_a_year(caller: Caller) -> None:
    assert caller.get("/nope").headers["Cache-Control"] == "no-store"
    kept = caller.get(f"/static/{assets.version()}/look.css")
    assert kept.status_code == 200
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert caller.get("/static/000000000000/look.css").headers["Cache-Control"] == "no-cache"


def test_static_files_stay_in_their_folder(caller: Caller) -> None:
    for name in ("../health.py", "..%2fhealth.py", "%2e%2e/health.py", "vendor", "no-such.css"):
        assert caller.get(f"/static/{assets.version()}/{name}").status_code == 404, name


def test_a_form_without_its_token_is_refused(caller: Caller) -> None:
    assert caller.client.post("/echo", data={"text": "x"}).status_code == 400
    assert caller.post("/echo", {"text": "x"}).json == {"sent": {"text": "x", "csrf_token": caller_token(caller)}}


def caller_token(caller: Caller) -> str:
    """The token that the last page gave; equal within a session only in effect, so it is looked up from the answer."""
    return str(caller.post("/echo", {"text": "x"}).json["sent"]["csrf_token"])


def test_htmx_sends_the_token_in_a_header(caller: Caller) -> None:
    token = caller_token(caller)
    assert caller.client.post("/echo", data={"text": "x"}, headers={"X-CSRFToken": token, "HX-Request": "true"}).status_code == 200


def test_a_stale_token_loses_nothing(caller: Caller) -> None:
    response = caller.client.post("/echo", data={"text": "Đường ngập " * 10, "csrf_token": "old"})
    assert response.status_code == 400
    assert "Đường ngập " * 10 in response.text
    assert "Gửi lại" in response.text


def test_another_sites_form_is_not_offered_for_sending_again(caller: Caller) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        response = caller.client.post("/echo", data={"text": "Xoá hết " * 10}, headers=headers)
        assert response.status_code == 400
        assert "Xoá hết" not in response.text


def test_health_and_readiness(caller: Caller) -> None:
    assert caller.get("/healthz").json == {"status": "ok"}
    assert caller.get("/readyz").json == {"status": "ok", "checks": {"database": True}}


def test_readiness_says_no_when_a_check_fails(house_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_checks", {"index": lambda: False})
    response = house_app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json["checks"] == {"database": True, "index": False}


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.9.8.7")])
def test_only_our_own_proxies_are_believed(office: Office, proxies: int, seen: str) -> None:
    app = create_app(Office(replace(office.settings, proxies=proxies), office.engine))
    told: list[str | None] = []
    app.before_request(lambda: told.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "1.2.3.4, 10.9.8.7"})
    assert told == [seen]
