"""The first lines of a home page: a greeting by the hour, and what each role does here."""

from dataclasses import dataclass
from datetime import datetime

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.web import menu

# Role → what this office is for that person. Order: the first role the person holds speaks.
PURPOSES: dict[str, Message] = {
    "lead": say("Tiếp nhận kiến nghị vào sổ và giữ nề nếp công việc của văn phòng."),
    "clerk": say("Nhập, phân loại và tra cứu kiến nghị của cử tri."),
    "delegate": say("Theo dõi kiến nghị của cử tri nơi bạn ứng cử."),
    "standing": say("Nhìn toàn cảnh kiến nghị của cử tri Thành phố."),
    "committee": say("Theo dõi kiến nghị thuộc lĩnh vực của Ban."),
    "supervisor": say("Theo dõi việc giải quyết và trả lời kiến nghị."),
    "agency": say("Xem các kiến nghị thuộc trách nhiệm của cơ quan."),
    "ubnd": say("Theo dõi các kiến nghị thuộc trách nhiệm của phía Thành phố."),
    "auditor": say("Xem mọi việc đã làm và nhật ký, không thay đổi gì."),
    "administrator": say("Quản lý tài khoản, danh mục và hệ thống."),
}


@dataclass(frozen=True, slots=True)
class Greeting:
    """`hello` by the hour with the person's name; `purpose`: one sentence."""

    hello: Message
    purpose: Message


def of(who: Identity, now: datetime) -> Greeting:
    """The greeting for `who` at the moment `now` (UTC)."""
    hour = now.astimezone(clock.HANOI).hour
    if hour < 11:
        hello = say("Chào buổi sáng, {name}", name=who.name)
    elif hour < 14:
        hello = say("Chào buổi trưa, {name}", name=who.name)
    elif hour < 18:
        hello = say("Chào buổi chiều, {name}", name=who.name)
    else:
        hello = say("Chào buổi tối, {name}", name=who.name)
    purpose = next((text for role, text in PURPOSES.items() if role in who.roles), say("Kiến nghị cử tri Hà Nội: ghi lại, tìm thấy, theo đến cùng."))
    return Greeting(hello, purpose)


def ways(who: Identity) -> list[menu.Entry]:
    """The ways into the house that are open to `who`, but for home itself and what is the page's main action anyway."""
    return [entry for entry in menu.entries(who) if entry.endpoint != "home.show" and entry.key != menu.NEW]
