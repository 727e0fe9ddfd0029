"""Every page × every role × a stranger: what the page declares and the role holds, against the answer that really comes.

Generated from the application's own list of pages: a new page is tried by being there. Beside it a short table written by hand,
from "who does what" of the plan, so that a wrong declaration is found too.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import AnyConverter, Rule

from petitions.accounts import login, queries, reference
from petitions.core import db
from petitions.core.office import Office
from tests.make import accounts as make

SAMPLES = {"IntegerConverter": 999_999, "UnicodeConverter": "khong-co", "PathConverter": "khong/co", "UUIDConverter": "0" * 32}
STRANGER = "stranger"
ROLES = list(reference.SEED)
ENDS_AT_THE_DOOR = {"accounts.sign_out", "accounts.end_every_device"}
# Path → the roles that may open it; nobody else. A page that is not built yet is not tried.
BY_HAND = {
    "/accounts": {"administrator"},
    "/accounts/roles": {"administrator"},
    "/import": {"clerk"},
    "/petitions/new": {"clerk"},
    "/account": set(ROLES),
    "/": set(ROLES),
}


def calls(app: Any) -> Iterator[tuple[str, str, Any, Rule]]:
    """(method, path, declaration, rule) of everything that can be asked for."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        values = {name: sample(rule._converters[name]) for name in rule.arguments - set(rule.defaults or {})}
        path = app.url_map.bind("localhost").build(rule.endpoint, values | dict(rule.defaults or {}))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path, app.view_functions[rule.endpoint].access, rule


def sample(converter: Any) -> Any:
    """A value for a part of an address: a name that exists nowhere, or the first of those allowed."""
    return sorted(converter.items)[0] if isinstance(converter, AnyConverter) else SAMPLES[type(converter).__name__]


@pytest.fixture
def opened(app: Any, office: Office) -> Any:
    """The application without forgery checks (access comes before them), with one person a role."""
    app.config["WTF_CSRF_ENABLED"] = False
    for role in ROLES:
        make.stored(office.engine, username=role, roles=[role], demo=True)
    return app


def caller(app: Any, office: Office, role: str) -> Any:
    """A browser in which a person of `role` is freshly signed in."""
    client = app.test_client()
    if role == STRANGER:
        return client
    with db.reading(office.engine) as session:
        user = queries.by_username(session, role)
        assert user is not None
        session.expunge_all()
    return make.sign_in(client, office.engine, user)


def held_by(office: Office, role: str) -> frozenset[str]:
    """The permissions of a role, by its rows."""
    with db.reading(office.engine) as session:
        return queries.granted(session).get({one.code: one.id for one in queries.roles(session)}.get(role, 0), frozenset())


def expected(declared: Any, role: str, held: frozenset[str]) -> str:
    """What must come: "in", "door" (sign in first) or "refused"."""
    if declared.kind == "public":
        return "in"
    if role == STRANGER:
        return "door"
    return "in" if declared.kind == "signed_in" or declared.permissions & held else "refused"


def came(answer: Any, rule: Rule) -> str:
    """What came."""
    if answer.status_code >= 500:
        return f"broken ({answer.status_code})"
    to_door = answer.status_code in {302, 303} and answer.location.startswith("/sign-in") and rule.endpoint not in ENDS_AT_THE_DOOR
    if to_door or answer.status_code == 401:
        return "door"
    return "refused" if answer.status_code == 403 else "in"


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_every_page_answers_as_it_declares(opened: Any, office: Office, role: str) -> None:
    held = held_by(office, role)
    client = caller(opened, office, role)
    wrong = []
    for method, path, declared, rule in calls(opened):
        answer = client.open(path, method=method)
        wanted, got = expected(declared, role, held), came(answer, rule)
        if wanted != got:
            wrong.append(f"{role}: {method} {path} should be {wanted}, is {got} ({answer.status_code})")
        left = role != STRANGER and client.get_cookie(login.COOKIE) is None
        if left or rule.endpoint.startswith("accounts.end_"):
            client = caller(opened, office, role)  # the page ended the session
    assert not wrong, "\n".join(wrong)


def test_who_opens_what(opened: Any, office: Office) -> None:
    built = {rule.rule for rule in opened.url_map.iter_rules()} & set(BY_HAND)
    people = {role: caller(opened, office, role) for role in ROLES}
    came_in = {path: {role for role, client in people.items() if client.get(path).status_code == 200} for path in built}
    assert came_in == {path: BY_HAND[path] for path in built}


def test_the_matrix_is_not_empty(opened: Any) -> None:
    kinds = [declared.kind for _, _, declared, _ in calls(opened)]
    assert kinds.count("needs") > 20
    assert {"public", "signed_in"} <= set(kinds)
