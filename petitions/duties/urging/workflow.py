"""States of an urging and the moves between them. Whether it has left, and whether it was acknowledged, is told by its days. Pure."""

from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.core.workflow import Move, Workflow
from petitions.duties.urging.ladder import OFFICE

P = Permission
DRAFT, ISSUED, RECALLED, WITHDRAWN, REPLACED = "draft", "issued", "recalled", "withdrawn", "replaced"
STATES: dict[str, Message] = {
    DRAFT: say("Dự thảo"),
    ISSUED: say("Đã phát hành"),
    RECALLED: say("Đã thu hồi"),
    WITHDRAWN: say("Đã bỏ dự thảo"),
    REPLACED: say("Đã thay bằng nấc cao hơn"),
}
BY_JOB, BY_HAND = "job", "hand"
URGINGS = Workflow(
    states=STATES,
    moves=(
        Move("change", say("Sửa dự thảo"), frozenset({DRAFT}), DRAFT, P.URGING_DRAFT),
        Move("withdraw", say("Bỏ dự thảo"), frozenset({DRAFT}), WITHDRAWN, P.URGING_DRAFT),
        Move("issue", say("Phát hành công văn đôn đốc"), frozenset({DRAFT}), ISSUED, P.URGING_ISSUE),
        Move("recall", say("Thu hồi công văn đôn đốc"), frozenset({ISSUED}), RECALLED, P.URGING_ISSUE),
        Move("acknowledge", say("Xác nhận đã nhận đôn đốc"), frozenset({ISSUED}), ISSUED, P.DUTY_ANSWER),
    ),
)
# Why an item is not in a draft any more.
ANSWERED, MOVED, TAKEN_OUT = "answered", "moved", "taken_out"
LEFT_OUT: dict[str, Message] = {
    ANSWERED: say("đã có trả lời, hoặc hạn không còn chạy"),
    MOVED: say("đã chuyển sang dự thảo nấc cao hơn"),
    TAKEN_OUT: say("đã bỏ ra khỏi dự thảo"),
}


def issuing(authority: str) -> Permission:
    """The permission by which a letter of this authority is issued: by order (office), or on behalf of the Standing Committee."""
    return P.URGING_ISSUE if authority == OFFICE else P.URGING_ESCALATE
