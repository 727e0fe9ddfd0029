"""What the journal says about jobs, mail, wishes and absences: acts as sentences, fields, subjects. The factory hands it over."""

from collections.abc import Mapping

from petitions.core.words import Message, say
from petitions.journal.words import Caption, Subjects
from petitions.notifications import absences, mailbox

SENTENCES: Mapping[str, Message] = {
    "absence.add": say("{by} đã ghi ngày vắng mặt và người thay."),
    "absence.withdraw": say("{by} đã bỏ một lần vắng mặt."),
    "job.retry": say("{by} đã cho chạy lại một việc định kỳ."),
    "mail.bounced": say("{by} đã ghi một thư bị trả lại."),
    "mail.let_be": say("{by} đã quyết định không gửi một thư nữa."),
    "mail.send_again": say("{by} đã cho gửi lại một thư."),
    "notification.hours": say("{by} đã đổi giờ gửi thư."),
    "notification.wish": say("{by} đã đổi cách nhận thông báo."),
}
FIELDS: Mapping[str, Message] = {
    "job": say("Việc định kỳ"),
    "opens_at": say("Gửi thư từ"),
    "closes_at": say("Gửi thư đến"),
    "email": say("Thư điện tử"),
}
SUBJECTS = (
    Subjects(mailbox.SUBJECT, say("thư"), lambda _session, ids, _reader: {number: Caption(f"#{number}", f"/mails/{number}") for number in ids}),
    Subjects(absences.SUBJECT, say("lần vắng mặt")),
    Subjects("job_run", say("lần chạy việc định kỳ")),
    Subjects("notification_settings", say("giờ gửi thư"), lambda _session, ids, _reader: dict.fromkeys(ids, Caption(""))),
)
