"""The demo office: the same each time, whole, over all constituencies, generations of units and states, without real people."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from petitions.core import db
from petitions.core.errors import Conflict
from petitions.core.office import Office
from petitions.council.models import Constituency
from petitions.demo import loading, people, sheets
from petitions.intake.models import Petition
from petitions.intake.workflow import STATES
from petitions.journal import queries as journal

DEMO = pytest.mark.parametrize("office", ["sqlite+demo"], indirect=True)


def test_the_sheets_are_whole() -> None:
    meetings = sheets.meetings()
    items = [item for found, _ in meetings.values() for item in found]
    assert len(items) >= 300
    assert len({meeting.district for meeting in meetings}) == 30
    assert all(item.text and item.summary and item.field and item.level for item in items)
    assert len({item.text for item in items}) == len(items)
    assert set(sheets.answers()) <= {item.summary for item in items}
    assert all(meeting.met_on.weekday() < 5 for meeting in meetings)


def test_meetings_lie_in_three_generations_of_units() -> None:
    days = [meeting.met_on for meeting in sheets.meetings()]
    assert sum(day < date(2025, 1, 1) for day in days) > 100
    assert sum(date(2025, 1, 1) <= day < date(2025, 7, 1) for day in days) >= 12
    assert sum(day >= date(2025, 7, 1) for day in days) >= 30


def test_every_invented_person_is_marked() -> None:
    names = [name for number in range(1, 31) for name in people.delegates_of(number)]
    assert len(set(names)) == len(names)
    names += [person.name for number in range(400) for person in people.petitioners_of(number)]
    assert all("Mẫu" in name for name in names)


@DEMO
def test_it_covers_constituencies_and_states(office: Office) -> None:
    with db.reading(office.engine) as session:
        states = Counter(dict(session.execute(select(Petition.state, func.count()).group_by(Petition.state)).all()))
        numbers = set(session.scalars(select(Constituency.number).join(Petition, Petition.constituency_id == Constituency.id)))
        resolved = session.scalar(select(func.count()).select_from(Petition).where(Petition.unit_resolution == "auto"))
        checked, broken = journal.first_broken(session)
    assert set(states) == set(STATES)
    assert states.total() >= 300
    assert set(range(1, 31)) <= numbers
    assert resolved is not None
    assert resolved >= 0.9 * states.total()
    assert broken is None
    assert checked > 1000


@DEMO
def test_it_is_not_loaded_over_petitions(office: Office) -> None:
    with pytest.raises(Conflict):
        loading.load(office)


@DEMO
def test_a_second_start_with_another_password_sets_it(office: Office) -> None:
    assert loading.renew_password(office) == frozenset()
