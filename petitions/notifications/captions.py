"""How wishes, states of mails and outcomes are called."""

from collections.abc import Mapping

from petitions.core.words import Message, say
from petitions.notifications.models import AT_ONCE, DAILY, FAILED, NONE, SENDING, SENT, UNDECIDED, WAITING, WITHDRAWN, WITHHELD

WISHES: Mapping[str, Message] = {AT_ONCE: say("Nhận ngay"), DAILY: say("Gộp mỗi ngày một thư"), NONE: say("Không nhận thư")}
STATES: Mapping[str, Message] = {
    WAITING: say("chờ gửi"),
    SENDING: say("đang gửi"),
    SENT: say("đã gửi"),
    FAILED: say("bị từ chối"),
    UNDECIDED: say("có thể đã gửi"),
    WITHHELD: say("giữ lại vì chạy thử"),
    WITHDRAWN: say("không gửi nữa"),
}
TONES: Mapping[str, str] = {WAITING: "act", SENDING: "act", SENT: "done", FAILED: "late", UNDECIDED: "near", WITHHELD: "quiet", WITHDRAWN: "quiet"}
OUTCOMES: Mapping[str, Message] = {**STATES, WAITING: say("chưa nhận, sẽ gửi lại")}
UNFINISHED = say("đứt giữa chừng")
EXPLAINED: Mapping[str, Message] = {
    UNDECIDED: say("Tiến trình gửi bị ngắt sau khi bắt đầu gửi: máy chủ thư có thể đã nhận. Hãy hỏi người nhận rồi chọn gửi lại hoặc để vậy."),
    WITHHELD: say("Văn phòng chạy thử chỉ gửi tới các địa chỉ trong PETITIONS_MAIL_ONLY_TO."),
    FAILED: say("Thư bị từ chối hẳn hoặc bị trả lại. Hãy sửa địa chỉ ở trang tài khoản rồi gửi lại."),
}
