"""The lines of a letter that urges, read once for preview, page and issue."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from petitions.core.dates import format_day
from petitions.duties import subjects
from petitions.duties.urging.models import Urging
from petitions.duties.urging.queries import reading
from petitions.duties.urging.wording import Line
from petitions.workdays.calendar import Calendar


def lines_of(session: Session, urging: Urging, calendar: Calendar, today: date) -> list[Line]:
    """What lies in the urging, in words, as of `today`."""
    rows = reading.item_rows(session, urging.id)
    captions = subjects.captions(session, [(row.subject_kind, row.subject_id) for row in rows])
    before = reading.urged_before(session, [row.duty_id for row in rows])
    return [_line(row, captions[row.subject_kind, row.subject_id], before.get(row.duty_id, ()), calendar, today) for row in rows]


def _line(row: reading.ItemRow, caption: subjects.Caption, urged: Sequence[tuple[str, date]], calendar: Calendar, today: date) -> Line:
    due = row.next_due or row.due_on
    return Line(
        row.duty_id,
        row.subject_kind,
        caption.code,
        caption.text,
        caption.place,
        f"{row.letter}/{row.symbol}" if row.letter and row.symbol else row.letter or "",
        row.letter_on,
        due,
        calendar.between(due, today) if due < today else 0,
        row.round,
        [f"{number} ngày {format_day(day)}" for number, day in urged],
        origin=caption.origin,
        clause=caption.clause,
    )
