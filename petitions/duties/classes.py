"""Classes of answers, their reasons, and how the office judges an answer's quality (NQLT72 Điều 49(2); the finer tree: domain 2.8)."""

from collections.abc import Mapping

from petitions.core.words import Message, say

RESOLVED, IN_PROGRESS, EXPLAINED = "resolved", "in_progress", "explained"
CLASSES: Mapping[str, Message] = {
    RESOLVED: say("Đã giải quyết xong"),
    IN_PROGRESS: say("Đang nghiên cứu, tiếp thu để giải quyết"),
    EXPLAINED: say("Giải trình, cung cấp thông tin"),
}
REASONS: Mapping[str, Mapping[str, Message]] = {
    EXPLAINED: {"guidance": say("Có văn bản hướng dẫn, cung cấp thông tin")},
    RESOLVED: {
        "legal_document": say("Ban hành, sửa đổi văn bản quy phạm pháp luật"),
        "inspection": say("Thanh tra, kiểm tra"),
        "carried_out": say("Tổ chức thực hiện"),
    },
    IN_PROGRESS: {
        "with_roadmap": say("Có lộ trình"),
        "without_roadmap": say("Không có lộ trình"),
        "not_at_once": say("Chưa thể giải quyết ngay"),
        "higher_document": say("Liên quan văn bản của cấp trên"),
        "with_government": say("Đã trình Chính phủ"),
        "no_means": say("Chưa có nguồn lực"),
        "other": say("Lý do khác"),
    },
}
COMPLETE, UNCLEAR, OFF_POINT, WRONG_COMPETENCE = "complete", "unclear", "off_point", "wrong_competence"
QUALITIES: Mapping[str, Message] = {
    COMPLETE: say("Đầy đủ"),
    UNCLEAR: say("Chưa rõ"),
    OFF_POINT: say("Không đúng nội dung được hỏi"),
    WRONG_COMPETENCE: say("Không đúng thẩm quyền"),
}


def reason_fits(answer_class: str, reason: str | None) -> bool:
    """Whether the reason belongs to the class (none at all fits)."""
    return reason is None or reason in REASONS[answer_class]


def promise_missing(answer_class: str, reason: str | None, promised: object) -> bool:
    """Whether an answer "in progress" says neither by when nor why not (domain 9.3, R2): "with a roadmap" needs its day."""
    return answer_class == IN_PROGRESS and promised is None and reason in (None, "with_roadmap")
