"""Whether a promise was kept: computed from the demand that it became, never stored. Pure."""

from collections.abc import Mapping
from datetime import date

from petitions.core.words import Message, say
from petitions.oversight.workflow import IMPLEMENTED, OPEN, REPORTED_DONE

KEPT, KEPT_LATE, MISSED, WAITS, RUNS, ENDED = "kept", "kept_late", "missed", "waits", "runs", "ended"
WORDS: Mapping[str, Message] = {
    KEPT: say("đã giữ lời hứa"),
    KEPT_LATE: say("giữ lời hứa, chậm hạn"),
    MISSED: say("lỡ hẹn"),
    WAITS: say("báo cáo đã xong, chờ xác nhận"),
    RUNS: say("chưa đến hạn"),
    ENDED: say("đã kết thúc theo quyết định"),
}
TONES: Mapping[str, str] = {KEPT: "done", KEPT_LATE: "near", MISSED: "late", WAITS: "near", RUNS: "act", ENDED: "quiet"}


def verdict(progress: str, due_on: date | None, done_on: date | None, today: date) -> str:
    """One of the six: kept when it was confirmed and the report came by its day; missed from the day after it, whoever reports later."""
    if progress == IMPLEMENTED:
        return KEPT_LATE if due_on is not None and done_on is not None and done_on > due_on else KEPT
    if progress not in OPEN:
        return ENDED
    if progress == REPORTED_DONE and (due_on is None or done_on is None or done_on <= due_on):
        return WAITS
    return MISSED if due_on is not None and due_on < today else RUNS
