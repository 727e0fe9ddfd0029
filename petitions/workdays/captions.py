"""What kinds, reasons and acts of the calendar are called."""

from datetime import date

from petitions.core.words import Message, say
from petitions.workdays.why import WEEKDAYS

KIND_WORDS: dict[str, Message] = {"off": say("Ngày nghỉ"), "worked": say("Ngày làm bù")}
REASON_WORDS: dict[str, Message] = {
    "fixed": say("Ngày lễ theo dương lịch"),
    "lunar": say("Ngày lễ, Tết theo âm lịch"),
    "compensatory": say("Nghỉ bù cho ngày lễ trùng cuối tuần"),
    "swap": say("Hoán đổi ngày làm việc"),
    "other": say("Lý do khác"),
}
SHORT_WORDS: dict[str, Message] = {
    "fixed": say("Lễ"),
    "lunar": say("Tết, lễ âm lịch"),
    "compensatory": say("Nghỉ bù"),
    "swap": say("Hoán đổi"),
    "other": say("Nghỉ khác"),
}
ACTS: dict[str, Message] = {
    "calendar.load": say("Nạp lịch ban đầu"),
    "calendar.change": say("Thay đổi lịch"),
    "calendar.notice": say("Ghi thông báo nghỉ lễ, Tết của năm"),
}
MONTHS: tuple[Message, ...] = (
    say("Tháng Một"),
    say("Tháng Hai"),
    say("Tháng Ba"),
    say("Tháng Tư"),
    say("Tháng Năm"),
    say("Tháng Sáu"),
    say("Tháng Bảy"),
    say("Tháng Tám"),
    say("Tháng Chín"),
    say("Tháng Mười"),
    say("Tháng Mười Một"),
    say("Tháng Mười Hai"),
)
SHORT_WEEKDAYS: tuple[Message, ...] = (say("T2"), say("T3"), say("T4"), say("T5"), say("T6"), say("T7"), say("CN"))


def weekday(day: date) -> Message:
    """Thứ Hai … Chủ Nhật."""
    return WEEKDAYS[day.weekday()]


def not_announced(year: int) -> Message:
    """That a year is only foreseen."""
    return say("Chưa có thông báo nghỉ lễ, Tết năm {year}: ngày nghỉ bù, hoán đổi và ngày Tết mới là dự tính.", year=year)


def weekday_of(number: int) -> Message:
    """The weekday by its ISO number, Monday is 1."""
    return WEEKDAYS[number - 1]
