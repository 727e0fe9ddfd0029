"""States of a petition and the moves between them (domain 2.11). Pure.

Up to "classified" people move it by hand. From there on its state follows what becomes of its duties (FOLLOWING, following/states.py): nobody
chooses one. Late or near is no state; it is computed from the duties' dates.
"""

from collections.abc import Callable

from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.core.workflow import Move, Workflow

DRAFT = "draft"
REGISTERED = "registered"
CLASSIFIED = "classified"
DIVERTED = "diverted"
CONSOLIDATED = "consolidated"
TRANSFERRED = "transferred"
RETURNED = "returned"
ANSWERED = "answered"
IN_PROGRESS = "in_progress"
EXPLAINED = "explained"
RESOLVED = "resolved"
CLOSED = "closed"
DEFERRED = "deferred"

STATES = {
    DRAFT: say("Nháp"),
    REGISTERED: say("Đã tiếp nhận"),
    CLASSIFIED: say("Đã phân loại"),
    CONSOLIDATED: say("Đã tổng hợp"),
    TRANSFERRED: say("Đã chuyển"),
    RETURNED: say("Bị trả lại"),
    ANSWERED: say("Đã trả lời"),
    IN_PROGRESS: say("Đang giải quyết"),
    EXPLAINED: say("Đã giải trình, cung cấp thông tin"),
    RESOLVED: say("Đã giải quyết xong"),
    CLOSED: say("Đã đóng"),
    DEFERRED: say("Tạm gác"),
    DIVERTED: say("Chuyển đơn thư"),
}
TONES: dict[str, str] = {DRAFT: "quiet", DIVERTED: "quiet", CLOSED: "quiet", DEFERRED: "quiet", RETURNED: "near", RESOLVED: "done"}  # the others: "act"
WITH_AGENCIES = (CONSOLIDATED, TRANSFERRED, RETURNED, ANSWERED, IN_PROGRESS, EXPLAINED, RESOLVED, CLOSED)  # in the order of the way
FOLLOWED = frozenset({CLASSIFIED, DEFERRED, *WITH_AGENCIES})  # from here on the duties say what it is
IN_REGISTER = frozenset({REGISTERED, *FOLLOWED})
MUST_BE_CLASSIFIED = FOLLOWED
SENDABLE = frozenset({CLASSIFIED, RETURNED})  # may go into a bundle

WORKFLOW = Workflow(
    states=STATES,
    moves=(
        Move("submit", say("Trình tiếp nhận"), frozenset({DRAFT}), DRAFT, Permission.PETITION_ENTER),
        Move("register", say("Vào sổ"), frozenset({DRAFT}), REGISTERED, Permission.PETITION_ENTER),
        Move("accept", say("Tiếp nhận"), frozenset({DRAFT}), REGISTERED, Permission.PETITION_ACCEPT),
        Move("send_back", say("Trả người nhập"), frozenset({DRAFT}), DRAFT, Permission.PETITION_ACCEPT),
        Move("classify", say("Phân loại"), frozenset({REGISTERED, CLASSIFIED, RETURNED}), CLASSIFIED, Permission.PETITION_CLASSIFY),
        Move("divert", say("Chuyển đơn thư"), frozenset({DRAFT, REGISTERED, CLASSIFIED}), DIVERTED, Permission.PETITION_DIVERT),
        Move("restore", say("Đưa về sổ kiến nghị"), frozenset({DIVERTED}), REGISTERED, Permission.PETITION_ACCEPT),
        Move("defer", say("Tạm gác"), frozenset({CLASSIFIED, RETURNED}), DEFERRED, Permission.PETITION_CLASSIFY),
        Move("resume", say("Đưa ra giải quyết tiếp"), frozenset({DEFERRED}), CLASSIFIED, Permission.PETITION_CLASSIFY),
        Move("discard", say("Xóa nháp"), frozenset({DRAFT}), DRAFT, Permission.PETITION_ENTER),
    ),
)


def _follows(target: str, *sources: str) -> Move:
    return Move(f"follow_{target}", STATES[target], frozenset(sources), target, Permission.DUTY_READ)


_SENT = (TRANSFERRED, ANSWERED, IN_PROGRESS, EXPLAINED, RESOLVED)
# What duties can make of a petition. The permission that counts is that of the act on the duty; nobody makes these moves by hand.
FOLLOWING = Workflow(
    states=STATES,
    moves=(
        _follows(CONSOLIDATED, CLASSIFIED, RETURNED, TRANSFERRED),  # put into a bundle; a letter recalled before it left
        _follows(CLASSIFIED, CONSOLIDATED, TRANSFERRED),  # taken out of a bundle, a bundle given up
        _follows(TRANSFERRED, CLASSIFIED, CONSOLIDATED, RETURNED, ANSWERED),  # a letter issued, a re-routing
        _follows(RETURNED, CLASSIFIED, CONSOLIDATED, *_SENT),
        _follows(ANSWERED, CLASSIFIED, *_SENT, CLOSED),  # from classified: answered on the spot; from closed: opened again
        _follows(IN_PROGRESS, TRANSFERRED, ANSWERED),
        _follows(EXPLAINED, CLASSIFIED, TRANSFERRED, ANSWERED, IN_PROGRESS),
        _follows(RESOLVED, CLASSIFIED, TRANSFERRED, ANSWERED, IN_PROGRESS, EXPLAINED),
        _follows(CLOSED, EXPLAINED, RESOLVED, ANSWERED),
    ),
)


def tone(state: str) -> str:
    """The colour of a state's badge; green is for resolved alone."""
    return TONES.get(state, "act")


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
