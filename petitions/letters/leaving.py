"""When a letter leaves: after the minutes in which it can still be recalled, and only within the office's hours of a working day. Pure."""

from datetime import datetime, time, timedelta

from petitions.core.clock import HANOI
from petitions.workdays.calendar import Calendar


def leaves_at(now: datetime, calendar: Calendar, *, minutes: int, opens: str, closes: str) -> datetime:
    """The first moment not before `now` + `minutes` that lies between `opens` and `closes` (HH:MM, Hanoi) of a working day."""
    moment = (now + timedelta(minutes=minutes)).astimezone(HANOI)
    day, first, last = moment.date(), clock_time(opens), clock_time(closes)
    if calendar.is_workday(day):
        if moment.timetz().replace(tzinfo=None) < first:
            return datetime.combine(day, first, HANOI).astimezone(now.tzinfo)
        if moment.timetz().replace(tzinfo=None) < last:
            return moment.astimezone(now.tzinfo)
    next_day = calendar.on_or_after(day + timedelta(days=1))
    return datetime.combine(next_day, first, HANOI).astimezone(now.tzinfo)


def clock_time(text: str) -> time:
    """HH:MM as a time of day."""
    return time.fromisoformat(text)
