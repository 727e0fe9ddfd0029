"""Every progress × role × move of a recommendation against a table written by hand: the buttons and the actions agree, and nothing else is open."""

from dataclasses import replace

import pytest

from petitions.accounts import reference
from petitions.core.errors import NotAllowed, RuleBroken, WrongState
from petitions.core.identity import Identity
from petitions.oversight.workflow import CLOSED, OPEN, STATES, WORKFLOW, Facts, open_moves, target

BODY, AGENCY, SELF, REPORTER, VERIFIER = 1, 7, 50, 98, 99
OWED = {"not_started", "in_progress", "partial", "sent_back"}
ENDED = {"implemented", "not_implemented", "dropped", "superseded"}
RUNNING = OWED | {"reported_done"}
WRITERS, REPORTERS = {"clerk", "lead"}, {"clerk", "lead", "agency", "ubnd"}
# Move → (who, from which progress, what it leads to; "" stays).
BY_HAND: dict[str, tuple[set[str], set[str], str]] = {
    "report_progress": (REPORTERS, OWED, "in_progress"),
    "report_part": (REPORTERS, OWED, "partial"),
    "report_done": (REPORTERS, OWED, "reported_done"),
    "verify": ({"committee"}, {"reported_done"}, ""),
    "send_back": ({"committee"}, {"reported_done"}, "sent_back"),
    "confirm": ({"standing"}, {"reported_done"}, "implemented"),
    "find_not_implemented": ({"standing"}, RUNNING, "not_implemented"),
    "drop": ({"standing"}, RUNNING, "dropped"),
    "supersede": ({"standing"}, RUNNING, "superseded"),
    "reopen": ({"standing"}, ENDED, "in_progress"),
    "change_rhythm": (WRITERS, RUNNING, ""),
    "change_due": ({"standing"}, RUNNING, ""),
    "link_petition": (WRITERS, RUNNING | ENDED, ""),
}
SCOPES: dict[str, dict[str, frozenset[int]]] = {"agency": {"agency": frozenset({AGENCY})}, "ubnd": {}, "auditor": {}, "administrator": {}}
FACTS = Facts("reported_done", BODY, {AGENCY}, True, evidence=True, verified=True, verified_by=VERIFIER, reporters=frozenset({REPORTER}))


def person(role: str, user_id: int = SELF) -> Identity:
    scopes = SCOPES.get(role, {"body": frozenset({BODY})})
    return Identity(user_id, role, role, frozenset({role}), frozenset(reference.SEED[role].permissions), scopes)


def test_the_table_speaks_of_every_move_and_progress():
    assert set(BY_HAND) == {move.name for move in WORKFLOW.moves}
    assert set(STATES) == RUNNING | ENDED
    assert set(OPEN) == RUNNING
    assert set(CLOSED) == ENDED


@pytest.mark.parametrize("role", list(reference.SEED))
@pytest.mark.parametrize("progress", list(STATES))
def test_a_role_has_these_moves_and_no_other(progress, role):
    who, facts = person(role), replace(FACTS, progress=progress)
    expected = {name for name, (roles, states, _) in BY_HAND.items() if role in roles and progress in states}
    assert {move.name for move in open_moves(facts, who)} == expected
    for name, (_, _, leads) in BY_HAND.items():
        if name in expected:
            assert target(name, facts, who) == (leads or progress)
        else:
            with pytest.raises((NotAllowed, WrongState)):
                target(name, facts, who)


@pytest.mark.parametrize("role", list(reference.SEED))
def test_nobody_moves_what_lies_outside_the_own_scope(role):
    who = person(role)
    for progress in STATES:
        facts = replace(FACTS, progress=progress, body_id=BODY + 1, agencies={AGENCY + 1}, city_side=False)
        assert open_moves(facts, who) == []
        for name in BY_HAND:
            with pytest.raises(NotAllowed):
                target(name, facts, who)


@pytest.mark.parametrize(
    ("move", "role", "user_id", "given"),
    [
        ("verify", "committee", SELF, {"evidence": False}),
        ("verify", "committee", REPORTER, {}),
        ("confirm", "standing", SELF, {"evidence": False}),
        ("confirm", "standing", SELF, {"verified": False, "verified_by": None}),
        ("confirm", "standing", VERIFIER, {}),
        ("confirm", "standing", REPORTER, {}),
    ],
)
def test_nobody_closes_the_own_report_and_nothing_closes_without_evidence(move, role, user_id, given):
    who, facts = person(role, user_id), replace(FACTS, **given)
    assert move not in {one.name for one in open_moves(facts, who)}
    with pytest.raises(RuleBroken):
        target(move, facts, who)
