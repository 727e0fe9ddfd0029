"""A desk with petitions that have documents: an office of either engine, its people and their browsers."""

import io
import re
from typing import Any

import pytest

from petitions.accounts import queries as accounts_queries
from petitions.core import clock, db
from petitions.core.identity import Identity
from petitions.core.office import Office
from petitions.council import queries as council
from petitions.documents import queries, worker
from petitions.documents.queries import Held
from petitions.intake.actions import entry, moves
from petitions.intake.values import PetitionValues
from tests.make import accounts, intake


class Desk:
    """An office, one petition in its register, and what people do with documents."""

    def __init__(self, office: Office, app: Any) -> None:
        self.office, self.app = office, app
        clock.hold(intake.TODAY)
        app.config["WTF_CSRF_ENABLED"] = False
        with db.transaction(office.engine) as session:
            self.body = council.body_by_code(session, "HD").id
        self.code, self.petition_id = self.petition()
        self.address = f"/documents/of/petition/{self.petition_id}"

    def petition(self, *, accepted: bool = True, **given: Any) -> tuple[str, int]:
        """A petition in the register, or a draft."""
        clerk, lead = self.person("clerk"), self.person("lead")
        typed: dict[str, Any] = {"body_id": self.body, "text": intake.TEXT, "origin": "contact", "met_on": intake.TODAY, "place_words": "xã Gia Lâm", **given}
        with db.transaction(self.office.engine) as session:
            made = entry.save_draft(session, PetitionValues(**typed), by=clerk, now=intake.NOW, key=self.office.settings.secret_key)
            if accepted:
                moves.submit(session, made.id, by=clerk, now=intake.NOW)
                moves.accept(session, made.id, by=lead, now=intake.NOW)
            return made.code, made.id

    def person(self, role: str, **scopes: list[int]) -> Identity:
        """Somebody of that role, of the City Council unless scopes are given."""
        user = accounts.stored(self.office.engine, username=role, roles=(role,), scopes=scopes or {"body": [self.body]})
        with db.reading(self.office.engine) as session:
            found = accounts_queries.identity_of(session, user.id)
        assert found is not None
        return found

    def browser(self, role: str, *, body: str = "HD") -> Any:
        """A browser of somebody of that role and body."""
        with db.transaction(self.office.engine) as session:
            number = council.body_by_code(session, body).id
        user = accounts.stored(self.office.engine, username=f"{role}.{body.lower()}", roles=(role,), scopes={"body": [number]})
        return accounts.sign_in(self.app.test_client(), self.office.engine, user)

    def send(self, client: Any, *files: tuple[bytes, str], to: str = "", htmx: bool = True, **typed: Any) -> Any:
        """Files sent by the panel's form."""
        data = {**typed, "file": [(io.BytesIO(content), name) for content, name in files]}
        headers = {"HX-Request": "true"} if htmx else {}
        return client.post(to or self.address, data=data, content_type="multipart/form-data", headers=headers)

    def documents(self) -> list[Held]:
        """What the petition has."""
        with db.reading(self.office.engine) as session:
            found = queries.of_subject(session, ("petition", self.petition_id))
            session.expunge_all()  # they outlive the session
            return found

    def read_all(self) -> None:
        """What the worker does in the background."""
        while worker.work(self.office):
            pass

    def path(self, client: Any) -> str:
        """The address of the first document, as the petition's page links it."""
        match = re.search(r'href="(/documents/\d+)"', client.get(f"/petitions/{self.code}").text)
        assert match
        return match.group(1)


@pytest.fixture
def desk(office: Office, app: Any) -> Desk:
    """The desk of this test's office."""
    return Desk(office, app)
