"""Petitions like one another: found while typing and beside a petition, only what one may see; a clerk's "not a duplicate" is kept."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import NotAllowed, NotFound
from petitions.core.office import Office
from petitions.council import queries as council
from petitions.intake.likeness import actions
from petitions.intake.likeness.models import PetitionRelation
from petitions.intake.likeness.queries import apart, like
from petitions.intake.models import Petition
from petitions.intake.queries.lists import lists
from petitions.intake.queries.places import atlas
from petitions.journal.queries import timeline
from petitions.search import finding, writer
from tests.make import intake as make

FLOOD = "Tuyến đường liên xã thường xuyên ngập úng khi mưa to, cống thoát nước bị tắc, đề nghị nạo vét cống và nâng cao mặt đường."
TURNED = "de nghi nao vet cong bi tac va nang mat duong len, tuyen duong lien xa cu mua to la thuong xuyen ngap ung"
SCHOOL = "Trường mầm non của xã thiếu phòng học và thiếu giáo viên, phụ huynh phải gửi con rất xa, đề nghị xây thêm lớp."


def test_a_pair_is_remembered_once_for_both(session: Session) -> None:
    world = make.world(session)
    one, other = (make.petition(session, world, text=text) for text in (FLOOD, SCHOOL))
    for _ in range(2):
        actions.keep_apart(session, other.code, one.code, by=world.clerk, now=make.NOW)
    session.flush()
    assert apart(session, one.id) == {other.id}
    assert apart(session, other.id) == {one.id}
    assert session.query(PetitionRelation).count() == 1
    actions.forget(session, one.code, other.code, by=world.clerk, now=make.NOW)
    session.flush()
    assert apart(session, one.id) == set()


def test_only_who_works_on_a_petition_says_so(session: Session) -> None:
    world = make.world(session)
    one, other = (make.petition(session, world, text=text) for text in (FLOOD, SCHOOL))
    with pytest.raises(NotFound):
        actions.keep_apart(session, one.code, "HD00-00-00000", by=world.clerk, now=make.NOW)
    stranger = make.person(session, world, "auditor", scopes={})
    with pytest.raises(NotAllowed):
        actions.keep_apart(session, one.code, other.code, by=stranger, now=make.NOW)


@pytest.fixture
def two(office: Office) -> tuple[Any, int, int]:
    """A world with two registered petitions, in the index."""
    with db.transaction(office.engine) as session:
        world = make.world(session, code="KT")
        one, other = (make.petition(session, world, text=text) for text in (FLOOD, SCHOOL))
        ids = one.id, other.id
        session.expunge_all()
    writer.bring_in(office)
    return world, *ids


def found(office: Office, text: str, **wishes: Any) -> list[int]:
    with db.reading(office.engine) as session:
        known = {"atlas": atlas(session), "lists": lists(session)}
        return [one.id for one in like(session, finding.engine_of(office), text, **known, **wishes)]


def test_a_rewritten_petition_finds_its_twin(office: Office, two: tuple[Any, int, int]) -> None:
    world, one, _ = two
    assert found(office, FLOOD, identity=world.clerk) == [one]
    assert found(office, TURNED, identity=world.clerk) == [one]
    assert found(office, "ngập úng", identity=world.clerk) == []
    assert found(office, FLOOD, identity=world.clerk, but=one) == []


def test_nobody_sees_twins_he_may_not_read(office: Office, two: tuple[Any, int, int]) -> None:
    world, one, _ = two
    with db.transaction(office.engine) as session:
        near = make.person(session, world, "delegate")
        elsewhere = make.person(session, world, "clerk", scopes={"body": [council.body_by_code(session, "HD").id]})
    assert found(office, FLOOD, identity=near) == []  # a draft is its clerks' alone
    assert found(office, FLOOD, identity=elsewhere) == []
    assert found(office, FLOOD, identity=world.clerk) == [one]


def test_what_was_said_to_be_apart_is_not_shown(office: Office, two: tuple[Any, int, int]) -> None:
    world, one, _ = two
    with db.transaction(office.engine) as session:
        again = make.petition(session, world, text=TURNED)
        code, number, other = again.code, again.id, session.get_one(Petition, one).code
    writer.bring_in(office)
    assert found(office, TURNED, identity=world.clerk, but=number) == [one]
    with db.transaction(office.engine) as session:
        actions.keep_apart(session, code, other, by=world.clerk, now=make.NOW)
    assert found(office, TURNED, identity=world.clerk, but=number) == []
    with db.reading(office.engine) as session:
        for petition in (one, number):
            assert [entry.act for entry in timeline(session, ("petition", petition))].count("petition.keep_apart") == 1
