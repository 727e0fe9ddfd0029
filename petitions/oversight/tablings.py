"""The list reported to the Council as a spreadsheet: one row an item, with what was urged by which letter when, answered, promised and missed."""

from collections.abc import Sequence
from datetime import date

from petitions.core.dates import format_day
from petitions.core.spreadsheets import xlsx
from petitions.core.words import Message, say
from petitions.duties.models.duty import Duty
from petitions.duties.subjects import Caption
from petitions.oversight import promises
from petitions.oversight.models.escalation import CouncilReport
from petitions.oversight.queries.evidence import Evidence, Promised

COLUMNS: tuple[tuple[Message, int], ...] = (
    (say("Mã"), 14),
    (say("Nội dung"), 60),
    (say("Cơ quan"), 30),
    (say("Hạn đang tính"), 14),
    (say("Số ngày quá hạn"), 12),
    (say("Công văn đã đôn đốc"), 34),
    (say("Đã trả lời tại"), 50),
    (say("Cam kết"), 40),
    (say("Số lần bị yêu cầu làm lại"), 12),
    (say("Ngày báo cáo HĐND"), 14),
    (say("Số báo cáo"), 16),
)
Row = tuple[Caption, str, Duty, Evidence, CouncilReport | None]


def promised(one: Promised) -> Message:
    """A promise and how it stands."""
    until = format_day(one.due_on) if one.due_on else "–"
    return say("{code}, hạn {until}: {verdict}", code=one.code, until=until, verdict=promises.WORDS[one.verdict])


def sheet(rows: Sequence[Row], today: date) -> bytes:
    """The rows in their order."""
    return xlsx(str(say("Báo cáo HĐND")), [(str(name), width) for name, width in COLUMNS], [_cells(*row, today) for row in rows])


def _cells(caption: Caption, agency: str, duty: Duty, found: Evidence, report: CouncilReport | None, today: date) -> Sequence[str | date | None]:
    late = (today - duty.next_due).days if duty.next_due is not None and duty.next_due < today else None
    letters = "\n".join(f"{number} ({format_day(day)})" for number, day in found.letters)
    answers = "\n".join(f"{format_day(one.on)}, {one.title}, {one.person}: {one.answer}" for one in found.answers if one.on is not None)
    every = [*([found.own] if found.own else []), *found.promised]
    told = "\n".join(str(promised(one)) for one in every)
    counted = str(late) if late is not None else None
    back = str(found.sent_back) if found.sent_back else None
    reported = (report.reported_on, report.number) if report is not None else (None, None)
    return (caption.code, caption.text, agency, duty.next_due, counted, letters, answers, told, back, *reported)
