"""How things about letters are called on pages."""

from collections.abc import Mapping
from datetime import datetime

from petitions.core.words import Message, say
from petitions.letters import workflow
from petitions.letters.models import CHAIR, DRAWN, OFFICE, RECORDED, STANDING, UNIQUE

NUMBERINGS: Mapping[str, Message] = {
    RECORDED: say("Ghi số văn thư cấp"),
    UNIQUE: say("Ghi số văn thư cấp, không trùng trong năm"),
    DRAWN: say("Phần mềm cấp số"),
}
RANKS: Mapping[str, Message] = {
    OFFICE: say("Lãnh đạo Văn phòng"),
    STANDING: say("Phó Chủ tịch, Thường trực"),
    CHAIR: say("Chủ tịch"),
}
TONES: Mapping[str, str] = {workflow.DRAFT: "near", workflow.ISSUED: "act", workflow.WITHDRAWN: "quiet", workflow.CANCELLED: "quiet"}
WAITS = say("Chờ gửi đi")
SENT = say("Đã gửi đi")


def state(letter_state: str, leaves_at: datetime | None, now: datetime) -> tuple[Message, str]:
    """Where a letter stands now, in words, with its tone: an issued one has left or waits."""
    if letter_state == workflow.ISSUED and leaves_at is not None:
        return (WAITS, "near") if leaves_at > now else (SENT, "act")
    return workflow.STATES[letter_state], TONES[letter_state]
