"""The forms of the moves, as a table: which boxes each has, and which action it calls. One template draws them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.duties import classes
from petitions.duties.actions import answering, closing, extending, judging, proving, receiving, stopping, telling
from petitions.duties.actions.judging import Verdict
from petitions.duties.schemas import day, number, one_of, words

DAY, AREA, TEXT, NUMBER, AGENCY, GROUP, CHOICE, CHECK = "day", "area", "text", "number", "agency", "group", "choice", "check"
DOCUMENT, FILE = "document", "file"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. `today`: a day that is today unless changed; `choices`: value → words."""

    name: str
    kind: str
    label: Message
    required: bool = False
    hint: Message | None = None
    today: bool = False
    choices: Mapping[str, Message] = field(default_factory=dict)


Act = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move's form: any of `moves` (the agency's own, or the office noting it down) opens it. `takes_version`: refused when somebody saved in between."""

    name: str
    moves: Sequence[str]
    label: Message
    boxes: Sequence[Box]
    act: Act
    takes_version: bool = False
    lead: Message | None = None

    def schema(self) -> type[Schema]:
        """The schema that reads it."""
        return Schema.from_dict({"version": number(), **{box.name: _field(box) for box in self.boxes if box.kind != FILE}})

    @property
    def takes_files(self) -> bool:
        """Whether files may come with it."""
        return any(box.kind == FILE for box in self.boxes)


def _field(box: Box) -> fields.Field[Any]:
    if box.kind == DAY:
        return day(required=box.required)
    if box.kind in (NUMBER, AGENCY, GROUP, DOCUMENT):
        return number(required=box.required)
    if box.kind == CHECK:
        return fields.Boolean(load_default=False)
    if box.kind == CHOICE:
        return one_of(box.choices, required=box.required)
    return words(required=box.required, most=300 if box.kind == TEXT else 20000)


def _judge(session: Session, duty_id: int, *, by: Identity, now: datetime, today: date, version: int | None = None, **given: Any) -> Any:
    return judging.judge(session, duty_id, Verdict(**given), by=by, now=now, today=today, version=version)


def _decide_return(session: Session, duty_id: int, *, accept: str, **given: Any) -> Any:
    return receiving.decide_return(session, duty_id, accept=accept == "yes", **given)


def _decide_extension(session: Session, duty_id: int, *, grant: str, **given: Any) -> Any:
    return extending.decide_extension(session, duty_id, grant=grant == "yes", **given)


def _reroute(session: Session, duty_id: int, *, fresh_clock: bool, **given: Any) -> Any:
    return receiving.reroute(session, duty_id, keep_clock=not fresh_clock, **given)


AGREE = {"yes": say("Đồng ý"), "no": say("Không đồng ý")}
REASON = Box("reason", AREA, say("Lý do"), required=True)
CLASS_REASONS = {code: label for one in classes.REASONS.values() for code, label in one.items()}
PROMISED = Box("promised_on", DAY, say("Ngày hẹn giải quyết xong"), hint=say("Bắt buộc khi xếp «đang giải quyết» có lộ trình."))

FORMS: Mapping[str, MoveForm] = {
    form.name: form
    for form in (
        MoveForm(
            "acknowledge",
            ("acknowledge", "record_receipt"),
            say("Xác nhận đã nhận"),
            (Box("received_on", DAY, say("Ngày nhận được công văn"), required=True, today=True),),
            receiving.acknowledge,
        ),
        MoveForm(
            "forward",
            ("forward", "record_forward"),
            say("Giao, chuyển tiếp"),
            (
                Box("to_agency_id", AGENCY, say("Cơ quan được giao"), hint=say("Bỏ trống khi chỉ ghi ngày chuyển tiếp.")),
                Box("forwarded_on", DAY, say("Ngày chuyển"), required=True, today=True),
                Box("number", TEXT, say("Số văn bản giao")),
                Box("internal_due", DAY, say("Hạn nội bộ"), hint=say("Hạn trả lời không thay đổi theo hạn nội bộ.")),
                Box("note", AREA, say("Ghi chú")),
            ),
            receiving.forward,
        ),
        MoveForm(
            "return",
            ("ask_return", "record_return"),
            say("Đề nghị trả lại"),
            (
                Box("reason", AREA, say("Vì sao không đúng thẩm quyền"), required=True),
                Box("asked_on", DAY, say("Ngày đề nghị"), required=True, today=True),
                Box("proposed_agency_id", AGENCY, say("Cơ quan có thẩm quyền, theo ý kiến của cơ quan")),
            ),
            receiving.ask_return,
            lead=say("Văn phòng quyết định. Trong lúc chờ, hạn trả lời vẫn tính."),
        ),
        MoveForm(
            "decide_return",
            ("accept_return", "refuse_return"),
            say("Quyết định việc trả lại"),
            (Box("accept", CHOICE, say("Quyết định"), required=True, choices=AGREE), Box("decision", AREA, say("Ý kiến"), required=True)),
            _decide_return,
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
        ),
        MoveForm(
            "countersign",
            ("countersign", "record_countersign"),
            say("Ký phối hợp"),
            (Box("signed_on", DAY, say("Ngày ký"), required=True, today=True), Box("opinion", AREA, say("Ý kiến phối hợp"))),
            answering.countersign,
        ),
        MoveForm("override", ("override",), say("Đánh giá không chờ phối hợp"), (REASON,), answering.override),
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
        ),
        MoveForm(
            "confirm_resolved",
            ("confirm_resolved",),
            say("Xác nhận đã giải quyết xong"),
            (Box("done_on", DAY, say("Ngày giải quyết xong"), required=True, today=True), Box("reason", AREA, say("Căn cứ xác nhận"), required=True)),
            judging.confirm_resolved,
        ),
        MoveForm(
            "report",
            ("report",),
            say("Báo cáo tiến độ"),
            (
                Box("text", AREA, say("Đã làm được gì"), required=True),
                Box("on", DAY, say("Ngày báo cáo"), required=True, today=True),
                Box("percent", NUMBER, say("Ước đạt (%)")),
            ),
            proving.report,
        ),
        MoveForm(
            "evidence",
            ("attach", "record_evidence"),
            say("Minh chứng"),
            (
                Box("dated_on", DAY, say("Ngày của minh chứng"), required=True, today=True),
                Box("note", AREA, say("Mô tả, hoặc kết quả kiểm tra thực tế")),
                Box("file", FILE, say("Tệp minh chứng"), hint=say("PDF, Word, Excel, ảnh; đến 50 MB. Nộp rồi thì tệp không bỏ đi được.")),
                Box("document_id", DOCUMENT, say("Hoặc tài liệu đã có ở việc này")),
            ),
            proving.prove,
        ),
        MoveForm(
            "extension",
            ("ask_extension", "record_extension"),
            say("Xin gia hạn"),
            (
                Box("wanted_on", DAY, say("Xin gia hạn đến ngày"), required=True),
                REASON,
                Box("asked_on", DAY, say("Ngày đề nghị"), required=True, today=True),
            ),
            extending.ask_extension,
            lead=say("Hạn theo quy định không đổi; hạn cũ vẫn còn trong hồ sơ."),
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
        ),
        MoveForm(
            "suspend",
            ("suspend",),
            say("Tạm dừng tính hạn"),
            (REASON, Box("on", DAY, say("Tạm dừng từ ngày"), required=True, today=True)),
            stopping.suspend,
            lead=say("Khi tiếp tục, số ngày còn lại giữ nguyên. Hạn theo quy định không đổi."),
        ),
        MoveForm(
            "resume",
            ("resume",),
            say("Tiếp tục tính hạn"),
            (Box("on", DAY, say("Tiếp tục từ ngày"), required=True, today=True), Box("reason", AREA, say("Ghi chú"))),
            stopping.resume,
        ),
        MoveForm(
            "object",
            ("object",),
            say("Ghi ý kiến không đồng tình của cử tri"),
            (Box("text", AREA, say("Ý kiến của cử tri"), required=True), Box("raised_on", DAY, say("Ngày nêu ý kiến"), required=True, today=True)),
            closing.object_to,
            lead=say("Một kiến nghị mới được lập, gắn với câu trả lời này; việc cũ giữ nguyên."),
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
        ),
        MoveForm("close", ("close",), say("Đóng"), (Box("reason", AREA, say("Ghi chú khi đóng")),), closing.close, takes_version=True),
        MoveForm(
            "reopen",
            ("reopen",),
            say("Mở lại"),
            (Box("reason", AREA, say("Vì sao mở lại, cần trả lời thêm điều gì"), required=True), Box("due_on", DAY, say("Hạn trả lời lại"))),
            closing.reopen,
        ),
    )
}
OF_MOVE: Mapping[str, str] = {move: form.name for form in FORMS.values() for move in form.moves}
