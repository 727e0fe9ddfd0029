"""What time alone changes: within, due soon, overdue, long overdue; kept or missed. Computed when read, never stored. Pure.

A day is late from the day after it, at 00:00 in Hanoi, whether or not any job ran. Days late are counted in working days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from petitions.core.words import Message, say, say_n
from petitions.duties.workflow import ENDED, RUNNING
from petitions.workdays.calendar import Calendar

ON_TIME, LATE_DONE, WITHIN, OVERDUE, NO_DUE = "on_time", "late_done", "within", "overdue", "no_due_date"
WORDS: Mapping[str, Message] = {
    ON_TIME: say("Hoàn thành đúng hạn"),
    LATE_DONE: say("Hoàn thành quá hạn"),
    WITHIN: say("Đang thực hiện trong hạn"),
    OVERDUE: say("Đang thực hiện quá hạn"),
    NO_DUE: say("Không có hạn"),
}
ANSWERED_WORDS: Mapping[str, Message] = {ON_TIME: say("trả lời đúng hạn"), LATE_DONE: say("trả lời quá hạn"), NO_DUE: say("không có hạn")}
KEPT_WORDS: Mapping[str, Message] = {ON_TIME: say("giải quyết đúng hẹn"), LATE_DONE: say("giải quyết sau ngày hẹn")}
CALM, SOON, LATE, LONG_LATE, STOPPED, NONE = "calm", "due_soon", "overdue", "long_overdue", "stopped", "none"
BANDS: Mapping[str, Message] = {
    CALM: say("Trong hạn"),
    SOON: say("Sắp đến hạn"),
    LATE: say("Quá hạn"),
    LONG_LATE: say("Quá hạn lâu"),
    STOPPED: say("Đang tạm dừng"),
    NONE: say("Không tính hạn"),
}
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands begin, in working days: due soon from `soon` days before, long overdue from `long` days after."""

    soon: int = 5
    long: int = 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """The same as days, for conditions in SQL: late is `due < today`, long late `due < long_before`, soon `today <= due <= soon_until`."""

    today: date
    soon_until: date
    long_before: date


def bounds(calendar: Calendar, today: date, bands: Bands) -> Bounds:
    """The bands as days of this calendar."""
    return Bounds(today, calendar.add(today, bands.soon), calendar.back(today + ONE, bands.long) if bands.long else today)


def band(due: date | None, at: Bounds) -> str:
    """In which band a day lies that has not been met yet."""
    if due is None:
        return NONE
    if due < at.today:
        return LONG_LATE if due < at.long_before else LATE
    return SOON if due <= at.soon_until else CALM


def word(due: date | None, done: date | None, today: date) -> str:
    """The four words, and "no due date": what was due on `due` and was done on `done`, or not yet (domain 3.4)."""
    if due is None:
        return NO_DUE
    if done is not None:
        return ON_TIME if done <= due else LATE_DONE
    return WITHIN if today <= due else OVERDUE


class Dated(Protocol):
    """The columns of a duty that lateness is read from."""

    @property
    def state(self) -> str: ...
    @property
    def next_due(self) -> date | None: ...
    @property
    def suspended_on(self) -> date | None: ...
    @property
    def reply_due(self) -> date | None: ...
    @property
    def first_due(self) -> date | None: ...
    @property
    def statutory_due(self) -> date | None: ...
    @property
    def answered_on(self) -> date | None: ...
    @property
    def resolution_due(self) -> date | None: ...
    @property
    def settled_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a duty stands today. `days`: working days until the day that runs now, negative when it is past; None when no clock runs.

    `reply`, `against_first`, `against_statutory` judge the answer by its present day, by its first day and by the law's; `resolution` the promise.
    `met`: what was met, in time or not, where no clock runs any more: answered is not resolved.
    """

    word: str
    band: str
    days: int | None
    reply: str
    resolution: str
    against_first: str
    against_statutory: str
    met: Message | None = None

    @property
    def words(self) -> Message:
        """The word that is shown: "Đang thực hiện quá hạn"."""
        return WORDS[self.word]

    @property
    def band_words(self) -> Message:
        """The band in words, for those who do not see its colour."""
        return BANDS[self.band]

    @property
    def chip(self) -> Message:
        """A short word with its number: "trễ 12 ngày làm việc"."""
        if self.band == STOPPED:
            return say("tạm dừng")
        if self.days is None:
            return self.met or self.words
        if self.band in (LATE, LONG_LATE):
            return say_n("trễ {n} ngày làm việc", "trễ {n} ngày làm việc", -self.days) if self.days else say("vừa quá hạn")
        return say_n("còn {n} ngày làm việc", "còn {n} ngày làm việc", self.days) if self.days else say("hạn hôm nay")


def of(duty: Dated, calendar: Calendar, at: Bounds) -> Lateness:
    """How `duty` stands on the day of `at`."""
    reply = word(duty.reply_due, duty.answered_on, at.today)
    resolution = word(duty.resolution_due, duty.settled_on, at.today)
    first, law = word(duty.first_due, duty.answered_on, at.today), word(duty.statutory_due, duty.answered_on, at.today)
    if duty.suspended_on is not None and duty.state not in ENDED:
        return Lateness(WITHIN, STOPPED, None, reply, resolution, first, law)
    if duty.state in RUNNING:
        days = calendar.between(at.today, duty.next_due) if duty.next_due else None
        now = word(duty.next_due, None, at.today)
        return Lateness(now, band(duty.next_due, at), days, reply, resolution, first, law)
    promised = duty.resolution_due is not None and duty.settled_on is not None
    settled = resolution if promised else reply
    return Lateness(settled, NONE, None, reply, resolution, first, law, (KEPT_WORDS if promised else ANSWERED_WORDS).get(settled))


KEPT, KEPT_LATE, MISSED, PENDING, REPLACED = "kept", "kept_late", "missed", "pending", "replaced"
PROMISES: Mapping[str, Message] = {
    KEPT: say("Giữ đúng hẹn"),
    KEPT_LATE: say("Làm xong sau ngày hẹn"),
    MISSED: say("Đã lỡ hẹn"),
    PENDING: say("Chưa đến hẹn"),
    REPLACED: say("Đã thay bằng hẹn mới"),
}


def promise(promised_on: date, kept_on: date | None, replaced_on: date | None, today: date) -> str:
    """What became of a promised day. One that was replaced after it had passed was missed all the same."""
    if kept_on is not None:
        return KEPT if kept_on <= promised_on else KEPT_LATE
    if replaced_on is not None:
        return MISSED if replaced_on > promised_on else REPLACED
    return MISSED if promised_on < today else PENDING
