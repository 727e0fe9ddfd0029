"""How days, moments and numbers are written on a page: `{{ value | day }}`, `| moment`, `| number`, `| weekday`; and people, `| spoken`."""

from datetime import date, datetime

from petitions.core import clock
from petitions.core.dates import format_day
from petitions.core.identity import spoken
from petitions.core.words import language, say

WEEKDAYS = (say("Thứ Hai"), say("Thứ Ba"), say("Thứ Tư"), say("Thứ Năm"), say("Thứ Sáu"), say("Thứ Bảy"), say("Chủ Nhật"))
DASH = "–"


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy; a moment as its date in Hanoi; nothing as a dash."""
    if value is None:
        return DASH
    return format_day(clock.day_of(value) if isinstance(value, datetime) else value)


def moment(value: datetime | None) -> str:
    """hh:mm dd/mm/yyyy in Hanoi."""
    if value is None:
        return DASH
    local = value.astimezone(clock.HANOI)
    return f"{local:%H:%M} {format_day(local.date())}"


def weekday(value: date | None) -> str:
    """Day of the week and date: Thứ Ba, 20/01/2026."""
    return DASH if value is None else f"{WEEKDAYS[value.weekday()]}, {format_day(value)}"


def number(value: float | None, digits: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    if value is None:
        return DASH
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "vi" else text


ALL = {"day": day, "moment": moment, "weekday": weekday, "number": number, "spoken": spoken}
