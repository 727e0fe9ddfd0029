"""States of a duty and of a bundle, and the moves between them. Pure. What time alone changes (due soon, late) is in lateness.py, never a state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from petitions.core.errors import NotAllowed, RuleBroken
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.core.workflow import Move, Workflow
from petitions.workdays.counting import Unit

P = Permission
SENT, ACKNOWLEDGED, RETURN_ASKED, RETURNED, REROUTED, RECALLED = "sent", "acknowledged", "return_asked", "returned", "rerouted", "recalled"
ANSWERED, UNDER_REVIEW, REASKED, COUNTERSIGNED = "answered", "under_review", "reasked", "countersigned"
IN_PROGRESS, EXPLAINED, RESOLVED, CLOSED = "in_progress", "explained", "resolved", "closed"

STATES: dict[str, Message] = {
    SENT: say("Đã chuyển, chờ xác nhận"),
    ACKNOWLEDGED: say("Cơ quan đã nhận"),
    RETURN_ASKED: say("Cơ quan đề nghị trả lại"),
    RETURNED: say("Đã trả lại, chờ chuyển nơi khác"),
    REROUTED: say("Đã chuyển cơ quan khác"),
    RECALLED: say("Đã thu hồi"),
    ANSWERED: say("Đã trả lời, chờ cơ quan phối hợp"),
    UNDER_REVIEW: say("Đã trả lời, chờ đánh giá"),
    REASKED: say("Yêu cầu trả lời lại"),
    COUNTERSIGNED: say("Đã ký phối hợp"),
    IN_PROGRESS: say("Đang giải quyết, có hẹn"),
    EXPLAINED: say("Đã giải trình, cung cấp thông tin"),
    RESOLVED: say("Đã giải quyết xong"),
    CLOSED: say("Đã đóng"),
}
OWES_REPLY = frozenset({SENT, ACKNOWLEDGED, RETURN_ASKED, REASKED})  # the agency's clock runs
RUNNING = OWES_REPLY | {IN_PROGRESS}
WITH_OFFICE = frozenset({RETURN_ASKED, RETURNED, ANSWERED, UNDER_REVIEW, EXPLAINED, RESOLVED})  # the next step is the supervising side's
ENDED = frozenset({CLOSED, REROUTED, RECALLED})
OPEN = frozenset(STATES) - ENDED
JUDGED = frozenset({IN_PROGRESS, EXPLAINED, RESOLVED})
LEAD, WITH = "lead", "with"
STAYS = ""  # the move is noted and the state remains

_OPENING = frozenset({SENT, ACKNOWLEDGED})
_MAY_ANSWER = frozenset({SENT, ACKNOWLEDGED, REASKED, IN_PROGRESS})
_REPORTS = frozenset({ACKNOWLEDGED, REASKED, IN_PROGRESS, ANSWERED, UNDER_REVIEW})
_TIMED = frozenset({SENT, ACKNOWLEDGED, REASKED, IN_PROGRESS})

WORKFLOW = Workflow(
    states=STATES,
    moves=(
        Move("acknowledge", say("Xác nhận đã nhận"), frozenset({SENT}), ACKNOWLEDGED, P.DUTY_ANSWER),
        Move("record_receipt", say("Ghi ngày cơ quan nhận"), frozenset({SENT}), ACKNOWLEDGED, P.DUTY_RECORD),
        Move("forward", say("Giao cho sở, ngành"), _OPENING, STAYS, P.DUTY_DISTRIBUTE),
        Move("record_forward", say("Ghi việc chuyển tiếp"), _OPENING, STAYS, P.DUTY_RECORD),
        Move("ask_return", say("Đề nghị trả lại"), _OPENING, RETURN_ASKED, P.DUTY_ANSWER),
        Move("record_return", say("Ghi đề nghị trả lại"), _OPENING, RETURN_ASKED, P.DUTY_RECORD),
        Move("accept_return", say("Đồng ý nhận lại"), frozenset({RETURN_ASKED}), RETURNED, P.DUTY_DECIDE),
        Move("refuse_return", say("Không đồng ý trả lại"), frozenset({RETURN_ASKED}), ACKNOWLEDGED, P.DUTY_DECIDE),
        Move("reroute", say("Chuyển cơ quan khác"), _OPENING | {RETURNED}, REROUTED, P.DUTY_DECIDE),
        Move("answer", say("Trả lời"), _MAY_ANSWER, ANSWERED, P.DUTY_ANSWER),
        Move("record_answer", say("Ghi văn bản trả lời"), _MAY_ANSWER, ANSWERED, P.DUTY_RECORD),
        Move("countersign", say("Ký phối hợp"), frozenset({SENT, ACKNOWLEDGED, REASKED}), COUNTERSIGNED, P.DUTY_ANSWER),
        Move("record_countersign", say("Ghi ý kiến phối hợp"), frozenset({SENT, ACKNOWLEDGED, REASKED}), COUNTERSIGNED, P.DUTY_RECORD),
        Move("withdraw_answer", say("Rút văn bản trả lời ghi nhầm"), frozenset({ANSWERED, UNDER_REVIEW}), STAYS, P.DUTY_RECORD),
        Move("override", say("Đánh giá không chờ phối hợp"), frozenset({ANSWERED}), UNDER_REVIEW, P.DUTY_DECIDE),
        Move("accept_resolved", say("Xếp: đã giải quyết xong"), frozenset({UNDER_REVIEW}), RESOLVED, P.DUTY_JUDGE),
        Move("accept_in_progress", say("Xếp: đang giải quyết"), frozenset({UNDER_REVIEW}), IN_PROGRESS, P.DUTY_JUDGE),
        Move("accept_explained", say("Xếp: giải trình, cung cấp thông tin"), frozenset({UNDER_REVIEW}), EXPLAINED, P.DUTY_JUDGE),
        Move("ask_again", say("Yêu cầu trả lời lại"), frozenset({UNDER_REVIEW}), REASKED, P.DUTY_JUDGE),
        Move("wrong_competence", say("Không đúng thẩm quyền"), frozenset({UNDER_REVIEW}), RETURNED, P.DUTY_JUDGE),
        Move("confirm_resolved", say("Xác nhận đã giải quyết xong"), frozenset({IN_PROGRESS}), RESOLVED, P.DUTY_JUDGE),
        Move("report", say("Báo cáo tiến độ"), _REPORTS, STAYS, P.DUTY_ANSWER),
        Move("attach", say("Nộp minh chứng"), OPEN - {RETURNED}, STAYS, P.DUTY_ANSWER),
        Move("record_evidence", say("Ghi minh chứng, kết quả kiểm tra"), OPEN - {RETURNED}, STAYS, P.DUTY_RECORD),
        Move("ask_extension", say("Xin gia hạn"), _TIMED, STAYS, P.DUTY_ANSWER),
        Move("record_extension", say("Ghi đề nghị gia hạn"), _TIMED, STAYS, P.DUTY_RECORD),
        Move("decide_extension", say("Quyết định gia hạn"), _TIMED, STAYS, P.DUTY_DECIDE),
        Move("suspend", say("Tạm dừng tính hạn"), _TIMED, STAYS, P.DUTY_DECIDE),
        Move("resume", say("Tiếp tục tính hạn"), _TIMED, STAYS, P.DUTY_DECIDE),
        Move("set_day", say("Ghi ngày khai mạc kỳ họp"), frozenset({SENT, ACKNOWLEDGED, RETURN_ASKED}), STAYS, P.DUTY_DECIDE),
        Move("review", say("Ghi kết quả xem lại định kỳ"), _TIMED, STAYS, P.DUTY_JUDGE),
        Move("hand_over", say("Bàn giao cơ quan khác"), OPEN, STAYS, P.DUTY_HAND_OVER),
        Move("object", say("Ghi ý kiến không đồng tình của cử tri"), JUDGED | {CLOSED}, STAYS, P.DUTY_TELL),
        Move("tell", say("Ghi việc báo cử tri"), JUDGED | {CLOSED}, STAYS, P.DUTY_TELL),
        Move("close", say("Đóng"), frozenset({RESOLVED, EXPLAINED}), CLOSED, P.DUTY_CLOSE),
        Move("reopen", say("Mở lại"), frozenset({CLOSED}), REASKED, P.DUTY_CLOSE),
    ),
)
BY_AGENCY = frozenset({P.DUTY_ANSWER, P.DUTY_DISTRIBUTE})  # the others are the supervising side's, within its body
LEAD_ONLY = frozenset({"override", "object", "tell", "close", "reopen", "confirm_resolved"})
TIME_MOVES = frozenset({"ask_extension", "record_extension", "decide_extension", "suspend", "set_day"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What a move depends on besides the state. `city_side`: the agency answers to the city's People's Committee. `hands`: users who entered or
    judged the answer that stands; none of them closes it. `left`: the letter has left the house. `unit`: what the rule counts in."""

    state: str
    part: str
    agency_id: int
    body_id: int
    city_side: bool = True
    left: bool = True
    suspended: bool = False
    extension_asked: bool = False
    extension_asked_by: int | None = None
    hands: frozenset[int] = frozenset()
    unit: str | None = None


def stands_for(by: Identity, facts: Facts, permission: str) -> bool:
    """Whether this duty lies within what `by` stands for when using `permission`: agency officers their agencies, the People's Committee office
    the city's, the supervising side its bodies."""
    if by is SYSTEM:
        return True
    if permission == P.DUTY_DISTRIBUTE:
        return facts.city_side
    if permission == P.DUTY_ANSWER:
        return facts.agency_id in by.scope("agency") or (facts.city_side and by.may(P.DUTY_DISTRIBUTE))
    return facts.body_id in by.scope("body")


def refusal(move: Move, facts: Facts, by: Identity) -> Message | None:
    """Why the move is closed on this duty although state and permission allow it; None when it is open."""
    own = by.user_id is not None
    rules: Iterable[tuple[bool, Message]] = (
        (move.permission in BY_AGENCY and not facts.left, say("Công văn chuyển chưa được gửi đi.")),
        (move.name in LEAD_ONLY and facts.part != LEAD, say("Việc này chỉ làm ở phần của cơ quan chủ trì.")),
        (move.name in {"countersign", "record_countersign"} and facts.part == LEAD, say("Cơ quan chủ trì trả lời, không ký phối hợp.")),
        (move.name in TIME_MOVES and facts.suspended, say("Hạn đang tạm dừng. Hãy tiếp tục tính hạn trước.")),
        (move.name == "resume" and not facts.suspended, say("Hạn không tạm dừng.")),
        (move.name == "decide_extension" and not facts.extension_asked, say("Chưa có đề nghị gia hạn nào chờ quyết định.")),
        (move.name in {"ask_extension", "record_extension"} and facts.extension_asked, say("Đã có một đề nghị gia hạn chờ quyết định.")),
        (move.name == "decide_extension" and own and facts.extension_asked_by == by.user_id, say("Người đề nghị gia hạn không tự quyết định.")),
        (move.name == "set_day" and facts.unit != Unit.SESSION, say("Hạn của việc này không theo kỳ họp.")),
        (move.name == "review" and facts.unit != Unit.CONTINUOUS, say("Chỉ việc thường xuyên mới được xem lại theo kỳ.")),
        (move.name == "close" and own and by.user_id in facts.hands, say("Người nhập hoặc đánh giá câu trả lời không tự đóng: cần một người khác.")),
    )
    return next((message for applies, message in rules if applies), None)


def open_moves(facts: Facts, by: Identity) -> list[Move]:
    """The moves open to `by` on this duty now, in table order: the buttons of its page."""
    return WORKFLOW.open_moves(facts.state, by, lambda move: stands_for(by, facts, move.permission) and refusal(move, facts, by) is None)


def target(name: str, facts: Facts, by: Identity) -> str:
    """The state to which move `name` leads; NotAllowed, WrongState or RuleBroken when it is closed."""
    move = WORKFLOW[name]
    if by.may(move.permission) and not stands_for(by, facts, move.permission):
        raise NotAllowed(say("Việc này không thuộc phạm vi của bạn."))
    who = replace(SYSTEM, permissions=frozenset({move.permission})) if by is SYSTEM else by
    leads = WORKFLOW.target(name, facts.state, who)
    if why := refusal(move, facts, by):
        raise RuleBroken(why)
    return leads or facts.state
