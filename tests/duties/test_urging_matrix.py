"""Every state of an urging × person × move: what the page offers and what the action does agree; nothing else is open."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import PetitionsError
from petitions.core.identity import Identity
from petitions.duties.urging.actions import acknowledging, drafting, issuing
from petitions.duties.urging.actions.drafting import Changes
from petitions.duties.urging.desk.urgings import moves_of
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import ladder as laws
from petitions.duties.urging.queries import reading
from petitions.duties.urging.workflow import STATES, URGINGS
from petitions.letters.models import Letter
from tests.conftest import ONE_ENGINE
from tests.make import accounts, letters
from tests.make import duties as make
from tests.make import urging as urge

DAY = date(2026, 2, 11)
LATER = date(2026, 3, 17)
ROLES = ("clerk", "lead", "delegate", "standing", "committee", "supervisor", "agency", "ubnd", "auditor", "administrator")
Move = Callable[[Session, Urging, Identity, Path], Any]
AT: dict[str, Any] = {"now": urge.moment(LATER), "today": LATER}
WITH: dict[str, Move] = {
    "change": lambda s, u, by, f: drafting.change(s, u.id, Changes("Giám đốc Sở"), version=u.version, by=by, **AT),
    "withdraw": lambda s, u, by, f: drafting.withdraw(s, u.id, reason="đã gọi", by=by, now=AT["now"]),
    "issue": lambda s, u, by, f: issuing.issue(s, u.id, issuing.Signing(LATER), store=letters.store(f), by=by, **AT),
    "recall": lambda s, u, by, f: issuing.recall(s, u.id, reason="nhầm", by=by, now=AT["now"]),
    "acknowledge": lambda s, u, by, f: acknowledging.acknowledge(s, u.id, received_on=LATER, by=by, **AT),
}


def people(session: Session, place: make.World) -> dict[str, Identity]:
    """One of every role for the body, and some who stand for others."""
    known = {"lead": place.lead, "standing": place.standing, "agency": place.officer, "ubnd": place.ubnd}
    found = {role: known.get(role) or accounts.identity(session, roles=(role,), scopes={"body": [place.body.id]}) for role in ROLES}
    stranger = accounts.identity(session, roles=("standing",), scopes={"body": [place.body.id + 1]})
    return found | {"other agency": place.other_officer, "standing of another body": stranger}


def brought(session: Session, place: make.World, state: str, folder: Path) -> Urging:
    """An urging in this state, at the rung of the competent body."""
    duties = urge.late(session, place, 2)
    urge.run(session, place, LATER if state != "replaced" else DAY)
    [urging] = urge.drafts(session)
    if state in ("issued", "recalled"):
        urge.issue(session, place, urging, LATER, folder)
    if state == "recalled":
        issuing.recall(session, urging.id, reason="nhầm", by=place.standing, now=urge.moment(LATER))
    if state == "withdrawn":
        drafting.withdraw(session, urging.id, reason="đã gọi", by=place.clerk, now=urge.moment(LATER))
    if state == "replaced":
        urge.run(session, place, LATER)
    assert len(duties) == 2
    session.refresh(urging)
    return urging


def test_every_move_has_its_action() -> None:
    assert set(WITH) == {move.name for move in URGINGS.moves}


@ONE_ENGINE
@pytest.mark.parametrize("state", sorted(STATES))
def test_pages_and_actions_agree(session: Session, state: str, tmp_path: Path) -> None:
    clock.hold(LATER)
    place = urge.world(session)
    urging = brought(session, place, state, tmp_path)
    assert urging.state == state
    rung = laws.rung_of(laws.row(session, urging.rung_id))
    letter = session.get(Letter, urging.letter_id) if urging.letter_id else None
    if urging.leaves_at is not None:
        urging.leaves_at = AT["now"] if state == "issued" else urging.leaves_at  # it has left: acknowledged, not recalled
    session.flush()
    for person, by in people(session, place).items():
        offered = {name for name in moves_of(urging, rung, letter, by) if name != "recall" or state != "issued"}
        office = by.may("duty.record") and place.body.id in by.scope("body")
        if state == "issued" and (office or reading.is_addressed(session, urging.id, by, AT["now"])):
            offered.add("acknowledge")
        for name, move in WITH.items():
            if name == "recall" and state == "issued":
                continue
            step = session.begin_nested()
            try:
                move(session, urging, by, tmp_path)
                done = True
            except PetitionsError:
                done = False
            step.rollback()
            session.expire_all()
            assert done == (name in offered), (state, person, name)
