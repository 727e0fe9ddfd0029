"""A year as it is drawn: twelve months of weeks, each day with what it is, and below each month its marked days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from petitions.core.words import Message, say
from petitions.workdays.calendar import COMPENSATORY, ONE, SWAP, Calendar, Mark
from petitions.workdays.captions import KIND_WORDS, MONTHS, SHORT_WORDS, weekday
from petitions.workdays.why import joined

WORK, REST, OFF, WORKED = "work", "rest", "off", "worked"
ICONS = {COMPENSATORY: "arrow-back-up", SWAP: "refresh"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the grid; `tone`: work, rest (weekend), off, worked."""

    day: date
    tone: str
    mark: Mark | None
    today: bool

    @property
    def icon(self) -> str:
        """The icon of a marked day: star holiday, arrow in lieu, circle swapped, tick worked."""
        return icon_of(self.mark) if self.mark else ""

    @property
    def words(self) -> Message:
        """For those who do not see the grid: weekday and what the day is."""
        if self.mark:
            return say("{weekday}, {kind}: {name}", weekday=weekday(self.day), kind=KIND_WORDS[self.mark.kind], name=self.mark.name)
        return weekday(self.day)


@dataclass(frozen=True, slots=True)
class Span:
    """Marked days of one kind and reason that follow each other, as one line below the month."""

    marks: tuple[Mark, ...]

    @property
    def days(self) -> str:
        """16 – 20, or 2."""
        first, last = self.marks[0].day.day, self.marks[-1].day.day
        return str(first) if first == last else f"{first} – {last}"

    @property
    def name(self) -> str:
        """What these days are called."""
        return joined([mark.name for mark in self.marks])

    @property
    def confirmed(self) -> bool:
        """Whether all of them are."""
        return all(mark.confirmed for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its weeks from Monday to Sunday (None where the week reaches beyond it), its marked days, how many are worked."""

    number: int
    name: Message
    weeks: tuple[tuple[Cell | None, ...], ...]
    spans: tuple[Span, ...]
    workdays: int


def months(calendar: Calendar, year: int, today: date) -> list[Month]:
    """The twelve months of `year`."""
    return [_month(calendar, year, number, today) for number in range(1, 13)]


def workdays_of(calendar: Calendar, year: int) -> int:
    """How many days of `year` are worked."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return calendar.between(first, last) + calendar.is_workday(first)


def icon_of(mark: Mark) -> str:
    """The icon of a marked day."""
    return ICONS.get(mark.reason, "star") if mark.off else "check"


def word_of(mark: Mark) -> Message:
    """One or two words for a marked day."""
    return SHORT_WORDS[mark.reason] if mark.off else KIND_WORDS[mark.kind]


def _month(calendar: Calendar, year: int, number: int, today: date) -> Month:
    days, day = list[date](), date(year, number, 1)
    while day.month == number:
        days.append(day)
        day += ONE
        if day.year > year:
            break
    cells = [_cell(calendar, day, today) for day in days]
    return Month(number, MONTHS[number - 1], _weeks(cells), _spans([cell.mark for cell in cells if cell.mark]), sum(calendar.is_workday(day) for day in days))


def _cell(calendar: Calendar, day: date, today: date) -> Cell:
    mark = calendar.marks.get(day)
    tone = (OFF if mark.off else WORKED) if mark else (REST if calendar.rests(day) else WORK)
    return Cell(day, tone, mark, day == today)


def _weeks(cells: Sequence[Cell]) -> tuple[tuple[Cell | None, ...], ...]:
    blank: list[Cell | None] = [None] * cells[0].day.weekday()
    row = [*blank, *cells]
    row += [None] * (-len(row) % 7)
    return tuple(tuple(row[at : at + 7]) for at in range(0, len(row), 7))


def _spans(marks: Sequence[Mark]) -> tuple[Span, ...]:
    groups: list[list[Mark]] = []
    for mark in marks:
        last = groups[-1][-1] if groups else None
        if last and (last.day + ONE, last.kind, last.reason, last.for_day is None) == (mark.day, mark.kind, mark.reason, mark.for_day is None):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return tuple(Span(tuple(group)) for group in groups)
