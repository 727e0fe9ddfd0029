"""The way of a recommendation, on both engines: registered, split, owed, reported, verified by one, confirmed by another, given up, carried over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from petitions.core.errors import Conflict, Invalid, NotAllowed, RuleBroken, Stale, WrongState
from petitions.core.identity import SYSTEM
from petitions.duties.actions import answering, extending
from petitions.duties.models.duty import Duty
from petitions.oversight.actions import changing, closing, registering, terms
from petitions.oversight.actions.following import duties
from petitions.oversight.models.recommendation import Recommendation, RecommendationDate, RecommendationStep, RecommendationTerm
from petitions.oversight.models.report import ReportDue, Verification
from petitions.oversight.queries import reading
from petitions.oversight.values import Line
from tests.make import council
from tests.make import oversight as make

AT = {"now": make.NOW, "today": make.TODAY}


@pytest.fixture
def place(session):
    return make.world(session)


@pytest.fixture
def made(session, place):
    return make.recommendations(session, make.document(session, place))


def steps(session, row):
    query = select(RecommendationStep).where(RecommendationStep.recommendation_id == row.id).order_by(RecommendationStep.id)
    return [one.progress for one in session.scalars(query)]


def test_a_confirmed_split_makes_recommendations_duties_and_due_days_of_reports(session, place, made):
    first, second, third, fourth = made
    assert [(one.due_kind, one.due_on) for one in made] == [
        ("date", date(2025, 12, 31)),
        ("continuous", None),
        ("multi_year", date(2030, 12, 31)),
        ("quarter", date(2026, 3, 31)),
    ]
    owed = {(duty.agency_id, duty.part, duty.next_due) for duty in duties(session, first)}
    assert owed == {(place.first.id, "lead", date(2025, 12, 31)), (place.second.id, "with", date(2025, 12, 31))}
    assert duties(session, second)[0].next_due is None
    assert duties(session, second)[0].review_on is not None
    days = session.scalars(select(ReportDue.due_on).where(ReportDue.recommendation_id == first.id)).all()
    assert sorted(days) == [date(2025, 12, 31)]
    assert (first.code, first.made_on) == (f"GS{first.document_id:04}-01", make.ISSUED)
    assert steps(session, fourth) == ["not_started"]
    assert third.first_due == third.due_on


def test_the_same_number_and_day_is_refused_and_a_stale_split_too(session, place):
    row = make.document(session, place, confirmed=False, number="77")
    with pytest.raises(Conflict, match="đã được ghi"):
        make.document(session, place, number="77")
    with pytest.raises(Stale):
        registering.save_split(session, row.id, [Line("1", "Việc")], version=row.version + 1, by=place.clerk, now=make.NOW)
    with pytest.raises(NotAllowed):
        registering.save_split(session, row.id, [Line("1", "Việc")], version=row.version, by=place.officer, now=make.NOW)


def test_a_line_without_agency_or_with_a_day_before_the_document_is_refused_and_stays(session, place):
    row = make.document(session, place, confirmed=False)
    lines = [
        Line("1", "Việc một", lead=""),
        Line("2", "Việc hai", lead="Sở Y tế", due_kind="date", due_on=make.ISSUED - timedelta(days=1)),
        Line("3", "Việc ba", lead="Sở Không Có", due_kind="date"),
    ]
    registering.save_split(session, row.id, lines, version=row.version, by=place.clerk, now=make.NOW)
    with pytest.raises(Invalid) as refused:
        registering.confirm_split(session, row.id, version=row.version, by=place.clerk, **AT)
    assert set(refused.value.fields) == {"lines-0-lead", "lines-1-due_on", "lines-2-lead", "lines-2-due_on"}
    assert [one.text for one in make.recommendations(session, row)] == ["Việc một", "Việc hai", "Việc ba"]
    assert session.scalar(select(Duty.id).where(Duty.subject_kind == "recommendation")) is None


def test_done_needs_evidence_and_two_different_people_close_it(session, place, made):
    fourth = made[3]
    with pytest.raises(Invalid, match="chưa đúng"):
        make.report(session, place, fourth, method=None, evidence="")
    make.report(session, place, fourth)
    assert (fourth.progress, fourth.done_on) == ("reported_done", date(2026, 1, 15))
    assert [duty.next_due for duty in duties(session, fourth)] == [None]
    with pytest.raises(RuleBroken, match="Ban kiểm tra"):
        make.confirm(session, place, fourth)
    make.verify(session, place, fourth)
    with pytest.raises(NotAllowed):
        make.confirm(session, place, fourth, by=place.committee)
    make.confirm(session, place, fourth)
    assert (fourth.progress, fourth.closed_on) == ("implemented", make.TODAY)
    assert {duty.state for duty in duties(session, fourth)} == {"closed"}
    assert steps(session, fourth) == ["not_started", "reported_done", "reported_done", "implemented"]
    with pytest.raises(WrongState):
        make.report(session, place, fourth)


def test_who_enters_a_report_for_an_agency_neither_verifies_nor_confirms_it(session, place, made):
    fourth = made[3]
    make.report(session, place, fourth, by=place.clerk)
    facts = reading.facts(session, fourth)
    assert facts.reporters == {place.clerk.user_id}
    with pytest.raises(NotAllowed):
        make.report(session, place, made[1], by=place.other_officer, agency=place.first.id)


def test_sent_back_keeps_the_chain_and_sets_a_new_day(session, place, made):
    fourth = made[3]
    make.report(session, place, fourth)
    closing.send_back(session, fourth.id, method="visit", note="Chưa đủ", found_on=make.TODAY, due_on=date(2026, 2, 28), version=None, by=place.committee, **AT)
    assert (fourth.progress, fourth.due_on, fourth.first_due, fourth.done_on) == ("sent_back", date(2026, 2, 28), date(2026, 3, 31), None)
    assert [duty.next_due for duty in duties(session, fourth)] == [date(2026, 2, 28)]
    make.report(session, place, fourth)
    assert fourth.progress == "reported_done"
    with pytest.raises(RuleBroken):  # the verdict on the first report says nothing of the second
        make.confirm(session, place, fourth)
    assert [one.verdict for one in session.scalars(select(Verification).order_by(Verification.id))] == ["not_met"]
    assert len(session.scalars(select(RecommendationDate).where(RecommendationDate.recommendation_id == fourth.id)).all()) == 2


def test_where_two_agencies_lead_the_whole_is_done_when_both_said_so(session, place):
    text = "I. KIẾN NGHỊ\n1. Sở Xây dựng và Sở Y tế hoàn thành đề án trước ngày 31/3/2026."
    [row] = make.recommendations(session, make.document(session, place, text=text))
    make.report(session, place, row)
    assert row.progress == "partial"
    make.report(session, place, row, agency=place.second.id, by=place.other_officer)
    assert row.progress == "reported_done"


def test_reports_answer_due_days_and_another_rhythm_moves_only_days_to_come(session, place, made):
    first = made[0]
    make.report(session, place, first, "progress", percent=40)
    assert (first.progress, first.percent) == ("in_progress", 40)
    own, others = duties(session, first)[0], duties(session, first)[1:]
    assert (own.state, own.received_on) == ("acknowledged", date(2026, 1, 15))  # who reports has received it
    assert {one.state for one in others} == {"sent"}
    answered = session.scalars(select(ReportDue.due_on).where(ReportDue.recommendation_id == first.id, ReportDue.item_id.is_not(None))).all()
    assert answered == [date(2025, 12, 31)]
    changing.change_due(session, first.id, due_on=date(2026, 6, 30), reason="Theo đề nghị", version=None, by=place.standing, **AT)
    changing.change_rhythm(session, first.id, rhythm="monthly", reason="Sát hơn", version=None, by=place.clerk, **AT)
    days = sorted(session.scalars(select(ReportDue.due_on).where(ReportDue.recommendation_id == first.id)))
    assert days == [date(2025, 12, 31), *(date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)))]
    assert {duty.next_due for duty in duties(session, first)} == {date(2026, 6, 30)}
    assert first.first_due == date(2025, 12, 31)


def test_given_up_needs_decision_and_reason_and_is_replaced_without_circles(session, place, made):
    first, second, third, fourth = made
    given = {"decision": "15/NQ-HĐND", "reason": "Không còn phù hợp", "version": None, "by": place.standing, **AT}
    with pytest.raises(Invalid):
        closing.give_up(session, first.id, outcome="dropped", impossible=False, **{**given, "decision": ""})
    with pytest.raises(NotAllowed):
        closing.give_up(session, first.id, outcome="dropped", impossible=False, **{**given, "by": place.clerk})
    closing.give_up(session, first.id, outcome="dropped", impossible=True, **given)
    assert (first.progress, first.impossible) == ("dropped", True)
    closing.supersede(session, second.id, other=third.code, **given)
    with pytest.raises(RuleBroken, match="vòng tròn"):
        closing.supersede(session, third.id, other=second.code, **given)
    with pytest.raises(RuleBroken, match="vòng tròn"):
        closing.supersede(session, fourth.id, other=fourth.code, **given)
    with pytest.raises(Invalid):
        closing.supersede(session, fourth.id, other="GS9999-01", **given)
    closing.reopen(session, first.id, reason="Xem lại", due_on=date(2026, 5, 1), version=None, by=place.standing, **AT)
    assert (first.progress, first.closed_on, first.due_on) == ("in_progress", None, date(2026, 5, 1))


def test_duties_of_recommendations_are_answered_on_their_own_page_and_extended_on_theirs(session, place, made):
    fourth = made[3]
    [duty] = duties(session, fourth)
    letter = answering.LetterIn("9/SXD", date(2026, 1, 10))
    with pytest.raises(RuleBroken, match="kiến nghị sau giám sát"), session.begin_nested():
        answering.file_answer(session, letter, [answering.Proposal(duty.id, "resolved", text="Xong")], by=place.officer, **AT)
    extending.ask_extension(session, duty.id, wanted_on=date(2026, 4, 30), reason="Thiếu vốn", asked_on=make.TODAY, by=place.officer, **AT)
    extending.decide_extension(session, duty.id, grant=True, decision="Đồng ý", by=place.standing, **AT)
    assert (fourth.due_on, fourth.first_due) == (date(2026, 4, 30), date(2026, 3, 31))


def test_open_ones_pass_into_the_next_term_and_closed_ones_start_anew_linked(session, place, made):
    first, second, third, fourth = made
    old = session.scalar(select(RecommendationTerm.term_id))
    new = council.term(session, of=place.body, number=17, starts_on=date(2026, 3, 16), ends_on=None)
    make.report(session, place, fourth)
    make.verify(session, place, fourth)
    make.confirm(session, place, fourth)
    with pytest.raises(RuleBroken, match="chưa bắt đầu"):
        terms.carry_over(session, old, new.id, by=place.standing, **AT)
    later = {"now": make.NOW + timedelta(days=90), "today": make.TODAY + timedelta(days=90)}
    assert terms.carry_over(session, old, new.id, by=place.standing, **later) == 3
    assert terms.carry_over(session, old, new.id, by=SYSTEM, **later) == 0
    rows = session.execute(select(RecommendationTerm.recommendation_id, RecommendationTerm.term_id, RecommendationTerm.to_on)).all()
    assert (fourth.id, old, None) in rows
    assert (first.id, old, date(2026, 3, 15)) in rows
    assert {number for number, term, _ in rows if term == new.id} == {first.id, second.id, third.id}
    again = closing.reopen(session, fourth.id, reason="Tái diễn", due_on=date(2026, 12, 31), version=None, by=place.standing, **later)
    assert (again.reopened_from_id, again.progress, fourth.progress) == (fourth.id, "in_progress", "implemented")
    assert [duty.next_due for duty in duties(session, again)] == [date(2026, 12, 31)]
    with pytest.raises(RuleBroken, match="đã được mở lại"):
        closing.reopen(session, fourth.id, reason="Nữa", due_on=None, version=None, by=place.standing, **later)


def test_an_agency_sees_what_names_it_and_drafts_are_seen_by_the_office_alone(session, place, made):
    draft = make.document(session, place, confirmed=False)

    def codes(who):
        return set(session.scalars(select(Recommendation.code).where(reading.visible(who))))

    assert codes(place.officer) == {made[0].code, made[3].code}
    assert codes(place.other_officer) == {made[0].code, made[1].code}
    assert codes(place.clerk) == {one.code for one in made}
    assert reading.document(session, draft.id, place.clerk) is draft
    with pytest.raises(Exception, match="không được xem"):
        reading.document(session, draft.id, place.officer)
