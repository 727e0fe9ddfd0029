"""From what a person asks to the lines of a change: both halves of a swap go in and come out together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from petitions.core.dates import format_day
from petitions.workdays.calendar import OFF, ONE, SWAP, WORKED, Calendar
from petitions.workdays.changing import ADD, WITHDRAW, Edit


def marking(calendar: Calendar, form: Mapping[str, Any]) -> list[Edit]:
    """The lines that a filled schemas.DayForm means."""
    first, last, other = form["day"], form["last"] or form["day"], form["for_day"]
    edits, day = _replaced(calendar, first, other) if form["replaces"] else [], first
    gone = {edit.day for edit in edits}
    while day <= last:
        edits.append(
            Edit(
                ADD,
                day,
                form["kind"],
                form["cause"],
                form["name_vi"],
                form["name_en"],
                other,
                basis=form["basis"],
                source=form["source"],
                confirmed=form["confirmed"],
            )
        )
        day += ONE
    if form["cause"] == SWAP and other and (other in gone or other not in calendar.marks):
        edits.append(other_half(edits[-1], other))
    return edits


def withdrawing(calendar: Calendar, day: date) -> list[Edit]:
    """The lines that take `day` out: with it the other half of its swap, or the days off in lieu of it."""
    mark = calendar.marks.get(day)
    together = {day, *(other.day for other in calendar.marks.values() if other.for_day == day)}
    if mark and mark.reason == SWAP and mark.for_day and mark.for_day in calendar.marks:
        together.add(mark.for_day)
    return [Edit(WITHDRAW, one) for one in sorted(together)]


def _replaced(calendar: Calendar, day: date, other: date | None) -> list[Edit]:
    """The row that is corrected; the old other half too when the swap is now with another day."""
    mark = calendar.marks.get(day)
    if mark is None:
        return []
    torn = mark.reason == SWAP and mark.for_day != other and mark.for_day in calendar.marks
    return [Edit(WITHDRAW, day), *([Edit(WITHDRAW, mark.for_day)] if torn and mark.for_day else [])]


def other_half(edit: Edit, day: date) -> Edit:
    """The line that completes a swap: `day` worked for a day off, or off for a Saturday worked."""
    shown = format_day(edit.day)
    if edit.kind == OFF:
        kind, vi, en = WORKED, f"Làm bù cho ngày {shown}", f"Worked in place of {shown}"
    else:
        kind, vi, en = OFF, f"Nghỉ hoán đổi với ngày {shown}", f"Day off swapped with {shown}"
    return Edit(ADD, day, kind, SWAP, vi, en, edit.day, edit.basis, edit.source, edit.confirmed)
