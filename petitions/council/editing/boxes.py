"""The boxes of an editing form, as data: the template draws them in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from petitions.core.words import Message, say
from petitions.council.labels import BEGINNING_WORDS, CERTAINTY_WORDS, ENDING_WORDS, ROLE_WORDS, SESSION_WORDS

Options = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Box:
    """One field: `kind` is a macro of macros/fields.html (text, area, day, select, radios, check)."""

    kind: str
    name: str
    label: Message
    hint: Message | None = None
    required: bool = False
    options: Options = ()
    search: bool = False
    number: bool = False
    rows: int = 3


def _from(words: Mapping[str, Message]) -> Options:
    return list(words.items())


BASIS = Box("text", "basis", say("Căn cứ"), say("Văn bản, ngày, nguồn: ví dụ Thông báo 12/TB-HĐND ngày 5/7/2025"), required=True)
CONSTITUENCY = (
    Box("text", "number", say("Số đơn vị bầu cử"), say("Nếu đơn vị khác chưa xác nhận đang giữ số này, hai bên đổi số cho nhau."), required=True, number=True),
    Box("text", "name", say("Tên gọi (địa bàn)"), say("Ví dụ: Gia Lâm")),
    Box("text", "seats", say("Số đại biểu được bầu"), say("Để trống khi chưa biết"), number=True),
    Box("check", "confirmed", say("Số của đơn vị đã được xác nhận")),
    Box("text", "source", say("Nguồn")),
    Box("area", "note", say("Ghi chú")),
)
NEW_CONSTITUENCY = (
    Box("text", "number", say("Số đơn vị bầu cử"), required=True, number=True),
    Box("text", "name", say("Tên gọi (địa bàn)"), say("Để trống nếu chỉ gọi bằng số")),
    Box("text", "seats", say("Số đại biểu được bầu"), say("Để trống khi chưa biết"), number=True),
    Box("text", "source", say("Nguồn"), say("Văn bản công bố danh sách đơn vị bầu cử"), required=True),
)
LINE_END = (
    Box(
        "radios",
        "how",
        say("Việc cần làm"),
        required=True,
        options=[("end", say("Đúng đến một ngày, sau đó không còn")), ("wrong", say("Sai ngay từ đầu: gạch bỏ, giữ lại dấu vết"))],
    ),
    Box("day", "last_day", say("Ngày cuối cùng còn đúng"), say("Chỉ ghi khi dòng này đúng đến một ngày")),
    Box("text", "reason", say("Căn cứ hoặc lý do"), required=True),
)
MANDATE = (
    Box("text", "name", say("Họ và tên đại biểu"), required=True),
    Box("text", "position", say("Chức vụ"), say("Như đã công bố; có thể để trống")),
    Box("day", "from_on", say("Từ ngày"), required=True),
    Box("select", "began_by", say("Bắt đầu do"), options=_from(BEGINNING_WORDS)),
    Box("select", "group_role", say("Trong tổ"), options=_from(ROLE_WORDS)),
    Box("text", "reason", say("Căn cứ"), say("Nghị quyết, ngày")),
)
MANDATE_END = (
    Box("day", "to_on", say("Ngày cuối cùng"), required=True),
    Box("select", "ended_by", say("Kết thúc do"), required=True, options=_from(ENDING_WORDS)),
    Box("text", "reason", say("Căn cứ"), say("Nghị quyết, ngày")),
)
DELEGATE = (Box("text", "name", say("Họ và tên đại biểu"), required=True), Box("text", "position", say("Chức vụ")))
DELEGATE_LIST = (
    Box(
        "area",
        "lines",
        say("Danh sách"),
        say("Mỗi dòng một đại biểu: số đơn vị bầu cử, họ và tên, chức vụ, vai trò trong tổ; dán thẳng từ bảng tính được, hoặc cách nhau bằng dấu chấm phẩy"),
        required=True,
        rows=12,
    ),
    Box("day", "from_on", say("Làm đại biểu từ ngày"), required=True),
)
SESSION = (
    Box("text", "number", say("Kỳ họp thứ"), required=True, number=True),
    Box("select", "kind", say("Loại kỳ họp"), options=_from(SESSION_WORDS)),
    Box("day", "opened_on", say("Ngày khai mạc")),
    Box("day", "closed_on", say("Ngày bế mạc")),
    Box(
        "text",
        "dates_as_known",
        say("Ngày theo chỗ đã biết"),
        say("Khi chưa rõ ngày, ví dụ: tháng 7/2022, khoảng 29/4/2025; đứng trong tên kỳ họp, điều còn phải giải thích thì ghi ở Ghi chú"),
    ),
    Box("check", "confirmed", say("Ngày đã được xác nhận")),
    Box("area", "note", say("Ghi chú")),
)
TERM = (
    Box("text", "number", say("Khóa số"), required=True, number=True),
    Box("text", "label", say("Viết là"), say("Ví dụ: XVI"), required=True),
    Box("text", "years", say("Nhiệm kỳ"), say("Ví dụ: 2021-2026")),
    Box("day", "elected_on", say("Ngày bầu cử")),
    Box("day", "starts_on", say("Bắt đầu từ"), say("Ngày khai mạc kỳ họp thứ nhất; để trống khi chưa biết")),
    Box("day", "ends_on", say("Đến hết ngày")),
    Box("text", "constituencies_fixed", say("Số đơn vị bầu cử được ấn định"), number=True),
    Box("text", "seats_fixed", say("Số đại biểu được ấn định"), number=True),
    Box("check", "confirmed", say("Ngày đã được xác nhận")),
    Box("area", "note", say("Ghi chú")),
)
BODY = (
    Box("text", "name", say("Tên đầy đủ"), say("Ví dụ: Hội đồng nhân dân xã Gia Lâm"), required=True),
    Box("text", "short_name", say("Tên gọn"), say("Đứng sau số đơn vị bầu cử, ví dụ: HĐND xã Gia Lâm"), required=True),
)


def place_from(units: Options) -> Sequence[Box]:
    """Boxes for a unit that belongs to the constituency from a day."""
    return (
        Box("select", "unit_id", say("Xã, phường"), say("Gõ vài chữ của tên, không cần dấu"), required=True, options=units, search=True),
        Box("day", "day", say("Từ ngày"), required=True),
        Box("select", "certainty", say("Mức chắc chắn"), options=[(key, CERTAINTY_WORDS[key]) for key in ("confirmed", "published", "draft")]),
        Box("check", "shared", say("Chỉ một phần của nơi này"), say("Phần còn lại vẫn thuộc đơn vị bầu cử khác")),
        BASIS,
    )


def new_body(units: Options) -> Sequence[Box]:
    """Boxes for a commune's council."""
    return (
        Box("select", "unit_id", say("Xã, phường"), required=True, options=units, search=True),
        *BODY,
        Box("text", "code", say("Mã"), say("Hai đến mười chữ hoặc số, không dấu; đứng đầu mã kiến nghị và không đổi được về sau"), required=True),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form: its words, boxes, where to go back to, and what stands before the boxes."""

    title: Message
    boxes: Sequence[Box]
    back: str
    back_words: Message | str
    lead: Message | str = ""
    save: Message = field(default_factory=lambda: say("Lưu"))
    notes: Sequence[Message | str] = ()
