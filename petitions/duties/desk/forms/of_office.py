"""Moves of the supervising side: decisions, verdicts, closing, and what goes back to the voters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.duties import classes
from petitions.duties.actions import answering, closing, extending, judging, receiving, rescheduling, stopping, telling
from petitions.duties.actions.judging import Verdict
from petitions.duties.desk.forms.boxes import AGENCY, AREA, CHECK, CHOICE, DAY, GROUP, TEXT, Box, MoveForm
from petitions.duties.desk.forms.of_agency import REASON


def _judge(session: Session, duty_id: int, *, by: Identity, now: datetime, today: date, version: int | None = None, **given: Any) -> Any:
    return judging.judge(session, duty_id, Verdict(**given), by=by, now=now, today=today, version=version)


def _decide_return(session: Session, duty_id: int, *, accept: str, **given: Any) -> Any:
    return receiving.decide_return(session, duty_id, accept=accept == "yes", **given)


def _decide_extension(session: Session, duty_id: int, *, grant: str, **given: Any) -> Any:
    return extending.decide_extension(session, duty_id, grant=grant == "yes", **given)


def _reroute(session: Session, duty_id: int, *, fresh_clock: bool, **given: Any) -> Any:
    return receiving.reroute(session, duty_id, keep_clock=not fresh_clock, **given)


AGREE = {"yes": say("Đồng ý"), "no": say("Không đồng ý")}
CLASS_REASONS = {code: label for one in classes.REASONS.values() for code, label in one.items()}
PROMISED = Box("promised_on", DAY, say("Ngày hẹn giải quyết xong"), hint=say("Bắt buộc khi xếp «đang giải quyết» có lộ trình."))

FORMS = (
    MoveForm(
        "decide_return",
        ("accept_return", "refuse_return"),
        say("Quyết định việc trả lại"),
        (Box("accept", CHOICE, say("Quyết định"), required=True, choices=AGREE), Box("decision", AREA, say("Ý kiến"), required=True)),
        _decide_return,
        done=say("Đã ghi quyết định về đề nghị trả lại."),
    ),
    MoveForm(
        "reroute",
        ("reroute",),
        say("Chuyển cơ quan khác"),
        (
            Box("agency_id", AGENCY, say("Cơ quan mới"), required=True),
            Box("on", DAY, say("Ngày chuyển"), required=True, today=True),
            Box(
                "fresh_clock",
                CHECK,
                say("Tính hạn lại từ đầu cho cơ quan mới"),
                hint=say("Không chọn: hạn cũ vẫn tính. Hạn đầu tiên luôn còn trong hồ sơ."),
            ),
            REASON,
        ),
        _reroute,
        done=say("Đã chuyển việc này sang cơ quan khác."),
    ),
    MoveForm(
        "override",
        ("override",),
        say("Đánh giá không chờ phối hợp"),
        (REASON,),
        answering.override,
        done=say("Đã đưa câu trả lời ra đánh giá, không chờ cơ quan phối hợp."),
    ),
    MoveForm(
        "judge",
        ("accept_resolved", "accept_in_progress", "accept_explained", "ask_again", "wrong_competence"),
        say("Đánh giá trả lời"),
        (
            Box("quality", CHOICE, say("Chất lượng trả lời"), required=True, choices=classes.QUALITIES),
            Box("office_class", CHOICE, say("Văn phòng xếp kết quả"), choices=classes.CLASSES, hint=say("Khi trả lời đầy đủ.")),
            Box("reason", CHOICE, say("Lý do, cách giải quyết"), choices=CLASS_REASONS),
            PROMISED,
            Box("words", AREA, say("Nhận xét, hoặc điều cần trả lời lại"), hint=say("Bắt buộc khi trả lời chưa đầy đủ.")),
            Box("due_on", DAY, say("Hạn trả lời lại"), hint=say("Bỏ trống: theo quy định.")),
        ),
        _judge,
        takes_version=True,
        done=say("Đã ghi đánh giá của Văn phòng."),
    ),
    MoveForm(
        "confirm_resolved",
        ("confirm_resolved",),
        say("Xác nhận đã giải quyết xong"),
        (Box("done_on", DAY, say("Ngày giải quyết xong"), required=True, today=True), Box("reason", AREA, say("Căn cứ xác nhận"), required=True)),
        judging.confirm_resolved,
        done=say("Đã xác nhận việc này được giải quyết xong."),
    ),
    MoveForm(
        "decide_extension",
        ("decide_extension",),
        say("Quyết định gia hạn"),
        (
            Box("grant", CHOICE, say("Quyết định"), required=True, choices=AGREE),
            Box("until", DAY, say("Cho đến ngày"), hint=say("Bỏ trống: đúng ngày cơ quan đề nghị.")),
            Box("decision", AREA, say("Ý kiến"), required=True),
        ),
        _decide_extension,
        done=say("Đã ghi quyết định về đề nghị gia hạn."),
    ),
    MoveForm(
        "suspend",
        ("suspend",),
        say("Tạm dừng tính hạn"),
        (REASON, Box("on", DAY, say("Tạm dừng từ ngày"), required=True, today=True)),
        stopping.suspend,
        lead=say("Khi tiếp tục, số ngày còn lại giữ nguyên. Hạn theo quy định không đổi."),
        done=say("Đã tạm dừng tính hạn của việc này."),
    ),
    MoveForm(
        "resume",
        ("resume",),
        say("Tiếp tục tính hạn"),
        (Box("on", DAY, say("Tiếp tục từ ngày"), required=True, today=True), Box("reason", AREA, say("Ghi chú"))),
        stopping.resume,
        done=say("Hạn của việc này tiếp tục được tính."),
    ),
    MoveForm(
        "object",
        ("object",),
        say("Ghi ý kiến không đồng tình của cử tri"),
        (Box("text", AREA, say("Ý kiến của cử tri"), required=True), Box("raised_on", DAY, say("Ngày nêu ý kiến"), required=True, today=True)),
        closing.object_to,
        lead=say("Một kiến nghị mới được lập, gắn với câu trả lời này; việc cũ giữ nguyên."),
        done=say("Đã lập một kiến nghị mới từ ý kiến của cử tri."),
    ),
    MoveForm(
        "tell",
        ("tell",),
        say("Ghi việc báo cử tri"),
        (
            Box("deputy_group_id", GROUP, say("Tổ đại biểu"), required=True),
            Box("told_on", DAY, say("Ngày báo"), required=True, today=True),
            Box("meeting", TEXT, say("Tại buổi tiếp xúc, cuộc họp nào"), required=True),
            Box("note", AREA, say("Ghi chú")),
        ),
        telling.tell,
        done=say("Đã ghi việc báo cử tri."),
    ),
    MoveForm(
        "close", ("close",), say("Đóng"), (Box("reason", AREA, say("Ghi chú khi đóng")),), closing.close, takes_version=True, done=say("Đã đóng việc này.")
    ),
    MoveForm(
        "reopen",
        ("reopen",),
        say("Mở lại"),
        (Box("reason", AREA, say("Vì sao mở lại, cần trả lời thêm điều gì"), required=True), Box("due_on", DAY, say("Hạn trả lời lại"))),
        closing.reopen,
        done=say("Đã mở lại việc này; cơ quan phải trả lời lại."),
    ),
    MoveForm(
        "set_day",
        ("set_day",),
        say("Ghi ngày khai mạc kỳ họp"),
        (
            Box("day", DAY, say("Ngày khai mạc kỳ họp"), required=True, hint=say("Là hạn của việc này; khi kỳ họp dời ngày, hãy ghi lại.")),
            Box("reason", AREA, say("Căn cứ, ghi chú")),
        ),
        rescheduling.set_session_day,
        done=say("Đã ghi ngày khai mạc kỳ họp; hạn được tính theo ngày này."),
    ),
    MoveForm(
        "review",
        ("review",),
        say("Ghi kết quả xem lại định kỳ"),
        (
            Box("on", DAY, say("Ngày xem lại"), required=True, today=True),
            Box("note", AREA, say("Đã thấy gì"), required=True),
            Box("next_on", DAY, say("Xem lại lần tới"), hint=say("Bỏ trống: theo nhịp của quy định.")),
        ),
        rescheduling.review,
        done=say("Đã ghi kết quả xem lại."),
    ),
)
