"""Time: what suspension keeps, what an extension may, which day counts, what is late. The law's day never moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotAllowed, RuleBroken
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.duties import lateness
from petitions.duties.actions import extending, receiving, ruling, stopping
from petitions.duties.lateness import Bands, bounds
from petitions.duties.models.duty import Duty, DutyDate
from petitions.duties.models.time import Extension
from petitions.duties.queries import rules as law
from petitions.workdays.counting import Unit, left, resumed
from tests.make import duties as make
from tests.make import workdays

CALENDAR = workdays.shipped()
ADMIN = Identity(1, "admin", "Quản trị", permissions=frozenset({Permission.REFERENCE_MANAGE}))
days = st.dates(date(2021, 1, 4), date(2027, 6, 30))


def at(day: date) -> dict[str, Any]:
    return {"now": make.NOW, "today": day}


def dates_of(session: Session, duty: Duty, clock: str) -> list[tuple[date | None, str]]:
    rows = session.scalars(select(DutyDate).where(DutyDate.duty_id == duty.id, DutyDate.clock == clock).order_by(DutyDate.id))
    return [(row.due_on, row.cause) for row in rows]


def test_who_is_silent_gains_nothing(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place)  # letter of Wednesday 10/12: taken as received on Monday 15/12
    assert (made.start_on, made.acknowledge_due, made.statutory_due) == (date(2025, 12, 15), date(2025, 12, 15), date(2026, 2, 13))
    receiving.acknowledge(session, made.id, received_on=date(2025, 12, 30), by=place.officer, **at(make.TODAY))
    assert (made.start_on, made.reply_due, made.received_on) == (date(2025, 12, 15), date(2026, 2, 13), date(2025, 12, 30))


def test_receipt_starts_the_clock_and_the_assumed_day_stays_listed(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    assert (made.start_on, made.statutory_due, made.reply_due, made.first_due, made.next_due) == (date(2025, 12, 12), *[date(2026, 2, 10)] * 4)
    assert dates_of(session, made, "reply") == [(date(2026, 2, 13), "issue"), (date(2026, 2, 10), "receipt")]


def test_the_earlier_of_the_letters_day_and_the_laws_counts_and_both_are_kept(session: Session) -> None:
    place = make.world(session)
    early = make.duty(session, place, state="acknowledged", due_on=date(2026, 1, 25))
    late = make.duty(session, place, state="acknowledged", due_on=date(2026, 3, 31))
    assert (early.reply_due, early.letter_due, early.statutory_due) == (date(2026, 1, 25), date(2026, 1, 25), date(2026, 2, 10))
    assert (late.reply_due, late.letter_due, late.statutory_due) == (date(2026, 2, 10), date(2026, 3, 31), date(2026, 2, 10))


@pytest.mark.parametrize("day", [date(2025, 12, 9), date(2026, 1, 21)], ids=["before the letter", "not come yet"])
def test_a_receipt_outside_its_time_is_refused(session: Session, day: date) -> None:
    place = make.world(session)
    made = make.duty(session, place)
    with pytest.raises(Invalid):
        receiving.acknowledge(session, made.id, received_on=day, by=place.officer, **at(make.TODAY))


def test_suspended_over_tet_the_same_days_are_left(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    stop = stopping.suspend(session, made.id, reason="chờ quy hoạch", on=date(2026, 2, 2), by=place.lead, **at(date(2026, 2, 2)))
    assert (stop.remaining, stop.unit, made.next_due, made.statutory_due) == (8, "calendar_day", None, date(2026, 2, 10))
    assert lateness.of(made, CALENDAR, bounds(CALENDAR, date(2026, 3, 1), Bands())).band == lateness.STOPPED
    stopping.resume(session, made.id, on=date(2026, 2, 25), by=place.lead, **at(date(2026, 2, 25)))
    assert (made.reply_due, made.next_due, made.statutory_due, made.first_due) == (date(2026, 3, 5), date(2026, 3, 5), date(2026, 2, 10), date(2026, 2, 10))
    assert dates_of(session, made, "reply")[-2:] == [(None, "suspension"), (date(2026, 3, 5), "resume")]
    stands = lateness.of(made, CALENDAR, bounds(CALENDAR, date(2026, 3, 1), Bands()))
    assert (stands.word, stands.against_statutory) == (lateness.WITHIN, lateness.OVERDUE)


def test_working_days_left_are_counted_over_tet(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="reasked")  # asked again on 20/01: ten working days
    assert made.next_due == date(2026, 2, 3)
    stopping.suspend(session, made.id, reason="chờ Chính phủ", on=date(2026, 1, 29), by=place.lead, **at(date(2026, 1, 29)))
    stopping.resume(session, made.id, on=date(2026, 2, 13), by=place.lead, **at(date(2026, 2, 13)))
    assert made.next_due == date(2026, 2, 25)  # three working days: 23, 24, 25/02 (16-20/02 are Tết)


def test_suspended_and_resumed_on_one_day_nothing_has_changed(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="reasked")
    before = made.next_due
    stopping.suspend(session, made.id, reason="nhầm", on=make.TODAY, by=place.lead, **at(make.TODAY))
    stopping.resume(session, made.id, on=make.TODAY, by=place.lead, **at(make.TODAY))
    assert made.next_due == before


def test_lateness_is_not_suspended_away(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    with pytest.raises(RuleBroken):
        stopping.suspend(session, made.id, reason="chờ", on=date(2026, 2, 11), by=place.lead, **at(date(2026, 2, 11)))


def test_an_answer_that_comes_while_the_clock_stands_is_in_time(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    stopping.suspend(session, made.id, reason="chờ", on=date(2026, 2, 9), by=place.lead, **at(date(2026, 2, 9)))
    make.answer(session, place, made, dated_on=date(2026, 3, 2), today=date(2026, 3, 2))
    assert made.suspended_on is None
    stands = lateness.of(made, CALENDAR, bounds(CALENDAR, date(2026, 3, 2), Bands()))
    assert (stands.reply, stands.against_statutory) == (lateness.ON_TIME, lateness.LATE_DONE)


@given(days, st.integers(0, 90), st.integers(0, 120), st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]))
@settings(max_examples=100)
def test_what_was_left_is_left(start: date, length: int, pause: int, unit: Unit) -> None:
    due = CALENDAR.add(start, length) if unit is Unit.WORKING_DAY else start + timedelta(days=length)
    remaining = left(CALENDAR, start, due, unit)
    again = start + timedelta(days=pause)
    after = resumed(CALENDAR, again, remaining, unit)
    assert left(CALENDAR, again, after, unit) == remaining
    if pause == 0:
        assert after == due


def test_an_extension_is_asked_decided_by_another_and_counted(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    ruling.set_setting(session, "max_extensions", 1, by=ADMIN, now=make.NOW)
    extending.ask_extension(session, made.id, wanted_on=date(2026, 3, 15), reason="chờ vốn", asked_on=make.TODAY, by=place.officer, **at(make.TODAY))
    with pytest.raises(NotAllowed):
        extending.decide_extension(session, made.id, grant=True, decision="được", by=place.officer, **at(make.TODAY))
    extending.decide_extension(session, made.id, grant=True, decision="đến cuối tháng", until=date(2026, 2, 28), by=place.lead, **at(make.TODAY))
    assert (made.reply_due, made.next_due, made.statutory_due, made.first_due) == (*[date(2026, 2, 28)] * 2, *[date(2026, 2, 10)] * 2)
    assert [due for due, _ in dates_of(session, made, "reply")] == [date(2026, 2, 13), date(2026, 2, 10), date(2026, 2, 28)]
    with pytest.raises(RuleBroken):
        extending.ask_extension(session, made.id, wanted_on=date(2026, 4, 1), reason="nữa", asked_on=make.TODAY, by=place.officer, **at(make.TODAY))
    make.answer(session, place, made, dated_on=date(2026, 2, 20), today=date(2026, 2, 20))
    stands = lateness.of(made, CALENDAR, bounds(CALENDAR, date(2026, 2, 20), Bands()))
    assert (stands.reply, stands.against_first) == (lateness.ON_TIME, lateness.LATE_DONE)


def test_who_notes_a_request_does_not_decide_it(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    extending.ask_extension(session, made.id, wanted_on=date(2026, 3, 15), reason="công văn xin", asked_on=make.TODAY, by=place.lead, **at(make.TODAY))
    with pytest.raises(RuleBroken):
        extending.decide_extension(session, made.id, grant=True, decision="được", by=place.lead, **at(make.TODAY))
    extending.decide_extension(session, made.id, grant=False, decision="không", by=place.standing, **at(make.TODAY))
    assert made.next_due == date(2026, 2, 10)
    assert session.scalars(select(Extension.state)).all() == ["refused"]


@given(st.integers(-400, 400))
@settings(max_examples=30, deadline=None)
def test_an_extension_is_never_earlier(shift: int) -> None:
    was = date(2026, 2, 10)
    wanted = was + timedelta(days=shift)
    if shift > 0:
        extending._later("wanted_on", wanted, was)
    else:
        with pytest.raises(Invalid):
            extending._later("wanted_on", wanted, was)


def test_an_extension_moves_a_promised_day_and_the_missed_one_stays(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="in_progress")
    day = date(2026, 4, 6)
    assert made.next_due == date(2026, 3, 31)
    extending.ask_extension(session, made.id, wanted_on=date(2026, 5, 31), reason="mưa", asked_on=day, by=place.officer, **at(day))
    extending.decide_extension(session, made.id, grant=True, decision="được", by=place.lead, **at(day))
    assert (made.resolution_due, made.next_due) == (date(2026, 5, 31), date(2026, 5, 31))
    assert [due for due, _ in dates_of(session, made, "resolution")] == [date(2026, 3, 31), date(2026, 5, 31)]


@given(days, st.integers(0, 20), st.integers(1, 60), st.integers(-90, 90))
@settings(max_examples=100)
def test_bands_by_days_are_bands_by_counting(today: date, soon: int, long: int, shift: int) -> None:
    edge = bounds(CALENDAR, today, Bands(soon, long))
    due = today + timedelta(days=shift)
    found = lateness.band(due, edge)
    late = CALENDAR.between(due, today)
    if due < today:
        assert found == (lateness.LONG_LATE if late >= long else lateness.LATE)
    else:
        assert found in (lateness.SOON, lateness.CALM)
        if found == lateness.SOON:
            assert CALENDAR.between(today, due) <= soon


@pytest.mark.parametrize(
    ("promised", "kept", "replaced", "word"),
    [
        (date(2026, 3, 31), None, None, lateness.PENDING),
        (date(2026, 1, 10), None, None, lateness.MISSED),
        (date(2026, 1, 10), date(2026, 1, 10), None, lateness.KEPT),
        (date(2026, 1, 10), date(2026, 1, 11), None, lateness.KEPT_LATE),
        (date(2026, 1, 10), None, date(2026, 1, 9), lateness.REPLACED),
        (date(2026, 1, 10), None, date(2026, 1, 12), lateness.MISSED),
    ],
)
def test_what_became_of_a_promise(promised: date, kept: date | None, replaced: date | None, word: str) -> None:
    assert lateness.promise(promised, kept, replaced, make.TODAY) == word


def test_settings_have_defaults_and_limits(session: Session) -> None:
    assert law.settings(session).max_extensions == 2
    with pytest.raises(Invalid):
        ruling.set_setting(session, "due_soon_days", -1, by=ADMIN, now=make.NOW)
    with pytest.raises(Invalid):
        ruling.set_setting(session, "không có", 1, by=ADMIN, now=make.NOW)
