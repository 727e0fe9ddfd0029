"""A change of the calendar before it is made: what it would add and withdraw, what contradicts, and the calendar as it would be. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from petitions.core.dates import format_day
from petitions.core.words import Message, say
from petitions.workdays.calendar import COMPENSATORY, FIXED, OFF, SWAP, WORKED, Calendar, Mark, Name

ADD, WITHDRAW = "add", "withdraw"


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of a change: a day to mark, or a marked day to withdraw (then only `day` says something)."""

    act: str
    day: date
    kind: str = OFF
    reason: str = FIXED
    name_vi: str = ""
    name_en: str = ""
    for_day: date | None = None
    basis: str = ""
    source: str = ""
    confirmed: bool = True

    @property
    def mark(self) -> Mark:
        """The marked day it would make."""
        return Mark(self.day, self.kind, self.reason, Name(self.name_vi, self.name_en), self.for_day, self.basis, self.source, self.confirmed)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be taken, and why."""

    edit: Edit
    message: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """What of a change can be made (`good`), is there already (`same`), or contradicts (`wrong`); `after` is the calendar with the good ones."""

    good: tuple[Edit, ...]
    same: tuple[Edit, ...]
    wrong: tuple[Wrong, ...]
    after: Calendar


def examine(calendar: Calendar, edits: Sequence[Edit]) -> Proposal:
    """Sort `edits` against `calendar`. Lines that contradict another are named with it; the others may go in without them."""
    marks, good, same, wrong = dict(calendar.marks), list[Edit](), list[Edit](), list[Wrong]()
    for edit in sorted(edits, key=lambda one: (one.act != WITHDRAW, one.day)):
        if edit.act == WITHDRAW:
            gone = marks.pop(edit.day, None)
            if gone is None:
                wrong.append(Wrong(edit, say("Ngày {day} không có trong lịch để rút.", day=format_day(edit.day))))
            else:
                good.append(edit)
            continue
        standing = marks.get(edit.day)
        if standing is not None and alike(standing, edit.mark):
            same.append(edit)
        elif standing is not None:
            wrong.append(Wrong(edit, _taken(standing, edit)))
        elif complaint := _out_of_place(calendar, edit):
            wrong.append(Wrong(edit, complaint))
        else:
            marks[edit.day] = edit.mark
            good.append(edit)
    while torn := _torn(calendar, good):
        wrong += torn
        good = [edit for edit in good if edit not in {one.edit for one in torn}]
    return Proposal(tuple(good), tuple(same), tuple(wrong), calendar.with_marks(_after(calendar, good).values()))


def alike(a: Mark, b: Mark) -> bool:
    """Whether two marks say the same of a day: kind and name; a day without a name of its own agrees with any."""
    return a.kind == b.kind and (a.name.vi.casefold() == b.name.vi.casefold() or not b.name.vi)


def _after(calendar: Calendar, good: Iterable[Edit]) -> dict[date, Mark]:
    marks = dict(calendar.marks)
    for edit in good:
        if edit.act == WITHDRAW:
            del marks[edit.day]
        else:
            marks[edit.day] = edit.mark
    return marks


def _taken(standing: Mark, edit: Edit) -> Message:
    day = format_day(edit.day)
    if standing.kind == edit.kind:
        return say("Ngày {day} đã có trong lịch với tên «{name}». Muốn sửa thì mở ngày đó rồi chọn Sửa.", day=day, name=standing.name)
    if edit.kind == WORKED:
        return say("Ngày {day} đang là ngày nghỉ «{name}» nên không thể là ngày làm bù. Rút ngày nghỉ trước.", day=day, name=standing.name)
    return say("Ngày {day} đang là ngày làm việc «{name}» nên không thể là ngày nghỉ. Rút ngày làm bù trước.", day=day, name=standing.name)


def _out_of_place(calendar: Calendar, edit: Edit) -> Message | None:
    """A worked day must be a day of rest by its weekday; a day given in lieu or swapped must not be one."""
    day = format_day(edit.day)
    if edit.kind == WORKED and not calendar.rests(edit.day):
        return say("Ngày {day} vốn là ngày làm việc, không cần làm bù.", day=day)
    if edit.kind == OFF and edit.reason in (COMPENSATORY, SWAP) and calendar.rests(edit.day):
        return say("Ngày {day} vốn là ngày nghỉ cuối tuần, không thể là ngày nghỉ bù hay hoán đổi.", day=day)
    return None


def _torn(calendar: Calendar, good: Sequence[Edit]) -> list[Wrong]:
    """Lines that would leave half a swap, or a day in lieu of nothing."""
    marks, touched = _after(calendar, good), {edit.day for edit in good}
    by_day = {edit.day: edit for edit in good if edit.act == ADD} | {edit.day: edit for edit in good if edit.act == WITHDRAW and edit.day not in marks}
    torn = []
    for mark in marks.values():
        if mark.for_day is None or not touched & {mark.day, mark.for_day}:
            continue
        other = marks.get(mark.for_day)
        wanted = WORKED if mark.off and mark.reason == SWAP else OFF
        if other is None or other.kind != wanted:
            blamed = by_day.get(mark.day) or by_day.get(mark.for_day)
            if blamed:
                torn.append(Wrong(blamed, _half(mark, wanted)))
    return torn


def _half(mark: Mark, wanted: str) -> Message:
    day, other = format_day(mark.day), format_day(mark.for_day) if mark.for_day else ""
    if wanted == WORKED:
        return say("Ngày {day} nghỉ để đổi lấy ngày làm bù {other}, nhưng {other} không phải ngày làm bù.", day=day, other=other)
    if mark.off:
        return say("Ngày {day} nghỉ bù cho {other}, nhưng {other} không phải ngày nghỉ lễ.", day=day, other=other)
    return say("Ngày {day} làm bù cho {other}, nhưng {other} không phải ngày nghỉ.", day=day, other=other)
