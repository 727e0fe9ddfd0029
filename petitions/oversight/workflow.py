"""Progress of a recommendation, and who may move it. Pure. Whether it is in time is computed from its dates (`timing.py`), never a state."""

from collections.abc import Collection
from dataclasses import dataclass

from petitions.core.errors import NotAllowed, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.core.workflow import Move, Workflow

P = Permission
NOT_STARTED, IN_PROGRESS, PARTIAL, REPORTED_DONE, SENT_BACK = "not_started", "in_progress", "partial", "reported_done", "sent_back"
IMPLEMENTED, NOT_IMPLEMENTED, DROPPED, SUPERSEDED = "implemented", "not_implemented", "dropped", "superseded"
STATES: dict[str, Message] = {
    NOT_STARTED: say("chưa thực hiện"),
    IN_PROGRESS: say("đang thực hiện"),
    PARTIAL: say("hoàn thành một phần"),
    REPORTED_DONE: say("báo cáo đã xong, chờ xác nhận"),
    SENT_BACK: say("chưa đạt, yêu cầu làm tiếp"),
    IMPLEMENTED: say("đã thực hiện xong"),
    NOT_IMPLEMENTED: say("không thực hiện"),
    DROPPED: say("thôi thực hiện theo quyết định"),
    SUPERSEDED: say("được thay bằng kiến nghị khác"),
}
OWED = frozenset({NOT_STARTED, IN_PROGRESS, PARTIAL, SENT_BACK})  # the next step is the agency's
OPEN = OWED | {REPORTED_DONE}
CLOSED = frozenset(STATES) - OPEN
STAYS = ""
WORKFLOW = Workflow(
    states=STATES,
    moves=(
        Move("report_progress", say("Báo cáo tiến độ"), OWED, IN_PROGRESS, P.OVERSIGHT_REPORT),
        Move("report_part", say("Báo cáo xong một phần"), OWED, PARTIAL, P.OVERSIGHT_REPORT),
        Move("report_done", say("Báo cáo đã thực hiện xong"), OWED, REPORTED_DONE, P.OVERSIGHT_REPORT),
        Move("verify", say("Ghi kết quả kiểm tra: đạt"), frozenset({REPORTED_DONE}), STAYS, P.OVERSIGHT_VERIFY),
        Move("send_back", say("Yêu cầu làm tiếp"), frozenset({REPORTED_DONE}), SENT_BACK, P.OVERSIGHT_VERIFY),
        Move("confirm", say("Xác nhận đã thực hiện xong"), frozenset({REPORTED_DONE}), IMPLEMENTED, P.OVERSIGHT_CONFIRM),
        Move("find_not_implemented", say("Kết luận không thực hiện"), OPEN, NOT_IMPLEMENTED, P.OVERSIGHT_CONFIRM),
        Move("drop", say("Thôi thực hiện theo quyết định"), OPEN, DROPPED, P.OVERSIGHT_CONFIRM),
        Move("supersede", say("Thay bằng kiến nghị khác"), OPEN, SUPERSEDED, P.OVERSIGHT_CONFIRM),
        Move("reopen", say("Mở lại"), CLOSED, IN_PROGRESS, P.OVERSIGHT_CONFIRM),
        Move("change_rhythm", say("Đổi nhịp báo cáo"), OPEN, STAYS, P.OVERSIGHT_REGISTER),
        Move("change_due", say("Đổi thời hạn"), OPEN, STAYS, P.OVERSIGHT_CONFIRM),
        Move("link_petition", say("Gắn kiến nghị cử tri"), frozenset(STATES), STAYS, P.OVERSIGHT_REGISTER),
    ),
)
BY_AGENCY = frozenset({"report_progress", "report_part", "report_done"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a move depends on besides the progress. `agencies`: who owes it. `verified_by`: who found the last report good, None while nobody did.
    `reporters`: users who entered the report that stands."""

    progress: str
    body_id: int
    agencies: Collection[int] = ()
    city_side: bool = True
    evidence: bool = False
    verified_by: int | None = None
    verified: bool = False
    reporters: frozenset[int] = frozenset()


def stands_for(by: Identity, facts: Facts, move: str) -> bool:
    """Whether the recommendation lies within what `by` stands for: agencies their own, the People's Committee office the city's, the Council's
    side its bodies."""
    if by is SYSTEM:
        return True
    if move in BY_AGENCY and not by.scope("body"):
        return bool(by.scope("agency") & frozenset(facts.agencies)) or (facts.city_side and by.may(P.DUTY_DISTRIBUTE))
    return facts.body_id in by.scope("body")


def refusal(move: str, facts: Facts, by: Identity) -> Message | None:
    """Why the move is closed although progress and permission allow it; None when it is open."""
    own = by.user_id is not None
    rules = (
        (move in {"verify", "confirm"} and not facts.evidence, say("Chưa có minh chứng nào. Không xác nhận khi thiếu minh chứng.")),
        (move == "verify" and own and by.user_id in facts.reporters, say("Người nhập báo cáo không tự kiểm tra báo cáo của mình.")),
        (move == "confirm" and not facts.verified, say("Chưa có kết quả kiểm tra của Ban. Hãy chờ Ban kiểm tra minh chứng.")),
        (move == "confirm" and own and by.user_id == facts.verified_by, say("Người kiểm tra không tự xác nhận: cần một người khác.")),
        (move == "confirm" and own and by.user_id in facts.reporters, say("Người nhập báo cáo không tự xác nhận: cần một người khác.")),
    )
    return next((message for applies, message in rules if applies), None)


def open_moves(facts: Facts, by: Identity) -> list[Move]:
    """The moves open to `by` now, in table order: the buttons of the page."""
    return WORKFLOW.open_moves(facts.progress, by, lambda move: stands_for(by, facts, move.name) and refusal(move.name, facts, by) is None)


def target(name: str, facts: Facts, by: Identity) -> str:
    """The progress to which a move leads; NotAllowed, WrongState or RuleBroken when it is closed."""
    if by is not SYSTEM:
        if not stands_for(by, facts, name):
            raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))
        leads = WORKFLOW.target(name, facts.progress, by)
    else:
        leads = WORKFLOW[name].target
    if why := refusal(name, facts, by):
        raise RuleBroken(why)
    return leads or facts.progress
