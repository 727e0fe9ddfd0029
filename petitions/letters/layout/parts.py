"""The parts of a letter in their places: paper, head, to whom, what it says, copies beside the signature, annex (decree 30/2020, annex I, II and III)."""

from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from petitions.letters.layout import measures as m
from petitions.letters.layout.ink import (
    BOTH,
    CENTRE,
    LEFT,
    Hand,
    bare_table,
    body,
    drop_first,
    first,
    heading,
    line,
    page_number,
    rule,
    ruled_table,
    tag,
    whole,
    write,
)

HEAD = (68.0, 97.0)  # millimetres: who sends | the nation's name
FOOT = (73.0, 92.0)  # copies | signature
WIDE = (110.0, 142.0)  # the head over an annex
BASIS = "{{ basis }}."  # legal grounds stand in italics
ROOM = 4  # empty lines for signature and stamp


def paper(title: str) -> Any:
    """An empty letter: A4 upright, margins, page number in the middle of the top margin but not on page 1."""
    document = Document()
    document.core_properties.title, document.core_properties.author, document.core_properties.comments = title, "", ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = m.FONT, Pt(m.BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), m.FONT)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(tongue)
    normal.paragraph_format.space_after = Pt(0)
    _margins(document.sections[0], *m.PAPER)
    _numbered(document.sections[0])
    return document


def _margins(section: Any, width: float, height: float) -> None:
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(m.TOP), Mm(m.BOTTOM), Mm(m.LEFT), Mm(m.RIGHT)
    section.header_distance = section.footer_distance = Mm(m.HEADER)


def _numbered(section: Any) -> None:
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    page_number(paragraph, Hand(m.PAGE_NUMBER))


def nation(cell: Any) -> None:
    """Quốc hiệu and tiêu ngữ with the line as long as the motto."""
    line(cell, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Hand(m.NATION, bold=True), align=CENTRE)
    line(cell, "Độc lập - Tự do - Hạnh phúc", Hand(m.MOTTO, bold=True), align=CENTRE)
    width = cell.width.mm
    rule(cell, indent=(width - 60) / 2)
    drop_first(cell)


def issuer(cell: Any) -> None:
    """The body above, upright; the body that issues, bold, with a line of a third to a half of it."""
    tag(cell, "{%p for line in parent %}")
    line(cell, "{{ line }}", Hand(m.PARENT), align=CENTRE)
    tag(cell, "{%p endfor %}")
    tag(cell, "{%p for line in issuer %}")
    line(cell, "{{ line }}", Hand(m.ISSUER, bold=True), align=CENTRE)
    tag(cell, "{%p endfor %}")
    rule(cell, indent=(cell.width.mm - 24) / 2)
    drop_first(cell)


def head(document: Any) -> None:
    """Who sends and the nation's name; below: number and subject, place and day."""
    table = bare_table(document, HEAD, rows=2)
    issuer(table.cell(0, 0))
    nation(table.cell(0, 1))
    left, right = table.cell(1, 0), table.cell(1, 1)
    line(left, "Số: {{ number }}/{{ symbol }}", Hand(m.NUMBER), align=CENTRE, before=4)
    line(left, "V/v {{ subject_line }}", Hand(m.SUBJECT_LINE), align=CENTRE, before=2)
    drop_first(left)
    line(right, "{{ place }}, {{ day }}", Hand(m.PLACE, italic=True), align=CENTRE, before=4)
    drop_first(right)


def addressee(document: Any) -> None:
    """Kính gửi: one on the same line, several below one another with a dash before each."""
    hand = Hand(m.BODY)
    tag(document, "{%p if addressee | length == 1 %}")
    line(document, "Kính gửi: {{ addressee[0] }}", hand, align=CENTRE, before=18, after=12)
    tag(document, "{%p else %}")
    line(document, "Kính gửi:", hand, before=18).paragraph_format.left_indent = Mm(38)
    tag(document, "{%p for line in addressee %}")
    line(document, "- {{ line }}{% if loop.last %}.{% else %};{% endif %}", hand, before=3).paragraph_format.left_indent = Mm(58)
    tag(document, "{%p endfor %}")
    line(document, "", Hand(6))
    tag(document, "{%p endif %}")


def says(document: Any, paragraphs: tuple[str, ...]) -> None:
    """The letter's text. A paragraph that begins with {%p is a tag."""
    for text in paragraphs:
        if text.startswith("{%p"):
            tag(document, text)
        else:
            body(document, text, Hand(m.BODY, italic=text == BASIS))


def foot(document: Any) -> None:
    """Copies on the left; quality, room for signature and stamp, and name on the right."""
    line(document, "", Hand(6), close=True)
    table = bare_table(document, FOOT)
    left, right = table.cell(0, 0), table.cell(0, 1)
    line(left, "Nơi nhận:", Hand(m.COPIES_HEAD, bold=True, italic=True))
    tag(left, "{%p for line in copies %}")
    line(left, "- {{ line }}{% if loop.last %}.{% else %};{% endif %}", Hand(m.COPIES))
    tag(left, "{%p endfor %}")
    drop_first(left)
    tag(right, "{%p for line in signing %}")
    line(right, "{{ line }}", Hand(m.SIGNING, bold=True), align=CENTRE, close=True)
    tag(right, "{%p endfor %}")
    for _ in range(ROOM):
        line(right, " ", Hand(m.SIGNING), align=CENTRE, close=True)
    line(right, "{{ signatory }}", Hand(m.SIGNATORY, bold=True), align=CENTRE)
    drop_first(right)


def annex(document: Any, columns: tuple[m.Column, ...], *, totals: bool) -> None:
    """The annex on a page of its own, lying, with its own page numbers; its head repeats on every page."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    _margins(section, *reversed(m.PAPER))
    _numbered(section)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)
    over = bare_table(document, WIDE)
    issuer(over.cell(0, 0))
    nation(over.cell(0, 1))
    line(document, "Phụ lục{{ annex_mark }}", Hand(m.ANNEX, bold=True), align=CENTRE, before=10)
    line(document, "{{ annex_title }}", Hand(m.ANNEX_TITLE, bold=True), align=CENTRE)
    line(document, "{{ reference }}", Hand(m.REFERENCE, italic=True), align=CENTRE, after=8)
    _rows(document, columns, totals=totals)


def _rows(document: Any, columns: tuple[m.Column, ...], *, totals: bool) -> None:
    table = ruled_table(document, tuple(column.width for column in columns), rows=4 + (2 if any(c.over for c in columns) else 1) - 1 + (1 if totals else 0))
    rows = iter(table.rows)
    heads = _heads(table, rows, columns)
    write(first(next(rows).cells[0]), "{%tr for row in rows %}", Hand(m.TABLE))
    line_row = next(rows)
    whole(line_row)
    for cell, column in zip(line_row.cells, columns, strict=True):
        paragraph = first(cell)
        paragraph.alignment = CENTRE if column.centred else LEFT if column.width < 50 else BOTH
        write(paragraph, f"{{{{ row.{column.field} }}}}", Hand(m.TABLE))
    write(first(next(rows).cells[0]), "{%tr endfor %}", Hand(m.TABLE))
    if totals:
        _totals(next(rows), columns)
    for row in heads:
        heading(row)


def _heads(table: Any, rows: Any, columns: tuple[m.Column, ...]) -> list[Any]:
    """The heading: one row, or two where columns share a heading."""
    above = next(rows)
    if not any(column.over for column in columns):
        for cell, column in zip(above.cells, columns, strict=True):
            _title(cell, column.title)
        return [above]
    below = next(rows)
    shared = [place for place, column in enumerate(columns) if column.over]
    for place, column in enumerate(columns):
        if column.over:
            _title(table.cell(1, place), column.title)
        else:
            _title(table.cell(0, place).merge(table.cell(1, place)), column.title)
    _title(table.cell(0, shared[0]).merge(table.cell(0, shared[-1])), columns[shared[0]].over)
    return [above, below]


def _title(cell: Any, text: str) -> None:
    for paragraph in cell.paragraphs[1:]:
        cell._tc.remove(paragraph._p)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = first(cell)
    paragraph.alignment = CENTRE
    write(paragraph, text, Hand(m.TABLE, bold=True))


def _totals(row: Any, columns: tuple[m.Column, ...]) -> None:
    """The last line: how many in all, and in each of the shared columns."""
    whole(row)
    shared = [place for place, column in enumerate(columns) if column.over]
    last = shared[0] - 1 if shared else len(columns) - 1
    cells = list(row.cells)
    label = cells[0].merge(cells[last])
    _title(label, "Tổng số: {{ count }}")
    for place in shared:
        _title(cells[place], f"{{{{ totals.{columns[place].field} }}}}")
