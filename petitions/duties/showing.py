"""A duty in words, ready for a template: its clocks as chips with their reasons, what was answered, what happened. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from petitions.core.dates import format_day
from petitions.core.words import Message, say, say_n
from petitions.duties import classes, lateness
from petitions.duties.clocks import ACK, LETTER, REASK, REPLY, RESOLUTION, STATUTORY
from petitions.duties.lateness import Bounds
from petitions.duties.models.duty import Duty
from petitions.duties.models.voters import APPROVED, DRAFTED, PLANNED, PUBLISHED, WITHDRAWN
from petitions.duties.queries.history import Answered, Dated, Happening
from petitions.duties.rules import EVENTS
from petitions.duties.workflow import ANSWERED, CLOSED, ENDED, EXPLAINED, IN_PROGRESS, OWES_REPLY, REASKED, RESOLVED, RETURNED, SENT, STATES, UNDER_REVIEW
from petitions.workdays.calendar import Calendar
from petitions.workdays.counting import COUNTED, Rule, Start, Unit, count
from petitions.workdays.why import Explanation

TONES: Mapping[str, str] = {RESOLVED: "done", RETURNED: "near", **dict.fromkeys((*ENDED, CLOSED), "quiet")}
BAND_TONES: Mapping[str, str] = {lateness.SOON: "near", lateness.LATE: "late", lateness.LONG_LATE: "late"}
CLASS_TONES: Mapping[str, str] = {classes.RESOLVED: "done", classes.IN_PROGRESS: "act", classes.EXPLAINED: "act"}
QUALITY_TONES: Mapping[str, str] = {classes.COMPLETE: "quiet", classes.UNCLEAR: "near", classes.OFF_POINT: "near", classes.WRONG_COMPETENCE: "near"}
PROMISE_TONES: Mapping[str, str] = {lateness.MISSED: "late", lateness.PENDING: "quiet"}
CLOCKS: Mapping[str, Message] = {
    ACK: say("Xác nhận đã nhận"),
    STATUTORY: say("Hạn theo quy định"),
    LETTER: say("Hạn ghi trong công văn"),
    REPLY: say("Trả lời"),
    REASK: say("Trả lời lại"),
    RESOLUTION: say("Giải quyết"),
}
CAUSES: Mapping[str, Message] = {
    "issue": say("khi phát hành công văn"),
    "receipt": say("khi cơ quan xác nhận ngày nhận"),
    "letter": say("theo công văn"),
    "extension": say("được gia hạn"),
    "suspension": say("tạm dừng tính hạn"),
    "resume": say("tiếp tục tính hạn"),
    "reask": say("yêu cầu trả lời lại"),
    "promise": say("ngày hẹn trong văn bản trả lời"),
    "calendar": say("lịch làm việc thay đổi"),
    "reroute": say("chuyển cơ quan khác"),
    "reopen": say("mở lại"),
    "on_spot": say("trả lời tại chỗ"),
    "session": say("theo kỳ họp"),
}


DIRECT = "conclusion"  # the event of a document that itself says who owes what; no letter is issued
DOCUMENT = say("theo văn bản giao việc")


@dataclass(frozen=True, slots=True)
class Chip:
    """A clock: what it is of, how it stands, in which tone; `why` opens, `day` is the day itself."""

    label: Message
    words: Message
    tone: str
    day: date | None
    why: Explanation | None


@dataclass(frozen=True, slots=True)
class Former:
    """A date that was or is one of a clock, and how it came about. `living`: it counts now."""

    clock: Message
    day: date | None
    cause: Message
    reason: str
    since: date
    living: bool
    why: Explanation


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer with both verdicts in words."""

    row: Answered
    agency: str
    klass: Message
    klass_tone: str
    reason: Message | None
    office_class: Message | None
    office_tone: str
    office_reason: Message | None
    quality: Message | None
    quality_tone: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised day and what became of it."""

    row: Happening
    words: Message
    tone: str
    days: Message | None


def tone(state: str) -> str:
    """The colour of a duty's state; green for resolved alone."""
    return TONES.get(state, "act")


def cause(row: Dated) -> Message:
    """How a date came about."""
    return DOCUMENT if row.event == DIRECT and row.cause == "issue" else CAUSES[row.cause]


def explanation(row: Dated, calendar: Calendar) -> Explanation:
    """Why this date: the stored row counted again. A calendar that changed since does not change what is shown as the day: that is the row's."""
    unit = Unit(row.unit)
    name = row.rule or cause(row)
    start = Start(row.event_on, EVENTS.get(row.event, row.event))
    if unit in COUNTED:
        rule = Rule(unit, row.length, name, row.basis, row.confirmed, row.to_workday)
        made = count(calendar, start, rule)
        if made.result == row.due_on:
            return made
        return Explanation(start.day, start.event, made.rule, row.basis, row.due_on, calendar_version=row.calendar_version, confirmed=row.confirmed)
    return Explanation(start.day, start.event, name, row.basis, row.due_on, calendar_version=row.calendar_version, confirmed=row.confirmed)


def clocks(duty: Duty, dates: Sequence[Dated], calendar: Calendar, at: Bounds) -> list[Chip]:
    """The clocks that say something now, the one that runs first. State and lateness are two marks: none of these is a state."""
    rows = {row.clock: row for row in dates if row.until is None}
    found: list[Chip] = []
    if duty.state == SENT and duty.acknowledge_due is not None:
        found.append(_running(ACK, duty.acknowledge_due, rows.get(ACK), calendar, at))
    if duty.suspended_on is not None and duty.state not in ENDED:
        words = say("{clock}: tạm dừng từ {day}", clock=CLOCKS[_clock_of(duty.state)], day=format_day(duty.suspended_on))
        return [Chip(CLOCKS[_clock_of(duty.state)], words, "near", None, None)]
    if duty.state == REASKED:
        found.append(_running(REASK, duty.reask_due, rows.get(REASK), calendar, at))
    if duty.state in OWES_REPLY and duty.state != REASKED:
        found.append(_running(REPLY, duty.reply_due, rows.get(REPLY), calendar, at))
    elif duty.answered_on is not None and duty.reply_due is not None:
        found.append(_met(REPLY, duty.reply_due, duty.answered_on, rows.get(REPLY), calendar, say("trả lời đúng hạn")))
    if duty.state == IN_PROGRESS:
        if duty.resolution_due is None:
            found.append(Chip(CLOCKS[RESOLUTION], say("giải quyết: chưa có hạn"), "quiet", None, None))
        else:
            found.append(_running(RESOLUTION, duty.resolution_due, rows.get(RESOLUTION), calendar, at))
    elif duty.resolution_due is not None and duty.settled_on is not None:
        found.append(_met(RESOLUTION, duty.resolution_due, duty.settled_on, rows.get(RESOLUTION), calendar, say("giải quyết đúng hẹn")))
    law = statutory(duty, rows, calendar, at)
    return [*found, law] if law else found


def statutory(duty: Duty, rows: Mapping[str, Dated], calendar: Calendar, at: Bounds) -> Chip | None:
    """The law's day, where another one counts: it never moves, and lateness against it is shown beside."""
    if duty.statutory_due is None or duty.statutory_due == duty.reply_due or duty.reply_due is None:
        return None
    day = format_day(duty.statutory_due)
    done = duty.answered_on or at.today
    late = calendar.between(duty.statutory_due, done) if done > duty.statutory_due else 0
    words = say("theo quy định {day}: quá {n} ngày làm việc", day=day, n=late) if late else say("theo quy định: {day}", day=day)
    row = rows.get(STATUTORY)
    return Chip(
        CLOCKS[STATUTORY], words, "late" if late and duty.answered_on is None else "quiet", duty.statutory_due, explanation(row, calendar) if row else None
    )


def main_chip(duty: lateness.Dated, calendar: Calendar, at: Bounds) -> tuple[Message, str]:
    """(words, tone) of the one chip that a list shows."""
    found = lateness.of(duty, calendar, at)
    tone_ = "near" if found.band == lateness.STOPPED else BAND_TONES.get(found.band, "quiet")
    return found.chip, tone_


def _clock_of(state: str) -> str:
    return {REASKED: REASK, IN_PROGRESS: RESOLUTION}.get(state, REPLY)


def _running(clock: str, due: date | None, row: Dated | None, calendar: Calendar, at: Bounds) -> Chip:
    label = CLOCKS[clock]
    why = explanation(row, calendar) if row else None
    if due is None:
        return Chip(label, say("{clock}: chưa có hạn", clock=label), "quiet", None, why)
    band = lateness.band(due, at)
    days = calendar.between(at.today, due)
    if due < at.today:
        words = say("{clock}: trễ {n} ngày làm việc", clock=label, n=-days) if days else say("{clock}: vừa quá hạn", clock=label)
    else:
        words = say("{clock}: còn {n} ngày làm việc", clock=label, n=days) if days else say("{clock}: hạn hôm nay", clock=label)
    return Chip(label, words, BAND_TONES.get(band, "quiet"), due, why)


def _met(clock: str, due: date, done: date, row: Dated | None, calendar: Calendar, in_time: Message) -> Chip:
    why = explanation(row, calendar) if row else None
    if done <= due:
        return Chip(CLOCKS[clock], in_time, "quiet", due, why)
    late = calendar.between(due, done)
    return Chip(CLOCKS[clock], say("{clock} trễ {n} ngày làm việc", clock=CLOCKS[clock], n=late), "near", due, why)


def former(dates: Sequence[Dated], calendar: Calendar) -> list[Former]:
    """Every date there ever was, newest last; what counts now is marked."""
    return [Former(CLOCKS[row.clock], row.due_on, cause(row), row.reason, row.since, row.until is None, explanation(row, calendar)) for row in dates]


def answer(row: Answered) -> AnswerShown:
    """One answer in words."""
    reasons = {code: words for one in classes.REASONS.values() for code, words in one.items()}
    return AnswerShown(
        row,
        row.agency,
        classes.CLASSES[row.agency_class],
        CLASS_TONES[row.agency_class],
        reasons.get(row.agency_reason or ""),
        classes.CLASSES.get(row.office_class or ""),
        CLASS_TONES.get(row.office_class or "", "quiet"),
        reasons.get(row.office_reason or ""),
        classes.QUALITIES.get(row.quality or ""),
        QUALITY_TONES.get(row.quality or "", "quiet"),
    )


def promise(row: Happening, calendar: Calendar, today: date) -> Promise:
    """A commitment: kept, missed, still to come, and by how many working days."""
    if row.due is None:
        raise ValueError("a commitment has its day")
    outcome = lateness.promise(row.due, row.done, row.late, today)
    days: Message | None = None
    if outcome == lateness.MISSED and row.late is None:
        days = say_n("trễ {n} ngày làm việc", "trễ {n} ngày làm việc", -calendar.between(today, row.due))
    elif outcome == lateness.PENDING:
        days = say_n("còn {n} ngày làm việc", "còn {n} ngày làm việc", calendar.between(today, row.due))
    return Promise(row, lateness.PROMISES[outcome], PROMISE_TONES.get(outcome, "quiet"), days)


PUBLICATIONS: Mapping[str, Message] = {
    PLANNED: say("Chưa soạn bản công bố"),
    DRAFTED: say("Bản công bố chờ duyệt"),
    APPROVED: say("Bản công bố đã duyệt"),
    PUBLISHED: say("Đã công bố"),
    WITHDRAWN: say("Đã rút công bố"),
}
WAITS_FOR: Mapping[str, Message] = {
    ANSWERED: say("Chờ cơ quan phối hợp"),
    UNDER_REVIEW: say("Chờ Văn phòng đánh giá"),
    RESOLVED: say("Chờ đóng"),
    EXPLAINED: say("Chờ đóng"),
    RETURNED: say("Chờ chuyển nơi khác"),
}


def state_words(state: str) -> Message:
    """The state in words."""
    return STATES[state]
