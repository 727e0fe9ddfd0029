"""Figures as of a past day, by their definitions; each number is the length of its list; days of reports as a property."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import false, func, select

from petitions.oversight import timing
from petitions.oversight.actions import changing, closing
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.queries import figures, grid, history, reading
from tests.make import oversight as make

LATER = date(2026, 4, 10)


@pytest.fixture
def place(session):
    return make.world(session)


def counted(session, place, on, **wish):
    seen = reading.visible(place.clerk)
    asked = figures.Wish(on, **wish)
    found = figures.figures(session, seen, asked)
    for name, n in found.items():  # each number is the length of the list it opens
        listed = select(func.count()).select_from(Recommendation).where(seen, figures.behind(name, asked))
        assert session.scalar(listed) == n, name
    return found


def test_figures_follow_their_definitions_and_keep_what_a_past_day_said(session, place):
    first, second, third, fourth = make.recommendations(session, make.document(session, place))
    make.report(session, place, fourth)
    make.verify(session, place, fourth)
    make.confirm(session, place, fourth)
    before = counted(session, place, make.TODAY)
    assert (before["all"], before["due"], before["implemented"], before["overdue"]) == (4, 1, 0, 1)  # the first is late, the fourth not due yet
    assert (before["lasting"], before["running"], before["not_yet"]) == (2, 3, 1)
    after = counted(session, place, LATER)
    assert (after["due"], after["implemented"], after["on_first"], after["on_last"]) == (2, 1, 1, 1)
    day = {"now": make.NOW + timedelta(days=80), "today": LATER}
    closing.give_up(session, first.id, outcome="dropped", decision="1/KL", reason="Vướng quy hoạch", impossible=True, version=None, by=place.standing, **day)
    closing.supersede(session, second.id, other=third.code, decision="1/KL", reason="Trùng", version=None, by=place.standing, **day)
    end = counted(session, place, LATER + timedelta(days=1))
    assert (end["due"], end["implemented"], end["impossible"], end["superseded"], end["overdue"]) == (1, 1, 1, 1, 0)
    closing.reopen(session, fourth.id, reason="Tái diễn", due_on=date(2026, 5, 1), version=None, by=place.standing, **day)
    assert counted(session, place, make.TODAY) == before
    assert counted(session, place, LATER - timedelta(days=1))["implemented"] == 1
    assert counted(session, place, make.ISSUED - timedelta(days=1))["all"] == 0
    assert counted(session, place, LATER, agency=place.second.id)["all"] == 1
    assert counted(session, place, LATER, kind="resolution")["all"] == 0
    assert figures.figures(session, false(), figures.Wish(LATER))["all"] == 0


def test_another_due_day_moves_figures_from_its_day_on(session, place):
    first = make.recommendations(session, make.document(session, place))[0]
    assert counted(session, place, make.TODAY - timedelta(days=1))["overdue"] == 1
    changing.change_due(session, first.id, due_on=date(2026, 6, 1), reason="Gia hạn", version=None, by=place.standing, now=make.NOW, today=make.TODAY)
    assert counted(session, place, make.TODAY)["overdue"] == 0
    assert counted(session, place, make.TODAY - timedelta(days=1))["overdue"] == 1


def test_the_grid_puts_the_neglected_first(session, place):
    make.document(session, place)
    rows = grid.grid(session, reading.visible(place.clerk), make.TODAY)
    assert next((row.agency_id, row.late, row.missed, row.oldest) for row in rows) == (place.first.id, 1, 1, date(2025, 12, 31))
    first = session.scalar(select(Recommendation.id).where(Recommendation.rhythm == "quarterly"))
    assert grid.periods_missed(session, [first], make.TODAY) == {first: (date(2025, 12, 31),)}
    held = history.documents(session, reading.documents_seen(place.clerk), grid.late(make.TODAY), number=1).rows
    assert [(one.demands, one.late) for one in held] == [(4, 1)]
    counts = grid.counts(session, reading.visible(place.clerk), make.TODAY)
    for name, n in counts.items():
        where = [reading.visible(place.clerk), grid.what(name, make.TODAY)]
        assert grid.page_of(session, where, number=1).total == n
    assert counts == {"late": 1, "soon": 0, "missed": 1, "waiting": 0, "open": 4}


DAYS = st.dates(date(2021, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 900), st.sampled_from(["weekly", "monthly", "quarterly", "half-yearly", "yearly"]))
def test_days_of_reports_lie_after_the_start_in_order_at_ends_of_periods(since, length, rhythm):
    until = since + timedelta(days=length)
    days = list(timing.report_days(rhythm, since, until))
    assert days == sorted(set(days))
    assert all(since < day <= until for day in days)
    if rhythm != "weekly":
        assert all((day + timedelta(days=1)).day == 1 for day in days)
    if rhythm == "quarterly":
        assert all(day.month % 3 == 0 for day in days)


@pytest.mark.parametrize(
    ("progress", "due", "done", "said"),
    [
        ("in_progress", date(2026, 1, 1), None, "đang thực hiện – quá hạn"),
        ("in_progress", date(2026, 2, 1), None, "đang thực hiện – trong hạn"),
        ("implemented", date(2026, 1, 1), date(2026, 1, 5), "đã thực hiện xong – xong sau hạn"),
        ("reported_done", date(2026, 1, 1), date(2026, 1, 5), "báo cáo đã xong, chờ xác nhận – báo cáo sau hạn"),
        ("implemented", date(2026, 1, 1), date(2025, 12, 5), "đã thực hiện xong – đúng hạn"),
        ("dropped", date(2026, 1, 1), None, "thôi thực hiện theo quyết định"),
        ("not_started", None, None, "chưa thực hiện"),
    ],
)
def test_progress_and_timeliness_are_said_together(progress, due, done, said):
    assert str(timing.words(progress, due, done, make.TODAY)) == said
