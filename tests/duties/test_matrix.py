"""Every state × person × move of a duty: the buttons and the actions agree, and nothing else is open."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import NotAllowed, RuleBroken, WrongState
from petitions.core.identity import Identity
from petitions.core.permissions import Permission as Allowed
from petitions.core.workflow import Move
from petitions.duties.actions import answering, closing, extending, judging, proving, receiving, rescheduling, stopping, succeeding, telling, withdrawing
from petitions.duties.actions.acts import begin
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.judging import Verdict
from petitions.duties.models.answers import AnswerItem
from petitions.duties.models.duty import Duty
from petitions.duties.queries import reading
from petitions.duties.workflow import BY_AGENCY, STATES, WORKFLOW, open_moves
from petitions.journal.actions import WAITING
from tests.conftest import ONE_ENGINE
from tests.make import accounts
from tests.make import duties as make

AT: dict[str, Any] = {"now": make.NOW, "today": make.TODAY}
DAY, LATER = make.TODAY, date(2026, 6, 30)
SITUATIONS = tuple(STATES)
ROLES = ("clerk", "lead", "delegate", "standing", "committee", "supervisor", "agency", "ubnd", "auditor", "administrator")


def _letter(word: str) -> Callable[..., Any]:
    return lambda s, d, by, w: answering.file_answer(s, LetterIn("99/SXD", DAY), [Proposal(d.id, "explained", text="đã rõ")], by=by, **AT)


def _verdict(quality: str, office: str | None = None) -> Callable[..., Any]:
    verdict = Verdict(quality, office, reason="other" if office == "in_progress" else None, words="xem lại")
    return lambda s, d, by, w: judging.judge(s, d.id, verdict, by=by, **AT)


def _extension(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    return extending.ask_extension(s, d.id, wanted_on=LATER, reason="chờ vốn", asked_on=DAY, by=by, **AT)


def _evidence(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    return proving.add_evidence(s, d.id, dated_on=DAY, note="đã xem", by=by, **AT)


def _receipt(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    return receiving.acknowledge(s, d.id, received_on=make.RECEIVED, by=by, **AT)


def _forward(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    return receiving.forward(s, d.id, forwarded_on=DAY, to_agency_id=w.third.id, by=by, **AT)


def _return(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    return receiving.ask_return(s, d.id, reason="không phải việc của sở", asked_on=date(2025, 12, 16), by=by, **AT)


def _countersign(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    return answering.countersign(s, d.id, signed_on=DAY, by=by, **AT)


def _withdraw(s: Session, d: Duty, by: Identity, w: make.World) -> Any:
    item = s.get(AnswerItem, d.answer_item_id) if d.answer_item_id else None
    if item is None or item.judged_on is not None:  # nothing to take back: the move itself is asked
        return begin(s, d.id, "withdraw_answer", by=by, **AT)
    return withdrawing.withdraw_answer(s, item.letter_id, reason="ghi nhầm", by=by, **AT)


WITH: dict[str, Callable[..., Any]] = {
    "acknowledge": _receipt,
    "record_receipt": _receipt,
    "forward": _forward,
    "record_forward": _forward,
    "ask_return": _return,
    "record_return": _return,
    "accept_return": lambda s, d, by, w: receiving.decide_return(s, d.id, accept=True, decision="được", by=by, **AT),
    "refuse_return": lambda s, d, by, w: receiving.decide_return(s, d.id, accept=False, decision="không", by=by, **AT),
    "reroute": lambda s, d, by, w: receiving.reroute(s, d.id, agency_id=w.third.id, reason="đúng nơi", on=DAY, by=by, **AT),
    "answer": _letter("answer"),
    "record_answer": _letter("record_answer"),
    "countersign": _countersign,
    "record_countersign": _countersign,
    "override": lambda s, d, by, w: answering.override(s, d.id, reason="không chờ", by=by, **AT),
    "accept_resolved": _verdict("complete", "resolved"),
    "accept_in_progress": _verdict("complete", "in_progress"),
    "accept_explained": _verdict("complete", "explained"),
    "ask_again": _verdict("unclear"),
    "wrong_competence": _verdict("wrong_competence"),
    "confirm_resolved": lambda s, d, by, w: judging.confirm_resolved(s, d.id, done_on=DAY, reason="đã xong", by=by, **AT),
    "report": lambda s, d, by, w: proving.report(s, d.id, text="được nửa", on=DAY, percent=50, by=by, **AT),
    "attach": _evidence,
    "record_evidence": _evidence,
    "ask_extension": _extension,
    "record_extension": _extension,
    "decide_extension": lambda s, d, by, w: extending.decide_extension(s, d.id, grant=True, decision="được", by=by, **AT),
    "suspend": lambda s, d, by, w: stopping.suspend(s, d.id, reason="chờ quy hoạch", on=DAY, by=by, **AT),
    "resume": lambda s, d, by, w: stopping.resume(s, d.id, on=DAY, by=by, **AT),
    "withdraw_answer": _withdraw,
    "set_day": lambda s, d, by, w: rescheduling.set_session_day(s, d.id, day=LATER, by=by, **AT),
    "review": lambda s, d, by, w: rescheduling.review(s, d.id, on=DAY, note="đã xem", by=by, **AT),
    "hand_over": lambda s, d, by, w: succeeding.hand_over(s, {d.id: w.third.id}, on=DAY, reason="kế thừa", by=by, **AT),
    "object": lambda s, d, by, w: closing.object_to(s, d.id, text="chưa làm", raised_on=DAY, by=by, **AT),
    "tell": lambda s, d, by, w: telling.tell(s, d.id, deputy_group_id=w.group.id, told_on=DAY, meeting="TXCT sau kỳ họp", by=by, **AT),
    "close": lambda s, d, by, w: closing.close(s, d.id, by=by, **AT),
    "reopen": lambda s, d, by, w: closing.reopen(s, d.id, reason="tái giám sát", by=by, **AT),
}
# Moves that the agency does itself and that the office notes for it are one action: who holds both permissions uses the first that fits.
TWINS = {
    "acknowledge": "record_receipt",
    "forward": "record_forward",
    "ask_return": "record_return",
    "answer": "record_answer",
    "countersign": "record_countersign",
    "attach": "record_evidence",
    "ask_extension": "record_extension",
}
TWIN = TWINS | {name: own for own, name in TWINS.items()}


def people(session: Session, place: make.World) -> dict[str, Identity]:
    """One of every role: for the body, for the holding agency, and an officer of another agency."""
    known = {"lead": place.lead, "standing": place.other_standing, "agency": place.officer, "ubnd": place.ubnd}
    scopes = {"body": [place.body.id]}
    found = {role: known.get(role) or accounts.identity(session, roles=(role,), scopes=scopes) for role in ROLES}
    return found | {
        "other agency": place.other_officer,
        "clerk of another body": accounts.identity(session, roles=("clerk",), scopes={"body": [place.body.id + 1]}),
        "supervisor who judged": place.supervisor,
    }


def test_every_move_has_its_action() -> None:
    assert set(WITH) == {move.name for move in WORKFLOW.moves}


@ONE_ENGINE
@pytest.mark.parametrize("situation", SITUATIONS)
def test_buttons_and_actions_agree_for_every_state_person_and_move(session: Session, situation: str) -> None:
    place = make.world(session)
    made = make.duty(session, place, state=situation)
    if made.state in ("resolved", "explained", "in_progress"):
        proving.add_evidence(session, made.id, dated_on=make.ANSWERED_ON, note="đã kiểm tra", by=place.officer, **AT)
    for person, by in people(session, place).items():
        wanted = {move.name for move in open_moves(reading.facts(session, made, make.NOW), by)}
        for move in WORKFLOW.moves:
            assert (move.name in wanted) <= (by.may(move.permission) and situation in move.sources), (person, move.name)
            trial(session, made, move, by, place, allowed=bool({move.name, TWIN.get(move.name)} & wanted))


def trial(session: Session, made: Duty, move: Move, by: Identity, place: make.World, *, allowed: bool) -> None:
    """Make the move and take it back; or see it refused before anything is written."""
    before = made.state
    if not allowed:
        with pytest.raises((NotAllowed, WrongState, RuleBroken)):
            WITH[move.name](session, made, by, place)
        assert [*session.dirty, *session.new, *session.deleted] == [], (by.roles, before, move.name)
        return
    step = session.begin_nested()
    waiting, told = list(session.info.get(WAITING, [])), list(place.things.told)
    if move.name == "accept_resolved":
        proving.add_evidence(session, made.id, dated_on=make.ANSWERED_ON, note="đã kiểm tra", by=place.officer, **AT)
    WITH[move.name](session, made, by, place)
    db.finish(session)
    assert made.state == move.target or not move.target or move.name in {"answer", "record_answer"}, (by.roles, before, move.name)
    step.rollback()
    session.info[WAITING], place.things.told[:] = waiting, told
    session.expire_all()
    session.refresh(made)
    assert made.state == before


def test_agencies_never_close_nor_judge() -> None:
    sides = {move.name: move.permission in BY_AGENCY for move in WORKFLOW.moves}
    assert not any(sides[name] for name in ("close", "reopen", "accept_resolved", "accept_in_progress", "accept_explained", "decide_extension", "override"))
    assert Allowed.DUTY_CLOSE not in BY_AGENCY
