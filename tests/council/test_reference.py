"""Loading again never undoes what the office did."""

from datetime import date

import pytest

from petitions.core import db
from petitions.core.errors import RuleBroken
from petitions.council import queries, reference
from petitions.council.actions import bodies, ground
from petitions.council.models import Constituency, ConstituencyUnit
from tests.make.council import NOW, OFFICER

WHO = {"by": OFFICER, "now": NOW}
BOTH = ["sqlite", "postgresql"]


def council(session):
    return queries.term_on(session, queries.body_by_code(session, "HD").id, date(2026, 1, 20))


@pytest.mark.parametrize("office", BOTH, indirect=True)
def test_what_the_office_changed_stays(office):
    with db.transaction(office.engine) as session:
        term = council(session)
        row, five, eleven = (queries.constituency_numbered(session, term.id, number) for number in (21, 5, 11))
        ground.save_constituency(session, row, {"number": 24, "seats": 4, "confirmed": True}, **WHO)
        moved = next(line for line in queries.lines(session, [eleven.id]) if line.unit_id)
        ground.place_from(session, five, unit_id=moved.unit_id, day=date(2025, 7, 1), basis="Danh sách", **WHO)
        bodies.save_session(session, queries.sessions(session, term.id)[0], {"number": 28, "note": "sửa", "kind": "ordinary_end"}, term=term, **WHO)
        kept = (row.id, moved.id, moved.unit_id, five.id)
    with db.transaction(office.engine) as session:
        assert reference.load(session, **WHO) == {}
    with db.reading(office.engine) as session:
        assert session.get(Constituency, kept[0]).number == 24
        assert session.get(ConstituencyUnit, kept[1]).superseded_reason == "Danh sách"
        body_id = queries.body_by_code(session, "HD").id
        assert queries.constituency_of(session, body_id=body_id, unit_id=kept[2], day=date(2025, 8, 1)).constituency.id == kept[3]
        assert queries.sessions(session, council(session).id)[0].note == "sửa"


def test_newer_shipped_data_reach_rows_nobody_edited(office):
    with db.transaction(office.engine) as session:
        row = queries.constituency_numbered(session, council(session).id, 3)
        line = next(line for line in queries.lines(session, [row.id]) if line.unit_id)
        row.name, line.constituency_id = "Cũ", queries.constituency_numbered(session, council(session).id, 4).id
    with db.transaction(office.engine) as session:
        assert set(reference.load(session, **WHO)) == {"constituencies", "constituency_units"}
    with db.reading(office.engine) as session:
        assert session.get(Constituency, row.id).name == "Đống Đa"
        wrong = session.get(ConstituencyUnit, line.id)
        assert (wrong.seed, bool(wrong.superseded_reason)) == (None, True)
        now = queries.constituency_of(session, body_id=queries.body_by_code(session, "HD").id, unit_id=line.unit_id, day=date(2025, 8, 1))
        assert now.constituency.id == row.id


def test_without_areas_it_says_what_to_do(session):
    with pytest.raises(RuleBroken):
        reference.load(session, **WHO)


def test_a_change_is_seen_by_the_next_question(office):
    with db.transaction(office.engine) as session:
        term = council(session)
        row = queries.constituency_numbered(session, term.id, 20)
        before = queries.constituency_labels(session, [row.id])[row.id]
        ground.save_constituency(session, row, {"name": "Gia Lâm mới"}, **WHO)
        assert queries.constituency_labels(session, [row.id])[row.id] != before
