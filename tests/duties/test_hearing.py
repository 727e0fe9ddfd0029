"""Who hears of what happens to duties: each kind reaches those whom it concerns, never who did it, and no letter is announced before it leaves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.office import Office
from petitions.duties import announcing, hearing
from petitions.duties.actions import extending, judging, letters, receiving
from petitions.duties.actions.judging import Verdict
from petitions.duties.actions.letters import LetterValues
from petitions.duties.models.duty import Duty
from petitions.notifications import actions as notifications
from petitions.notifications.models import Notification
from tests.make import duties as make

AT: dict[str, Any] = {"now": make.NOW, "today": make.TODAY}
LATER = date(2026, 3, 20)
Act = Callable[[Session, Duty, make.World], object]


def heard(session: Session, kind: str) -> dict[int, str]:
    """Who was told something of this kind, and its title."""
    db.finish(session)
    rows = session.scalars(select(Notification).where(Notification.kind == kind))
    return {row.user_id: str(row.title["text"]) for row in rows}


def ask_for_more(session: Session, duty: Duty, place: make.World) -> None:
    extending.ask_extension(session, duty.id, wanted_on=LATER, reason="chờ vốn", asked_on=make.TODAY, by=place.officer, **AT)


def decide_more(session: Session, duty: Duty, place: make.World, *, grant: bool) -> None:
    ask_for_more(session, duty, place)
    extending.decide_extension(session, duty.id, grant=grant, decision="như đề nghị", by=place.lead, **AT)


def give_back(session: Session, duty: Duty, place: make.World) -> None:
    receiving.ask_return(session, duty.id, reason="không thuộc thẩm quyền", asked_on=make.RECEIVED, by=place.officer, **AT)


def decide_back(session: Session, duty: Duty, place: make.World, *, accept: bool) -> None:
    give_back(session, duty, place)
    receiving.decide_return(session, duty.id, accept=accept, decision="đã xem", by=place.lead, **AT)


def give_on(session: Session, duty: Duty, place: make.World) -> None:
    receiving.reroute(session, duty.id, agency_id=place.second.id, reason="đúng thẩm quyền", on=make.TODAY, by=place.lead, **AT)


def ask_again(session: Session, duty: Duty, place: make.World) -> None:
    judging.judge(session, duty.id, Verdict("unclear", words="chưa rõ thời hạn"), by=place.lead, **AT)


JUDGES, DECIDERS = ("lead", "supervisor"), ("standing", "other_standing", "lead")
CASES: dict[str, tuple[str, Act, str, tuple[str, ...]]] = {
    "answer": ("under_review", lambda s, d, w: None, hearing.FILED, JUDGES),
    "extension asked": ("acknowledged", ask_for_more, hearing.EXTENSION, DECIDERS),
    "extension granted": ("acknowledged", lambda s, d, w: decide_more(s, d, w, grant=True), hearing.EXTENDED, ("officer",)),
    "extension refused": ("acknowledged", lambda s, d, w: decide_more(s, d, w, grant=False), hearing.EXTENDED, ("officer",)),
    "return asked": ("acknowledged", give_back, hearing.RETURN, DECIDERS),
    "return accepted": ("acknowledged", lambda s, d, w: decide_back(s, d, w, accept=True), hearing.RETURNED, ("officer",)),
    "return refused": ("acknowledged", lambda s, d, w: decide_back(s, d, w, accept=False), hearing.RETURNED, ("officer",)),
    "asked again": ("under_review", ask_again, hearing.AGAIN, ("officer",)),
    "given to another": ("acknowledged", give_on, hearing.GIVEN, ("officer", "other_officer", "ubnd")),
}


@pytest.mark.parametrize("case", CASES)
def test_each_act_reaches_those_whom_it_concerns(session: Session, case: str) -> None:
    state, act, kind, whom = CASES[case]
    place = make.world(session)
    duty = make.duty(session, place, state=state)
    act(session, duty, place)
    told = heard(session, kind)
    assert set(told) == {getattr(place, name).user_id for name in whom}


def test_a_letter_is_announced_once_it_has_left_and_once(session: Session) -> None:
    place = make.world(session)
    approved = make.bundle(session, place)
    letter = letters.issue(session, approved.id, LetterValues("7", make.TODAY, "Ký"), by=place.lead, **AT)
    recalled = letters.issue(session, make.bundle(session, place).id, LetterValues("8", make.TODAY, "Ký"), by=place.lead, **AT)
    letters.recall(session, recalled.id, reason="nhầm", by=place.lead, now=make.NOW)
    assert heard(session, hearing.GIVEN) == {}
    assert hearing.left(session, make.NOW) == []
    then = letter.leaves_at + timedelta(seconds=1)
    assert [one.id for one in hearing.left(session, then)] == [letter.id]
    assert hearing.gone(session, letter, now=then) == 2
    assert set(heard(session, hearing.GIVEN)) == {place.officer.user_id, place.ubnd.user_id}
    assert hearing.left(session, then) == []


def test_the_worker_announces_a_letter_when_it_leaves_in_the_middle_of_the_day(office: Office) -> None:
    with db.transaction(office.engine) as session:
        place = make.world(session)
        letter = letters.issue(session, make.bundle(session, place).id, LetterValues("7", make.TODAY, "Ký"), by=place.lead, **AT)
        leaves = letter.leaves_at

    def told() -> int:
        with db.reading(office.engine) as session:
            return len(session.scalars(select(Notification.id).where(Notification.kind == hearing.GIVEN)).all())

    announcing.look(office, leaves - timedelta(seconds=1))
    assert told() == 0
    announcing.look(office, leaves)
    assert told() == 2
    announcing.look(office, leaves + timedelta(minutes=1))
    assert told() == 2


def test_sent_at_once_is_told_at_once_and_a_written_up_past_to_nobody(session: Session) -> None:
    place = make.world(session)
    with notifications.quietly():
        make.letter(session, place)
    assert heard(session, hearing.GIVEN) == {}
    letter = letters.issue(session, make.bundle(session, place).id, LetterValues("9", make.TODAY, "Ký"), by=place.lead, **AT)
    letters.send_now(session, letter.id, by=place.lead, now=make.NOW)
    assert place.officer.user_id in heard(session, hearing.GIVEN)
