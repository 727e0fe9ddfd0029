"""What time it is. The one place that asks; `PETITIONS_TODAY` holds the calendar still for the demo office and for trying."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_held: date | None = None


def hold(day: date | None) -> None:
    """Hold the calendar at `day` (None lets it run again). The hour of the day goes on."""
    global _held
    _held = day


def held() -> date | None:
    """The day at which the calendar is held, or None."""
    return _held


def now() -> datetime:
    """This moment, aware, UTC; on the held day when the calendar is held."""
    moment = datetime.now(UTC)
    if _held is None:
        return moment
    local = moment.astimezone(HANOI)
    return local.replace(year=_held.year, month=_held.month, day=_held.day).astimezone(UTC)


def today() -> date:
    """Today's date in Hanoi."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The date in Hanoi of an aware moment."""
    return moment.astimezone(HANOI).date()


def midnight(day: date) -> datetime:
    """The moment (UTC) at which `day` begins in Hanoi."""
    return datetime.combine(day, time(), HANOI).astimezone(UTC)


def seconds_since(moment: datetime) -> float:
    """Seconds from `moment` until now, never negative (a clock may jump back)."""
    return max(0.0, (now() - moment) / timedelta(seconds=1))
