"""A little house of its own: the web ground, and a handful of views that do what tests need."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, request
from marshmallow import Schema, fields
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from petitions.core.db import make_engine
from petitions.core.db import transaction as open_transaction
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, RuleBroken, Stale
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.core.words import say
from petitions.settings import Settings
from petitions.web import access, house, pages, transaction
from petitions.web.access import needs, public, signed_in
from petitions.web.forms import read_form, refused

CLERK = Identity(7, "clerk", "Nguyễn Thị Mai", frozenset({"clerk"}), frozenset({"petition.read"}))
REFUSALS = {
    "not-found": NotFound(),
    "not-allowed": NotAllowed(),
    "conflict": Conflict(say("Không thực hiện được việc này.")),
    "stale": Stale(),
    "rule": RuleBroken(),
    "invalid": Invalid({"name": [say("Hãy điền ô này.")]}),
    "integrity": IntegrityError("insert", {}, Exception("unique")),
    "bug": RuntimeError("a secret of the machine"),
}


class Person(Schema):
    """What the trial form takes."""

    name = fields.String(required=True)
    age = fields.Integer()


def trial_rooms() -> Blueprint:
    """The views."""
    rooms = Blueprint("trial", __name__)

    def write(word: str) -> None:
        transaction.db().execute(text("INSERT INTO trial (word) VALUES (:word)"), {"word": word})

    @rooms.route("/write/<int:status>", methods=["GET", "POST"])
    @public
    def write_and_answer(status: int) -> Any:
        write("kept?")
        return "", status

    @rooms.post("/write-and-raise/<name>")
    @public
    def write_and_raise(name: str) -> Any:
        write("never")
        raise REFUSALS[name]

    @rooms.post("/breaks-at-commit")
    @public
    def breaks_at_commit() -> Any:
        transaction.db().execute(text("INSERT INTO child (parent) VALUES (12345)"))
        return "done"

    @rooms.post("/wrong-password")
    @public
    def wrong_password() -> Any:
        with transaction.second_door() as session:
            session.execute(text("INSERT INTO trial (word) VALUES ('counted')"))
        write("never")
        raise NotAllowed

    @rooms.post("/second-door-too-late")
    @public
    def second_door_too_late() -> Any:
        write("never")
        with transaction.second_door():
            return "done"

    @rooms.get("/raise/<name>")
    @public
    def fail(name: str) -> Any:
        raise REFUSALS[name]

    @rooms.get("/abort/<int:status>")
    @public
    def give_up(status: int) -> Any:
        abort(status)

    @rooms.get("/for-all-signed-in")
    @signed_in
    def for_all() -> Any:
        return access.identity().name

    @rooms.get("/for-readers")
    @needs("petition.read", "reference.read")
    def for_readers() -> Any:
        return "words"

    @rooms.route("/for-managers", methods=["GET", "POST"])
    @needs("account.manage")
    def for_managers() -> Any:
        return "words"

    @rooms.post("/form")
    @public
    def form() -> Any:
        try:
            return read_form(Person)
        except Invalid as error:
            return refused("errors/fragment.html", error, status=422, title="", detail=None, advice="", fields=error.fields, reference=None)

    @rooms.post("/echo")
    @public
    def echo() -> Any:
        return {"sent": request.form.to_dict()}

    return rooms


class Caller:
    """A caller of the little house; signs in by saying so, sends the token with every form."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client, self.who = app, app.test_client(), None

    def get(self, path: str, **more: Any) -> Any:
        """A page."""
        return self.client.get(path, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> Any:
        """A form with its token."""
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/no-such-page").text)
        assert found
        return self.client.post(path, data={**(data or {}), "csrf_token": found.group(1)}, **more)


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> list[Identity | None]:
    """Who is signed in: set its only item."""
    who: list[Identity | None] = [None]
    monkeypatch.setattr(access, "_loaders", [lambda: who[0]])
    monkeypatch.setattr(access, "_idle", [])
    return who


@pytest.fixture
def trial_engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database; the tests of transactions put both kinds in its place."""
    engine = make_engine(f"sqlite:///{tmp_path / 'trial.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def house_app(trial_engine: Engine, tmp_path: Path, identity: list[Identity | None]) -> Flask:
    """The little house."""
    with open_transaction(trial_engine) as session:
        session.execute(text("CREATE TABLE trial (word VARCHAR(40) NOT NULL)"))
        session.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        session.execute(text("CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"))
    app = Flask("petitions", static_folder=None, template_folder=str(pages.folder()))
    house.lay_ground(app, Office(Settings(data_dir=tmp_path, database_url="", secret_key="k" * 40), trial_engine))
    app.register_blueprint(trial_rooms())
    return app


@pytest.fixture
def caller(house_app: Flask) -> Caller:
    """A stranger at the little house."""
    return Caller(house_app)


@pytest.fixture
def words(trial_engine: Engine) -> Any:
    """Gives the words that were really kept."""

    def kept() -> list[str]:
        with trial_engine.connect() as connection:
            return list(connection.execute(text("SELECT word FROM trial ORDER BY word")).scalars())

    return kept


@pytest.fixture(autouse=True)
def _quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level("CRITICAL", logger="petitions.web.errors"):
        yield
