"""The office's hours: nothing but what is critical leaves outside of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from petitions.core import clock
from petitions.core.errors import Invalid
from petitions.core.words import say
from petitions.workdays.calendar import Calendar

OPENS, CLOSES = "opens_at", "closes_at"
FARTHEST = 40  # days until the offices surely work again


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when (Hanoi) mail may leave on a working day."""

    opens: time = time(7, 30)
    closes: time = time(17, 30)

    def open_at(self, calendar: Calendar, moment: datetime) -> bool:
        """Whether mail may leave at `moment`."""
        local = moment.astimezone(clock.HANOI)
        return self.opens <= local.time() < self.closes and calendar.is_workday(local.date())

    def next_opening(self, calendar: Calendar, moment: datetime) -> datetime:
        """The first moment from `moment` on at which mail may leave."""
        if self.open_at(calendar, moment):
            return moment
        local = moment.astimezone(clock.HANOI)
        for n in range(FARTHEST):
            day = local.date() + timedelta(days=n)
            opening = datetime.combine(day, self.opens, clock.HANOI)
            if opening > local and calendar.is_workday(day):
                return opening
        return moment + timedelta(days=FARTHEST)


def hours_of(stored: Mapping[str, str]) -> Hours:
    """The hours from the stored choices; what is stored and not understood leaves its default."""
    usual = Hours()
    opens, closes = _time(stored.get(OPENS, "")) or usual.opens, _time(stored.get(CLOSES, "")) or usual.closes
    return Hours(opens, closes) if opens < closes else usual


def read(opens: str, closes: str) -> Hours:
    """The hours that a person typed; Invalid when they are none."""
    first, last = _time(opens), _time(closes)
    wrong = say("Hãy ghi giờ theo dạng 07:30.")
    if first is None or last is None:
        raise Invalid({name: [wrong] for name, value in ((OPENS, first), (CLOSES, last)) if value is None})
    if not first < last:
        raise Invalid({CLOSES: [say("Giờ kết thúc phải sau giờ bắt đầu.")]})
    return Hours(first, last)


def _time(text: str) -> time | None:
    try:
        found = time.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo is None else None
