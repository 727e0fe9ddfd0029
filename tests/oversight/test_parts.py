"""How far a whole is by its parts: the rules as tables, and a recommendation of two agencies on both engines."""

from datetime import date, datetime, timedelta

import pytest

from petitions.oversight import parts
from petitions.oversight.actions import closing
from petitions.oversight.queries import reading
from petitions.oversight.workflow import STATES
from tests.make import oversight as make

AT = datetime(2026, 1, 10)
TEXT = "I. KIẾN NGHỊ\n1. Sở Xây dựng và Sở Y tế chủ trì, phối hợp Sở Tài chính hoàn thành đề án trước ngày 31/3/2026."


@pytest.mark.parametrize(
    ("progress", "whole"),
    [
        ((), None),
        (("not_started", "not_started"), "not_started"),
        (("in_progress", "not_started"), "in_progress"),
        (("sent_back", "not_started"), "in_progress"),
        (("reported_done", "not_started"), "partial"),
        (("partial", "in_progress"), "partial"),
        (("reported_done", "reported_done"), "reported_done"),
    ],
)
def test_a_recommendation_is_as_far_as_those_who_lead_it(progress, whole):
    assert parts.of_parts(progress) == whole


@pytest.mark.parametrize(
    ("counts", "whole"),
    [
        ({}, None),
        ({"dropped": 2, "superseded": 1}, "dropped"),
        ({"implemented": 3, "dropped": 1}, "implemented"),
        ({"implemented": 3, "reported_done": 1}, "partial"),
        ({"implemented": 1, "not_started": 9}, "partial"),
        ({"in_progress": 1, "not_started": 9}, "in_progress"),
        ({"not_implemented": 2}, "not_implemented"),
        ({"not_implemented": 1, "not_started": 1}, "not_started"),
        ({"not_implemented": 1, "sent_back": 1}, "in_progress"),
    ],
)
def test_a_document_is_as_far_as_its_recommendations(counts, whole):
    assert parts.of_demands(counts) == whole
    assert whole is None or whole in STATES


@pytest.mark.parametrize(
    ("whole", "state", "said", "asked_again", "progress"),
    [
        ("not_started", "sent", None, None, "not_started"),
        ("in_progress", "acknowledged", parts.Said("progress", date(2026, 1, 9), AT), None, "in_progress"),
        ("partial", "sent", parts.Said("part", date(2026, 1, 9), AT), None, "partial"),
        ("partial", "under_review", parts.Said("done", date(2026, 1, 9), AT), None, "reported_done"),
        ("sent_back", "reasked", parts.Said("done", date(2026, 1, 9), AT), AT + timedelta(1), "sent_back"),
        ("in_progress", "reasked", parts.Said("progress", date(2026, 1, 9), AT), AT - timedelta(1), "in_progress"),
        ("implemented", "closed", None, None, "implemented"),
    ],
)
def test_an_agency_is_as_far_as_it_said_last(whole, state, said, asked_again, progress):
    assert parts.of_agency(whole, state, said, asked_again) == progress


def test_a_later_report_of_one_does_not_undo_what_another_has_done(session):
    place = make.world(session)
    [row] = make.recommendations(session, make.document(session, place, text=TEXT))

    def shares():
        return {(one.agency_id, one.part): one.progress for one in reading.shares(session, row)}

    first, second = (place.first.id, "lead"), (place.second.id, "lead")
    make.report(session, place, row)
    assert (row.progress, shares()[first], shares()[second]) == ("partial", "reported_done", "not_started")
    make.report(session, place, row, "progress", agency=place.second.id, by=place.other_officer)
    assert (row.progress, shares()[second]) == ("partial", "in_progress")
    make.report(session, place, row, agency=place.second.id, by=place.other_officer)
    assert row.progress == "reported_done"
    day = make.TODAY + timedelta(days=1)
    at = {"now": make.NOW + timedelta(days=1), "today": day}
    closing.send_back(session, row.id, method="visit", note="Chưa đủ", found_on=day, due_on=None, version=None, by=place.committee, **at)
    assert {shares()[first], shares()[second]} == {"sent_back"}
    assert sum(part == "with" for _, part in shares()) == 1
