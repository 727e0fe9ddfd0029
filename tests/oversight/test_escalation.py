"""The ladder's upper steps: an activity opened on what stayed undone, answers, promises that are followed, what is reported to the Council."""

from datetime import date

import pytest
from sqlalchemy import select

from petitions.core import db
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM
from petitions.council.models import Committee, CouncilSession, Term
from petitions.duties.models.duty import Duty
from petitions.duties.urging import fields
from petitions.duties.urging.models import UrgingDecision, UrgingField, UrgingRung
from petitions.duties.urging.queries import candidates
from petitions.duties.urging.queries.ladder import Ground
from petitions.journal.models import JournalEntry
from petitions.notifications.models import Notification
from petitions.oversight import candidacy, hearing, promises, reference
from petitions.oversight.actions import committing, escalating, programme, tabling
from petitions.oversight.models.document import MINUTES, IssuedDocument
from petitions.oversight.models.escalation import ActivityItem
from petitions.oversight.models.recommendation import Recommendation, RecommendationDuty
from petitions.oversight.queries import escalation, evidence, figures, tabled
from petitions.oversight.values import ActivityValues, AnswerValues, Asked, PromiseValues
from tests.make import accounts
from tests.make import oversight as make

SAID = date(2025, 12, 10)  # the session's day; TODAY is 2026-01-20
AT = {"now": make.NOW, "today": make.TODAY}


@pytest.fixture
def place(session):
    made = make.world(session)
    reference.load(session, by=SYSTEM, now=make.NOW)
    candidacy.introduce()
    return made


@pytest.fixture
def owed(session, place):
    """The duty of the first recommendation that the first agency leads."""
    row = make.recommendations(session, make.document(session, place))[0]
    return session.scalar(escalation_duty(row.id))


def escalation_duty(recommendation_id):
    own = select(Duty).join(RecommendationDuty, RecommendationDuty.duty_id == Duty.id).where(RecommendationDuty.recommendation_id == recommendation_id)
    return own.where(Duty.part == "lead").order_by(Duty.id).limit(1)


def hall(place, **given):
    fields = {"body_id": place.body.id, "year": 2025, "kind_code": "questioning", "actor": "standing", "title": "Chất vấn về thoát nước", "starts_on": SAID}
    return ActivityValues(**{**fields, **given})


def opened(session, place, *duties, by=None, **given):
    row = escalating.open_on(session, hall(place, **given), [Asked(duty.id) for duty in duties], by=by or place.clerk, **AT)
    return row, session.scalars(select(ActivityItem).where(ActivityItem.activity_id == row.id).order_by(ActivityItem.id)).all()


def answered(session, place, item, on=SAID, by=None):
    values = AnswerValues("Nguyễn Văn Mẫu", "Giám đốc Sở", "Xin hứa làm xong trong quý tới.", on)
    return escalating.answer(session, item.id, values, version=item.version, by=by or place.clerk, **AT)


def promised(session, place, item, due_on=date(2026, 1, 10), text="Hoàn thành hai dự án còn lại", **given):
    fields = {"person": "Nguyễn Văn Mẫu", "post": "Giám đốc Sở", "text": text, "due_on": due_on, "agency_id": place.first.id}
    return committing.promise(session, item.id, PromiseValues(**{**fields, **given}), version=item.version, by=place.clerk, **AT)


def test_a_promise_is_followed_like_every_demand_and_missed_ones_are_asked_again(session, place, owed):
    row, [item] = opened(session, place, owed)
    assert programme.supervised(session, row.id) == [owed.agency_id]
    with pytest.raises(RuleBroken):
        promised(session, place, item)  # nothing was answered yet
    answered(session, place, item)
    missed, kept = promised(session, place, item), promised(session, place, item, date(2026, 1, 16), "Công khai danh mục")
    minutes = session.get(IssuedDocument, missed.document_id)
    assert (minutes.kind, minutes.activity_id, minutes.text.count("\n"), kept.document_id) == (MINUTES, row.id, 1, minutes.id)
    assert (missed.made_on, missed.due_on, missed.code) == (SAID, date(2026, 1, 10), f"CK{row.id:04}-01")
    duty = session.scalar(escalation_duty(missed.id))
    assert (duty.agency_id, duty.next_due, duty.state) == (place.first.id, date(2026, 1, 10), "sent")
    counted = figures.figures(session, Recommendation.document_id == minutes.id, figures.Wish(make.TODAY))
    assert (counted["due"], counted["overdue"], counted["implemented"]) == (2, 2, 0)
    make.report(session, place, kept)
    make.verify(session, place, kept)
    make.confirm(session, place, kept)
    verdicts = {one.code: one.verdict for one in evidence.of(session, [owed.id], make.TODAY)[owed.id].promised}
    assert verdicts == {missed.code: promises.MISSED, kept.code: promises.KEPT}
    # The missed one stands on the list of re-questioning at once, and says why; the kept one and the item itself do not.
    ground = Ground.read(session, make.TODAY)
    session.add(rung("requestioning", 60))
    session.flush()
    ground = Ground.read(session, make.TODAY)
    again = candidates.lists(ground)["requestioning"]
    assert candidates.ids(session, ground, again) == [duty.id]
    told = [str(one) for one in candidacy.Candidacy().evidence(session, [duty.id, owed.id], make.TODAY)[duty.id]]
    assert any(missed.code in words and "10/12/2025" in words and "10/01/2026" in words for words in told)
    # The item's line of steps tells of the session and of both promises; the promise knows where it comes from.
    line = escalation.steps(session, escalation.of_recommendation(owed.subject_id), place.standing, make.NOW)
    assert [(step.what, step.words) for step in line] == [("activity", row.title), ("promise", missed.code), ("promise", kept.code)]
    assert escalation.origin(session, missed.id).duty.id == owed.id
    db.finish(session)
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.subject_kind == "activity").order_by(JournalEntry.id))
    assert list(acts) == ["activity.plan", "activity.ask", "activity.answer", "activity.promise", "activity.promise"]
    for kind, n in ((hearing.CALLED, 1), (hearing.PROMISED, 2)):
        heard = session.scalars(select(Notification.user_id).where(Notification.kind == kind)).all()
        assert heard == [place.officer.user_id] * n, kind


def rung(code, level, **given):
    fields = {"subject_kind": "recommendation", "code": code, "level": level, "name": code, "name_en": code, "form": "list", "offset_days": 45}
    fields |= {"rank": "council", "authority": "standing", "after_letters": 2, "letter_kind": "questioning", "legal_basis": "thông lệ"}
    return UrgingRung(**{**fields, **given})


def test_what_does_not_hold_together_is_refused(session, place, owed):
    row, [item] = opened(session, place, owed)
    with pytest.raises(Conflict):  # a double click
        opened(session, place, owed)
    with pytest.raises(Conflict):  # the same item twice
        escalating.ask(session, row.id, [Asked(owed.id)], by=place.clerk, now=make.NOW)
    with pytest.raises(Invalid):
        escalating.ask(session, row.id, [], by=place.clerk, now=make.NOW)
    with pytest.raises(Invalid):  # before the session
        answered(session, place, item, date(2025, 12, 9))
    with pytest.raises(Invalid):
        answered(session, place, item, date(2026, 2, 1))
    answered(session, place, item)
    with pytest.raises(Stale):
        escalating.answer(session, item.id, AnswerValues("A", "", "B", SAID), version=1, by=place.clerk, **AT)
    with pytest.raises(Invalid) as early:
        promised(session, place, item, date(2025, 12, 9))
    assert "due_on" in early.value.fields
    with pytest.raises(Invalid):  # an agency that is not asked here
        promised(session, place, item, agency_id=place.second.id)
    promised(session, place, item)
    with pytest.raises(Conflict):  # the same promise again
        promised(session, place, item)
    other = session.scalar(select(Duty).where(Duty.id != owed.id, Duty.part == "lead").order_by(Duty.id.desc()).limit(1))
    other.body_id = place.body.id + 1 if place.body.id + 1 != owed.body_id else place.body.id + 2
    with session.no_autoflush, pytest.raises(Invalid, match="chỗ chưa đúng"):  # of another body
        escalating._fits(session, row, other, Asked(other.id))
    session.expire(other)


def test_an_activity_does_not_begin_after_it_was_answered(session, place, owed):
    row, [item] = opened(session, place, owed)
    answered(session, place, item)
    for starts_on in (date(2025, 12, 11), None):
        with pytest.raises(Invalid) as refused:
            programme.change(session, row.id, hall(place, starts_on=starts_on), version=row.version, by=place.clerk, **AT)
        assert list(refused.value.fields) == ["starts_on"]
    programme.change(session, row.id, hall(place, starts_on=date(2025, 12, 9)), version=row.version, by=place.clerk, **AT)


def test_only_the_councils_side_acts_and_a_committee_within_its_field(session, place, owed):
    for stranger in (place.officer, place.committee):  # a committee's member without a committee of its own opens as the Standing Committee does
        if not stranger.may("candidate.take"):
            with pytest.raises(NotAllowed):
                opened(session, place, owed, by=stranger)
    urban, social = (Committee(body_id=place.body.id, code=code, name=code) for code in ("DT", "XH"))
    session.add_all([urban, social])
    session.flush()
    scopes = {"body": [place.body.id], "committee": [social.id]}
    member = accounts.identity(session, name="social", roles=("committee",), scopes=scopes)
    with pytest.raises(NotAllowed):
        opened(session, place, owed, by=member)  # as the Standing Committee
    with pytest.raises(NotAllowed):
        opened(session, place, owed, by=member, actor="committee", committee_id=urban.id)
    session.add(UrgingField(committee_id=urban.id, value=7))
    session.flush()
    fields.offer(fields.Fields(lambda _session: [(7, "Đô thị")], lambda _values: Duty.id == owed.id))
    own = {"actor": "committee", "committee_id": social.id}
    with pytest.raises(RuleBroken), session.begin_nested():
        opened(session, place, owed, by=member, **own)
    session.add(rung("questioning", 50))
    session.flush()
    took = {"rung_code": "questioning", "due_on": owed.next_due, "committee_id": social.id, "reason": "chậm", "opinion": "", "decided_on": make.TODAY}
    decision = UrgingDecision(
        duty_id=owed.id, rung_id=session.scalar(select(UrgingRung.id).where(UrgingRung.code == "questioning")), decision="taken", decided_at=make.NOW, **took
    )
    session.add(decision)
    session.flush()
    asked = [Asked(owed.id, decision_id=decision.id)]
    row = escalating.open_on(session, hall(place, **own), asked, by=member, **AT)
    assert escalation.opened(session, [decision.id]) == {decision.id: (row.id, row.title)}
    with pytest.raises(Conflict), session.begin_nested():  # of a candidate comes one activity
        escalating.open_on(session, hall(place, title="Phiên khác", **own), asked, by=member, **AT)
    with pytest.raises(NotFound):
        escalating.ask(session, row.id + 99, asked, by=member, now=make.NOW)
    [offer] = candidacy.Candidacy().sequels(session, [decision.id], member).values()
    assert offer == (row.title, f"/oversight/programme/{row.id}")
    line = escalation.steps(session, escalation.of_recommendation(owed.subject_id), place.standing, make.NOW)
    assert [step.what for step in line] == ["activity", "decision"]
    line = escalation.steps(session, escalation.of_recommendation(owed.subject_id), place.officer, make.NOW)
    assert [step.what for step in line] == ["activity"]  # what is decided among themselves is not the agency's


def test_the_last_rung_is_reported_to_the_council_once_a_session(session, place, owed):
    session.add(rung("council", 80, offset_days=1, after_letters=0))
    term = session.scalar(select(Term.id).where(Term.body_id == place.body.id).limit(1))
    held = CouncilSession(term_id=term, number=30, opened_on=SAID)
    session.add(held)
    session.flush()
    said = {"reported_on": SAID, "number": "120/BC-HĐND", "note": "", **AT}
    assert tabled.waiting_ids(session, held.id, Duty.id == owed.id, make.TODAY, most=10) == [owed.id]
    for wrong in (place.clerk, place.officer):
        with pytest.raises(NotAllowed):
            tabling.report(session, place.body.id, held.id, [owed.id], by=wrong, **said)
    for given in ({"duty_ids": []}, {"duty_ids": [owed.id + 99]}, {"council_session_id": held.id + 99}, {"reported_on": date(2026, 2, 2)}):
        asked = {"body_id": place.body.id, "council_session_id": held.id, "duty_ids": [owed.id], **said, **given}
        with pytest.raises(Invalid):
            tabling.report(session, by=place.standing, **asked)
    tabling.report(session, place.body.id, held.id, [owed.id], by=place.standing, **said)
    with pytest.raises(Conflict):
        tabling.report(session, place.body.id, held.id, [owed.id], by=place.standing, **said)
    assert tabled.waiting_ids(session, held.id, Duty.id == owed.id, make.TODAY, most=10) == []
    assert [one.number for one in tabled.reports(session, held.id, Duty.id == owed.id, most=10)] == ["120/BC-HĐND"]
    [step] = escalation.steps(session, escalation.of_recommendation(owed.subject_id), place.officer, make.NOW)
    assert (step.what, step.more) == ("report", "120/BC-HĐND")


def test_days_missed_and_asked_again_are_counted_from_the_duty(session, place, owed):
    for day, n in ((make.TODAY, 1), (date(2025, 12, 1), 0)):
        found = evidence.of(session, [owed.id], day)[owed.id]
        assert (found.days_missed, found.sent_back, found.answers, found.own) == (n, 0, [], None)


@pytest.mark.parametrize(
    ("progress", "due", "done", "word"),
    [
        ("not_started", date(2026, 1, 19), None, promises.MISSED),
        ("not_started", date(2026, 1, 20), None, promises.RUNS),
        ("reported_done", date(2026, 1, 19), date(2026, 1, 19), promises.WAITS),
        ("reported_done", date(2026, 1, 18), date(2026, 1, 19), promises.MISSED),
        ("implemented", date(2026, 1, 18), date(2026, 1, 18), promises.KEPT),
        ("implemented", date(2026, 1, 18), date(2026, 1, 19), promises.KEPT_LATE),
        ("dropped", date(2026, 1, 18), None, promises.ENDED),
    ],
)
def test_whether_a_promise_was_kept(progress, due, done, word):
    assert promises.verdict(progress, due, done, make.TODAY) == word
    assert set(promises.WORDS) == set(promises.TONES)
