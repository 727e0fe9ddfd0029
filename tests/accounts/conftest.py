"""The pages of accounts, with quick password hashes."""

from collections.abc import Iterator
from typing import Any

import pytest

from petitions.accounts import passwords, scopes
from petitions.core import clock, db
from petitions.core.office import Office
from tests.make import accounts as make


@pytest.fixture(autouse=True)
def _no_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """No kind of scope is registered, whatever another test of this process has put together."""
    monkeypatch.setattr(scopes, "_kinds", {})


@pytest.fixture
def app(app: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The application; roles seeded."""
    monkeypatch.setattr(scopes, "_kinds", {})
    app.config["PASSWORD_COST"] = passwords.QUICK
    app.config["WTF_CSRF_ENABLED"] = False
    with db.transaction(office.engine) as session:
        make.seed(session)
    yield app
    clock.hold(None)
