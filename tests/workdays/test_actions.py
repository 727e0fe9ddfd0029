"""Changing the calendar: a version, an act, rows that stay; what was seen is what is done."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, Stale
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.journal import queries as journal
from petitions.workdays import actions, impact, queries
from petitions.workdays.calendar import Calendar
from petitions.workdays.changing import examine
from petitions.workdays.impact import Impact, Move
from petitions.workdays.models import CalendarDay
from petitions.workdays.reference import CALENDAR
from tests.make import workdays as make

NOW = datetime(2026, 1, 20, 2, tzinfo=UTC)
ADMIN = Identity(3, "admin", "Quản trị", frozenset({"administrator"}))
EVENT, CULTURE = date(2026, 11, 20), date(2026, 11, 24)


@pytest.fixture
def deadline(monkeypatch: pytest.MonkeyPatch) -> dict[str, date]:
    """One open deadline, five working days after 20/11/2026, kept by a room above; whatever rooms an application of this process has introduced."""
    monkeypatch.setattr(impact, "_impacts", {})
    kept = {"due": date(2026, 11, 30)}

    def moves(_session: Session, _who: Identity, old: Calendar, new: Calendar) -> list[Move]:
        before, after = old.add(EVENT, 5), new.add(EVENT, 5)
        return [Move("HD16-20-00100", before, after)] if before != after else []

    def apply(session: Session, old: Calendar, new: Calendar, by: Identity, now: datetime) -> int:
        found = moves(session, by, old, new)
        kept["due"] = new.add(EVENT, 5)
        return len(found)

    impact.register(Impact("test", say("Lịch làm việc"), moves, apply))
    return kept


def change(session: Session, *edits, version: int = 1, seen: str | None = None, reason: str = "thử"):
    return actions.change(session, list(edits), version=version, seen=seen, reason=reason, by=ADMIN, now=NOW)


def test_a_change_is_a_version_and_one_act(session: Session, deadline: dict[str, date]) -> None:
    before = make.seed(session)
    proposal = examine(before, [make.withdraw(CULTURE)])
    foreseen = impact.foreseen(session, ADMIN, before, proposal.after)
    assert [(move.old, move.new) for kind in foreseen for move in kind.rows] == [(date(2026, 11, 30), date(2026, 11, 27))]
    assert queries.calendar(session) is before  # the preview wrote nothing
    assert deadline["due"] == date(2026, 11, 30)
    number, moved = change(session, make.withdraw(CULTURE), seen=impact.seal(foreseen))
    db.finish(session)
    assert (number, moved, deadline["due"]) == (2, {"test": 1}, date(2026, 11, 27))
    entry = journal.timeline(session, CALENDAR)[-1]
    assert (entry.act, entry.by_name, entry.reason) == ("calendar.change", "Quản trị", "thử")
    assert entry.changes["version"] == [1, 2]
    assert entry.changes["moved.test"] == [None, 1]
    assert entry.changes["2026-11-24"][0].startswith("off: Ngày Văn hóa Việt Nam")
    assert len([one for one in journal.timeline(session, CALENDAR) if one.act == "calendar.change"]) == 1


def test_nothing_is_overwritten(session: Session) -> None:
    make.seed(session)
    change(session, make.withdraw(CULTURE), make.add(CULTURE, name="Tên đúng"), reason="sửa tên")
    living, gone = queries.rows_of_day(session, CULTURE)
    assert (living.name_vi, living.added_in, living.withdrawn_in) == ("Tên đúng", 2, None)
    assert (gone.added_in, gone.withdrawn_in, gone.withdrawn_reason) == (1, 2, "sửa tên")
    assert [row.day for row in queries.withdrawn_of_year(session, 2026)] == [CULTURE]


def test_an_old_version_can_be_counted_by(session: Session) -> None:
    make.seed(session)
    change(session, make.withdraw(CULTURE))
    now, then = queries.calendar(session), queries.calendar_of(session, 1)
    assert (now.version, then.version) == (2, 1)
    assert now.add(EVENT, 5) == date(2026, 11, 27)
    assert then.add(EVENT, 5) == date(2026, 11, 30)


def test_a_change_on_an_old_preview_is_refused(session: Session) -> None:
    make.seed(session)
    change(session, make.withdraw(CULTURE))
    with pytest.raises(Stale):
        change(session, make.add(date(2026, 6, 2)), version=1)
    assert queries.version(session) == 2


def test_deadlines_that_changed_since_the_preview_are_shown_again(session: Session, deadline: dict[str, date]) -> None:
    before = make.seed(session)
    nothing = impact.seal(impact.foreseen(session, ADMIN, before, before))
    with pytest.raises(Stale, match="xem lại"):
        change(session, make.withdraw(CULTURE), seen=nothing)
    assert deadline["due"] == date(2026, 11, 30)
    assert queries.standing(session, CULTURE) is not None


def test_a_change_that_contradicts_is_refused_whole(session: Session) -> None:
    make.seed(session)
    with pytest.raises(Conflict, match="Quốc khánh"):
        change(session, make.add(date(2026, 6, 2)), make.add(date(2026, 9, 2), name="Ngày khác"))
    with pytest.raises(Conflict, match="Không có gì"):
        change(session, make.add(date(2026, 9, 2), name="Quốc khánh 2/9"))
    assert session.scalar(select(CalendarDay.id).where(CalendarDay.day == date(2026, 6, 2))) is None


def test_a_year_is_announced_and_the_warning_goes(session: Session) -> None:
    make.seed(session)
    assert 2027 not in queries.calendar(session).known_years
    actions.announce(session, 2027, basis="Thông báo 1", source="cổng", version=1, by=ADMIN, now=NOW)
    assert 2027 in queries.calendar(session).known_years
    actions.announce(session, 2027, basis="Thông báo 2", source="cổng", version=2, by=ADMIN, now=NOW)
    assert queries.notice(session, 2027).basis == "Thông báo 2"
    with pytest.raises(Stale):
        actions.announce(session, 2027, basis="Thông báo 3", source="cổng", version=2, by=ADMIN, now=NOW)
    db.finish(session)
    assert journal.timeline(session, CALENDAR)[-1].changes["2027"] == ["Thông báo 1", "Thông báo 2"]


def test_two_who_change_at_once_do_not_both_win(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        make.seed(session)
    with db.transaction(own_engine) as session:
        change(session, make.add(date(2026, 6, 2)))
    with pytest.raises(Stale), db.transaction(own_engine) as session:
        actions._new_version(session, 1, "thử", NOW)
    with db.reading(own_engine) as session:
        assert queries.calendar(session).version == 2


def test_a_change_that_is_rolled_back_leaves_the_calendar(own_engine: Engine) -> None:
    with db.transaction(own_engine) as session:
        before = make.seed(session)
    with pytest.raises(ZeroDivisionError), db.transaction(own_engine) as session:
        change(session, make.withdraw(CULTURE))
        assert queries.calendar(session).is_workday(CULTURE)
        raise ZeroDivisionError
    with db.reading(own_engine) as session:
        assert queries.calendar(session).version == before.version
        assert not queries.calendar(session).is_workday(CULTURE)
