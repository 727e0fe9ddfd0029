"""The rulebook: the shipped rules, what is in force when, gaps, and the worked example of the domain to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from petitions.core.errors import NotAllowed, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.duties import reference, rules
from petitions.duties.actions import ruling
from petitions.duties.actions.ruling import VersionIn
from petitions.duties.queries import rules as queries
from petitions.duties.rules import Rulebook, RuleVersion
from petitions.workdays.calendar import Calendar, Name
from petitions.workdays.counting import Unit
from tests.make import duties as make
from tests.make import workdays

BOOK, CALENDAR = reference.seed_book(), workdays.shipped()
NEW_LAW = date(2026, 3, 1)
ADMIN = Identity(1, "admin", "Quản trị", permissions=frozenset({Permission.REFERENCE_MANAGE}))


def due(code: str, day: date, calendar: Calendar = CALENDAR) -> date | None:
    return rules.due(BOOK, calendar, code, day).date


def test_the_worked_example_to_the_day() -> None:
    """Domain 2.12: contact on 14/11/2025, letter received on 12/12/2025."""
    assert due("individual_contact_forward", date(2025, 11, 14)) == date(2025, 11, 21)
    answer = due("hdnd_answer", date(2025, 12, 12))
    assert answer == due("qh_answer", date(2025, 12, 12)) == date(2026, 2, 10)
    assert [due(f"reminder_{n}", answer) for n in (1, 2, 3)] == [date(2026, 1, 20), date(2026, 1, 30), date(2026, 2, 5)]
    published = due("publish_answers", answer)
    assert published == date(2026, 3, 10)
    assert due("publish_answers", answer, workdays.calendar()) == date(2026, 3, 3)
    assert due("post_answers", published) == date(2026, 4, 9)
    with pytest.raises(RuleBroken):
        due("overdue_explanation", date(2026, 2, 11))
    assert due("overdue_explanation", date(2026, 3, 2)) == date(2026, 3, 17)
    assert due("overdue_explanation_complex", date(2026, 3, 2)) == date(2026, 4, 1)


def test_the_shipped_rules_have_no_gap_and_no_overlap() -> None:
    assert BOOK.flaws() == []


def test_each_rule_of_the_old_law_has_a_successor_to_be_confirmed() -> None:
    old = [one for found in BOOK.versions.values() for one in found if "87/2015" in one.basis and one.confirmed]
    assert len(old) == 13
    for one in old:
        assert one.valid_to == NEW_LAW - timedelta(days=1)
        after = BOOK.version(one.code, NEW_LAW)
        assert (after.signed, after.confirmed) == (one.signed, False)
        assert "chờ xác nhận" in after.basis


def test_the_version_that_made_a_date_is_kept_with_it() -> None:
    before, after = (rules.due(BOOK, CALENDAR, "qh_answer", day) for day in (date(2025, 2, 19), date(2025, 2, 20)))
    assert "525" in before.rule_version.basis
    assert "72/2025" in after.rule_version.basis
    assert before.rule_version.id != after.rule_version.id


def version(number: int, first: date | None, last: date | None) -> RuleVersion:
    return RuleVersion(number, "r", Name("Quy định thử"), "decision", first, last, 5, Unit.CALENDAR_DAY)


def test_a_gap_is_named_with_its_days() -> None:
    [gap] = Rulebook.of([version(1, None, date(2025, 1, 31)), version(2, date(2025, 3, 1), None)]).flaws()
    assert (gap.kind, gap.first, gap.last) == ("gap", date(2025, 2, 1), date(2025, 2, 28))
    assert "01/02/2025" in str(gap.message)
    [both] = Rulebook.of([version(1, None, None), version(2, date(2025, 3, 1), None)]).flaws()
    assert (both.kind, both.first) == ("overlap", date(2025, 3, 1))


def test_an_unknown_rule_is_said_by_name() -> None:
    with pytest.raises(RuleBroken, match="không-có"):
        due("không-có", NEW_LAW)


days = st.dates(date(2021, 1, 1), date(2029, 12, 31))


@given(st.sampled_from(sorted(BOOK.versions)), days)
@settings(max_examples=100)
def test_no_rule_is_applied_outside_its_validity(code: str, day: date) -> None:
    given_day = day + timedelta(days=40)
    try:
        made = rules.due(BOOK, CALENDAR, code, day, given=given_day)
    except RuleBroken:
        assert not any(one.in_force(day) for one in BOOK.versions[code])
        return
    assert made.rule_version.in_force(day)
    assert made.date is None or (made.date <= day if made.rule_version.before else made.date >= day)


@given(st.lists(st.tuples(days, days), min_size=1, max_size=5), days)
@settings(max_examples=100)
def test_a_day_without_a_version_lies_in_a_named_gap(spans: list[tuple[date, date]], day: date) -> None:
    book = Rulebook.of(version(number, min(pair), max(pair)) for number, pair in enumerate(spans, 1))
    flaws = book.flaws()
    inside = min(min(pair) for pair in spans) <= day <= max(max(pair) for pair in spans)
    if inside and book.find("r", day) is None:
        assert any(one.kind == "gap" and one.first <= day <= one.last for one in flaws)
    if sum(one.in_force(day) for one in book.versions["r"]) > 1:
        assert any(one.kind == "overlap" for one in flaws)


def test_loading_twice_adds_nothing_and_leaves_what_the_office_changed(session: Session) -> None:
    assert reference.load(session, by=SYSTEM, now=make.NOW) > 0
    row = next(one for one in queries.rulebook(session).versions["acknowledgement"])
    ruling.change_version(session, row.id, VersionIn(4, "working_day", "after", "quy chế của văn phòng"), by=ADMIN, now=make.NOW)
    assert reference.load(session, by=SYSTEM, now=make.NOW) == 0
    assert queries.rulebook(session).version("acknowledgement", make.TODAY).length == 4


def test_a_used_version_is_ended_not_changed(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place)
    used = made.rule_version_id or 0
    with pytest.raises(RuleBroken):
        ruling.change_version(session, used, VersionIn(30, "calendar_day", "after", "luật mới"), by=ADMIN, now=make.NOW)
    new = ruling.add_version(session, "hdnd_answer", VersionIn(30, "calendar_day", "after", "luật mới", valid_from=NEW_LAW), by=ADMIN, now=make.NOW)
    book = queries.rulebook(session)
    assert (book.version("hdnd_answer", NEW_LAW).id, book.version("hdnd_answer", NEW_LAW - timedelta(days=1)).id) == (new.id, used)
    assert book.flaws() == []
    assert made.statutory_due == date(2025, 12, 15) + timedelta(days=60)


def test_only_those_who_keep_the_rules_change_them(session: Session) -> None:
    place = make.world(session)
    with pytest.raises(NotAllowed):
        ruling.set_setting(session, "max_extensions", 9, by=place.lead, now=make.NOW)
    ruling.set_setting(session, "max_extensions", 3, by=ADMIN, now=make.NOW)
    assert queries.settings(session).max_extensions == 3
