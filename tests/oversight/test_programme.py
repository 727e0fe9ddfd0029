"""The year's programme over HTTP and by its actions: kinds valid in their time, days in order, visits, linked documents, who sees and who writes."""

from datetime import date

import pytest
from sqlalchemy import func, select

from petitions.core import db
from petitions.core.errors import Invalid, NotAllowed, NotFound, Stale
from petitions.core.identity import SYSTEM
from petitions.journal.models import JournalEntry
from petitions.oversight import reference
from petitions.oversight.actions import programme as acts
from petitions.oversight.models.programme import SupervisionActivity, SupervisionKind
from petitions.oversight.queries import programme, reading
from petitions.oversight.values import ActivityValues
from tests.make import oversight as make
from tests.oversight.test_pages import FIELDS, MOST_STATEMENTS, TEXT, Floor

AT = {"now": make.NOW, "today": make.TODAY}
SENT = {"year": "2025", "kind_code": "thematic", "actor": "standing", "title": "Giám sát trật tự xây dựng", "agencies": "Sở Xây dựng"}
DAYS = {"decided_on": "03/03/2025", "noticed_on": "10/03/2025", "starts_on": "01/04/2025", "ends_on": "30/05/2025"}


@pytest.fixture
def place(session):
    made = make.world(session)
    reference.load(session, by=SYSTEM, now=make.NOW)
    return made


def values(place, **given):
    fields = {"body_id": place.body.id, "year": 2025, "kind_code": "thematic", "actor": "standing", "title": "Giám sát"}
    return ActivityValues(**{**fields, "agencies": place.first.name, **given})


def test_kinds_are_data_with_basis_and_validity_and_load_once(session, place):
    assert reference.load(session, by=SYSTEM, now=make.NOW) == 0
    kinds = {one.code: one for one in session.scalars(select(SupervisionKind))}
    assert len(kinds) == 22
    assert all(one.legal_basis and one.valid_from for one in kinds.values())
    old, new = kinds["thematic"], kinds["thematic:2026-03-01"]
    assert (old.valid_to, new.valid_from, new.confirmed) == (date(2026, 2, 28), date(2026, 3, 1), False)
    assert acts.valid(old, 2026, None)
    assert not acts.valid(old, 2026, date(2026, 3, 1))
    assert not acts.valid(new, 2025, None)


@pytest.mark.parametrize(
    ("given", "box"),
    [
        ({"kind_code": "thematic:2026-03-01"}, "kind_code"),
        ({"kind_code": "khong-co"}, "kind_code"),
        ({"actor": "committee"}, "committee_id"),
        ({"title": " "}, "title"),
        ({"agencies": "Sở Không Có"}, "agencies"),
        ({"decided_on": date(2025, 3, 3), "noticed_on": date(2025, 3, 1)}, "noticed_on"),
        ({"starts_on": date(2025, 3, 3), "ends_on": date(2025, 3, 1)}, "ends_on"),
        ({"reported_on": date(2027, 1, 1)}, "reported_on"),
        ({"again_id": 999}, "again_id"),
        ({"council_session_id": 999}, "council_session_id"),
    ],
)
def test_what_does_not_hold_together_is_refused_at_its_box(session, place, given, box):
    with pytest.raises(Invalid) as refused:
        acts.plan(session, values(place, **given), by=place.clerk, **AT)
    assert box in refused.value.fields


def test_who_may_write_and_who_sees(session, place):
    row = acts.plan(session, values(place), by=place.clerk, **AT)
    for stranger in (place.committee, place.officer, place.standing):
        with pytest.raises(NotAllowed):
            acts.plan(session, values(place), by=stranger, **AT)
    assert programme.one(session, row.id, programme.visible(place.officer)) is row  # its agency is supervised
    other = acts.plan(session, values(place, agencies=place.second.name), by=place.clerk, **AT)
    with pytest.raises(NotFound):
        programme.one(session, other.id, programme.visible(place.officer))
    assert len(programme.of_year(session, programme.visible(place.committee), 2025)) == 2


def test_it_is_corrected_visited_linked_and_supervised_again(session, place):
    row = acts.plan(session, values(place, decided_on=date(2025, 3, 3)), by=place.clerk, **AT)
    given = {"decided_on": date(2025, 3, 3), "ends_on": date(2025, 5, 30), "agencies": f"{place.first.name}; {place.second.name}"}
    acts.change(session, row.id, values(place, **given), version=1, by=place.clerk, **AT)
    with pytest.raises(Stale):
        acts.change(session, row.id, values(place), version=1, by=place.clerk, **AT)
    noted = {"by": place.clerk, "now": make.NOW, "note": "Đã kiểm tra"}
    acts.visit(session, row.id, visited_on=date(2025, 4, 10), agency_id=place.second.id, place="", **noted)
    for wrong in ({"agency_id": 999, "place": ""}, {"agency_id": None, "place": ""}):
        with pytest.raises(Invalid):
            acts.visit(session, row.id, visited_on=date(2025, 4, 10), **wrong, **noted)
    with pytest.raises(Invalid):  # before the decision
        acts.visit(session, row.id, visited_on=date(2025, 3, 1), agency_id=None, place="Hà Đông", **noted)
    issued = make.document(session, place)
    acts.link(session, row.id, issued.id, by=place.clerk, now=make.NOW)
    again = acts.plan(session, values(place, kind_code="resupervision", again_id=row.id), by=place.clerk, **AT)
    with pytest.raises(Invalid):
        acts.link(session, again.id, issued.id, by=place.clerk, now=make.NOW)
    with pytest.raises(Invalid):  # in a circle
        acts.change(session, row.id, values(place, again_id=again.id), version=None, by=place.clerk, **AT)
    found = programme.shown(session, row, programme.visible(place.clerk), reading.documents_seen(place.clerk))
    assert ([number for number, _ in found.agencies], [name for _, name in found.visits]) == ([place.first.id, place.second.id], [place.second.name])
    assert (list(found.documents), list(found.later)) == ([issued], [again])
    db.finish(session)
    acts_of_row = select(JournalEntry.act).where(JournalEntry.subject_kind == acts.KIND, JournalEntry.subject_id == row.id)
    assert list(session.scalars(acts_of_row.order_by(JournalEntry.id))) == ["activity.plan", "activity.change", "activity.visit", "activity.link"]


def test_the_pages_of_the_programme(office, app):
    floor = Floor(office, app)
    clerk, agency, committee = (floor.as_(role) for role in ("clerk", "agency", "committee"))
    refused = clerk.post("/oversight/programme/new", data=SENT | DAYS | {"noticed_on": "01/03/2025", "plan": "Kế hoạch dài"})
    assert (refused.status_code, "Kế hoạch dài" in refused.get_data(as_text=True)) == (422, True)
    assert committee.post("/oversight/programme/new", data=SENT).status_code == 403
    made = clerk.post("/oversight/programme/new", data=SENT | DAYS)
    assert made.status_code == 302
    assert clerk.post(made.location + "/visits", data={"visited_on": "20/04/2025", "agency_id": str(floor.building), "note": "Tốt"}).status_code == 302
    assert clerk.post(made.location + "/visits", data={"visited_on": "20/04/2025"}).status_code == 422
    document = clerk.post("/oversight/documents/new", data=FIELDS | {"text": TEXT}).location.split("/")[-2]
    assert clerk.post(made.location + "/documents", data={"document_id": document}).status_code == 302
    assert clerk.post(made.location + "/documents", data={}).status_code == 422
    shown = clerk.get(made.location).get_data(as_text=True)
    for words in ("18/03/2025", "10/04/2025", "14/06/2025", "Luật 87/2015/QH13, Điều 62, 70, 80", "15/KL-HĐND", "Tốt"):
        assert words in shown, words
    assert "15/KL-HĐND" not in agency.get(made.location).get_data(as_text=True)  # a draft is the Council's own
    assert clerk.post(made.location + "/edit", data=SENT | DAYS | {"version": "1", "report": "26/BC", "reported_on": "10/06/2025"}).status_code == 302
    assert clerk.post(made.location + "/edit", data=SENT | DAYS | {"version": "1"}).status_code == 409
    for path in ("/oversight/programme?year=2025", made.location, made.location + "/edit", "/oversight/programme/new"):
        with floor.counted() as asked:
            assert clerk.get(path).status_code == 200, path
        assert len(asked) <= MOST_STATEMENTS, (path, len(asked), asked)
    assert floor.one(select(func.count()).select_from(SupervisionActivity)) == 1
