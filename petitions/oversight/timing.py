"""Whether a recommendation is in time, and on which days its rhythm asks for reports. Pure; computed, never stored."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from petitions.core.words import Message, say
from petitions.duties.lateness import LATE_DONE, NO_DUE, ON_TIME, OVERDUE, WITHIN, word
from petitions.oversight.splitting import rhythms
from petitions.oversight.splitting.dues import last_day
from petitions.oversight.workflow import CLOSED, IMPLEMENTED, REPORTED_DONE, STATES

TIMELINESS: dict[str, Message] = {
    ON_TIME: say("đúng hạn"),
    LATE_DONE: say("xong sau hạn"),
    WITHIN: say("trong hạn"),
    OVERDUE: say("quá hạn"),
    NO_DUE: say("không có hạn"),
}
TONES = {ON_TIME: "done", LATE_DONE: "near", WITHIN: "act", OVERDUE: "late", NO_DUE: "quiet"}
REPORTED: dict[str, Message] = {ON_TIME: say("báo cáo trong hạn"), LATE_DONE: say("báo cáo sau hạn")}  # nobody has confirmed it yet
ONE = timedelta(days=1)
AHEAD = 730  # days for which due days of reports are laid out, where the demand has no last day


def timeliness(progress: str, due: date | None, done: date | None, today: date) -> str:
    """One of the five words: what was reported done is judged by the day of the report, what was given up has no due day any more."""
    if progress in CLOSED and progress != IMPLEMENTED:
        return NO_DUE
    return word(due, done, today)


def words(progress: str, due: date | None, done: date | None, today: date) -> Message:
    """Progress and timeliness as the office says them: "đang thực hiện – quá hạn"."""
    how = timeliness(progress, due, done, today)
    if how == NO_DUE:
        return STATES[progress]
    said = REPORTED.get(how, TIMELINESS[how]) if progress == REPORTED_DONE else TIMELINESS[how]
    return say("{progress} – {timeliness}", progress=STATES[progress], timeliness=said)


def report_days(rhythm: str, since: date, until: date, sessions: Iterable[date] = ()) -> Iterator[date]:
    """The days after `since`, up to `until`, on which a report is due: ends of months, quarters, half-years, years, weeks; openings of sessions."""
    if rhythm == rhythms.EACH_SESSION:
        yield from sorted(day for day in sessions if since < day <= until)
        return
    if rhythm == rhythms.WEEKLY:
        day = since + timedelta(days=7)
        while day <= until:
            yield day
            day += timedelta(days=7)
        return
    every = {rhythms.MONTHLY: 1, rhythms.QUARTERLY: 3, rhythms.HALF_YEARLY: 6, rhythms.YEARLY: 12}[rhythm]
    month = since.year * 12 + since.month - 1
    month += (every - 1 - month % every) % every
    while (day := last_day(month // 12, month % 12 + 1)) <= until:
        if day > since:
            yield day
        month += every
