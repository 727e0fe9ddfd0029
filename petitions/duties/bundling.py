"""Bundles: their states and moves, the way a letter takes by level, and the annex that it carries. Pure (domain 2.7, 6.2)."""

from dataclasses import dataclass

from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.core.workflow import Move, Workflow

P = Permission
DRAFT, SUBMITTED, APPROVED, ISSUED, CANCELLED = "draft", "submitted", "approved", "issued", "cancelled"
STATES: dict[str, Message] = {
    DRAFT: say("Đang soạn"),
    SUBMITTED: say("Chờ duyệt"),
    APPROVED: say("Đã duyệt, chờ phát hành"),
    ISSUED: say("Đã phát hành"),
    CANCELLED: say("Đã hủy"),
}
BUNDLING = Workflow(
    states=STATES,
    moves=(
        Move("change", say("Sửa"), frozenset({DRAFT}), DRAFT, P.TRANSFER_DRAFT),
        Move("submit", say("Trình duyệt"), frozenset({DRAFT}), SUBMITTED, P.TRANSFER_DRAFT),
        Move("approve", say("Duyệt"), frozenset({SUBMITTED}), APPROVED, P.TRANSFER_APPROVE),
        Move("send_back", say("Trả người soạn"), frozenset({SUBMITTED, APPROVED}), DRAFT, P.TRANSFER_APPROVE),
        Move("issue", say("Phát hành công văn"), frozenset({APPROVED}), ISSUED, P.TRANSFER_ISSUE),
        Move("send_now", say("Gửi ngay"), frozenset({ISSUED}), ISSUED, P.TRANSFER_ISSUE),
        Move("recall", say("Thu hồi công văn"), frozenset({ISSUED}), APPROVED, P.TRANSFER_ISSUE),
        Move("cancel", say("Hủy"), frozenset({DRAFT, SUBMITTED, APPROVED}), CANCELLED, P.TRANSFER_DRAFT),
    ),
)
TRANSFER, SESSION_LIST, ANSWERED = "transfer", "session_list", "answered"
KINDS: dict[str, Message] = {
    TRANSFER: say("Chuyển cơ quan giải quyết, trả lời"),
    SESSION_LIST: say("Danh mục kiến nghị gửi đến kỳ họp"),
    ANSWERED: say("Kiến nghị đã được trả lời, chuyển Tổ đại biểu"),
}
UBND_OFFICE, NA_DELEGATION, DEPUTY_GROUP, DIRECT = "ubnd_office", "na_delegation", "deputy_group", "direct"
RECIPIENTS: dict[str, Message] = {
    UBND_OFFICE: say("Văn phòng UBND Thành phố, giao các sở, ngành"),
    NA_DELEGATION: say("Đoàn đại biểu Quốc hội, gửi bộ, ngành"),
    DEPUTY_GROUP: say("Tổ đại biểu, chuyển cơ quan cấp xã"),
    DIRECT: say("Gửi thẳng cơ quan giải quyết"),
}
TOLD: dict[str, Message] = {  # to whom a list goes that asks nothing of anybody
    UBND_OFFICE: say("Văn phòng UBND Thành phố"),
    NA_DELEGATION: say("Đoàn đại biểu Quốc hội"),
    DEPUTY_GROUP: say("Tổ đại biểu"),
}
LISTED_FOR = (UBND_OFFICE, NA_DELEGATION)  # who may get the list of a session
ANNEXES: dict[str, Message] = {
    "I": say("Phụ lục I – Danh mục kiến nghị gửi đến kỳ họp"),
    "II": say("Phụ lục II – Kiến nghị thuộc thẩm quyền bộ, ngành, trung ương, chuyển Đoàn đại biểu Quốc hội"),
    "III": say("Phụ lục III – Kiến nghị đã được trả lời, chuyển Tổ đại biểu trả lời cử tri"),
    "IV": say("Phụ lục IV – Kiến nghị thuộc thẩm quyền địa phương, chuyển Tổ đại biểu gửi cơ quan giải quyết"),
    "city": say("Phụ lục – Kiến nghị thuộc thẩm quyền Thành phố"),
}
ROUTES = {"city": UBND_OFFICE, "central": NA_DELEGATION, "commune": DEPUTY_GROUP, "legacy_district": DEPUTY_GROUP}
USUAL = {SESSION_LIST: UBND_OFFICE, ANSWERED: DEPUTY_GROUP}


@dataclass(frozen=True, slots=True)
class Route:
    """To whom a letter goes first, and its annex."""

    recipient_kind: str
    annex: str


def route(level: str | None, kind: str = TRANSFER, recipient_kind: str | None = None) -> Route:
    """The usual way of a bundle of this competence level (another recipient may be chosen), with the annex that follows from kind and recipient."""
    to = recipient_kind or USUAL.get(kind) or ROUTES.get(level or "", DIRECT)
    return Route(to, annex_of(kind, to))


def recipient_words(kind: str, recipient_kind: str) -> Message:
    """To whom a bundle of this kind goes, in words: a list is told, a transfer is to be settled."""
    return RECIPIENTS[recipient_kind] if kind == TRANSFER else TOLD.get(recipient_kind, RECIPIENTS[recipient_kind])


def annex_of(kind: str, recipient_kind: str) -> str:
    """Which annex a letter of this kind to this recipient carries (domain 2.7)."""
    if kind == SESSION_LIST:
        return "I"
    if kind == ANSWERED:
        return "III"
    return {NA_DELEGATION: "II", DEPUTY_GROUP: "IV"}.get(recipient_kind, "city")
