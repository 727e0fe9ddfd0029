"""Days as people write them: dd/mm/yyyy typed freely, yyyy-mm-dd, and a month or a year alone, kept as written."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from petitions.core.words import Message, say

_DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})\s*$")
_ISO = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(:\d{2})?)?\s*$")
_DIGITS = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$")
_MONTH = re.compile(r"^\s*(?:tháng\s*)?(\d{1,2})\s*[/.\-]\s*(\d{4})\s*$|^\s*(\d{4})-(\d{1,2})\s*$", re.IGNORECASE)
_YEAR = re.compile(r"^\s*(?:năm\s*)?(\d{4})\s*$", re.IGNORECASE)


def parse_day(text: str) -> date | None:
    """The day written in `text` (5/3/2024, 05-03-24, 05032024, 2024-03-05), or None when it is not a whole, real date."""
    for pattern, order in ((_DAY, (3, 2, 1)), (_ISO, (1, 2, 3)), (_DIGITS, (3, 2, 1))):
        found = pattern.match(text)
        if found:
            year, month, day = (int(found.group(i)) for i in order)
            try:
                return date(year + 2000 if year < 100 else year, month, day)
            except ValueError:
                return None
    return None


def not_a_day(text: str) -> Message:
    """Why `text`, which `parse_day` cannot take, is no day: the month has fewer days, the year no such month; else how a day is written."""
    for pattern, order in ((_DAY, (3, 2, 1)), (_ISO, (1, 2, 3)), (_DIGITS, (3, 2, 1))):
        if found := pattern.match(text):
            year, month, day = (int(found.group(i)) for i in order)
            year += 2000 if year < 100 else 0
            if not 1 <= month <= 12:
                return say("Không có tháng {month}: sau ngày là tháng, từ 1 đến 12.", month=month)
            last = monthrange(year, month)[1]
            if day > last:
                return say("Tháng {month} năm {year} chỉ có {n} ngày.", month=month, year=year, n=last)
            return say("Không có ngày {day}: ngày bắt đầu từ 1.", day=day)
    return say("Hãy ghi ngày theo dạng 20/01/2026.")


@dataclass(frozen=True, slots=True)
class LooseDay:
    """A date as precise as it was written: `first` … `last` cover it; `text` is how it is shown."""

    first: date
    last: date
    text: str

    @property
    def exact(self) -> bool:
        """Whether a single day was written."""
        return self.first == self.last


def parse_loose(text: str) -> LooseDay | None:
    """A day, month (03/2024, 2024-03) or year (2024) as written; None when it is none of these."""
    day = parse_day(text)
    if day:
        return LooseDay(day, day, format_day(day))
    month = _MONTH.match(text)
    if month:
        number, year = (int(month.group(1)), int(month.group(2))) if month.group(1) else (int(month.group(4)), int(month.group(3)))
        if 1 <= number <= 12 and year >= 1:
            after = date(year + number // 12, number % 12 + 1, 1)
            return LooseDay(date(year, number, 1), date.fromordinal(after.toordinal() - 1), text.strip())
    whole = _YEAR.match(text)
    if whole and int(whole.group(1)) >= 1900:
        year = int(whole.group(1))
        return LooseDay(date(year, 1, 1), date(year, 12, 31), text.strip())
    return None


def not_a_loose_day(text: str) -> Message:
    """Why `text`, which `parse_loose` cannot take, is neither a day nor a month nor a year."""
    if any(pattern.match(text) for pattern in (_DAY, _ISO, _DIGITS)):
        return not_a_day(text)
    if month := _MONTH.match(text):
        return say("Không có tháng {month}: một năm có tháng 1 đến tháng 12.", month=int(month.group(1) or month.group(4)))
    return say("Hãy ghi ngày dạng 14/11/2025, hoặc tháng (11/2025), hoặc năm (2025).")


def format_day(day: date) -> str:
    """dd/mm/yyyy, in both languages (decree 30/2020 and the office's habit)."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
