"""A year of a register as a spreadsheet, in the ten columns of the book of outgoing letters (decree 30/2020). Who keeps the copy, how many
were made and who received them are left to the pen."""

from collections.abc import Mapping, Sequence
from datetime import date

from petitions.core.spreadsheets import xlsx
from petitions.core.words import Message, say
from petitions.letters.models import LetterEntry

COLUMNS: tuple[tuple[Message, int], ...] = (
    (say("Số, ký hiệu"), 16),
    (say("Ngày văn bản"), 14),
    (say("Tên loại và trích yếu"), 60),
    (say("Người ký"), 26),
    (say("Nơi nhận"), 36),
    (say("Đơn vị, người nhận bản lưu"), 18),
    (say("Số lượng bản"), 10),
    (say("Ngày chuyển"), 14),
    (say("Ký nhận"), 14),
    (say("Ghi chú"), 18),
)


def register(rows: Sequence[LetterEntry], states: Mapping[int, Message], left: Mapping[int, date]) -> bytes:
    """The rows in their order; by entry `states`, and `left`: the day on which the letter left."""
    cells = [
        (row.full_number, row.dated_on, row.subject_line, row.signatory, row.addressee, None, None, left.get(row.id), None, str(states[row.id])) for row in rows
    ]
    return xlsx(str(say("Sổ văn bản đi")), [(str(name), width) for name, width in COLUMNS], cells)
