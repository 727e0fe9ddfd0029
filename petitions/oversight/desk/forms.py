"""The forms of the moves on a recommendation, as a table: which boxes each has, and which action it calls. One template draws them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields

from petitions.core.words import Message, say
from petitions.duties.schemas import day, number, one_of, words
from petitions.oversight import captions
from petitions.oversight.actions import changing, closing
from petitions.oversight.workflow import DROPPED, NOT_IMPLEMENTED

DAY, AREA, TEXT, CHOICE, CHECK = "day", "area", "text", "choice", "check"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form."""

    name: str
    kind: str
    label: Message
    required: bool = False
    hint: Message | None = None
    choices: Mapping[str, Message] | None = None
    today: bool = False


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move's form; `fixed`: what the action is told besides the boxes."""

    name: str
    label: Message
    boxes: Sequence[Box]
    act: Callable[..., Any]
    fixed: Mapping[str, Any]

    def schema(self) -> type[Schema]:
        """The schema that reads it."""
        return Schema.from_dict({"version": number(), **{box.name: _field(box) for box in self.boxes}})


def _field(box: Box) -> fields.Field[Any]:
    if box.kind == DAY:
        return day(required=box.required)
    if box.kind == CHECK:
        return fields.Boolean(load_default=False)
    if box.kind == CHOICE:
        return one_of(box.choices or {}, required=box.required)
    return words(required=box.required)


_METHOD = Box("method", CHOICE, say("Cách kiểm tra"), True, choices=captions.METHODS)
_FOUND = Box("found_on", DAY, say("Ngày kiểm tra"), True, today=True)
_NOTE = Box("note", AREA, say("Kết quả kiểm tra"), True)
_DECISION = Box("decision", TEXT, say("Văn bản quyết định"), True, hint=say("Số, ký hiệu của nghị quyết, kết luận hoặc thông báo."))
_REASON = Box("reason", AREA, say("Lý do"), True)
_DUE = Box("due_on", DAY, say("Hạn mới"))
FORMS: Mapping[str, MoveForm] = {
    form.name: form
    for form in (
        MoveForm("verify", say("Ghi kết quả kiểm tra: đạt"), (_METHOD, _FOUND, _NOTE), closing.verify, {}),
        MoveForm("send_back", say("Yêu cầu làm tiếp"), (_METHOD, _FOUND, _NOTE, _DUE), closing.send_back, {}),
        MoveForm("confirm", say("Xác nhận đã thực hiện xong"), (Box("note", AREA, say("Ý kiến")),), closing.confirm, {}),
        MoveForm(
            "find_not_implemented",
            say("Kết luận không thực hiện"),
            (_DECISION, _REASON),
            closing.give_up,
            {"outcome": NOT_IMPLEMENTED, "impossible": False},
        ),
        MoveForm(
            "drop",
            say("Thôi thực hiện theo quyết định"),
            (_DECISION, _REASON, Box("impossible", CHECK, say("Không thể thực hiện vì lý do khách quan, đã được chấp thuận bằng văn bản"))),
            closing.give_up,
            {"outcome": DROPPED},
        ),
        MoveForm(
            "supersede",
            say("Thay bằng kiến nghị khác"),
            (Box("other", TEXT, say("Mã kiến nghị thay thế"), True), _DECISION, _REASON),
            closing.supersede,
            {},
        ),
        MoveForm("reopen", say("Mở lại"), (_REASON, _DUE), closing.reopen, {}),
        MoveForm(
            "change_rhythm",
            say("Đổi nhịp báo cáo"),
            (Box("rhythm", CHOICE, say("Nhịp báo cáo"), choices=captions.RHYTHMS), _REASON),
            changing.change_rhythm,
            {},
        ),
        MoveForm("link_petition", say("Gắn kiến nghị cử tri"), (Box("code", TEXT, say("Mã kiến nghị cử tri"), True),), changing.link_petition, {}),
    )
}
