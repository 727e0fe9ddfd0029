"""Hand-over, figures of a past day, what a calendar change moves, and lists within their scope."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.agencies.models import Agency
from petitions.areas.models import UnitChange
from petitions.core.errors import Conflict, Invalid, NotAllowed
from petitions.core.identity import SYSTEM
from petitions.core.permissions import Permission
from petitions.duties import lateness, recalculation, succession
from petitions.duties.actions import stopping, succeeding
from petitions.duties.actions.bundles import Line
from petitions.duties.lateness import Bands, bounds
from petitions.duties.models.duty import Duty, DutyDate, DutyHolder
from petitions.duties.queries import figures, inbox, queues
from petitions.duties.queries import succession as queries
from petitions.duties.queries.reading import visible
from petitions.duties.queries.tally import DONE, quiet, tally
from petitions.duties.succession import Owed
from petitions.workdays import actions as workdays_actions
from petitions.workdays import impact
from petitions.workdays import queries as calendars
from tests.make import accounts, agencies, council, workdays
from tests.make import duties as make

AT: dict[str, Any] = {"now": make.NOW, "today": make.TODAY}
DISTRICT_ENDS, UNITS_BEGIN = date(2025, 6, 30), date(2025, 7, 1)
CALENDAR = workdays.shipped()


def districts(session: Session, place: make.World) -> tuple[Agency, Agency, Agency, list[int]]:
    """A district's committee that ended, the two communes that share its ground, and one old unit in each plus one that was divided."""
    of = council.district(session)
    old = agencies.agency(session, name="UBND huyện thử", level="district", valid_to=DISTRICT_ENDS)
    old.district_id = of.id
    new = [council.unit(session, name=f"Xã mới {n}") for n in (1, 2)]
    heirs = [agencies.agency(session, name=f"UBND xã mới {n}", level="commune", valid_from=UNITS_BEGIN) for n in (1, 2)]
    for heir, unit in zip(heirs, new, strict=True):
        heir.unit_id = unit.id
        agencies.succession(session, old, heir, on=UNITS_BEGIN, share="part")
    units = [council.unit(session, name=f"Xã cũ {n}", valid_from=None, valid_to=DISTRICT_ENDS, of=of) for n in (1, 2, 3)]
    for unit, to in zip(units, ([0], [1], [0, 1]), strict=True):
        session.add_all(UnitChange(old_id=unit.id, new_id=new[n].id, on=UNITS_BEGIN, share="whole" if len(to) == 1 else "part", source="thử") for n in to)
    session.flush()
    return old, heirs[0], heirs[1], [unit.id for unit in units]


def test_a_districts_open_duties_go_to_the_communes_and_june_stays_as_it_was(session: Session) -> None:
    place = make.world(session)
    old, first, second, units = districts(session, place)
    lines = [Line("thing", 700 + n, old.id) for n in range(4)]
    sent = make.letter(session, place, lines=lines, level="legacy_district", recipient_group_id=place.group.id, dated_on=date(2025, 5, 12))
    made = make.duties_of(session, sent)
    place.things.units = {700: units[0], 701: units[1], 702: units[2], 703: None}
    june = figures.by_agency(session, date(2025, 6, 30))
    assert queries.ended_holders(session, place.clerk, **AT) == {old.id: 4}
    proposed = {one.code: one for one in queries.proposals(session, old.id, place.clerk, **AT)}
    assert [proposed[f"VD-70{n}"].to_agency_id for n in range(4)] == [first.id, second.id, None, None]
    assert set(proposed["VD-702"].candidates) == {first.id, second.id}
    chosen = {one.duty_id: one.to_agency_id or first.id for one in proposed.values()}
    with pytest.raises(NotAllowed):
        succeeding.hand_over(session, chosen, on=UNITS_BEGIN, reason="x", by=place.officer, **AT)
    succeeding.hand_over(session, chosen, on=UNITS_BEGIN, reason="Chính quyền hai cấp", by=place.clerk, **AT)
    assert figures.by_agency(session, date(2025, 6, 30)) == june
    july = figures.by_agency(session, date(2025, 7, 1))
    assert {number: one.received for number, one in july.items()} == {first.id: 3, second.id: 1}
    assert june[old.id].received == 4
    assert [(one.state, one.start_on) for one in made] == [("sent", date(2025, 5, 15))] * 4
    rows = session.execute(select(DutyHolder.agency_id, DutyHolder.from_on, DutyHolder.to_on).where(DutyHolder.duty_id == made[0].id).order_by(DutyHolder.id))
    assert [tuple(row) for row in rows] == [(old.id, date(2025, 5, 12), DISTRICT_ENDS), (first.id, UNITS_BEGIN, None)]


def test_an_agency_without_successor_is_said_and_a_living_one_hands_nothing_over(session: Session) -> None:
    place = make.world(session)
    ended = agencies.agency(session, name="Sở đã hết", valid_to=date(2025, 12, 31))
    make.letter(session, place, lines=[Line("thing", 1, ended.id)])
    [one] = queries.proposals(session, ended.id, place.clerk, **AT)
    assert one.stuck
    assert "kế thừa" in str(one.why)
    assert queries.proposals(session, place.first.id, place.clerk, **AT) == []
    heir = agencies.agency(session, name="Sở kế thừa", valid_from=date(2026, 1, 1))
    agencies.succession(session, ended, heir, on=date(2026, 1, 1))
    [one] = queries.proposals(session, ended.id, place.clerk, **AT)
    assert (one.to_agency_id, one.stuck) == (heir.id, False)


def test_a_hand_over_to_who_does_not_live_or_has_it_already_is_refused(session: Session) -> None:
    place = make.world(session)
    lead, _partner = make.pair(session, place)
    gone = agencies.agency(session, name="Sở đã hết", valid_to=date(2025, 2, 28))
    with pytest.raises(Invalid):
        succeeding.hand_over(session, {lead.id: gone.id}, on=make.TODAY, reason="x", by=place.clerk, **AT)
    with pytest.raises(Conflict):
        succeeding.hand_over(session, {lead.id: place.second.id}, on=make.TODAY, reason="x", by=place.clerk, **AT)


@given(st.integers(1, 4), st.booleans())
@settings(max_examples=20, deadline=None)
def test_a_proposal_never_guesses(n: int, divided: bool) -> None:
    directory = agencies.hanoi()
    district = next(one for one in directory.agencies.values() if one.level == "district" and one.district_id is not None)
    heirs = directory.living_successors(district.id, make.TODAY)
    units = [directory.agencies[heir.agency_id].unit_id or 0 for heir in heirs][:n]
    [one] = succession.propose(directory, district.id, make.TODAY, [Owed(1, "A", "", units[0], tuple(units), divided or len(units) > 1)])
    if one.to_agency_id is None:
        assert len(one.candidates) != 1 or divided
    else:
        assert one.to_agency_id in one.candidates


def test_figures_add_up_and_say_what_was_known_on_the_day(session: Session) -> None:
    place = make.world(session)
    for state in ("sent", "under_review", "reasked", "in_progress", "explained", "resolved", "closed", "recalled", "rerouted"):
        make.duty(session, place, state=state)
    after = figures.by_agency(session, make.TODAY)[place.first.id]
    assert after.received == after.resolved + after.in_progress + after.explained + after.waiting + after.unanswered
    assert (after.received, after.unanswered, after.waiting, after.in_progress, after.explained, after.resolved) == (7, 1, 2, 1, 1, 2)
    before = figures.by_agency(session, date(2026, 1, 14))[place.first.id]
    assert (before.received, before.answered) == (8, 0)
    assert figures.by_agency(session, date(2026, 2, 20))[place.first.id].overdue == 1
    assert figures.by_agency(session, date(2026, 4, 1))[place.first.id].missed == 1
    assert after.on_time == after.answered == 6
    assert len(figures.members(session, make.TODAY, "waiting", agency_id=place.first.id)) == 2


def test_a_change_of_the_calendar_previews_and_moves_only_what_counts_working_days(session: Session) -> None:
    place = make.world(session)
    asked, running = make.duty(session, place, state="reasked"), make.duty(session, place, state="acknowledged")
    published = make.duty(session, place, state="explained")
    impact.register(recalculation.IMPACT)
    edits = [workdays.add(date(2026, 1, 28))]
    before = calendars.calendar(session)
    [moves] = [one for one in impact.foreseen(session, place.lead, before, before.with_marks([*before.marks.values(), edits[0].mark])) if one.name == "duties"]
    assert {(row.label, row.old, row.new) for row in moves.rows} == {(f"VD-{asked.subject_id}", date(2026, 2, 3), date(2026, 2, 4))}
    assert asked.next_due == date(2026, 2, 3)
    workdays_actions.change(session, edits, version=before.version, reason="nghỉ thêm", by=SYSTEM, now=make.NOW)
    assert (asked.next_due, asked.reask_due, running.next_due) == (date(2026, 2, 4), date(2026, 2, 4), date(2026, 2, 10))
    rows = session.execute(select(DutyDate.due_on, DutyDate.cause).where(DutyDate.duty_id == asked.id, DutyDate.clock == "reask").order_by(DutyDate.id))
    assert [tuple(row) for row in rows] == [(date(2026, 2, 3), "reask"), (date(2026, 2, 4), "calendar")]
    assert published.state == "explained"
    impact.unregister("duties")


def test_everybody_sees_what_is_theirs(session: Session) -> None:
    place = make.world(session)
    own, other = make.duty(session, place), make.letter(session, place, lines=[Line("thing", 1, place.second.id)])
    theirs = make.duties_of(session, other)[0]
    recalled = make.duty(session, place, state="recalled")
    elsewhere = accounts.identity(session, roles=("clerk",), scopes={"body": [place.body.id + 1]})
    auditor = accounts.identity(session, roles=("auditor",))
    administrator = accounts.identity(session, roles=("administrator",))

    def sees(by: Any) -> set[int]:
        return set(session.scalars(select(Duty.id).where(visible(by, make.NOW))))

    assert sees(place.officer) == {own.id}
    assert sees(place.other_officer) == {theirs.id}
    assert sees(place.ubnd) == {own.id, theirs.id}
    assert sees(place.clerk) == sees(auditor) == {own.id, theirs.id, recalled.id}
    assert sees(elsewhere) == sees(administrator) == set()


def test_the_inbox_is_sorted_by_what_is_owed_first(session: Session) -> None:
    place = make.world(session)
    due = {"today": date(2026, 1, 20), "week": date(2026, 1, 25), "late": date(2026, 1, 19), "soon": date(2026, 1, 27), "later": date(2026, 1, 28)}
    made = {name: make.duty(session, place, state="acknowledged", due_on=day) for name, day in due.items()}
    make.duty(session, place, state="under_review")
    silent = make.duty(session, place)
    make.letter(session, place, lines=[Line("thing", 1, place.second.id)])
    at = bounds(CALENDAR, make.TODAY, Bands(5, 20))
    mine = inbox.mine(place.officer, make.NOW)
    counted = inbox.counts(session, mine, at)
    assert {name: counted[name] for name in due} == {"today": 1, "week": 1, "late": 1, "soon": 1, "later": 2}
    assert (counted["office"], counted["unacknowledged"]) == (1, 1)
    rows = inbox.rows_of(session, [mine, *inbox.narrowed(inbox.Wish(), at)])
    assert [row.id for row in rows][:5] == [made[name].id for name in ("late", "today", "week", "soon", "later")]
    assert lateness.of(rows[0], CALENDAR, at).days == -1
    assert [row.id for row in inbox.rows_of(session, [mine, *inbox.narrowed(inbox.Wish(unacknowledged=True), at)])] == [silent.id]
    assert inbox.rows_of(session, [inbox.mine(place.clerk, make.NOW)]) == []
    assert inbox.counts(session, inbox.mine(place.ubnd, make.NOW), at)["later"] == 3
    assert not place.clerk.may(Permission.DUTY_DISTRIBUTE)


def test_what_is_counted_is_what_is_listed(session: Session) -> None:
    """Sections, queues and the board's numbers come from one tally; the lists behind them from conditions in SQL."""
    place = make.world(session)
    for state in ("sent", "acknowledged", "return_asked", "returned", "under_review", "reasked", "in_progress", "explained", "resolved", "closed"):
        for due in (date(2026, 1, 19), date(2026, 1, 20), date(2026, 1, 24), date(2026, 1, 27), date(2026, 2, 9)):
            make.duty(session, place, state=state, due_on=due)
    stopped = make.duty(session, place, state="acknowledged")
    stopping.suspend(session, stopped.id, reason="chờ", on=make.TODAY, by=place.lead, **AT)
    at = bounds(CALENDAR, make.TODAY, Bands(5, 20))
    seen, mine = visible(place.clerk, make.NOW), inbox.mine(place.officer, make.NOW)
    counted = inbox.counts(session, mine, at)
    for section in inbox.SECTIONS:
        if section != DONE:
            assert counted[section] == queues.count(session, [mine, *inbox.narrowed(inbox.Wish(section=section), at)]), section
    assert counted["unacknowledged"] == queues.count(session, [mine, *inbox.narrowed(inbox.Wish(unacknowledged=True), at)])
    for name, n in queues.queue_counts(session, place.clerk, make.NOW).items():
        assert n == queues.count(session, [seen, *queues.queue(name)]), name
    open_ = tally(session, seen, make.TODAY)
    assert open_.late(at) == queues.count(session, [seen, *queues.late(at)]) == sum(n for _, n, _ in queues.late_by_agency(session, [seen, *queues.late(at)]))
    assert open_.silent == queues.count(session, [seen, quiet(make.TODAY)])
    assert sum(queues.missed_by_agency(session, seen, date(2026, 4, 1)).values()) == queues.count(session, [seen, queues.missed_promise(date(2026, 4, 1))]) == 5
    rows = inbox.rows_of(session, [seen], size=200)
    days = [row.next_due or date.max for row in rows]
    assert (len(rows), days) == (51, sorted(days))
