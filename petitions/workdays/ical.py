"""Reading days off from an iCalendar file (RFC 5545): all-day events become lines of a change; what cannot be taken is said, nothing is guessed.

Only what such lists hold is read: DTSTART, DTEND or DURATION in days, SUMMARY, STATUS. A summary that speaks of working in lieu makes a worked day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from petitions.core.dates import format_day
from petitions.core.errors import Invalid
from petitions.core.text import clean, fold
from petitions.core.words import Message, say
from petitions.workdays.calendar import COMPENSATORY, FIRST, FIXED, LAST, LUNAR, OFF, ONE, SWAP, WORKED
from petitions.workdays.changing import ADD, Edit

MOST_BYTES, MOST_EVENTS, MOST_DAYS, MOST_EDITS = 1_000_000, 2000, 31, 400
NAME_LENGTH = 160
_ESCAPED = re.compile(r"\\([\\;,nN])")
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{6})(Z?))?")
_DURATION = re.compile(r"P(?:(\d{1,2})W|(\d{1,3})D)(?:T.*)?")
_WORKED = re.compile(r"\b(lam bu|lam viec bu|di lam bu|ngay lam viec|working day|workday|make-?up)\b")
_LIEU = re.compile(r"\b(nghi bu|in lieu|observed|substitute)\b")
_LUNAR = re.compile(r"\b(tet|tat nien|giao thua|mung|chap|gio to|hung|lunar)\b")
_SWAP = re.compile(r"\b(hoan doi|swap)")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that was not taken, and why; `line` counts from 1."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class Reading:
    """What the file says: lines of a change, and remarks on the rest."""

    edits: tuple[Edit, ...]
    remarks: tuple[Remark, ...]


def read(data: bytes, *, basis: str, source: str, confirmed: bool) -> Reading:
    """The days of an iCalendar file. Invalid (field "file") when it is none, is empty or too large."""
    edits, remarks = dict[date, Edit](), list[Remark]()
    for line, event in _events(_text(data)):
        try:
            found = _edits(event, basis=basis, source=source, confirmed=confirmed)
        except _Odd as odd:
            remarks.append(Remark(line, odd.message))
            continue
        for edit in found:
            standing = edits.setdefault(edit.day, edit)
            if (standing.kind, standing.name_vi) != (edit.kind, edit.name_vi):
                told = say(
                    "Ngày {day} có hai lần trong tệp: «{first}» và «{second}». Giữ dòng đầu.",
                    day=format_day(edit.day),
                    first=standing.name_vi,
                    second=edit.name_vi,
                )
                remarks.append(Remark(line, told))
    if not edits and not remarks:
        raise Invalid({"file": [say("Tệp không có sự kiện (VEVENT) nào.")]})
    if len(edits) > MOST_EDITS:
        raise Invalid({"file": [say("Tệp có {n} ngày; mỗi lần nhập nhiều nhất {most} ngày.", n=len(edits), most=MOST_EDITS)]})
    return Reading(tuple(edits[day] for day in sorted(edits)), tuple(remarks))


def _twice(kept: Edit, other: Edit) -> Message:
    day, first, second = format_day(kept.day), kept.name_vi, other.name_vi
    return say("Ngày {day} có hai lần trong tệp: «{first}» và «{second}». Giữ dòng đầu.", day=day, first=first, second=second)


class _Odd(Exception):
    """An event that cannot be taken."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Invalid({"file": [say("Tệp lịch lớn hơn 1 MB. Hãy chọn tệp chỉ gồm ngày nghỉ lễ, Tết.")]})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid({"file": [say("Tệp không phải chữ Unicode (UTF-8).")]}) from None
    if "BEGIN:VCALENDAR" not in text[:2000].upper():
        raise Invalid({"file": [say("Đây không phải tệp lịch iCalendar (.ics).")]})
    return text


def _events(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each event's first line number and its properties by name; folded lines are joined (RFC 5545, 3.1)."""
    event: dict[str, str] | None = None
    began = found = 0
    for number, line in _unfolded(text):
        upper = line.strip().upper()
        if upper == "BEGIN:VEVENT":
            event, began = {}, number
        elif upper == "END:VEVENT" and event is not None:
            found += 1
            if found > MOST_EVENTS:
                raise Invalid({"file": [say("Tệp có quá nhiều sự kiện (hơn {most}).", most=MOST_EVENTS)]})
            yield began, event
            event = None
        elif event is not None and ":" in line:
            name, value = line.split(":", 1)
            event.setdefault(name.split(";", 1)[0].strip().upper(), value.strip())


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    held, began = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line[:1] in (" ", "\t") and began:
            held += line[1:]
            continue
        if began:
            yield began, held
        held, began = line, number
    if began:
        yield began, held


def _edits(event: dict[str, str], *, basis: str, source: str, confirmed: bool) -> list[Edit]:
    name = clean(_ESCAPED.sub(lambda part: " " if part.group(1) in "nN" else part.group(1), event.get("SUMMARY", ""))).replace("\n", " ")[:NAME_LENGTH]
    if event.get("STATUS", "").upper() == "CANCELLED":
        raise _Odd(say("«{name}» đã bị hủy trong tệp.", name=name))
    if not name:
        raise _Odd(say("Sự kiện không có tên (SUMMARY)."))
    if "RRULE" in event or "RDATE" in event:
        raise _Odd(say("«{name}» lặp lại hằng năm: ngày nghỉ mỗi năm mỗi khác, hãy dùng tệp ghi từng ngày.", name=name))
    first = _day(event.get("DTSTART", ""), name)
    days = _length(event, first, name)
    kind, reason = _kind(fold(name))
    return [Edit(ADD, first + timedelta(days=n), kind, reason, name, "", None, basis, source, confirmed) for n in range(days)]


def _length(event: dict[str, str], first: date, name: str) -> int:
    """How many days: DTEND is the day after the last one; without it, the duration, else one day."""
    days = 1
    if "DTEND" in event:
        days = max(1, (_day(event["DTEND"], name, last=LAST + ONE) - first).days)
    elif found := _DURATION.fullmatch(event.get("DURATION", "").upper()):
        days = max(1, int(found.group(1) or 0) * 7 + int(found.group(2) or 0))
    if days > MOST_DAYS or first + timedelta(days=days - 1) > LAST:
        raise _Odd(say("«{name}» kéo dài hơn {most} ngày.", name=name, most=MOST_DAYS))
    return days


def _day(value: str, name: str, last: date = LAST) -> date:
    found = _DATE.fullmatch(value.strip())
    if not found or (found.group(4) and (found.group(4) != "000000" or found.group(5))):
        raise _Odd(say("«{name}» không phải sự kiện cả ngày.", name=name))
    try:
        day = date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        raise _Odd(say("«{name}» có ngày không tồn tại.", name=name)) from None
    if not FIRST <= day <= last:
        raise _Odd(say("«{name}» nằm ngoài lịch.", name=name))
    return day


def _kind(name: str) -> tuple[str, str]:
    """(kind, reason) as far as the name tells; the reader sees both before anything is saved."""
    if _WORKED.search(name):
        return WORKED, SWAP
    if _LIEU.search(name):
        return OFF, COMPENSATORY
    if _SWAP.search(name):
        return OFF, SWAP
    return OFF, LUNAR if _LUNAR.search(name) else FIXED
