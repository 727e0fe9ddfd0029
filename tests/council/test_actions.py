"""Writes: lists are never overwritten, numbers are exchanged, mandates begin and end; everything is in the journal."""

from datetime import date

import pytest
from sqlalchemy import select

from petitions.areas.models import AdminUnit
from petitions.core import db
from petitions.core.errors import Conflict, Invalid, RuleBroken
from petitions.council import queries
from petitions.council.actions import bodies, delegates, ground, roster
from petitions.council.models import ConstituencyUnit, Delegate, DeputyGroup, Mandate
from petitions.journal.queries import timeline
from tests.make import council as make
from tests.make.council import NOW, OFFICER

WHO = {"by": OFFICER, "now": NOW}
JULY = date(2025, 7, 1)


@pytest.fixture
def term(session):
    return make.term(session, of=make.body(session))


def acts(session, row):
    db.finish(session)
    return [entry.act for entry in timeline(session, ("constituency", row.id))]


def where(session, term, unit, day):
    return queries.constituency_of(session, body_id=term.body_id, unit_id=unit.id, day=day)


def test_moving_a_unit_ends_one_line_and_starts_another(session, term):
    one, two = make.constituency(session, of=term), make.constituency(session, of=term, number=2, name="Long Biên")
    unit = make.unit(session)
    old = make.line(session, of=one, unit=unit)
    ground.place_from(session, two, unit_id=unit.id, day=date(2025, 10, 1), basis="Thông báo 5", **WHO)
    assert (old.valid_to, old.superseded_at) == (date(2025, 9, 30), None)
    assert where(session, term, unit, date(2025, 9, 30)).constituency.id == one.id
    assert where(session, term, unit, date(2025, 10, 1)).constituency.id == two.id
    assert acts(session, one) == ["council.end_line"]
    assert acts(session, two) == ["council.add_line"]


def test_a_correction_from_the_first_day_strikes_the_wrong_line_out(session, term):
    one, two = make.constituency(session, of=term), make.constituency(session, of=term, number=2, name="Long Biên")
    unit = make.unit(session)
    wrong = make.line(session, of=one, unit=unit)
    ground.place_from(session, two, unit_id=unit.id, day=JULY, basis="Danh sách của Thường trực", **WHO)
    assert (wrong.superseded_reason, wrong.valid_to) == ("Danh sách của Thường trực", None)
    assert where(session, term, unit, JULY).constituency.id == two.id
    assert len(session.scalars(select(ConstituencyUnit).where(ConstituencyUnit.unit_id == unit.id)).all()) == 2


def test_a_unit_shared_among_constituencies_is_offered_not_chosen(session, term):
    one, two = make.constituency(session, of=term), make.constituency(session, of=term, number=2, name="Long Biên")
    unit = make.unit(session, name="Thạch Bàn")
    for row in (one, two):
        ground.place_from(session, row, unit_id=unit.id, day=JULY, basis="Nghị quyết", share="part", **WHO)
    answer = where(session, term, unit, JULY)
    assert (answer.outcome, answer.basis, [candidate.constituency.number for candidate in answer.candidates]) == ("several", "shared", [1, 2])


def test_a_change_without_basis_is_refused(session, term):
    row, unit = make.constituency(session, of=term), make.unit(session)
    with pytest.raises(RuleBroken):
        ground.place_from(session, row, unit_id=unit.id, day=JULY, basis=" ", **WHO)
    with pytest.raises(RuleBroken):
        ground.supersede(session, make.line(session, of=row, unit=unit), reason="", **WHO)


def test_the_same_line_twice_is_refused(session, term):
    row, unit = make.constituency(session, of=term), make.unit(session)
    ground.place_from(session, row, unit_id=unit.id, day=JULY, basis="Nghị quyết", **WHO)
    with pytest.raises(Conflict):
        ground.place_from(session, row, unit_id=unit.id, day=date(2025, 9, 1), basis="Nghị quyết", **WHO)


def test_a_line_does_not_end_before_it_began_nor_twice(session, term):
    line = make.line(session, of=make.constituency(session, of=term), unit=make.unit(session))
    with pytest.raises(Invalid):
        ground.end_line(session, line, last_day=date(2025, 6, 30), reason="sai", **WHO)
    ground.end_line(session, line, last_day=date(2025, 12, 31), reason="đổi", **WHO)
    with pytest.raises(RuleBroken):
        ground.end_line(session, line, last_day=date(2026, 1, 31), reason="đổi", **WHO)


def test_confirming_marks_each_draft_once(session, term):
    row = make.constituency(session, of=term)
    lines = [make.line(session, of=row, unit=make.unit(session, name=name)) for name in ("Gia Lâm", "Bát Tràng")]
    assert not where(session, term, make_unit(session, lines[0]), JULY).confirmed
    assert ground.confirm_lines(session, lines, basis="Thông báo 7", **WHO) == 2
    assert ground.confirm_lines(session, lines, basis="Thông báo 7", **WHO) == 0
    assert where(session, term, make_unit(session, lines[0]), JULY).confirmed


def make_unit(session, line):
    return session.get(AdminUnit, line.unit_id)


def test_a_number_is_exchanged_with_an_unconfirmed_one_and_groups_follow(session, term):
    mine, other = make.constituency(session, of=term, number=21, confirmed=False), make.constituency(session, of=term, number=24, confirmed=False)
    ground.save_constituency(session, mine, {"number": 24, "confirmed": True}, **WHO)
    assert (mine.number, other.number, mine.confirmed, mine.edited, other.edited) == (24, 21, True, True, True)
    groups = {row.constituency_id: (row.number, row.name) for row in session.scalars(select(DeputyGroup).where(DeputyGroup.term_id == term.id))}
    assert groups == {mine.id: (24, "Tổ đại biểu số 24"), other.id: (21, "Tổ đại biểu số 21")}
    with pytest.raises(Conflict):
        ground.save_constituency(session, other, {"number": 24}, **WHO)


def test_delegates_of_a_day(session, term):
    row = make.constituency(session, of=term)
    make.mandate(session, of=row, name="An", role="head")
    make.mandate(session, of=row, name="Bình", to_on=date(2024, 12, 31), ended_by="transferred_out")
    make.mandate(session, of=row, name="Cường", from_on=date(2025, 1, 1))
    assert [one.name for one in queries.delegates_on(session, row.id, date(2024, 12, 31))] == ["An", "Bình"]
    assert [one.name for one in queries.delegates_on(session, row.id, date(2025, 1, 1))] == ["An", "Cường"]
    assert queries.delegates_on(session, row.id, date(2026, 3, 16)) == []


def test_a_mandate_begins_ends_and_moves(session, term):
    one, two = make.constituency(session, of=term), make.constituency(session, of=term, number=2)
    who = delegates.add_delegate(session, name="Đại biểu Dung", **WHO)
    held = delegates.give_mandate(session, who, term=term, constituency_id=one.id, from_on=date(2021, 6, 23), **WHO)
    with pytest.raises(Conflict):
        delegates.give_mandate(session, who, term=term, constituency_id=two.id, from_on=date(2022, 1, 1), **WHO)
    delegates.move_mandate(session, held, constituency_id=two.id, day=date(2023, 1, 1), reason="Phân công lại", **WHO)
    assert (held.to_on, held.ended_by) == (date(2022, 12, 31), "other")
    assert [one.name for one in queries.delegates_on(session, two.id, date(2023, 1, 1))] == ["Đại biểu Dung"]
    with pytest.raises(RuleBroken):
        delegates.end_mandate(session, held, last_day=date(2024, 1, 1), ended_by="resigned", reason="", **WHO)
    assert acts(session, one) == ["council.give_mandate", "council.end_mandate"]


def test_only_a_transfer_may_have_no_constituency(session, term):
    who = delegates.add_delegate(session, name="Đại biểu Em", **WHO)
    with pytest.raises(Invalid):
        delegates.give_mandate(session, who, term=term, constituency_id=None, from_on=JULY, **WHO)
    assert delegates.give_mandate(session, who, term=term, constituency_id=None, from_on=JULY, began_by="transferred_in", **WHO).deputy_group_id is None


def test_a_list_of_delegates_goes_in_as_a_whole_and_once(session, term):
    make.constituency(session, of=term)
    text = "1\tNguyễn Một\tTrưởng Ban\tTổ trưởng\n\n1; Trần Hai\n"
    assert roster.add_all(session, term, roster.read(text), from_on=JULY, **WHO) == 2
    assert roster.add_all(session, term, roster.read(text), from_on=JULY, **WHO) == 0
    held = session.execute(select(Delegate.name, Mandate.group_role).join(Mandate, Mandate.delegate_id == Delegate.id).order_by(Delegate.name)).all()
    assert held == [("Nguyễn Một", "head"), ("Trần Hai", "member")]


@pytest.mark.parametrize("text", ["", "x; An", "1; ", "1; An; ; vua", "99999999999999999999; An"])
def test_a_list_that_cannot_be_read_names_the_line(session, term, text):
    make.constituency(session, of=term)
    with pytest.raises(Invalid) as refused:
        roster.add_all(session, term, roster.read(text), from_on=JULY, **WHO)
    assert "lines" in refused.value.fields


def test_terms_of_one_body_do_not_overlap(session, term):
    values = {"number": 17, "label": "XVII", "starts_on": date(2025, 1, 1), "ends_on": None}
    with pytest.raises(Invalid) as refused:
        bodies.save_term(session, None, values, body_id=term.body_id, **WHO)
    assert "starts_on" in refused.value.fields
    made = bodies.save_term(session, None, values | {"starts_on": date(2026, 4, 1)}, body_id=term.body_id, **WHO)
    assert queries.term_on(session, term.body_id, date(2026, 4, 1)).id == made.id
    assert queries.term_on(session, term.body_id, date(2026, 3, 15)).id == term.id


def test_sessions_are_unique_and_close_after_they_open(session, term):
    values = {"number": 29, "kind": "thematic", "opened_on": date(2026, 2, 3), "closed_on": date(2026, 2, 1)}
    with pytest.raises(Invalid):
        bodies.save_session(session, None, values, term=term, **WHO)
    row = bodies.save_session(session, None, values | {"closed_on": date(2026, 2, 4)}, term=term, **WHO)
    assert (row.earliest_on, row.latest_on) == (date(2026, 2, 3), date(2026, 2, 4))
    with pytest.raises(Invalid):
        bodies.save_session(session, None, values | {"closed_on": None}, term=term, **WHO)
    with pytest.raises(RuleBroken):
        bodies.save_session(session, None, {"number": 30, "kind": "unknown", "confirmed": True}, term=term, **WHO)


def test_a_commune_council_is_added_as_data(session):
    unit = make.unit(session)
    body = bodies.add_commune_council(session, code="GL", name="HĐND xã Gia Lâm", short_name="HĐND xã Gia Lâm", unit_id=unit.id, **WHO)
    term = bodies.save_term(session, None, {"number": 16, "label": "XVI", "starts_on": JULY}, body_id=body.id, **WHO)
    row = ground.add_constituency(session, term, number=1, name="", seats=None, source="Nghị quyết", **WHO)
    ground.place_from(session, row, unit_id=unit.id, day=JULY, basis="Nghị quyết", **WHO)
    assert str(where(session, term, unit, JULY).constituency.label) == "ĐVBC số 1 HĐND xã Gia Lâm khóa XVI"
    with pytest.raises(Conflict):
        bodies.add_commune_council(session, code="GL", name="khác", short_name="khác", unit_id=None, **WHO)
