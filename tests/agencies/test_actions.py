"""Changing the agencies, and loading them. On both databases."""

from datetime import date

import pytest
from sqlalchemy import func, select

from petitions.agencies import actions, queries, reference
from petitions.agencies.models import Agency, AgencySuccession
from petitions.core import db
from petitions.core.errors import Conflict, Invalid, RuleBroken, Stale
from petitions.journal import queries as journal
from tests.make import agencies as make
from tests.make import areas

DONE = {"by": areas.KEEPER, "now": areas.NOW}


@pytest.fixture
def hanoi(session):
    areas.seed(session)
    reference.load(session, **DONE)
    return session


def correct(session, row, **given):
    values = {name: getattr(row, name) for name in ("name", "short_name", "valid_from", "valid_to", "basis", "confirmed", "version")}
    return actions.correct_agency(session, row.id, **{**values, "reason": "đối chiếu", **given}, **DONE)


def test_loading_twice_adds_nothing_and_keeps_what_was_edited(hanoi):
    row = queries.agency(hanoi, queries.id_of_code(hanoi, "so-y-te"))
    correct(hanoi, row, short_name="SYT Hà Nội")
    assert reference.load(hanoi, **DONE) == 0
    assert queries.agency(hanoi, row.id).short_name == "SYT Hà Nội"


def test_committees_follow_the_areas(hanoi):
    counted = dict(hanoi.execute(select(Agency.level, func.count()).group_by(Agency.level)).all())
    assert (counted["district"], counted["commune"]) == (30, 126)
    heirs = queries.living_successors(hanoi, queries.id_of_code(hanoi, "ubnd-h-gia-lam"), date(2025, 9, 1))
    names = {queries.agency_name(hanoi, heir.agency_id) for heir in heirs}
    assert {"Ủy ban nhân dân xã Gia Lâm", "Ủy ban nhân dân xã Bát Tràng"} <= names
    assert not any(heir.whole for heir in heirs)


def test_a_living_agency_stands_in_for_itself(hanoi):
    number = queries.id_of_code(hanoi, "so-xay-dung")
    assert [heir.agency_id for heir in queries.living_successors(hanoi, number, date(2025, 9, 1))] == [number]


def test_a_correction_is_in_the_journal_and_a_stale_one_is_refused(session):
    row = make.agency(session)
    correct(session, row, valid_to=date(2025, 2, 28))
    with pytest.raises(Stale):
        correct(session, row, name="Khác", version=1)
    db.finish(session)
    entry = journal.timeline(session, ("agency", row.id))[-1]
    assert (entry.act, entry.changes) == ("agency.correct", {"valid_to": [None, "2025-02-28"]})


def test_a_successor_is_recorded_once_and_lives_that_day(hanoi):
    old = make.agency(hanoi, name="Sở Cũ", valid_to=date(2025, 2, 28))
    new = make.agency(hanoi, name="Sở Kế nhiệm")
    given = {"on": date(2025, 3, 1), "share": "whole", "basis": "QĐ thử", "confirmed": True, **DONE}
    actions.add_succession(hanoi, old.id, new_id=new.id, **given)
    with pytest.raises(Conflict):
        actions.add_succession(hanoi, old.id, new_id=new.id, **given)
    with pytest.raises(RuleBroken):
        actions.add_succession(hanoi, old.id, new_id=queries.id_of_code(hanoi, "so-y-te"), **given)
    with pytest.raises(Invalid):
        actions.add_succession(hanoi, new.id, new_id=old.id, **given)
    assert hanoi.scalar(select(func.count()).select_from(AgencySuccession).where(AgencySuccession.old_id == old.id)) == 1


def test_a_new_name_finds_its_agency(hanoi):
    number = queries.id_of_code(hanoi, "so-y-te")
    actions.add_alias(hanoi, number, words="Ngành y tế", **DONE)
    with pytest.raises(Conflict):
        actions.add_alias(hanoi, number, words="Sở y tế", **DONE)
    assert "Ngành y tế" in queries.directory(hanoi).agencies[number].names


def test_a_second_agency_of_the_same_name_is_refused(hanoi):
    with pytest.raises(Conflict):
        actions.add_agency(hanoi, name="sở Y tế", short_name=None, kind="department", level="city", valid_from=None, basis="thử", confirmed=True, **DONE)


def test_the_directory_is_built_anew_after_a_change_of_agencies_or_areas(own_engine):
    with db.transaction(own_engine) as session:
        areas.seed(session)
        reference.load(session, **DONE)
    with db.reading(own_engine) as session:
        before = queries.directory(session)
        assert queries.directory(session) is before
    with db.transaction(own_engine) as session:
        actions.add_alias(session, queries.id_of_code(session, "so-y-te"), words="Ngành y tế", **DONE)
    with db.reading(own_engine) as session:
        assert queries.directory(session) is not before
