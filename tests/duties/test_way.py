"""The way of a duty: bundle, letter, return, answers, verdicts, closing. What each refusal says, and where it is mended."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, Invalid, NotAllowed, NotFound, RuleBroken, WrongState
from petitions.core.identity import SYSTEM
from petitions.core.words import say
from petitions.duties import lateness
from petitions.duties.actions import answering, bundles, closing, judging, letters, proving, publishing, receiving, ruling, telling
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.bundles import BundleValues, Line
from petitions.duties.actions.judging import Verdict
from petitions.duties.actions.letters import LetterValues
from petitions.duties.models.answers import AnswerItem, Commitment, ReAsk
from petitions.duties.models.duty import Duty
from petitions.duties.models.time import ReturnRequest
from petitions.duties.models.voters import Publication
from petitions.duties.queries import reading
from petitions.duties.workflow import STATES
from petitions.journal.queries import timeline
from petitions.outbox.models import OutboxMessage
from tests.duties.test_time import ADMIN
from tests.make import duties as make
from tests.make import workdays

AT: dict[str, Any] = {"now": make.NOW, "today": make.TODAY}
COMPLETE = Verdict("complete", "resolved")


def test_every_state_can_be_reached_and_is_noted(session: Session) -> None:
    place = make.world(session)
    for state in STATES:
        made = make.duty(session, place, state=state)
        assert made.state == state
        db.finish(session)
        acts = [entry.act for entry in timeline(session, ("duty", made.id))]
        assert acts[0] == "duty.send"
    promised = session.scalars(select(OutboxMessage.subject_kind).where(OutboxMessage.topic == "index")).all()
    assert set(promised) == {"thing"}


# -- bundle and letter ---------------------------------------------------------------------------------------------------------


def test_the_one_who_prepares_does_not_approve(session: Session) -> None:
    place = make.world(session)
    made = make.bundle(session, place, state="submitted")
    with pytest.raises(NotAllowed):
        bundles.approve(session, made.id, by=place.clerk, now=make.NOW)
    own = bundles.draft_bundle(session, BundleValues(place.body.id, "Tự soạn"), [Line("thing", 77, place.first.id)], by=place.lead, now=make.NOW)
    bundles.submit(session, own.id, by=place.lead, now=make.NOW)
    with pytest.raises(RuleBroken):
        bundles.approve(session, own.id, by=place.lead, now=make.NOW)
    with pytest.raises(WrongState):
        letters.issue(session, made.id, LetterValues("1", make.LETTER_DAY, "Ký"), by=place.lead, **AT)


def test_one_letter_carries_many_subjects_to_several_agencies(session: Session) -> None:
    place = make.world(session)
    lines = [Line("thing", 100 + n, place.first.id, (place.second.id,) if n == 0 else ()) for n in range(6)]
    lines += [Line("thing", 200 + n, place.second.id) for n in range(6)]
    sent = make.letter(session, place, lines=lines)
    made = make.duties_of(session, sent)
    assert len(made) == 13
    assert {one.state for one in made} == {"sent"}
    assert [(one.part, one.agency_id) for one in made[:2]] == [("lead", place.first.id), ("with", place.second.id)]
    assert len(place.things.links) == 13


@pytest.mark.parametrize(
    ("level", "kind", "recipient", "annex"),
    [
        ("city", "transfer", "ubnd_office", "city"),
        ("central", "transfer", "na_delegation", "II"),
        ("commune", "transfer", "deputy_group", "IV"),
        ("city", "answered", "deputy_group", "III"),
        ("city", "session_list", "ubnd_office", "I"),
    ],
)
def test_level_decides_the_way_and_kind_the_annex(session: Session, level: str, kind: str, recipient: str, annex: str) -> None:
    place = make.world(session)
    made = make.bundle(session, place, state="draft", level=level, kind=kind, recipient_group_id=place.group.id)
    assert (made.recipient_kind, made.annex) == (recipient, annex)


def test_a_subject_is_not_sent_twice(session: Session) -> None:
    place = make.world(session)
    line = [Line("thing", 500, place.first.id)]
    make.bundle(session, place, lines=line, state="draft")
    with pytest.raises(Conflict, match="VD-500"):
        make.bundle(session, place, lines=line)
    made = make.duty(session, place)
    with pytest.raises(Conflict):
        make.bundle(session, place, lines=[Line("thing", made.subject_id, place.first.id)])


def test_what_its_room_finds_unfit_is_not_sent(session: Session) -> None:
    place = make.world(session)
    place.things.unfit[501] = say("chưa phân loại")
    with pytest.raises(Invalid):
        make.bundle(session, place, lines=[Line("thing", 501, place.first.id)])


def test_a_letter_is_recalled_until_it_leaves(session: Session) -> None:
    place = make.world(session)
    made = make.bundle(session, place)
    sent = letters.issue(session, made.id, LetterValues("7", make.TODAY, "Ký"), by=place.lead, **AT)
    [duty] = make.duties_of(session, sent)
    assert sent.leaves_at == make.NOW + timedelta(minutes=15)
    with pytest.raises(RuleBroken):
        receiving.acknowledge(session, duty.id, received_on=make.TODAY, by=place.officer, **AT)
    with pytest.raises(NotFound):
        reading.duty(session, duty.id, place.officer, make.NOW)
    letters.recall(session, sent.id, reason="sai số", by=place.lead, now=make.NOW + timedelta(minutes=14))
    assert (duty.state, made.state) == ("recalled", "approved")
    again = letters.issue(session, made.id, LetterValues("7", make.TODAY, "Ký"), by=place.lead, **AT)
    letters.send_now(session, again.id, by=place.lead, now=make.NOW)
    with pytest.raises(RuleBroken, match="gửi"):
        letters.recall(session, again.id, reason="muộn", by=place.lead, now=make.NOW)
    assert reading.duty(session, make.duties_of(session, again)[0].id, place.officer, make.NOW)


def test_a_number_already_used_is_named(session: Session) -> None:
    place = make.world(session)
    first, second, third = (make.bundle(session, place) for _ in range(3))
    values = LetterValues("12", make.LETTER_DAY, "Ký")
    letters.issue(session, first.id, values, by=place.lead, **AT)
    with pytest.raises(Conflict, match="12"):
        letters.issue(session, second.id, values, by=place.lead, **AT)
    letters.issue(session, second.id, LetterValues("12", make.LETTER_DAY, "Ký", again=True), by=place.lead, **AT)
    ruling.set_setting(session, "letter_numbering", "unique", by=ADMIN, now=make.NOW)
    with pytest.raises(Conflict):
        letters.issue(session, third.id, LetterValues("12", make.LETTER_DAY, "Ký", again=True), by=place.lead, **AT)


def test_numbers_are_drawn_where_the_office_wants_it(session: Session) -> None:
    place = make.world(session)
    ruling.set_setting(session, "letter_numbering", "drawn", by=ADMIN, now=make.NOW)
    drawn = [letters.issue(session, make.bundle(session, place).id, LetterValues("", make.LETTER_DAY, "Ký"), by=place.lead, **AT) for _ in range(2)]
    assert [one.full_number for one in drawn] == ["01/HĐND-TT", "02/HĐND-TT"]


@pytest.mark.parametrize(("dated_on", "due_on"), [(date(2026, 1, 21), None), (make.LETTER_DAY, date(2025, 12, 9))])
def test_days_that_cannot_be_are_refused(session: Session, dated_on: date, due_on: date | None) -> None:
    place = make.world(session)
    with pytest.raises(Invalid):
        letters.issue(session, make.bundle(session, place).id, LetterValues("1", dated_on, "Ký", due_on=due_on), by=place.lead, **AT)


# -- return, forwarding, another way -----------------------------------------------------------------------------------------


def test_a_return_in_time_is_decided_and_another_agency_keeps_the_clock_in_view(session: Session) -> None:
    place = make.world(session)
    old = make.duty(session, place, state="returned")
    new = receiving.reroute(session, old.id, agency_id=place.second.id, reason="thuộc y tế", on=make.TODAY, by=place.lead, **AT)
    assert (old.state, new.rerouted_from_id, new.agency_id) == ("rerouted", old.id, place.second.id)
    assert (new.start_on, new.reply_due, new.first_due, new.statutory_due) == (old.start_on, old.reply_due, old.first_due, old.statutory_due)
    other = receiving.reroute(
        session, make.duty(session, place).id, agency_id=place.second.id, reason="lại", on=make.TODAY, keep_clock=False, by=place.lead, **AT
    )
    assert (other.start_on, other.statutory_due) == (date(2026, 1, 23), date(2026, 3, 24))


def test_a_late_return_is_refused_to_the_agency_and_flagged_for_the_office(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")  # received on 12/12: until Friday 19/12
    late = {"reason": "không đúng thẩm quyền", "asked_on": date(2025, 12, 22)}
    with pytest.raises(RuleBroken, match="19/12/2025"):
        receiving.ask_return(session, made.id, **late, by=place.officer, **AT)
    request = receiving.ask_return(session, made.id, **late, by=place.clerk, **AT)
    assert (request.late, request.allowed_until, made.state) == (True, date(2025, 12, 19), "return_asked")
    receiving.decide_return(session, made.id, accept=False, decision="quá hạn trả lại", by=place.lead, **AT)
    assert (made.state, made.reply_due) == ("acknowledged", date(2026, 2, 10))
    assert session.scalars(select(ReturnRequest.state)).all() == ["refused"]


def test_the_committee_office_gives_it_to_a_department_and_the_clock_runs_on(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place)
    before = made.reply_due
    receiving.forward(session, made.id, forwarded_on=date(2025, 12, 18), to_agency_id=place.second.id, number="1536/UBND-TH", by=place.ubnd, **AT)
    assert (made.agency_id, made.reply_due, made.state) == (place.second.id, before, "sent")
    with pytest.raises(NotAllowed):
        receiving.acknowledge(session, made.id, received_on=date(2025, 12, 19), by=place.officer, **AT)
    receiving.acknowledge(session, made.id, received_on=date(2025, 12, 19), by=place.other_officer, **AT)


# -- answers and verdicts ---------------------------------------------------------------------------------------------------------


def test_one_letter_answers_nine(session: Session) -> None:
    place = make.world(session)
    made = [make.bring(session, place, one, "acknowledged") for one in make.duties_of(session, make.letter(session, place, n=9))]
    letter = make.answer(session, place, *made)
    assert {one.state for one in made} == {"under_review"}
    assert len(session.scalars(select(AnswerItem).where(AnswerItem.letter_id == letter.id)).all()) == 9
    other = make.duty(session, place, state="acknowledged")
    values = LetterIn(letter.number, date(2026, 1, 16))
    with pytest.raises(Conflict, match=str(letter.number)):
        answering.file_answer(session, values, [Proposal(other.id, "explained")], by=place.officer, **AT)


@pytest.mark.parametrize(
    "given",
    [{"agency_class": "in_progress"}, {"agency_class": "in_progress", "reason": "with_roadmap"}, {"agency_class": "resolved", "reason": "no_means"}],
)
def test_in_progress_says_by_when_or_why_not(session: Session, given: dict[str, Any]) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    with pytest.raises(Invalid):
        make.answer(session, place, made, promised_on=None, **given)


def test_answers_out_of_time_or_place_are_refused(session: Session) -> None:
    place = make.world(session)
    made, closed = make.duty(session, place, state="acknowledged"), make.duty(session, place, state="closed")
    with pytest.raises(Invalid) as caught:
        make.answer(session, place, made, dated_on=date(2025, 12, 1))
    assert "dated_on" in caught.value.fields
    with pytest.raises(WrongState, match=f"VD-{closed.subject_id}"):
        make.answer(session, place, made, closed)
    assert made.state == "acknowledged"
    with pytest.raises(NotAllowed):
        make.answer(session, place, made, by=place.other_officer)


def test_resolved_needs_evidence_and_a_second_person_closes(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="under_review")
    with pytest.raises(RuleBroken, match="minh chứng"):
        judging.judge(session, made.id, COMPLETE, by=place.supervisor, **AT)
    proving.add_evidence(session, made.id, dated_on=make.ANSWERED_ON, note="ảnh nghiệm thu", by=place.officer, **AT)
    judging.judge(session, made.id, COMPLETE, by=place.supervisor, **AT)
    assert (made.state, made.settled_on) == ("resolved", make.ANSWERED_ON)
    for nobody in (place.officer, place.supervisor, place.clerk):
        with pytest.raises(NotAllowed):
            closing.close(session, made.id, by=nobody, **AT)
    closing.close(session, made.id, by=place.standing, **AT)
    assert (made.closed_as, made.closed_by) == ("resolved", place.standing.user_id)


def test_agency_and_office_may_class_differently_and_both_stand(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="under_review")
    judging.judge(session, made.id, Verdict("complete", "in_progress", promised_on=date(2026, 4, 30)), by=place.supervisor, **AT)
    item = session.get_one(AnswerItem, made.answer_item_id)
    assert (item.agency_class, item.office_class, made.resolution_due, made.next_due) == ("resolved", "in_progress", *[date(2026, 4, 30)] * 2)


def test_unclear_is_asked_again_and_the_first_answer_stays(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="reasked")
    first = made.answer_item_id
    assert (made.answered_on, made.reask_due) == (make.ANSWERED_ON, date(2026, 2, 3))
    make.answer(session, place, made, dated_on=date(2026, 1, 19))
    ask = session.scalars(select(ReAsk)).one()
    assert (ask.answer_item_id, ask.answered_item_id, made.answered_on) == (first, made.answer_item_id, make.ANSWERED_ON)
    assert session.get_one(AnswerItem, first).quality == "unclear"


def test_a_promise_is_kept_by_what_was_done(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="in_progress")
    judging.confirm_resolved(session, made.id, done_on=make.TODAY, reason="đã kiểm tra", by=place.supervisor, **AT)
    promise = session.scalars(select(Commitment)).one()
    assert (made.state, promise.kept_on, made.settled_on) == ("resolved", make.TODAY, make.TODAY)


def test_the_leads_answer_waits_for_those_who_work_with_it(session: Session) -> None:
    place = make.world(session)
    lead, partner = make.pair(session, place)
    make.answer(session, place, lead)
    assert lead.state == "answered"
    with pytest.raises(WrongState):
        judging.judge(session, lead.id, Verdict("unclear", words="?"), by=place.supervisor, **AT)
    answering.countersign(session, partner.id, signed_on=make.ANSWERED_ON, opinion="thống nhất", by=place.other_officer, **AT)
    assert (lead.state, partner.state) == ("under_review", "countersigned")
    judging.judge(session, lead.id, Verdict("unclear", words="bao giờ?"), by=place.supervisor, **AT)
    assert (lead.state, partner.state) == ("reasked", "reasked")


def test_the_office_may_go_on_without_them_for_a_reason(session: Session) -> None:
    place = make.world(session)
    lead, partner = make.pair(session, place)
    make.answer(session, place, lead)
    answering.override(session, lead.id, reason="đã quá hạn phối hợp", by=place.lead, **AT)
    proving.add_evidence(session, lead.id, dated_on=make.ANSWERED_ON, note="đã xem", by=place.clerk, **AT)
    judging.judge(session, lead.id, COMPLETE, by=place.supervisor, **AT)
    closing.close(session, lead.id, by=place.standing, **AT)
    assert (lead.state, partner.state) == ("closed", "closed")


def test_a_word_given_before_the_lead_answered_counts(session: Session) -> None:
    place = make.world(session)
    lead, partner = make.pair(session, place)
    answering.countersign(session, partner.id, signed_on=make.ANSWERED_ON, by=place.other_officer, **AT)
    make.answer(session, place, lead)
    assert lead.state == "under_review"


def test_an_answer_on_the_spot_is_an_answer(session: Session) -> None:
    place = make.world(session)
    said = Proposal(0, "explained", text="Đã có kế hoạch, sẽ thông báo")
    where = {"body_id": place.body.id, "subject": ("thing", 900), "agency_id": place.first.id, "proposal": said}
    made = answering.answer_on_the_spot(session, **where, on=date(2025, 11, 14), by=place.clerk, **AT)
    assert (made.state, made.answered_on, made.letter_id) == ("under_review", date(2025, 11, 14), None)
    judging.judge(session, made.id, Verdict("complete", "explained"), by=place.supervisor, **AT)
    with pytest.raises(NotAllowed):
        answering.answer_on_the_spot(session, **where, on=date(2025, 11, 14), by=place.officer, **AT)


# -- voters, publishing, objection, reopening ------------------------------------------------------------------------------------


def test_an_objection_makes_a_new_subject_and_the_old_duty_stays_closed(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="closed")
    row = closing.object_to(session, made.id, text="chưa làm gì", raised_on=make.TODAY, by=place.clerk, **AT)
    assert (row.subject_id, made.state) == (9000 + made.subject_id, "closed")
    assert place.things.objections == [(made.subject_id, made.answer_item_id, "chưa làm gì")]
    closing.reopen(session, made.id, reason="tái giám sát", due_on=date(2026, 2, 27), by=place.standing, **AT)
    assert (made.state, made.next_due, made.closed_on, made.settled_on) == ("reasked", date(2026, 2, 27), None, None)


def test_voters_are_told_by_their_own_group(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="explained")
    say_so = {"told_on": make.TODAY, "meeting": "TXCT trước kỳ họp tháng 1/2026"}
    row = telling.tell(session, made.id, deputy_group_id=place.group.id, **say_so, by=place.clerk, **AT)
    with pytest.raises(Invalid):
        telling.tell(session, made.id, deputy_group_id=place.group.id, told_on=date(2026, 1, 2), meeting="x", by=place.clerk, **AT)
    telling.strike_told(session, row.id, reason="nhầm tổ", by=place.clerk, now=make.NOW)
    assert row.struck


def test_a_redacted_text_is_approved_by_another_and_posted_for_thirty_days(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="explained")
    row = session.scalars(select(Publication)).one()
    assert (row.state, row.event_on, row.due_on) == ("planned", date(2026, 2, 10), date(2026, 3, 10))
    publishing.draft_publication(session, made.id, text="Đã trả lời cử tri", by=place.lead, now=make.NOW)
    with pytest.raises(RuleBroken):
        publishing.approve_publication(session, made.id, version=row.version, by=place.lead, now=make.NOW)
    with pytest.raises(Conflict):
        publishing.publish(session, made.id, on=make.TODAY, by=place.clerk, **AT)
    publishing.approve_publication(session, made.id, version=row.version, by=place.standing, now=make.NOW)
    publishing.publish(session, made.id, on=make.TODAY, url="https://example.gov.vn/1", by=place.clerk, **AT)
    publishing.post(session, made.id, posted_from=make.TODAY, by=place.clerk, **AT)
    assert (row.state, row.posted_to) == ("published", date(2026, 2, 19))
    publishing.withdraw_publication(session, made.id, reason="còn tên người", by=place.lead, now=make.NOW)
    publishing.draft_publication(session, made.id, text="Bản sửa", by=place.clerk, now=make.NOW)
    assert (row.state, row.approved_by) == ("drafted", None)


def test_answers_of_before_the_rule_are_not_planned_for_publishing(session: Session) -> None:
    place = make.world(session)
    when = {"now": datetime(2024, 6, 1, tzinfo=UTC), "today": date(2024, 6, 1)}
    made = make.duty(session, place, dated_on=date(2024, 3, 1), **when)
    make.answer(session, place, made, agency_class="explained", dated_on=date(2024, 4, 1), **when)
    judging.judge(session, made.id, Verdict("complete", "explained"), by=place.supervisor, **when)
    assert session.scalars(select(Publication)).all() == []
    assert session.scalars(select(Duty.state).where(Duty.id == made.id)).one() == "explained"


def test_who_confirmed_it_as_done_does_not_close_it(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="in_progress")
    both = replace(place.standing, permissions=place.standing.permissions | place.lead.permissions)
    judging.confirm_resolved(session, made.id, done_on=make.TODAY, reason="đã kiểm tra", by=both, **AT)
    db.finish(session)
    with pytest.raises(RuleBroken):
        closing.close(session, made.id, by=both, **AT)
    closing.close(session, made.id, by=place.other_standing, **AT)


def test_the_system_moves_by_the_same_table(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place)
    receiving.acknowledge(session, made.id, received_on=make.RECEIVED, by=SYSTEM, **AT)
    assert made.state == "acknowledged"
    with pytest.raises(WrongState):
        receiving.acknowledge(session, made.id, received_on=make.RECEIVED, by=SYSTEM, **AT)


def test_a_return_asked_before_the_receipt_was_noted_starts_the_clock(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place)
    receiving.ask_return(session, made.id, reason="không phải việc của sở", asked_on=date(2025, 12, 11), by=place.officer, **AT)
    assert (made.received_on, made.start_on, made.reply_due) == (date(2025, 12, 11), date(2025, 12, 11), date(2026, 2, 9))


@pytest.mark.parametrize(
    ("rule", "given", "due", "review"),
    [
        ("conclusion_date", date(2026, 2, 27), date(2026, 2, 27), None),
        ("conclusion_quarter", None, date(2025, 12, 31), None),
        ("conclusion_session", None, None, None),
        ("conclusion_continuous", None, None, date(2026, 6, 15)),
    ],
)
def test_what_a_conclusion_asks_for_is_due_by_its_own_kind(session: Session, rule: str, given: date | None, due: date | None, review: date | None) -> None:
    place = make.world(session)
    made = make.duty(session, place, rule_code=rule, due_on=given)
    assert (made.statutory_due, made.next_due, made.review_on) == (due, due, review)
    later = lateness.of(made, workdays.shipped(), lateness.bounds(workdays.shipped(), date(2027, 6, 1), lateness.Bands()))
    assert later.word == (lateness.OVERDUE if due else lateness.NO_DUE)
