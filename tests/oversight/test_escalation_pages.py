"""The pages of escalation over HTTP: opened by one button, answered, promised, reported to the Council; refusals, who sees what, statements a page."""

import io
import re
import zipfile

from sqlalchemy import func, select

from petitions.core import db
from petitions.council.models import CouncilSession
from petitions.duties.models.duty import Duty
from petitions.duties.urging.models import UrgingRung
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.escalation import ActivityItem, CouncilReport
from petitions.oversight.models.programme import SupervisionActivity
from petitions.oversight.models.recommendation import Recommendation
from tests.oversight.test_pages import FIELDS, MOST_STATEMENTS, TEXT, Floor, boxes

OPEN = {"family": "questioning", "actor": "standing", "title": "Chất vấn về nước sạch", "starts_on": "10/12/2025", "question": "Bao giờ xong?"}
ANSWER = {"person": "Nguyễn Văn Mẫu", "post": "Giám đốc Sở", "answer": "Xin hứa trong quý tới", "answered_on": "10/12/2025"}
PROMISE = {"person": "Nguyễn Văn Mẫu", "post": "Giám đốc Sở", "text": "Xong hai dự án", "due_on": "10/01/2026"}


def registered(floor, clerk):
    """A document whose split is confirmed; the code and the duty of a recommendation that the agency leads."""
    address = clerk.post("/oversight/documents/new", data=FIELDS | {"text": TEXT}).location
    sent = boxes(clerk.get(address).get_data(as_text=True)) | {"then": "confirm"}
    assert clerk.post(address, data=sent).status_code == 302
    owed = select(Recommendation.code, Duty.id).join(Duty, (Duty.subject_id == Recommendation.id) & (Duty.subject_kind == "recommendation"))
    own = Duty.agency_id == floor.building, Duty.part == "lead", Duty.next_due < "2026-01-20"
    with db.reading(floor.office.engine) as session:
        document = session.scalar(select(IssuedDocument.id))
        return document, *session.execute(owed.where(*own).order_by(Duty.id).limit(1)).one()


def test_from_the_button_to_the_report_to_the_council(office, app):
    floor = Floor(office, app)
    clerk, agency, committee, standing = (floor.as_(role) for role in ("clerk", "agency", "committee", "standing"))
    document, code, duty = registered(floor, clerk)
    for button in (f"/oversight/open?recommendation={code}", f"/oversight/open?document={document}"):
        assert clerk.get(button).status_code == 200
        assert agency.get(button).status_code == 403
    assert button in clerk.get(f"/oversight/documents/{document}").get_data(as_text=True)
    button = f"/oversight/open?recommendation={code}"
    for wrong in ({"items": []}, {"starts_on": ""}, {"title": ""}, {"family": "khong-co"}, {"actor": "committee"}):
        refused = standing.post(button, data=OPEN | {"items": [str(duty)]} | wrong)
        assert (refused.status_code, "Bao giờ xong?" in refused.get_data(as_text=True)) == (422, True), wrong
    made = standing.post(button, data=OPEN | {"items": [str(duty)]})
    assert made.status_code == 302
    assert standing.post(button, data=OPEN | {"items": [str(duty)]}).status_code == 409  # a double click
    assert floor.one(select(func.count()).select_from(SupervisionActivity)) == 1
    activity = made.location.split("#")[0]
    again = clerk.post(activity + "/items", data={"code": code}, follow_redirects=True).get_data(as_text=True)
    assert f"{code} đã có trong hoạt động này." in again
    assert "khong-co" in clerk.post(activity + "/items", data={"code": "khong-co"}, follow_redirects=True).get_data(as_text=True)
    item = f"{activity}/items/{floor.one(select(ActivityItem.id))}"
    assert agency.get(item).status_code == 403
    assert clerk.post(item, data=ANSWER | {"version": "1", "answered_on": "09/12/2025"}).status_code == 422
    assert clerk.post(item + "/promises", data=PROMISE | {"version": "1", "agency_id": str(floor.building)}).status_code == 422  # no answer yet
    assert clerk.post(item, data=ANSWER | {"version": "1"}).status_code == 302
    stale = clerk.post(item, data=ANSWER | {"version": "1", "answer": "Bản khác"})
    assert (stale.status_code, "Bản khác" in stale.get_data(as_text=True)) == (409, True)
    own = {"version": "2", "agency_id": str(floor.building)}
    early = clerk.post(item + "/promises", data=PROMISE | own | {"due_on": "01/12/2025"})
    assert (early.status_code, "Xong hai dự án" in early.get_data(as_text=True)) == (422, True)
    assert clerk.post(item + "/promises", data=PROMISE | own).status_code == 302
    assert clerk.post(item + "/promises", data=PROMISE | own | {"version": "3"}).status_code == 409
    promise = floor.one(select(Recommendation.code).where(Recommendation.code.startswith("CK")))
    seen = agency.get(activity).get_data(as_text=True)
    assert "lỡ hẹn" in seen
    assert "Ghi câu trả lời" not in seen
    assert "CK" in standing.get(f"/oversight/recommendations/{code}").get_data(as_text=True)
    told = agency.get(f"/oversight/recommendations/{promise}").get_data(as_text=True)
    assert "Nguyễn Văn Mẫu" in told
    assert f"/oversight/recommendations/{code}" in told
    assert promise in committee.get("/candidates/requestioning?committee=-1").get_data(as_text=True)
    pages = (activity, item, f"/oversight/recommendations/{promise}", f"/oversight/recommendations/{code}", button, "/candidates/requestioning?committee=-1")
    floor_of(floor, standing, pages)
    council(floor, standing, agency, clerk, duty, code)


def council(floor, standing, agency, clerk, duty, code):
    """The last rung: seen, noted once, exported; the agency sees its own."""
    with db.transaction(floor.office.engine) as session:
        for rung in session.scalars(select(UrgingRung).where(UrgingRung.code == "council")):
            rung.after_letters = rung.offset_days = 0
        held = session.scalar(select(CouncilSession.id).where(CouncilSession.opened_on == "2025-11-26"))
    address = f"/oversight/council?session={held}"
    floor_of(floor, standing, (address,))
    assert code in standing.get(address).get_data(as_text=True)
    assert code not in agency.get(address).get_data(as_text=True)  # before it is reported it is the Council's own
    given = {"session": str(held), "reported_on": "27/11/2025", "number": "120/BC-HĐND", "items": [str(duty)]}
    assert clerk.post(address, data=given).status_code == 403
    for wrong in ({"items": []}, {"reported_on": "01/11/2025"}, {"session": "999999"}):
        assert standing.post(address, data=given | wrong).status_code == 422, wrong
    assert standing.post(address, data=given).status_code == 302
    assert standing.post(address, data=given).status_code == 409
    assert floor.one(select(func.count()).select_from(CouncilReport)) == 1
    assert "120/BC-HĐND" in agency.get(address).get_data(as_text=True)
    sent = standing.get(f"/oversight/council.xlsx?session={held}")
    words = zipfile.ZipFile(io.BytesIO(sent.data)).read("xl/sharedStrings.xml").decode()
    assert all(one in words for one in (code, "120/BC-HĐND", "Xin hứa trong quý tới", "lỡ hẹn"))
    assert re.search(r"Báo cáo HĐND tại kỳ họp thứ 28", agency.get(f"/oversight/recommendations/{code}").get_data(as_text=True))


def floor_of(floor, browser, paths):
    """Few statements each."""
    for path in paths:
        browser.get(path)  # what is kept per process is read once
        with floor.counted() as asked:
            assert browser.get(path).status_code == 200, path
        assert len(asked) <= MOST_STATEMENTS, (path, len(asked), asked)
