"""Rows of duties in words, for inbox, queues, board and letters: what is asked, by which letter, who holds it, how it stands. Pure but for captions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from petitions.core.words import Message, say
from petitions.duties import showing, subjects
from petitions.duties.panel import PARTS, Desk
from petitions.duties.queries.inbox import Row
from petitions.duties.subjects import Caption
from petitions.duties.workflow import STATES

UNKNOWN = Caption("", "", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the duty, what it is about, and its one chip."""

    row: Row
    caption: Caption
    agency: str
    part: Message
    state: Message
    tone: str
    chip: Message
    chip_tone: str
    asks: Message
    question: str

    @property
    def url(self) -> str:
        """Where its story is told: the subject's own page where duties about it are settled there, else the duty's."""
        own = self.caption.url if subjects.elsewhere(self.row.subject_kind) else ""
        return own or f"/duties/{self.row.id}"

    @property
    def letter(self) -> str:
        """The letter's number."""
        return self.row.full_number


ASKS: Mapping[str, Message] = {
    "sent": say("Xác nhận đã nhận và trả lời"),
    "acknowledged": say("Trả lời"),
    "return_asked": say("Chờ quyết định trả lại; hạn vẫn tính"),
    "reasked": say("Trả lời lại"),
    "in_progress": say("Giải quyết như đã hẹn"),
    "answered": say("Chờ cơ quan phối hợp"),
    "under_review": say("Chờ Văn phòng đánh giá"),
    "countersigned": say("Đã ký phối hợp"),
    "returned": say("Chờ chuyển nơi khác"),
    "explained": say("Chờ đóng"),
    "resolved": say("Chờ đóng"),
}
COUNTERSIGN = say("Ký phối hợp với cơ quan chủ trì")


def lines(session: Session, rows: Sequence[Row], desk: Desk, questions: Mapping[int, str] | None = None) -> list[Line]:
    """The rows in words; captions come from the rooms that own the subjects."""
    captions = subjects.captions(session, [(row.subject_kind, row.subject_id) for row in rows])
    return [_line(row, captions.get((row.subject_kind, row.subject_id), UNKNOWN), desk, (questions or {}).get(row.id, "")) for row in rows]


def _line(row: Row, caption: Caption, desk: Desk, question: str) -> Line:
    chip, tone = showing.main_chip(row, desk.calendar, desk.at)
    asks = COUNTERSIGN if row.part == "with" and row.state in ("sent", "acknowledged") else ASKS.get(row.state, STATES[row.state])
    return Line(row, caption, desk.names.get(row.agency_id, ""), PARTS[row.part], STATES[row.state], showing.tone(row.state), chip, tone, asks, question)
