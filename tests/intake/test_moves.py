"""The workflow: every state × person × move, and what each refusal says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Invalid, NotAllowed, PetitionsError, RuleBroken, WrongState
from petitions.core.identity import Identity
from petitions.core.workflow import Move
from petitions.intake import reference
from petitions.intake.actions import moves
from petitions.intake.lists import FOUR_EYES
from petitions.intake.models import IntakeSetting, Petition
from petitions.intake.queries.lists import lists
from petitions.intake.workflow import FOLLOWING, STATES, WITH_AGENCIES, WORKFLOW, open_moves, tone
from petitions.journal.queries import timeline
from tests.conftest import ONE_ENGINE
from tests.make import intake as make

SITUATIONS = ("draft", "waiting", "registered", "classified", "diverted", "returned", "deferred")
LATER = date(2026, 3, 2)
PERSONS = ("enterer", "other clerk", "lead", "delegate", "standing", "committee", "supervisor", "agency", "ubnd", "auditor", "administrator")
WITH: dict[str, Callable[[Session, Petition, Identity, make.World], Any]] = {
    "submit": lambda s, p, by, _w: moves.submit(s, p.id, by=by, now=make.NOW),
    "register": lambda s, p, by, _w: moves.register(s, p.id, by=by, now=make.NOW),
    "accept": lambda s, p, by, _w: moves.accept(s, p.id, by=by, now=make.NOW),
    "send_back": lambda s, p, by, _w: moves.send_back(s, p.id, reason="thiếu ngày", by=by, now=make.NOW),
    "classify": lambda s, p, by, w: moves.classify(s, p.id, field_id=make.field(w, "urban.traffic"), level="city", by=by, now=make.NOW),
    "divert": lambda s, p, by, _w: moves.divert(s, p.id, kind="denunciation", reason="tố cáo", sent_to="Thanh tra", by=by, now=make.NOW, today=make.TODAY),
    "restore": lambda s, p, by, _w: moves.restore(s, p.id, reason="nhầm", by=by, now=make.NOW),
    "defer": lambda s, p, by, _w: moves.defer(s, p.id, reason="chờ quy hoạch", until=LATER, by=by, now=make.NOW, today=make.TODAY),
    "resume": lambda s, p, by, _w: moves.resume(s, p.id, reason="đã có quy hoạch", by=by, now=make.NOW),
    "discard": lambda s, p, by, _w: moves.discard(s, p.id, by=by, now=make.NOW),
}
# (situation, person) → the moves that are open, while the office asks for four eyes. Everything else is closed.
CLERK = {
    "registered": {"classify", "divert"},
    "classified": {"classify", "divert", "defer"},
    "returned": {"classify", "defer"},
    "deferred": {"resume"},
    "draft": {"divert"},
    "waiting": {"divert"},
}
OPEN: dict[tuple[str, str], set[str]] = {
    **{(state, "other clerk"): open_ for state, open_ in CLERK.items()},
    ("draft", "enterer"): {"submit", "discard", "divert"},
    ("waiting", "enterer"): {"discard", "divert"},
    ("registered", "enterer"): {"classify", "divert"},
    **{(state, person): CLERK[state] for state in ("classified", "returned", "deferred") for person in ("enterer", "lead")},
    ("draft", "lead"): {"divert"},
    ("waiting", "lead"): {"accept", "send_back", "divert"},
    ("registered", "lead"): {"classify", "divert"},
    ("diverted", "lead"): {"restore"},
}


def who(session: Session, place: make.World, person: str) -> Identity:
    known = {"enterer": place.clerk, "other clerk": place.other_clerk, "lead": place.lead}
    return known.get(person) or make.person(session, place, person)


@ONE_ENGINE
@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_buttons_and_the_actions_agree_for_every_state_person_and_move(session: Session, situation: str) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state=situation)
    for person in PERSONS:
        by = who(session, place, person)
        wanted = OPEN.get((situation, person), set())
        shown = open_moves(state=petition.state, submitted=petition.submitted_at is not None, entered_by=petition.entered_by, by=by, four_eyes=True)
        assert {move.name for move in shown} == wanted, person
        for move in WORKFLOW.moves:
            trial(session, petition, move, by, place, allowed=move.name in wanted)


def trial(session: Session, petition: Petition, move: Move, by: Identity, place: make.World, *, allowed: bool) -> None:
    """Make the move and take it back; or see it refused."""
    step = session.begin_nested()
    if allowed:
        WITH[move.name](session, petition, by, place)
        assert petition.state == move.target
    else:
        with pytest.raises((NotAllowed, WrongState, RuleBroken)):
            WITH[move.name](session, petition, by, place)
    step.rollback()
    session.expire_all()


def test_the_table_knows_every_state_and_move() -> None:
    assert set(WITH) == {move.name for move in WORKFLOW.moves}
    assert {move.target for move in WORKFLOW.moves} | {move.target for move in FOLLOWING.moves} == set(STATES)


def test_nobody_makes_by_hand_what_follows_from_duties() -> None:
    by_hand = {move.target for move in WORKFLOW.moves}
    assert by_hand & set(WITH_AGENCIES) == set()


def test_green_is_for_resolved_alone() -> None:
    assert [state for state in STATES if tone(state) == "done"] == ["resolved"]


def test_what_is_laid_aside_needs_a_day_to_come(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="classified")
    with pytest.raises(Invalid) as refusal:
        moves.defer(session, petition.id, reason="chờ", until=make.TODAY, by=place.clerk, now=make.NOW, today=make.TODAY)
    assert "until" in refusal.value.fields
    moves.defer(session, petition.id, reason="chờ", until=LATER, by=place.clerk, now=make.NOW, today=make.TODAY)
    assert (petition.state, petition.deferred_until) == ("deferred", LATER)
    moves.resume(session, petition.id, reason="đủ rồi", by=place.clerk, now=make.NOW)
    assert (petition.state, petition.deferred_until) == ("classified", None)


def test_where_the_office_asks_for_no_second_person_the_clerk_registers_himself(session: Session) -> None:
    place = make.world(session)
    session.get_one(IntakeSetting, FOUR_EYES).value = False
    reference.changed(session)
    assert not lists(session).four_eyes
    petition = make.petition(session, place)
    moves.register(session, petition.id, by=place.clerk, now=make.NOW)
    assert (petition.state, petition.accepted_by) == ("registered", place.clerk.user_id)


def test_a_lead_who_also_enters_never_accepts_his_own(session: Session) -> None:
    place = make.world(session)
    both = make.person(session, place, "clerk", "lead")
    petition = make.petition(session, place, by=both)
    moves.submit(session, petition.id, by=both, now=make.NOW)
    with pytest.raises(RuleBroken, match="không tự tiếp nhận"):
        moves.accept(session, petition.id, by=both, now=make.NOW)


def test_many_are_accepted_and_the_odd_one_is_named(session: Session) -> None:
    place = make.world(session)
    waiting = [make.petition(session, place, state="waiting") for _ in range(3)]
    draft = make.petition(session, place)
    done = moves.accept_all(session, [row.id for row in (*waiting, draft)], by=place.lead, now=make.NOW)
    assert list(done.moved) == [row.id for row in waiting]
    assert [(code, str(why)) for code, why in done.refused] == [(draft.code, "Kiến nghị này chưa được trình tiếp nhận.")]


def test_classifying_takes_the_fields_group_and_refuses_another(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="registered")
    drainage = make.field(place, "urban.drainage")
    with pytest.raises(Invalid) as refusal:
        moves.classify(session, petition.id, field_id=drainage, level="city", report_group=4, by=place.clerk, now=make.NOW)
    assert "report_group" in refusal.value.fields
    moves.classify(session, petition.id, field_id=drainage, level="city", by=place.clerk, now=make.NOW)
    assert (petition.report_group, petition.state) == (2, "classified")


def test_the_former_district_level_is_refused_after_its_last_day(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="registered")
    with pytest.raises(Invalid) as refusal:
        moves.classify(session, petition.id, field_id=make.field(place, "urban"), level="legacy_district", by=place.clerk, now=make.NOW)
    assert "level" in refusal.value.fields


def test_a_diversion_keeps_kind_reason_and_destination_and_can_be_taken_back(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="diverted")
    assert petition.diversion is not None
    assert (petition.diversion.kind, petition.diversion.sent_to, petition.diversion.withdrawn) == ("complaint", "Ban Tiếp công dân", False)
    moves.restore(session, petition.id, reason="Đọc lại: là kiến nghị", by=place.lead, now=make.NOW)
    assert (petition.state, petition.diversion.withdrawn) == ("registered", True)
    db.finish(session)
    assert timeline(session, ("petition", petition.id))[-1].reason == "Đọc lại: là kiến nghị"


def test_a_move_outside_ones_body_is_refused(session: Session) -> None:
    place = make.world(session)
    petition = make.petition(session, place, state="waiting")
    with pytest.raises(PetitionsError):
        moves.accept(session, petition.id, by=make.person(session, place, "lead", scopes={"body": [place.body.id + 99]}), now=make.NOW)
