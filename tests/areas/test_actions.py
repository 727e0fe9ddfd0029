"""Changing the areas: what may be corrected, what is a new row, and what the journal keeps. On both databases."""

from datetime import date

import pytest
from sqlalchemy import func, select

from petitions.areas import actions, queries, reference
from petitions.areas.models import AdminUnit, AreaEdition, UnitChange
from petitions.core import db
from petitions.core.errors import Conflict, Invalid, NotFound, RuleBroken, Stale
from petitions.journal import queries as journal
from tests.make import areas as make

DONE = {"by": make.KEEPER, "now": make.NOW}


def correct(session, row, **given):
    values = {"name": row.name, "valid_to": row.valid_to, "confirmed": row.confirmed, "source": row.source, "note": row.note}
    return actions.correct_unit(session, row.id, **{**values, "version": row.version, "reason": "đối chiếu", **given}, **DONE)


def test_loading_twice_adds_nothing(session):
    assert reference.load(session, **DONE) > 1600
    edition = session.scalar(select(AreaEdition.token))
    assert reference.load(session, **DONE) == 0
    assert session.scalar(select(AreaEdition.token)) == edition


def test_loading_again_never_overwrites_what_the_office_edited(session):
    make.seed(session)
    row = queries.unit(session, queries.id_of_code(session, "x-dinh-xuyen.gia-lam"))
    correct(session, row, note="đã hỏi phường", confirmed=False)
    reference.load(session, **DONE)
    session.expire_all()
    assert (queries.unit(session, row.id).note, queries.unit(session, row.id).confirmed) == ("đã hỏi phường", False)


def test_a_spelling_is_corrected_and_the_journal_says_so(session):
    row = make.unit(session, name="Trâu Qùy")
    correct(session, row, name="Trâu Quỳ", reason="gõ nhầm dấu")
    db.finish(session)
    entry = journal.timeline(session, ("unit", row.id))[-1]
    assert (entry.act, entry.changes, entry.reason) == ("unit.correct", {"name": ["Trâu Qùy", "Trâu Quỳ"]}, "gõ nhầm dấu")


def test_another_name_is_another_unit(session):
    row = make.unit(session)
    with pytest.raises(RuleBroken):
        correct(session, row, name="Gia Lâm")


def test_a_stale_correction_is_refused(session):
    row = make.unit(session)
    correct(session, row, note="một")
    with pytest.raises(Stale):
        correct(session, row, note="hai", version=1)


def test_a_last_day_before_the_first_is_refused(session):
    row = make.unit(session, valid_from=date(2025, 1, 1), valid_to=None)
    with pytest.raises(Invalid) as refused:
        correct(session, row, valid_to=date(2024, 1, 1))
    assert set(refused.value.fields) == {"valid_to"}


def test_nothing_changed_is_no_act(session):
    row = make.unit(session)
    correct(session, row)
    db.finish(session)
    assert (row.version, list(journal.timeline(session, ("unit", row.id)))) == (1, [])


def test_a_new_unit_and_what_went_into_it(session):
    old = make.unit(session, valid_to=date(2026, 12, 31))
    new = actions.add_unit(session, kind="xa", name="Gia Lâm Mới", valid_from=date(2027, 1, 1), source="NQ thử", confirmed=True, **DONE)
    assert new.code == "x-gia-lam-moi.2027-01-01"
    actions.add_change(session, old.id, new_id=new.id, on=date(2027, 1, 1), share="whole", source="NQ thử", confirmed=True, **DONE)
    steps = queries.successors(session, old.id, date(2027, 6, 1))
    assert [(step.unit_id, step.whole, step.confirmed) for step in steps] == [(new.id, True, True)]
    with pytest.raises(Conflict):
        actions.add_unit(session, kind="xa", name="Gia Lâm Mới", valid_from=date(2027, 1, 1), source="NQ thử", confirmed=True, **DONE)


def test_a_change_joins_units_that_lived_around_the_day(session):
    old, new = make.unit(session), make.unit(session, name="Gia Lâm", kind="xa", valid_from=date(2025, 7, 1), valid_to=None)
    late = {"share": "whole", "source": "thử", "confirmed": True, **DONE}
    with pytest.raises(Invalid):
        actions.add_change(session, old.id, new_id=new.id, on=date(2025, 6, 30), **late)
    with pytest.raises(Invalid):
        actions.add_change(session, old.id, new_id=new.id, on=date(2026, 1, 1), **late)
    with pytest.raises(Invalid):
        actions.add_change(session, old.id, new_id=old.id, on=date(2025, 7, 1), **late)
    with pytest.raises(NotFound):
        actions.add_change(session, old.id, new_id=10**6, on=date(2025, 7, 1), **late)
    assert session.scalar(select(func.count()).select_from(UnitChange).where(UnitChange.old_id == old.id)) == 0


def test_a_whole_unit_goes_to_one_place_only(session):
    old = make.unit(session)
    one, other = (make.unit(session, name=name, kind="xa", valid_from=date(2025, 7, 1), valid_to=None) for name in ("Gia Lâm", "Bát Tràng"))
    given = {"on": date(2025, 7, 1), "source": "thử", "confirmed": True, **DONE}
    actions.add_change(session, old.id, new_id=one.id, share="part", **given)
    with pytest.raises(RuleBroken):
        actions.add_change(session, old.id, new_id=other.id, share="whole", **given)
    with pytest.raises(Conflict):
        actions.add_change(session, old.id, new_id=one.id, share="part", **given)
    actions.add_change(session, old.id, new_id=other.id, share="part", **given)


def test_a_doubtful_change_is_confirmed_with_its_basis(session):
    old, new = make.unit(session), make.unit(session, name="Gia Lâm", kind="xa", valid_from=date(2025, 7, 1), valid_to=None)
    row = make.change(session, old, new, confirmed=False)
    actions.confirm_change(session, row.id, source="NQ 1656/NQ-UBTVQH15", **DONE)
    db.finish(session)
    assert (row.confirmed, row.source) == (True, "NQ 1656/NQ-UBTVQH15")
    assert journal.timeline(session, ("unit", old.id))[-1].act == "unit.change_confirmed"


def test_every_change_makes_processes_build_their_gazetteer_anew(own_engine):
    with db.transaction(own_engine) as session:
        make.seed(session)
    with db.reading(own_engine) as session:
        before = queries.gazetteer(session)
        assert queries.gazetteer(session) is before
    with db.transaction(own_engine) as session:
        row = queries.unit(session, queries.id_of_code(session, "x-gia-lam.2025-07"))
        correct(session, row, valid_to=date(2030, 12, 31))
    with db.reading(own_engine) as session:
        after = queries.gazetteer(session)
    assert after is not before
    assert after.units[row.id].valid_to == date(2030, 12, 31)


def test_what_other_rooms_ask(session):
    make.seed(session)
    old, new = queries.id_of_code(session, "tt-trau-quy.gia-lam"), queries.id_of_code(session, "x-gia-lam.2025-07")
    assert new in queries.related_units(session, old)
    assert old in queries.related_units(session, new)
    assert queries.unit_label(session, new, old) == "xã Gia Lâm (thị trấn Trâu Quỳ cũ)"
    assert queries.district_label(session, queries.district_id_of_code(session, "h-gia-lam")) == "huyện Gia Lâm"
    assert len(queries.units_on(session, date(2025, 9, 1))) == 126
    with pytest.raises(NotFound):
        queries.id_of_code(session, "00004")


def test_a_used_unit_cannot_be_deleted(session):
    old, new = make.unit(session), make.unit(session, name="Gia Lâm", kind="xa", valid_from=date(2025, 7, 1), valid_to=None)
    make.change(session, old, new)
    assert session.scalar(select(func.count()).select_from(AdminUnit).where(AdminUnit.id.in_([old.id, new.id]))) == 2
    assert not hasattr(actions, "delete_unit")
