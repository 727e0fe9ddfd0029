"""The listed rows as a file: exactly those, in their order."""

from collections.abc import Sequence

from petitions.core.errors import NotFound
from petitions.core.spreadsheets import CSV_MEDIA, XLSX_MEDIA, Cell, csv_of, xlsx
from petitions.core.words import Message, say
from petitions.search.documents import BODY
from petitions.search.finding import Row

XLSX, CSV = "xlsx", "csv"
KINDS = (XLSX, CSV)
COLUMNS: tuple[tuple[Message, int], ...] = (
    (say("Mã"), 16),
    (say("Mã ngoài"), 14),
    (say("Ngày tiếp nhận"), 14),
    (say("Trạng thái"), 18),
    (say("Đơn vị bầu cử"), 18),
    (say("Địa bàn"), 30),
    (say("Tóm tắt"), 50),
    (say("Nội dung kiến nghị"), 80),
)


def file_of(kind: str, rows: Sequence[Row]) -> tuple[str, bytes]:
    """Media type and bytes of the rows in their order; NotFound for another kind of file."""
    if kind not in KINDS:
        raise NotFound(say("Chỉ tải được tệp XLSX hoặc CSV."))
    cells = [_cells(row) for row in rows]
    if kind == XLSX:
        return XLSX_MEDIA, xlsx(str(say("Kết quả tìm")), [(str(name), width) for name, width in COLUMNS], cells)
    return CSV_MEDIA, csv_of([str(name) for name, _ in COLUMNS], cells)


def _cells(row: Row) -> tuple[Cell, ...]:
    caption = row.caption
    return (
        caption.code or "",
        caption.external_id or "",
        caption.received_on or "",
        str(caption.state_label),
        caption.constituency_label,
        caption.place,
        caption.title,
        caption.texts.get(BODY, ""),
    )
