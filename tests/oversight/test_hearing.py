"""Who hears of reports on recommendations, of what was found, and of what was confirmed."""

from sqlalchemy import select

from petitions.core import db
from petitions.notifications.models import Notification
from petitions.oversight import hearing
from petitions.oversight.actions import closing
from tests.make import oversight as make


def heard(session, kind):
    db.finish(session)
    return set(session.scalars(select(Notification.user_id).where(Notification.kind == kind)))


def send_back(session, place, row):
    said = {"method": "visit", "note": "Hai dự án chưa xong", "found_on": make.TODAY, "due_on": None, "version": None}
    closing.send_back(session, row.id, **said, by=place.committee, now=make.NOW, today=make.TODAY)


def test_reports_go_to_the_committee_and_findings_to_those_who_wait_for_them(session):
    place = make.world(session)
    first = make.recommendations(session, make.document(session, place))[0]
    make.report(session, place, first)
    assert heard(session, hearing.REPORTED) == {place.committee.user_id}
    send_back(session, place, first)
    assert heard(session, hearing.SENT_BACK) == {place.officer.user_id, place.other_officer.user_id}
    make.report(session, place, first)
    make.verify(session, place, first)
    assert heard(session, hearing.VERIFIED) == {place.standing.user_id, place.other_standing.user_id}
    assert heard(session, hearing.CONFIRMED) == set()
    make.confirm(session, place, first)
    assert heard(session, hearing.CONFIRMED) == {place.officer.user_id, place.other_officer.user_id}
