"""What kinds, steps and figures are called, and what each figure counts."""

from collections.abc import Mapping

from petitions.core.words import Message, say
from petitions.oversight.models import document, programme, report
from petitions.oversight.splitting import dues, rhythms
from petitions.oversight.workflow import DROPPED, IMPLEMENTED, IN_PROGRESS, NOT_IMPLEMENTED, NOT_STARTED, PARTIAL, REPORTED_DONE, SENT_BACK, SUPERSEDED

DUE_KINDS: Mapping[str, Message] = {
    dues.DATE: say("đến ngày"),
    dues.QUARTER: say("trong quý"),
    dues.SESSION: say("theo kỳ họp"),
    dues.CONTINUOUS: say("thường xuyên"),
    dues.MULTI_YEAR: say("nhiều năm"),
    dues.NONE: say("không nêu thời hạn"),
}
RHYTHMS: Mapping[str, Message] = {
    rhythms.WEEKLY: say("báo cáo hằng tuần"),
    rhythms.MONTHLY: say("báo cáo hằng tháng"),
    rhythms.QUARTERLY: say("báo cáo hằng quý"),
    rhythms.HALF_YEARLY: say("báo cáo 6 tháng một lần"),
    rhythms.YEARLY: say("báo cáo hằng năm"),
    rhythms.EACH_SESSION: say("báo cáo mỗi kỳ họp"),
}
DOCUMENT_KINDS: Mapping[str, Message] = {
    document.RESOLUTION: say("Nghị quyết"),
    document.CONCLUSION: say("Kết luận"),
    document.NOTICE: say("Thông báo kết luận"),
    document.REPORT: say("Báo cáo có kiến nghị"),
    document.MINUTES: say("Biên bản phiên"),
}
ISSUERS: Mapping[str, Message] = {
    "council": say("HĐND Thành phố"),
    "standing": say("Thường trực HĐND"),
    "committee": say("Ban của HĐND"),
    "chair": say("Chủ tọa kỳ họp"),
    "group": say("Tổ đại biểu, đại biểu"),
}
ACTORS: Mapping[str, Message] = {name: ISSUERS[name] for name in programme.ACTORS}
METHODS: Mapping[str, Message] = {report.DOCUMENT: say("văn bản"), report.VISIT: say("kiểm tra thực tế"), report.PHOTO: say("ảnh chụp")}
CLAIMS: Mapping[str, Message] = {report.PROGRESS: say("đang làm"), report.PART: say("xong một phần"), report.DONE: say("đã xong")}
VERDICTS: Mapping[str, Message] = {report.MET: say("đạt"), report.NOT_MET: say("chưa đạt")}
TONES: Mapping[str, str] = {
    NOT_STARTED: "quiet",
    IN_PROGRESS: "act",
    PARTIAL: "act",
    REPORTED_DONE: "near",
    SENT_BACK: "near",
    IMPLEMENTED: "done",
    NOT_IMPLEMENTED: "late",
    DROPPED: "quiet",
    SUPERSEDED: "quiet",
}
# Columns of the board: words short enough for a heading.
COLUMNS: Mapping[str, Message] = {
    NOT_STARTED: say("Chưa làm"),
    IN_PROGRESS: say("Đang làm"),
    PARTIAL: say("Một phần"),
    REPORTED_DONE: say("Chờ xác nhận"),
    SENT_BACK: say("Làm lại"),
    IMPLEMENTED: say("Đã xong"),
}
ACTS: Mapping[str, Message] = {
    "confirm_split": say("Bắt đầu theo dõi"),
    "report_progress": say("Cơ quan báo cáo tiến độ"),
    "report_part": say("Cơ quan báo cáo xong một phần"),
    "report_done": say("Cơ quan báo cáo đã xong"),
    "verify": say("Ban kiểm tra: đạt"),
    "send_back": say("Ban kiểm tra: chưa đạt, yêu cầu làm tiếp"),
    "confirm": say("Đã xác nhận thực hiện xong"),
    "find_not_implemented": say("Đã kết luận không thực hiện"),
    "drop": say("Đã thôi thực hiện theo quyết định"),
    "supersede": say("Đã thay bằng kiến nghị khác"),
    "reopen": say("Đã mở lại"),
    "change_rhythm": say("Đã đổi nhịp báo cáo"),
    "change_due": say("Đã đổi thời hạn"),
    "link_petition": say("Đã gắn kiến nghị cử tri"),
    "promise": say("Cam kết tại phiên"),
}
# (words, what is counted). "Ngày tính" is the day as of which the figures are asked.
FIGURES: Mapping[str, tuple[Message, Message]] = {
    "all": (
        say("Đang theo dõi đến ngày tính"),
        say("Mọi kiến nghị của văn bản đã xác nhận tách và mọi cam kết tại phiên, từ ngày văn bản hoặc ngày cam kết không sau ngày tính."),
    ),
    "due": (
        say("Đã đến hạn"),
        say(
            "Có ngày hết hạn (đến ngày, trong quý, theo kỳ họp đã rõ ngày) không sau ngày tính. Không gồm: chưa đến hạn, lộ trình nhiều năm, thường xuyên, "
            "không nêu hạn, bất khả thi đã được chấp thuận, đã được thay bằng kiến nghị khác."
        ),
    ),
    "implemented": (say("Đã thực hiện xong"), say("Trong số đã đến hạn: Thường trực HĐND đã xác nhận xong. Cơ quan tự báo xong chưa được tính.")),
    "on_first": (say("Đúng hạn đầu"), say("Trong số đã thực hiện xong: báo cáo được xác nhận đến không sau hạn đầu tiên.")),
    "on_last": (say("Đúng hạn sau gia hạn"), say("Trong số đã thực hiện xong: báo cáo được xác nhận đến không sau hạn đang tính.")),
    "overdue": (
        say("Quá hạn, kể cả chờ xác nhận"),
        say("Đã đến hạn trước ngày tính mà chưa kết thúc, kể cả đã báo xong đang chờ xác nhận. Bảng giám sát chỉ đếm phần cơ quan còn phải làm."),
    ),
    "running": (say("Chưa kết thúc"), say("Chưa thực hiện, đang thực hiện, một phần, chờ xác nhận, làm tiếp; có hạn hay không.")),
    "not_yet": (say("Chưa đến hạn"), say("Có hạn sau ngày tính, hoặc theo kỳ họp chưa rõ ngày.")),
    "lasting": (say("Nhiều năm, thường xuyên, không nêu hạn"), say("Đứng ngoài mẫu số.")),
    "not_implemented": (say("Không thực hiện"), say("Thường trực HĐND kết luận không thực hiện, có văn bản và lý do; vẫn ở trong mẫu số nếu đã đến hạn.")),
    "dropped": (say("Thôi thực hiện"), say("Thôi theo quyết định, có lý do; vẫn ở trong mẫu số nếu đã đến hạn.")),
    "impossible": (say("Bất khả thi đã được chấp thuận"), say("Thôi theo quyết định vì không thể thực hiện; ngoài mẫu số.")),
    "superseded": (say("Đã được thay"), say("Được thay bằng kiến nghị khác; ngoài mẫu số.")),
}
