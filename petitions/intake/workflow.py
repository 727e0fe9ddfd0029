"""States of a petition and the moves between them. Pure; later parts of the work continue the table (domain 2.11)."""

from collections.abc import Callable

from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.core.workflow import Move, Workflow

DRAFT = "draft"
REGISTERED = "registered"
CLASSIFIED = "classified"
DIVERTED = "diverted"

STATES = {
    DRAFT: say("Nháp"),
    REGISTERED: say("Đã tiếp nhận"),
    CLASSIFIED: say("Đã phân loại"),
    DIVERTED: say("Chuyển đơn thư"),
}
IN_REGISTER = frozenset({REGISTERED, CLASSIFIED})

WORKFLOW = Workflow(
    states=STATES,
    moves=(
        Move("submit", say("Trình tiếp nhận"), frozenset({DRAFT}), DRAFT, Permission.PETITION_ENTER),
        Move("register", say("Vào sổ"), frozenset({DRAFT}), REGISTERED, Permission.PETITION_ENTER),
        Move("accept", say("Tiếp nhận"), frozenset({DRAFT}), REGISTERED, Permission.PETITION_ACCEPT),
        Move("send_back", say("Trả người nhập"), frozenset({DRAFT}), DRAFT, Permission.PETITION_ACCEPT),
        Move("classify", say("Phân loại"), frozenset({REGISTERED, CLASSIFIED}), CLASSIFIED, Permission.PETITION_CLASSIFY),
        Move("divert", say("Chuyển đơn thư"), frozenset({DRAFT, REGISTERED, CLASSIFIED}), DIVERTED, Permission.PETITION_DIVERT),
        Move("restore", say("Đưa về sổ kiến nghị"), frozenset({DIVERTED}), REGISTERED, Permission.PETITION_ACCEPT),
        Move("discard", say("Xóa nháp"), frozenset({DRAFT}), DRAFT, Permission.PETITION_ENTER),
    ),
)


def open_moves(*, state: str, submitted: bool, entered_by: int | None, by: Identity, four_eyes: bool) -> list[Move]:
    """The moves open to `by` on one petition, in table order.

    `four_eyes` is the office's setting: on, a draft is accepted by another person than its enterer; off, the enterer enters it himself.
    A person who may accept never accepts his own draft while the setting is on (architecture, section 4).
    """
    own = by.user_id is not None and entered_by == by.user_id
    guard = guard_of(submitted=submitted, own=own, four_eyes=four_eyes)
    return WORKFLOW.open_moves(state, by, guard)


def guard_of(*, submitted: bool, own: bool, four_eyes: bool) -> Callable[[Move], bool]:
    """What says no to single moves: who entered it, whether it was submitted, what the office asks for."""
    closed = set[str]()
    if submitted:
        closed |= {"submit"}
    else:
        closed |= {"send_back", "accept"}
    if four_eyes:
        closed |= {"register"} | ({"accept"} if own else set())
    else:
        closed |= {"submit"}
    if not own:
        closed |= {"discard", "submit", "register"}
    return lambda move: move.name not in closed
