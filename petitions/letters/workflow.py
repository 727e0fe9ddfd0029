"""States of a letter. Who may move it is asked by permission; that it can be recalled only until it leaves, by the clock. Pure."""

from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.core.workflow import Move, Workflow

P = Permission
DRAFT, ISSUED, WITHDRAWN, CANCELLED = "draft", "issued", "withdrawn", "cancelled"
STATES: dict[str, Message] = {
    DRAFT: say("Dự thảo"),
    ISSUED: say("Đã phát hành"),
    WITHDRAWN: say("Đã thu hồi"),
    CANCELLED: say("Đã hủy dự thảo"),
}
MOVES = Workflow(
    states=STATES,
    moves=(
        Move("change", say("Sửa dự thảo"), frozenset({DRAFT}), DRAFT, P.LETTER_DRAFT),
        Move("issue", say("Phát hành"), frozenset({DRAFT}), ISSUED, P.LETTER_ISSUE),
        Move("recall", say("Thu hồi văn bản"), frozenset({ISSUED}), WITHDRAWN, P.LETTER_ISSUE),
        Move("attach_scan", say("Gắn bản quét đã ký"), frozenset({ISSUED}), ISSUED, P.LETTER_DRAFT),
        Move("cancel", say("Hủy dự thảo"), frozenset({DRAFT}), CANCELLED, P.LETTER_DRAFT),
    ),
)
