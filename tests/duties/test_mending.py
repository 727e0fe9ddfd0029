"""What was entered wrongly is taken back, and days that no clock brings are said: a letter withdrawn, a session's day, a continuous duty looked at."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, Invalid, NotAllowed, RuleBroken
from petitions.duties import lateness
from petitions.duties.actions import answering, judging, rescheduling, withdrawing
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.judging import Verdict
from petitions.duties.models.answers import AnswerItem, AnswerLetter, ReAsk
from petitions.duties.models.duty import DutyDate
from petitions.duties.panel import one_of
from petitions.duties.queries import figures, queues
from petitions.journal.models import JournalEntry
from tests.make import duties as make
from tests.make import workdays

AT: dict[str, Any] = {"now": make.NOW, "today": make.TODAY}
CALENDAR = workdays.shipped()


def test_a_letter_entered_wrongly_is_withdrawn_and_all_stands_as_before(session: Session) -> None:
    place = make.world(session)
    sent, known, asked = (make.duty(session, place, state=state) for state in ("sent", "acknowledged", "reasked"))
    before = [(one.state, one.received_on, one.answered_on, one.answer_item_id, one.next_due) for one in (sent, known, asked)]
    figures_before = figures.by_agency(session, make.TODAY)
    letter = make.answer(session, place, sent, known, asked, agency_class="explained")
    number = letter.number
    withdrawing.withdraw_answer(session, letter.id, reason="nhầm số văn bản", by=place.clerk, **AT)
    assert [(one.state, one.received_on, one.answered_on, one.answer_item_id, one.next_due) for one in (sent, known, asked)] == before
    assert figures.by_agency(session, make.TODAY) == figures_before
    assert session.scalars(select(ReAsk.answered_item_id)).all() == [None]
    shown = one_of(session, known.id, identity=place.clerk, **AT)
    assert [(one.row.withdrawn, one.row.number) for one in shown.answers] == [(True, number)]  # it stays in view
    assert queues.last_answers(session, []) == {}
    answering.file_answer(session, LetterIn(number, make.ANSWERED_ON), [Proposal(known.id, "explained", text="đúng")], by=place.officer, **AT)  # free again
    assert known.state == "under_review"


def test_only_the_office_withdraws_and_only_before_it_judged(session: Session) -> None:
    place = make.world(session)
    first, second = make.duty(session, place, state="acknowledged"), make.duty(session, place, state="acknowledged")
    letter = make.answer(session, place, first, second, agency_class="explained")
    with pytest.raises(NotAllowed):
        withdrawing.withdraw_answer(session, letter.id, reason="x", by=place.officer, **AT)
    with pytest.raises(Invalid):
        withdrawing.withdraw_answer(session, letter.id, reason=" ", by=place.clerk, **AT)
    judging.judge(session, first.id, Verdict("complete", "explained"), by=place.supervisor, **AT)
    with pytest.raises(Conflict, match="đã đánh giá"):
        withdrawing.withdraw_answer(session, letter.id, reason="x", by=place.clerk, **AT)
    said = {"body_id": place.body.id, "subject": ("thing", 901), "agency_id": place.first.id, "proposal": Proposal(0, "explained", text="nói ngay")}
    spoken = answering.answer_on_the_spot(session, **said, on=date(2025, 11, 14), by=place.clerk, **AT)
    item = session.get_one(AnswerItem, spoken.answer_item_id)
    with pytest.raises(RuleBroken):
        withdrawing.withdraw_answer(session, item.letter_id, reason="x", by=place.clerk, **AT)
    assert session.scalars(select(AnswerLetter).where(AnswerLetter.withdrawn_on.is_not(None))).all() == []


def test_the_day_of_a_session_is_said_and_said_again(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, rule_code="conclusion_session")
    usual = make.duty(session, place)
    assert (made.reply_due, made.next_due) == (None, None)
    for day in (date(2026, 7, 7), date(2026, 7, 14)):
        rescheduling.set_session_day(session, made.id, day=day, reason="kỳ họp thường lệ giữa năm", by=place.lead, **AT)
        assert (made.reply_due, made.statutory_due, made.next_due) == (day, day, day)
    assert made.first_due == date(2026, 7, 7)
    rows = session.execute(select(DutyDate.due_on, DutyDate.cause).where(DutyDate.duty_id == made.id, DutyDate.clock == "reply").order_by(DutyDate.id))
    assert [tuple(row) for row in rows] == [(None, "issue"), (date(2026, 7, 7), "session"), (date(2026, 7, 14), "session")]
    with pytest.raises(RuleBroken):
        rescheduling.set_session_day(session, made.id, day=date(2025, 11, 1), by=place.lead, **AT)  # before it was asked for
    with pytest.raises(RuleBroken):
        rescheduling.set_session_day(session, usual.id, day=date(2026, 7, 7), by=place.lead, **AT)


def test_a_continuous_duty_is_looked_at_and_never_late(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, rule_code="conclusion_continuous")
    assert made.review_on == date(2026, 6, 15)
    day = {"now": make.NOW, "today": date(2026, 6, 17)}
    assert queues.count(session, queues.queue(queues.REVIEWS)) == 1
    rescheduling.review(session, made.id, on=date(2026, 6, 16), note="đã đi thực tế", by=place.supervisor, **day)
    assert made.review_on == date(2026, 12, 15)
    rescheduling.review(session, made.id, on=date(2026, 6, 17), note="hẹn sớm", next_on=date(2026, 9, 1), by=place.supervisor, **day)
    assert made.review_on == date(2026, 9, 1)
    with pytest.raises(Invalid):
        rescheduling.review(session, made.id, on=date(2026, 6, 17), note="lùi", next_on=date(2026, 6, 1), by=place.supervisor, **day)
    with pytest.raises(NotAllowed):
        rescheduling.review(session, made.id, on=date(2026, 6, 17), note="tự xem", by=place.officer, **day)
    assert lateness.of(made, CALENDAR, lateness.bounds(CALENDAR, date(2027, 6, 1), lateness.Bands())).word == lateness.NO_DUE
    db.finish(session)
    lines = select(JournalEntry.reason).where(JournalEntry.act == "duty.review", JournalEntry.subject_id == made.id).order_by(JournalEntry.id)
    assert session.scalars(lines).all() == ["đã đi thực tế", "hẹn sớm"]
