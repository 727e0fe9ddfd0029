"""The calendar as a pure thing: built once from its rows, then asked. Counting is two look-ups in arrays.

calendar.add(date(2024, 4, 25), 4)      -> date(2024, 5, 4), the Saturday worked in place of Monday 29 April
calendar.between(today, due)            -> working days left, negative when it is past
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, compress
from typing import Self

from petitions.core.dates import format_day
from petitions.core.errors import RuleBroken
from petitions.core.words import language, say

OFF, WORKED = "off", "worked"
KINDS = (OFF, WORKED)
FIXED, LUNAR, COMPENSATORY, SWAP, OTHER = "fixed", "lunar", "compensatory", "swap", "other"
REASONS = (FIXED, LUNAR, COMPENSATORY, SWAP, OTHER)
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
_FIRST, _DAYS = FIRST.toordinal(), (LAST - FIRST).days + 1
SATURDAY_AND_SUNDAY = frozenset({5, 6})
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Name:
    """What a day is called, in both languages; `str()` gives the reader's."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if language() == "en" and self.en else self.vi


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that is not what its weekday says: `kind` off or worked. See models.CalendarDay."""

    day: date
    kind: str
    reason: str
    name: Name
    for_day: date | None = None
    basis: str = ""
    source: str = ""
    confirmed: bool = True

    @property
    def off(self) -> bool:
        """Whether nobody works on it."""
        return self.kind == OFF


@dataclass(frozen=True, slots=True)
class Week:
    """From `valid_from`, the weekdays in `rest` (Monday is 0) are days of rest."""

    valid_from: date
    rest: frozenset[int] = SATURDAY_AND_SUNDAY


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Which days are worked, from FIRST to LAST. Make one with `Calendar.of`; `known_years`: those whose days off were announced."""

    marks: Mapping[date, Mark]
    weeks: Sequence[Week]
    known_years: frozenset[int]
    version: int
    _before: "array[int]" = field(repr=False)
    _worked: "array[int]" = field(repr=False)

    @classmethod
    def of(cls, marks: Iterable[Mark], *, weeks: Sequence[Week] = (), known_years: Iterable[int] = (), version: int = 0) -> Self:
        """The calendar of these marked days; without `weeks`, Saturday and Sunday are days of rest. Takes a few milliseconds."""
        by_day = {mark.day: mark for mark in marks}
        ordered = sorted(weeks, key=lambda week: week.valid_from) or [Week(FIRST)]
        works = _working_week(ordered)
        for day, mark in by_day.items():
            if FIRST <= day <= LAST:
                works[day.toordinal() - _FIRST] = not mark.off
        before = array("i", accumulate(works, initial=0))
        worked = array("i", compress(range(_FIRST, _FIRST + _DAYS), works))
        return cls(by_day, tuple(ordered), frozenset(known_years), version, before, worked)

    def with_marks(self, marks: Iterable[Mark], version: int | None = None) -> "Calendar":
        """The same calendar with these marked days in place of its own."""
        return Calendar.of(marks, weeks=self.weeks, known_years=self.known_years, version=self.version if version is None else version)

    def is_workday(self, day: date) -> bool:
        """Whether the offices work on `day`."""
        place = _place(day)
        return self._before[place + 1] > self._before[place]

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when negative; `day` itself when 0). The day of the event is not counted (domain 2.12)."""
        place = _place(day)
        if n == 0:
            return day
        at = self._before[place + 1] + n - 1 if n > 0 else self._before[place] + n
        if not 0 <= at < len(self._worked):
            raise RuleBroken(OUTSIDE)
        return date.fromordinal(self._worked[at])

    def back(self, day: date, n: int) -> date:
        """The n-th working day before `day`."""
        return self.add(day, -n)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative, counted from `start` backwards, when `end` lies before it.

        `add(start, between(start, end)) == end` whenever `end` is a working day.
        """
        a, b = _place(start), _place(end)
        return self._before[b + 1] - self._before[a + 1] if b >= a else self._before[b] - self._before[a]

    def on_or_after(self, day: date) -> date:
        """`day` when it is worked, else the next working day."""
        return day if self.is_workday(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        """`day` when it is worked, else the working day before it."""
        return day if self.is_workday(day) else self.add(day, -1)

    def rests(self, day: date) -> bool:
        """Whether `day` is a day of rest by its weekday alone (domain: cuối tuần)."""
        return day.weekday() in next((week.rest for week in reversed(self.weeks) if week.valid_from <= day), self.weeks[0].rest)

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """Years between the two days, in either order, whose days off were not announced."""
        low, high = min(start, end), max(start, end)
        return tuple(year for year in range(low.year, high.year + 1) if year not in self.known_years)


OUTSIDE = say("Lịch làm việc chỉ tính từ {first} đến {last}.", first=format_day(FIRST), last=format_day(LAST))


def check_day(day: date) -> date:
    """`day`, when the calendar reaches it; else RuleBroken."""
    _place(day)
    return day


def shifted(day: date, days: int) -> date:
    """`day` moved by calendar days; RuleBroken beyond the calendar."""
    try:
        return check_day(day + timedelta(days=days))
    except OverflowError:
        raise RuleBroken(OUTSIDE) from None


def _place(day: date) -> int:
    place = day.toordinal() - _FIRST
    if not 0 <= place < _DAYS:
        raise RuleBroken(OUTSIDE)
    return place


def _working_week(weeks: Sequence[Week]) -> bytearray:
    """1 for each day of the calendar that is worked by its weekday alone."""
    works = bytearray()
    for number, week in enumerate(weeks):
        end = min(weeks[number + 1].valid_from.toordinal() - _FIRST, _DAYS) if number + 1 < len(weeks) else _DAYS
        pattern = bytes((FIRST.weekday() + len(works) + place) % 7 not in week.rest for place in range(7))
        works += (pattern * (_DAYS // 7 + 1))[: max(0, end - len(works))]
    return works
