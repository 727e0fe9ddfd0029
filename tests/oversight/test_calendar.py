"""The calendar of what falls due: a month of all or of one agency, by its days; nothing that is closed, nothing of others."""

from datetime import date

from petitions.oversight.queries import reading
from petitions.oversight.queries.dues import to_come
from tests.make import oversight as make
from tests.oversight.test_pages import FIELDS, MOST_STATEMENTS, TEXT, Floor, boxes


def test_a_month_holds_what_is_due_within_it(session):
    place = make.world(session)
    made = make.recommendations(session, make.document(session, place))
    seen, december = reading.visible(place.clerk), (date(2025, 12, 1), date(2025, 12, 31))

    def month(agency_id=None):
        return [(one.on, one.code, one.report) for one in to_come(session, seen, agency_id, make.TODAY, december[1], since=december[0])]

    day = date(2025, 12, 31)
    assert month() == [(day, made[0].code, False), (day, made[0].code, True)]
    assert month(place.first.id) == month()
    quarter = to_come(session, seen, None, make.TODAY, date(2026, 3, 31), since=date(2026, 1, 1))
    assert [(one.on, one.code) for one in quarter if not one.report] == [(date(2026, 3, 31), made[3].code)]
    make.report(session, place, made[0])
    assert not [one for one in month() if not one[2]]  # reported: the Council's side has the next step


def test_the_page_and_its_months(office, app):
    floor = Floor(office, app)
    clerk, agency, ubnd = (floor.as_(role) for role in ("clerk", "agency", "ubnd"))
    made = clerk.post("/oversight/documents/new", data=FIELDS | {"text": TEXT}).location
    sent = boxes(clerk.get(made).get_data(as_text=True))
    sent["lines-7-together"] = ""
    assert clerk.post(made, data=sent).status_code == 302
    sent = boxes(clerk.get(made).get_data(as_text=True))
    assert clerk.post(made, data=sent | {"then": "confirm"}).status_code == 302
    for user in (clerk, agency, ubnd):
        with floor.counted() as asked:
            shown = user.get("/oversight/calendar?year=2025&month=12")
        assert (shown.status_code, "12/2025" in shown.get_data(as_text=True), "31/12/2025" in shown.get_data(as_text=True)) == (200, True, True)
        assert len(asked) <= MOST_STATEMENTS, asked
        for path in ("/oversight", "/oversight/figures", "/oversight/recommendations", "/oversight/documents", "/oversight/programme"):
            assert user.get(path).status_code == 200, path
    assert "Không có việc nào đến hạn" in clerk.get("/oversight/calendar?year=2001&month=1").get_data(as_text=True)
    assert clerk.get("/oversight/calendar?year=2100&month=12").status_code == 200
    assert clerk.get(f"/oversight/calendar?agency={floor.building}").status_code == 200
