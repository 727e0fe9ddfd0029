"""A workflow answers two questions: what may I do, and where does it lead?"""

import pytest

from petitions.core.errors import NotAllowed, WrongState
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.core.workflow import Move, Workflow

FLOW = Workflow(
    states={"draft": say("Nháp"), "done": say("Xong")},
    moves=(Move("finish", say("Hoàn thành"), frozenset({"draft"}), "done", "thing.finish"),),
)
ABLE = Identity(1, "a", "A", permissions=frozenset({"thing.finish"}))
UNABLE = Identity(2, "b", "B")


def test_a_move_leads_where_the_table_says() -> None:
    assert FLOW.target("finish", "draft", ABLE) == "done"
    assert [move.name for move in FLOW.open_moves("draft", ABLE)] == ["finish"]


def test_without_permission_nothing_is_open() -> None:
    assert FLOW.open_moves("draft", UNABLE) == []
    with pytest.raises(NotAllowed):
        FLOW.target("finish", "draft", UNABLE)


def test_from_another_state_the_refusal_names_both() -> None:
    with pytest.raises(WrongState) as refused:
        FLOW.target("finish", "done", ABLE)
    assert str(refused.value) == "Không thể «Hoàn thành» khi đang ở trạng thái «Xong»."


def test_a_guard_closes_single_moves() -> None:
    assert FLOW.open_moves("draft", ABLE, guard=lambda move: False) == []
