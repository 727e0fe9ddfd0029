"""Recommendations and documents in the one search: what is indexed, and that the scope of the search is that of the pages."""

import pytest
from sqlalchemy import select

from petitions.core.identity import SYSTEM
from petitions.outbox.models import OutboxMessage
from petitions.oversight import reference
from petitions.oversight.actions import programme
from petitions.oversight.indexing import Activities, Documents, Recommendations
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.queries import programme as queries
from petitions.oversight.queries import reading
from petitions.oversight.values import ActivityValues
from tests.make import oversight as make


@pytest.fixture
def place(session):
    return make.world(session)


def met(scope, document) -> bool:
    return any(all(set(values) & set(document.filters.get(name, ())) for name, values in condition.items()) for condition in scope.any_of)


def test_a_recommendation_is_found_by_its_demand_source_reports_and_evidence(session, place):
    row = make.document(session, place)
    draft = make.document(session, place, confirmed=False)
    first, *_, fourth = make.recommendations(session, row)
    make.report(session, place, fourth)
    source = Recommendations()
    ids = source.all_ids(session, 0, 100)
    assert len(ids) == 4
    found = {one.subject_id: one for one in source.load(session, ids)}
    assert "Biên bản nghiệm thu số 12" in found[fourth.id].texts["answer"]
    assert "thoát nước" in found[first.id].texts["body"]
    assert found[fourth.id].filters["progress"] == ("reported_done",)
    caption = source.captions(session, [fourth.id])[fourth.id]
    assert (caption.url, caption.state) == (f"/oversight/recommendations/{fourth.code}", "reported_done")
    documents = Documents()
    assert documents.all_ids(session, 0, 10) == [row.id]
    assert documents.load(session, [row.id, draft.id])[0].texts["body"] == row.text
    assert documents.captions(session, [row.id])[row.id].code == row.full_number


@pytest.mark.parametrize("role", ["clerk", "officer", "other_officer", "committee", "standing"])
def test_what_is_found_is_what_may_be_seen(session, place, role):
    make.document(session, place)
    who = getattr(place, role)
    source = Recommendations()
    documents = source.load(session, source.all_ids(session, 0, 100))
    seen = set(session.scalars(select(Recommendation.id).where(reading.visible(who))))
    assert {one.subject_id for one in documents if met(source.scope(session, who), one)} == seen


@pytest.mark.parametrize("role", ["clerk", "officer", "other_officer", "committee"])
def test_an_activity_is_found_by_its_plan_report_and_visits_by_whom_it_concerns(session, place, role):
    reference.load(session, by=SYSTEM, now=make.NOW)
    given = {"body_id": place.body.id, "year": 2025, "kind_code": "thematic", "actor": "standing", "agencies": place.first.name}
    row = programme.plan(session, ActivityValues(title="Giám sát trật tự xây dựng", plan="Đề cương", **given), by=place.clerk, now=make.NOW, today=make.TODAY)
    programme.visit(session, row.id, visited_on=make.TODAY, agency_id=place.first.id, place="", note="Đã xem hồ sơ cấp phép", by=place.clerk, now=make.NOW)
    source, who = Activities(), getattr(place, role)
    [found] = source.load(session, source.all_ids(session, 0, 10))
    assert "hồ sơ cấp phép" in found.texts["answer"]
    assert source.captions(session, [row.id])[row.id].url == f"/oversight/programme/{row.id}"
    seen = session.scalar(select(SupervisionActivity.id).where(queries.visible(who)))
    assert met(source.scope(session, who), found) == (seen == row.id)
    assert session.scalar(select(OutboxMessage.id).where(OutboxMessage.subject_kind == "activity", OutboxMessage.subject_id == row.id).limit(1))
