"""The pages of accounts, with quick password hashes."""

from collections.abc import Iterator
from typing import Any

import pytest

from petitions.accounts import passwords
from petitions.accounts import views as accounts
from petitions.core import clock, db
from petitions.core.office import Office
from tests.make import accounts as make


@pytest.fixture
def app(app: Any, office: Office) -> Iterator[Any]:
    """The application; roles seeded."""
    if "accounts" not in app.blueprints:
        app.register_blueprint(accounts.blueprint)
    app.config["PASSWORD_COST"] = passwords.QUICK
    app.config["WTF_CSRF_ENABLED"] = False
    with db.transaction(office.engine) as session:
        make.seed(session)
    yield app
    clock.hold(None)
