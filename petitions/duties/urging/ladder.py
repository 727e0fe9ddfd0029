"""The ladder: which rung is due on an item today, and whether a letter may be proposed for it. Pure.

A rung is reached so many working days before or after the day that runs. Proposed is the highest rung reached; lower ones are skipped, whatever
the number of days on which nobody looked. What was issued, or withdrawn with a reason, is never proposed again for the same day (domain 3.5).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from petitions.core.words import Message, say
from petitions.workdays.calendar import Calendar, Name

ONE = timedelta(days=1)
NOTICE, LETTER, LISTED = "notice", "letter", "list"
FORMS: Mapping[str, Message] = {
    NOTICE: say("Nhắc trong phần mềm"),
    LETTER: say("Công văn"),
    LISTED: say("Danh sách đề nghị"),
}
HANDLER, HEAD, VICE_CHAIR, CHAIR, SESSION, COUNCIL = "handler", "head", "vice_chair", "chair", "session", "council"
RANKS: Mapping[str, Message] = {
    HANDLER: say("Đơn vị, cán bộ được giao việc"),
    HEAD: say("Thủ trưởng cơ quan"),
    VICE_CHAIR: say("Phó Chủ tịch UBND Thành phố phụ trách"),
    CHAIR: say("Chủ tịch UBND Thành phố"),
    SESSION: say("Phiên họp Thường trực HĐND"),
    COUNCIL: say("Kỳ họp HĐND"),
}
ABOVE = frozenset({VICE_CHAIR, CHAIR})  # the letter goes to those who stand over the agency
OFFICE, STANDING, PRESIDING = "office", "standing", "chair"
AUTHORITIES: Mapping[str, Message] = {
    OFFICE: say("TL. Thường trực HĐND (Văn phòng)"),
    STANDING: say("TM. Thường trực HĐND"),
    PRESIDING: say("Chủ tịch HĐND"),
}
DRAFTED, ISSUED, WITHDRAWN = "drafted", "issued", "withdrawn"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step, as it stands from a day to a day. `offset`: working days after the day that runs, before it when negative. `interval`: working days
    that pass since the last letter. `after_letters`: how many letters must have stayed without an answer first (lists). `applies_from`: only what
    fell overdue on or after this day; for the rest it is offered switched off."""

    id: int
    code: str
    subject_kind: str
    level: int
    name: Name
    form: str
    offset: int
    rank: str
    authority: str
    interval: int = 0
    after_letters: int = 0
    letter_kind: str = "urging"
    valid_from: date | None = None
    valid_to: date | None = None
    applies_from: date | None = None
    basis: str = ""
    confirmed: bool = False

    def in_force(self, day: date) -> bool:
        """Whether it was in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done at a rung on an item: `done` drafted (still open), issued or withdrawn; `on` the day that counts for it (of an issued letter the
    day on which it leaves); `due_on` the day that ran then; `form` of the rung."""

    level: int
    done: str
    on: date
    due_on: date
    form: str = LETTER


@dataclass(frozen=True, slots=True)
class Item:
    """An item as the ladder sees it: the day that runs (None: none does), and whether the next word is the supervising side's."""

    due: date | None
    waits: bool = False
    acts: Sequence[Act] = ()


class Ladder:
    """The rungs of one kind of subject that are in force on one day, asked for many items: what a day reaches is worked out once."""

    def __init__(self, rungs: Iterable[Rung], calendar: Calendar, today: date) -> None:
        self.calendar, self.today = calendar, today
        self.rungs = tuple(sorted((one for one in rungs if one.in_force(today)), key=lambda one: one.level))
        self._reached: dict[date, Rung | None] = {}

    def reached(self, due: date) -> Rung | None:
        """The highest rung with a notice or a letter that an item due on `due` has reached. A reminder is none any more once the day has passed."""
        if due not in self._reached:
            sent = [one for one in self.rungs if one.form != LISTED and reached(one, due, self.today, self.calendar)]
            self._reached[due] = max(sent, key=lambda one: one.level, default=None)
        return self._reached[due]

    def proposed(self, item: Item) -> Rung | None:
        """The rung for which a draft is to be made now; None when there is nothing to propose, or when it would be one too many."""
        if item.due is None or item.waits:
            return None
        rung = self.reached(item.due)
        if rung is None or rung.level <= highest(item.acts, item.due):
            return None
        return None if self.too_soon(rung, item.acts) else rung

    def too_soon(self, rung: Rung, acts: Iterable[Act]) -> bool:
        """Whether something was issued so lately (or, by a clock that jumped back, after today) that this rung has to wait."""
        last = max((act.on for act in acts if act.done == ISSUED and (rung.form == NOTICE or act.form == LETTER)), default=None)
        if last is None:
            return False
        return last > self.today or self.calendar.between(last, self.today) < rung.interval

    def horizon(self) -> date | None:
        """The latest day that any of these rungs reaches today: items due after it need not be looked at."""
        sent = [one.offset for one in self.rungs if one.form != LISTED]
        if not sent:
            return None
        first = min(sent)
        return self.calendar.add(self.today, -first + 1) if first < 0 else self.today - ONE


def reached(rung: Rung, due: date, today: date, calendar: Calendar) -> bool:
    """Whether `rung` is reached on `today` by what is due on `due`."""
    if rung.offset < 0:
        return today <= due and calendar.add(due, rung.offset) <= today
    return due < today and due < late_before(rung.offset, today, calendar)


def late_before(offset: int, today: date, calendar: Calendar) -> date:
    """What was due before this day is late by at least `offset` working days today."""
    return calendar.back(today + ONE, offset) if offset > 0 else today


def counts(act: Act, due: date) -> bool:
    """Whether an act belongs to the day that runs now: it was made for it, or after it had passed. An earlier day's letters do not count once an
    extension or a new question has set a new day."""
    return act.due_on == due or act.on > due


def highest(acts: Iterable[Act], due: date) -> int:
    """The highest level that was drafted, issued or withdrawn for the day that runs; 0 when none."""
    return max((act.level for act in acts if counts(act, due)), default=0)


def unanswered(acts: Iterable[Act], due: date) -> int:
    """How many letters of urging for this day stayed without an answer."""
    return sum(act.done == ISSUED and act.form == LETTER and counts(act, due) for act in acts)


def switched_off(rung: Rung, due: date) -> bool:
    """Whether the law of this rung was not in force yet when the item fell overdue: it is offered switched off, for want of a legal opinion."""
    return rung.applies_from is not None and due + ONE < rung.applies_from
