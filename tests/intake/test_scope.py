"""Who sees what: the list, the page and the search agree, for every role."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.intake.actions import moves
from petitions.intake.indexing import Petitions
from petitions.intake.models import Petition
from petitions.intake.queries.reading import by_code, visible
from petitions.intake.values import AgencyValues
from petitions.search.documents import SearchDocument
from petitions.search.sources import Scope
from tests.make import intake as make

STATES = ("draft", "waiting", "registered", "classified", "diverted")
REGISTER = {"registered", "classified", "diverted"}
SEES = {
    "clerk": set(STATES),
    "lead": set(STATES),
    "delegate": REGISTER,
    "standing": REGISTER,
    "committee": REGISTER,
    "supervisor": REGISTER,
    "auditor": set(STATES),
    "administrator": set(),
}


def found(scope: Scope, document: SearchDocument) -> bool:
    """Whether the search would show `document` to the owner of `scope`."""
    return any(all(set(document.filters.get(facet, ())) & values for facet, values in way.items()) for way in scope.any_of)


def seen(session: Session, who: Identity) -> set[int]:
    ids = set(session.scalars(select(Petition.id).where(visible(who))))
    source = Petitions()
    every = source.load(session, list(session.scalars(select(Petition.id))))
    assert {one.subject_id for one in every if found(source.scope(session, who), one)} == ids
    return ids


def test_each_role_sees_its_states_and_the_search_agrees(session: Session) -> None:
    place = make.world(session)
    made = {state: make.petition(session, place, state=state) for state in STATES}
    for role, states in SEES.items():
        who = make.person(session, place, role)
        assert seen(session, who) == {made[state].id for state in states}, role
    assert seen(session, SYSTEM) == {row.id for row in made.values()}


def test_nobody_sees_another_body_but_auditors(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="registered")
    for role in SEES:
        who = make.person(session, place, role, scopes={"body": [place.body.id + 77]})
        assert (petition.id in seen(session, who)) == (role == "auditor"), role


def test_an_agency_sees_only_what_names_it(session: Session) -> None:
    place = make.world(session)
    agency = Agency(code="thu", name="Sở Thử", kind="department", level="city", basis="thử")
    session.add(agency)
    session.flush()
    own = make.petition(session, place, state="registered", agencies=(AgencyValues(agency_id=agency.id),))
    make.petition(session, place, state="registered")
    make.petition(session, place, state="diverted", agencies=(AgencyValues(agency_id=agency.id),))
    who = Identity(None, "sở", "Sở", permissions=frozenset({Permission.PETITION_READ}), scopes={"agency": frozenset({agency.id})})
    assert seen(session, who) == {own.id}


def test_a_deleted_draft_is_seen_by_nobody(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place)
    moves.discard(session, petition.id, by=place.clerk, now=make.NOW)
    for who in (place.clerk, place.lead, SYSTEM, make.person(session, place, "auditor")):
        with pytest.raises(NotFound):
            by_code(session, petition.code, who)
