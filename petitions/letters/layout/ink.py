"""Putting words on paper: paragraphs, bare tables, lines, page numbers. The few things of python-docx that every part of a letter needs."""

from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from petitions.letters.layout.measures import BETWEEN, FONT, INDENT, LINES

CENTRE, LEFT, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class Hand:
    """How words are written: points, bold, italic."""

    size: float
    bold: bool = False
    italic: bool = False


def write(paragraph: Any, text: str, hand: Hand) -> Any:
    """Add `text` to the paragraph in that hand, in the one typeface, black."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(hand.size), hand.bold, hand.italic
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    return run


def line(place: Any, text: str, hand: Hand, *, align: Any = LEFT, after: float = 0, before: float = 0, close: bool = False) -> Any:
    """One paragraph of its own at the end of `place` (a document or a cell); `close`: it stays with the next one."""
    paragraph = place.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment, form.space_before, form.space_after, form.line_spacing, form.keep_with_next = align, Pt(before), Pt(after), 1.0, close
    if text:
        write(paragraph, text, hand)
    return paragraph


def body(place: Any, text: str, hand: Hand) -> Any:
    """A paragraph of the letter's text: first line moved in, both edges even."""
    paragraph = line(place, text, hand, align=BOTH, before=BETWEEN / 2, after=BETWEEN)
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.line_spacing = Mm(INDENT), LINES
    return paragraph


def tag(place: Any, text: str) -> Any:
    """A paragraph that holds nothing but a tag ({%p … %}) and is gone once rendered."""
    return line(place, text, Hand(2))


def rule(place: Any, *, indent: float) -> Any:
    """The line under a heading: a paragraph's upper border, moved in from both sides by `indent` millimetres."""
    paragraph = line(place, "", Hand(2), before=3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    paragraph.paragraph_format.line_spacing = Pt(4)
    edges = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    edges.append(top)
    paragraph._element.get_or_add_pPr().insert_element_before(edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
    return paragraph


def bare_table(place: Any, widths: tuple[float, ...], rows: int = 1) -> Any:
    """A table without lines, its cells without margins, for standing things side by side; widths in millimetres."""
    table = place.add_table(rows=rows, cols=len(widths))
    _fix(table, widths)
    _cell_margins(table, 0)
    for row in table.rows:
        whole(row)
    return table


def ruled_table(place: Any, widths: tuple[float, ...], rows: int) -> Any:
    """A table with lines around each cell; widths in millimetres."""
    table = place.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    _fix(table, widths)
    _cell_margins(table, 57)  # a millimetre
    return table


def _cell_margins(table: Any, twips: int) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _fix(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def whole(row: Any) -> None:
    """The row is never broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def heading(row: Any) -> None:
    """The row stands again at the head of every page."""
    whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def first(cell: Any) -> Any:
    """The paragraph that a cell begins with, emptied of its space."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.0
    return paragraph


def drop_first(cell: Any) -> None:
    """Take away the empty paragraph that a new cell begins with, once others stand in it."""
    cell._tc.remove(cell.paragraphs[0]._p)


def page_number(paragraph: Any, hand: Hand) -> None:
    """A field that shows the page's number."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = write(paragraph, "", hand)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._element.append(mark)
