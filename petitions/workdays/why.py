"""Why this date? What a date was counted from, by which rule, and which days were left out or added on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from petitions.core.dates import format_day
from petitions.core.words import Message, say, say_n
from petitions.workdays.calendar import ONE, Calendar, Mark, Name

Words = Message | Name | str
WEEKDAYS = (say("Thứ Hai"), say("Thứ Ba"), say("Thứ Tư"), say("Thứ Năm"), say("Thứ Sáu"), say("Thứ Bảy"), say("Chủ Nhật"))


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day that was left out, or counted though it is a weekend, and why. `mark` None: by its weekday alone."""

    day: date
    mark: Mark | None

    @property
    def reason(self) -> Words:
        """In words: the holiday's name, or the weekday."""
        return self.mark.name if self.mark else say("Nghỉ cuối tuần")

    @property
    def weekday(self) -> Message:
        """Thứ Hai … Chủ Nhật."""
        return WEEKDAYS[self.day.weekday()]


@dataclass(frozen=True, slots=True)
class Run:
    """Days left out one after the other under one heading, for showing: `first` … `last`, how many, and their names."""

    first: date
    last: date
    notes: tuple[DayNote, ...]

    @property
    def name(self) -> str:
        """What these days are called: one name, two names, or the first and the last."""
        return joined([note.mark.name for note in self.notes if note.mark])

    @property
    def confirmed(self) -> bool:
        """Whether all of them are."""
        return all(note.mark.confirmed for note in self.notes if note.mark)

    @property
    def when(self) -> str:
        """16/02/2026–20/02/2026, or one day."""
        return format_day(self.first) if self.first == self.last else f"{format_day(self.first)} – {format_day(self.last)}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A date and how it came about; ready to be shown (templates/workdays/why.html) or stored beside the date.

    `result` None: the rule gives no day (a session not yet called, a continuous duty). `counted` is what the counting gave before a
    last day of rest was moved (`moved`).
    """

    start: date
    event: Words
    rule: Words
    basis: str
    result: date | None
    skipped: tuple[DayNote, ...] = ()
    added: tuple[DayNote, ...] = ()
    moved_from: date | None = None
    warning: Message | None = None
    calendar_version: int = 0
    confirmed: bool = True

    @property
    def weekends(self) -> tuple[DayNote, ...]:
        """Days left out by their weekday alone."""
        return tuple(note for note in self.skipped if note.mark is None)

    @property
    def holidays(self) -> tuple[Run, ...]:
        """Holidays left out; those of one reason that follow each other (over a weekend too) together."""
        return runs([note for note in self.skipped if note.mark is not None], self.weekends)

    @property
    def weekend_words(self) -> Message:
        """How many days of rest were left out."""
        return say_n("{n} ngày cuối tuần", "{n} ngày cuối tuần", len(self.weekends))

    @property
    def unconfirmed(self) -> tuple[DayNote, ...]:
        """Marked days on the way that are not confirmed."""
        return tuple(note for note in (*self.skipped, *self.added) if note.mark and not note.mark.confirmed)

    def plain(self) -> dict[str, Any]:
        """As plain data, in the reader's language."""
        return {
            "from": self.start.isoformat(),
            "event": str(self.event),
            "rule": str(self.rule),
            "basis": self.basis,
            "result": self.result.isoformat() if self.result else None,
            "skipped": [as_plain(note) for note in self.skipped],
            "added": [as_plain(note) for note in self.added],
            "warning": str(self.warning) if self.warning else None,
            "calendar_version": self.calendar_version,
        }


def as_plain(note: DayNote) -> dict[str, str]:
    """A day and its reason, as the command's JSON has them."""
    return {"date": note.day.isoformat(), "reason": str(note.reason)}


def on_the_way(calendar: Calendar, start: date, end: date) -> tuple[tuple[DayNote, ...], tuple[DayNote, ...]]:
    """(days left out, days added) of a count in working days from `start`, which is not counted, to `end`, which is. In order of the calendar."""
    low, high = (start + ONE, end) if end >= start else (end, start - ONE)
    skipped, added, day = [], [], low
    while day <= high:
        mark = calendar.marks.get(day)
        if not calendar.is_workday(day):
            skipped.append(DayNote(day, mark if mark and mark.off else None))
        elif mark and not mark.off:
            added.append(DayNote(day, mark))
        day += ONE
    return tuple(skipped), tuple(added)


def warning_for(calendar: Calendar, start: date, end: date) -> Message | None:
    """What to say when a count passes through years whose days off were not announced."""
    years = calendar.unknown_years(start, end)
    if not years:
        return None
    words = ", ".join(str(year) for year in years) if len(years) <= 3 else f"{years[0]}–{years[-1]}"
    return say("Chưa có thông báo nghỉ lễ, Tết năm {years}; ngày tính được có thể còn thay đổi.", years=words)


def runs(notes: Sequence[DayNote], between: Sequence[DayNote] = ()) -> tuple[Run, ...]:
    """`notes` (in order) grouped by reason, where only days of `between` lie between two of them."""
    bridge, found = {note.day for note in between}, list[list[DayNote]]()
    for note in notes:
        day = found[-1][-1].day + ONE if found else note.day
        while day in bridge and day < note.day:
            day += ONE
        if found and day == note.day and _reason(note) == _reason(found[-1][-1]):
            found[-1].append(note)
        else:
            found.append([note])
    return tuple(Run(group[0].day, group[-1].day, tuple(group)) for group in found)


def joined(names: Sequence[Name]) -> str:
    """One name; two, side by side; the first and the last of more."""
    words = list(dict.fromkeys(str(name) for name in names))
    return "; ".join(words) if len(words) <= 2 else f"{words[0]} – {words[-1]}"


def _reason(note: DayNote) -> str:
    return note.mark.reason if note.mark else ""
