"""From an event and a rule to a date: in working or calendar days, forwards and backwards, or to a day that the rule names.

The day of the event is not counted (domain 2.12; Bộ luật Dân sự 2015, Điều 147). Duties makes `Rule` from its rows of law.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say, say_n
from petitions.workdays.calendar import ONE, Calendar, check_day, shifted
from petitions.workdays.why import Explanation, Words, on_the_way, warning_for


class Unit(StrEnum):
    """In what a rule counts (domain 1.5)."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    FIXED_DATE = "fixed_date"
    QUARTER_END = "quarter_end"
    SESSION = "session"
    CONTINUOUS = "continuous"


COUNTED = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY})


@dataclass(frozen=True, slots=True)
class Start:
    """The day from which is counted, and what happened on it: "Thành phố nhận công văn chuyển"."""

    day: date
    event: Words = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`length` units after the event (before it when negative). `name` and `basis` say what the rule is and which law it stands in.

    `to_workday`: a last day of rest moves to the next working day (to the one before when counted backwards; Bộ luật Dân sự 2015,
    Điều 148 khoản 5: [R], so it is off unless the office's rule says so).
    """

    unit: Unit
    length: int = 0
    name: Words = ""
    basis: str = ""
    confirmed: bool = True
    to_workday: bool = False


def count(calendar: Calendar, start: Start, rule: Rule, *, given: date | None = None) -> Explanation:
    """The date that `rule` makes of `start`, with its reasons.

    `given`: the day a letter or conclusion names (fixed_date), any day of the quarter meant (quarter_end; the event's own when None),
    or the day the session opens (session; None while it is not called). Raises RuleBroken for a day before its event or beyond the calendar.
    """
    check_day(start.day)
    if rule.unit in COUNTED:
        return _counted(calendar, start, rule)
    result = _named(start, rule, given)
    if result is not None and result < start.day:
        raise RuleBroken(say("Ngày đến hạn không thể trước ngày bắt đầu tính."))
    return Explanation(start.day, start.event, _words(rule), rule.basis, result, calendar_version=calendar.version, confirmed=rule.confirmed)


def left(calendar: Calendar, day: date, due: date, unit: Unit) -> int:
    """What is left from `day` to `due` in the rule's own unit; negative when it is past. `resumed` gives it back after a suspension."""
    return calendar.between(day, due) if unit is Unit.WORKING_DAY else (due - day).days


def resumed(calendar: Calendar, day: date, remaining: int, unit: Unit) -> date:
    """The new due day when a clock that had `remaining` left runs again on `day`."""
    return calendar.add(day, remaining) if unit is Unit.WORKING_DAY else shifted(day, remaining)


def quarter_end(day: date) -> date:
    """The last day of the quarter in which `day` lies."""
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year + month // 12, month % 12 + 1, 1) - ONE


def next_review(started: date, every_months: int, today: date) -> date:
    """When a continuous duty is next looked at: the first day after `today` that lies a whole number of `every_months` after `started`."""
    passed = (today.year - started.year) * 12 + today.month - started.month
    turn = max(1, passed // every_months)
    while (found := _months_after(started, turn * every_months)) <= today:
        turn += 1
    return found


def _counted(calendar: Calendar, start: Start, rule: Rule) -> Explanation:
    working = rule.unit is Unit.WORKING_DAY
    end = calendar.add(start.day, rule.length) if working else shifted(start.day, rule.length)
    moved = None
    if rule.to_workday and not calendar.is_workday(end):
        moved, end = end, calendar.on_or_after(end) if rule.length >= 0 else calendar.on_or_before(end)
    skipped, added = on_the_way(calendar, start.day, end) if working else ((), ())
    if moved is not None and not working:
        skipped = on_the_way(calendar, moved - ONE if end > moved else moved + ONE, end)[0]
    warning = warning_for(calendar, start.day if working else end, end) if working or rule.to_workday else None
    return Explanation(start.day, start.event, _words(rule), rule.basis, end, skipped, added, moved, warning, calendar.version, rule.confirmed)


def _named(start: Start, rule: Rule, given: date | None) -> date | None:
    if rule.unit is Unit.FIXED_DATE and given is None:
        raise RuleBroken(say("Quy định này cần một ngày cụ thể."))
    if rule.unit is Unit.QUARTER_END:
        return quarter_end(given or start.day)
    return None if rule.unit is Unit.CONTINUOUS else given


def _words(rule: Rule) -> Words:
    counted = length_words(rule.unit, rule.length)
    return say("{name}: {length}", name=rule.name, length=counted) if rule.name else counted


def length_words(unit: Unit, length: int) -> Message:
    """A rule's length in words: "5 ngày làm việc sau"."""
    n = abs(length)
    if unit is Unit.WORKING_DAY:
        after = say_n("{n} ngày làm việc sau đó", "{n} ngày làm việc sau đó", n)
        return after if length >= 0 else say_n("{n} ngày làm việc trước đó", "{n} ngày làm việc trước đó", n)
    if unit is Unit.CALENDAR_DAY:
        return say_n("{n} ngày sau đó", "{n} ngày sau đó", n) if length >= 0 else say_n("{n} ngày trước đó", "{n} ngày trước đó", n)
    return OTHERWISE[unit]


OTHERWISE = {
    Unit.FIXED_DATE: say("đến ngày đã ghi"),
    Unit.QUARTER_END: say("đến ngày cuối quý"),
    Unit.SESSION: say("đến ngày khai mạc kỳ họp"),
    Unit.CONTINUOUS: say("thường xuyên, xem lại theo kỳ"),
}


def _months_after(day: date, months: int) -> date:
    """`day` some months later; the month's last day where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    last = date((number + 1) // 12, (number + 1) % 12 + 1, 1) - ONE
    return last.replace(day=min(day.day, last.day))
