"""Sizes and margins of decree 30/2020, annex I: the one place that names them. Pure."""

from dataclasses import dataclass

FONT = "Times New Roman"
PAPER = (210, 297)  # A4, millimetres
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # millimetres: top and bottom 20-25, left 30-35, right 15-20
HEADER = 10  # millimetres from the paper's edge to the page number, which stands in the top margin

# Points.
NATION, MOTTO, PARENT, ISSUER = 13, 14, 13, 13
NUMBER, SUBJECT_LINE, PLACE = 13, 12, 14
BODY, SIGNING, SIGNATORY = 14, 13, 14
COPIES_HEAD, COPIES = 12, 11
PAGE_NUMBER = 14
ANNEX, ANNEX_TITLE, REFERENCE, TABLE = 14, 14, 14, 12
INDENT = 12.7  # millimetres: first line, 10 to 12.7
BETWEEN = 6  # points between paragraphs, at least 6
LINES = 1.15  # 1 to 1.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an annex: what stands above it, the field of a row it shows, millimetres, and whether it is centred. `over`: a heading shared with
    its neighbours."""

    title: str
    field: str
    width: float
    centred: bool = False
    over: str = ""


# The annexes of domain 6.2, in the width of a landscape page (297 - 30 - 15 = 252 mm).
FIELDS = "Lĩnh vực"
ANNEXES: dict[str, tuple[Column, ...]] = {
    "fields": (
        Column("TT", "n", 9, centred=True),
        Column("Địa bàn", "place", 30),
        Column("Số kiến nghị", "code", 33, centred=True),
        Column("Nội dung kiến nghị", "text", 55),
        Column("Cơ chế, chính sách", "g1", 14, centred=True, over=FIELDS),
        Column("KT-NS", "g2", 15, centred=True, over=FIELDS),
        Column("VH-XH", "g3", 15, centred=True, over=FIELDS),
        Column("Tư pháp", "g4", 13, centred=True, over=FIELDS),
        Column("ANQP và khác", "g5", 16, centred=True, over=FIELDS),
        Column("{{ agency_title }}", "agency", 27),
        Column("{{ note_title }}", "note", 25),
    ),
    "late": (
        Column("TT", "n", 9, centred=True),
        Column("Số kiến nghị", "code", 33, centred=True),
        Column("Nội dung kiến nghị", "text", 81),
        Column("Văn bản đã chuyển", "sent", 31, centred=True),
        Column("Hạn trả lời", "due", 23, centred=True),
        Column("Chậm (ngày làm việc)", "late", 21, centred=True),
        Column("Đã đôn đốc", "urged", 33, centred=True),
        Column("Ghi chú", "note", 21),
    ),
    "candidates": (
        Column("TT", "n", 9, centred=True),
        Column("Số kiến nghị", "code", 33, centred=True),
        Column("Nội dung kiến nghị", "text", 75),
        Column("Cơ quan chịu trách nhiệm", "agency", 33),
        Column("Hạn trả lời", "due", 23, centred=True),
        Column("Chậm (ngày làm việc)", "late", 20, centred=True),
        Column("Đã đôn đốc", "urged", 32, centred=True),
        Column("Lý do đề nghị", "reason", 27),
    ),
}
