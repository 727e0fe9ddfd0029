"""How states of runs and loops are called."""

from collections.abc import Mapping

from petitions.core.words import Message, say
from petitions.jobs.models import DONE, FAILED, RUNNING

STATES: Mapping[str, Message] = {RUNNING: say("đang chạy"), DONE: say("đã chạy"), FAILED: say("bị lỗi")}
LOOPS: Mapping[str, Message] = {
    "index": say("Chỉ mục tìm kiếm"),
    "imports": say("Nhập tệp"),
    "documents": say("Đọc tài liệu"),
    "jobs": say("Việc định kỳ"),
    "mail": say("Gửi thư"),
    "announcements": say("Báo văn bản đã gửi đi"),
}
