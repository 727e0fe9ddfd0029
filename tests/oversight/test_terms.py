"""The change of term: what passes over and what stays, once, seen before it is made; figures of the old term stay as they were."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from petitions.core.errors import Stale
from petitions.duties.models.duty import Duty
from petitions.oversight.actions import closing, terms
from petitions.oversight.models.recommendation import RecommendationTerm
from petitions.oversight.queries import figures, history, reading
from petitions.oversight.queries import terms as asked
from tests.make import council
from tests.make import oversight as make

FIRST = date(2026, 3, 31)
LATER = {"now": make.NOW + timedelta(days=80), "today": make.TODAY + timedelta(days=80)}


@pytest.fixture
def place(session):
    return make.world(session)


@pytest.fixture
def old(session, place):
    """Four recommendations of the old term, the fourth closed in it; the new term begins on 31/03/2026."""
    make.document(session, place)
    rows = make.recommendations(session, make.document(session, place))
    make.report(session, place, rows[3])
    make.verify(session, place, rows[3])
    make.confirm(session, place, rows[3])
    return rows


@pytest.fixture
def change(session, place, old):
    before = session.scalar(select(RecommendationTerm.term_id))
    new = council.term(session, of=place.body, number=17, starts_on=FIRST, ends_on=None)
    return asked.into(session, new.id, [place.body.id]) if before else None


def counted(session, place, change):
    """All figures, of all and by agency, on every seventh day up to the last one of the old term: of all terms, of the old, of the new."""
    seen, found, day = reading.visible(place.clerk), {}, make.ISSUED - timedelta(days=6)
    while day <= change.last:
        for term in (None, change.old.id, change.new.id):
            wish = figures.Wish(day, term=term)
            found[day, term] = (figures.figures(session, seen, wish), figures.by_agency(session, seen, wish))
        day = min(day + timedelta(days=7), change.last) if day < change.last else day + timedelta(days=1)
    return found


def test_figures_of_every_day_before_stay_as_they_were(session, place, old, change):
    before = counted(session, place, change)
    assert before[change.last, None][0]["running"] == 7
    assert len({str(found) for found in before.values()}) > 3  # they differ from day to day
    assert terms.carry_over(session, change.old.id, change.new.id, by=place.standing, **LATER) == 7
    closing.reopen(session, old[3].id, reason="Tái diễn", due_on=None, version=None, by=place.standing, **LATER)
    closing.give_up(session, old[0].id, outcome="dropped", impossible=False, decision="1", reason="x", version=None, by=place.standing, **LATER)
    assert counted(session, place, change) == before
    assert asked.last_day(session, change.old.id) == change.last
    assert asked.last_day(session, change.new.id) is None


def test_it_is_seen_before_made_once_and_refused_when_something_changed(session, place, old, change):
    seen, day = reading.visible(place.standing), LATER["today"]
    clocks = session.execute(select(Duty.id, Duty.next_due, Duty.state).order_by(Duty.id)).all()
    shown = asked.preview(session, change, seen, day)
    assert (shown.passing, shown.late, shown.since, dict(shown.staying), shown.passed) == (7, 3, 0, {"implemented": 1}, 0)
    assert [(goes, stays) for _, goes, stays in shown.documents] == [(4, 0), (3, 1)]
    assert sum(n for _, n in shown.agencies) == 7
    # What is closed after the last day of the old term was open on it: it passes, and whoever looked before is told.
    closing.give_up(session, old[0].id, outcome="dropped", impossible=False, decision="1", reason="x", version=None, by=place.standing, **LATER)
    with pytest.raises(Stale, match="đã có kiến nghị thay đổi"):
        terms.carry_over(session, change.old.id, change.new.id, mark=shown.mark, by=place.standing, **LATER)
    again = asked.preview(session, change, seen, day)
    assert (again.passing, again.since) == (7, 1)
    assert terms.carry_over(session, change.old.id, change.new.id, mark=again.mark, by=place.standing, **LATER) == 7
    assert terms.carry_over(session, change.old.id, change.new.id, mark=again.mark, by=place.standing, **LATER) == 0
    after = asked.preview(session, change, seen, day)
    assert (after.passing, after.passed, dict(after.staying)) == (0, 7, {"implemented": 1})
    mine = {duty.id for duty in session.scalars(select(Duty).where(Duty.closed_on == day))}
    running = [row for row in clocks if row.id not in mine]
    assert [row for row in session.execute(select(Duty.id, Duty.next_due, Duty.state).order_by(Duty.id)) if row.id not in mine] == running


def test_a_closed_one_of_the_old_term_starts_a_linked_one_in_the_new(session, place, old, change):
    assert asked.begun_after(session, old[3], make.TODAY) is None
    assert asked.begun_after(session, old[3], LATER["today"]) is change.new
    made = closing.reopen(session, old[3].id, reason="Tái diễn", due_on=None, version=None, by=place.standing, **LATER)
    assert made.code == f"{old[3].code}-K17"
    assert history.linked(session, old[3]) == [("after", made)]
    assert history.linked(session, made) == [("before", old[3])]
    assert old[3].progress == "implemented"
    between = change.old.ends_on + timedelta(days=3)  # after the election, before the first session: the old term still works
    assert asked.term_of(session, place.body.id, between) is change.old
