"""Acts on duties in words, for the timeline of a subject's page. Pure; raw codes never reach the reader."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from petitions.core.dates import format_day
from petitions.core.words import Message, say
from petitions.duties.classes import CLASSES, QUALITIES
from petitions.duties.workflow import STATES, WORKFLOW

PREFIXES = ("duty.", "publication.")
ACTS: Mapping[str, Message] = {
    **{f"duty.{move.name}": move.label for move in WORKFLOW.moves},
    "duty.send": say("Chuyển cơ quan giải quyết"),
    "duty.recall": say("Thu hồi công văn chuyển"),
    "duty.countersigned": say("Đủ ý kiến phối hợp"),
    "duty.close_with_lead": say("Đóng cùng cơ quan chủ trì"),
    "duty.answer_on_the_spot": say("Trả lời tại chỗ"),
    "duty.strike_told": say("Gạch dòng báo cử tri ghi nhầm"),
    "duty.recalculate": say("Tính lại hạn theo lịch làm việc"),
    "duty.urge": say("Đôn đốc bằng công văn"),
    "duty.urge_recall": say("Thu hồi công văn đôn đốc"),
    "duty.urge_acknowledge": say("Xác nhận đã nhận đôn đốc"),
    "duty.candidate_taken": say("Ban nhận việc đề nghị"),
    "duty.candidate_refused": say("Không nhận việc đề nghị"),
    "publication.draft": say("Soạn bản công bố"),
    "publication.approve": say("Duyệt bản công bố"),
    "publication.publish": say("Công bố kết quả"),
    "publication.post": say("Niêm yết kết quả"),
    "publication.withdraw": say("Rút công bố"),
}
FIELDS: Mapping[str, Message] = {
    "next_due": say("Hạn đang tính"),
    "due": say("Hạn trả lời"),
    "reply_due": say("Hạn trả lời"),
    "reply": say("Hạn trả lời"),
    "reask": say("Hạn trả lời lại"),
    "reask_due": say("Hạn trả lời lại"),
    "resolution": say("Ngày hẹn"),
    "resolution_due": say("Ngày hẹn"),
    "promised_on": say("Ngày hẹn"),
    "received_on": say("Ngày cơ quan nhận"),
    "forwarded_on": say("Ngày chuyển tiếp"),
    "signed_on": say("Ngày ký phối hợp"),
    "settled_on": say("Ngày giải quyết xong"),
    "told_on": say("Ngày báo cử tri"),
    "published_on": say("Ngày công bố"),
    "posted_from": say("Niêm yết từ"),
    "posted_to": say("Niêm yết đến"),
    "suspended_on": say("Tạm dừng từ"),
    "wanted_on": say("Xin gia hạn đến"),
    "urging": say("Số công văn đôn đốc"),
    "report_by": say("Yêu cầu báo cáo trước"),
    "answer": say("Số văn bản trả lời"),
    "class": say("Cơ quan tự xếp"),
    "office_class": say("Văn phòng xếp"),
    "quality": say("Chất lượng trả lời"),
    "reviewed_on": say("Ngày xem lại"),
    "review_on": say("Xem lại lần tới"),
    "agency": say("Cơ quan"),
    "to_agency": say("Cơ quan"),
}
WORDS: Mapping[str, Mapping[str, Message]] = {"class": CLASSES, "office_class": CLASSES, "quality": QUALITIES}
AGENCIES = frozenset({"agency", "to_agency"})
EMPTY = say("(trống)")


def label(act: str) -> Message | None:
    """What was done; None for acts that are not duties'."""
    return ACTS.get(act, say("Cập nhật việc giải quyết")) if act.startswith(PREFIXES) else None


def changes(row: Mapping[str, Any], agencies: Mapping[int, str]) -> list[tuple[str, Message, str, str]]:
    """(field, its name, old, new) of what a reader understands; the state and what only machines need are left out."""
    found = []
    for name, pair in row.items():
        if name in FIELDS and isinstance(pair, list | tuple) and len(pair) == 2 and pair[0] != pair[1] and not (name == "next_due" and len(row) > 1):
            found.append((name, FIELDS[name], _word(name, pair[0], agencies), _word(name, pair[1], agencies)))
    return found


def state_of(row: Mapping[str, Any]) -> Message | None:
    """The state that an act led to, in words."""
    pair = row.get("state")
    return STATES.get(pair[1]) if isinstance(pair, list | tuple) and len(pair) == 2 else None


def _word(name: str, value: Any, agencies: Mapping[int, str]) -> str:
    if value is None or value == "":
        return str(EMPTY)
    if name in AGENCIES:
        return agencies.get(value, str(value))
    if name in WORDS:
        return str(WORDS[name].get(value, value))
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        return format_day(date.fromisoformat(value))
    return str(value)
