"""A DOCX as plain data for a page: what is written where, how it stands, which tables there are. The very bytes that leave are read, not the fields
anew, so that a template the office edited is shown as it will be printed. Pictures and what floats are left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

ALIGNED = {WD_ALIGN_PARAGRAPH.CENTER: "doc-centre", WD_ALIGN_PARAGRAPH.RIGHT: "doc-right", WD_ALIGN_PARAGRAPH.JUSTIFY: "doc-both"}
SIZES = (10, 11, 12, 13, 14, 16)
PLAIN_SIZE = 14


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one hand. `look`: classes for bold, italic, size."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `look`: classes for how it stands; `rule`: it is a line drawn across."""

    words: tuple[Words, ...]
    look: str
    rule: bool = False
    kind: str = "line"


@dataclass(slots=True)
class Cell:
    """A cell of a table, as wide and high as it is merged."""

    blocks: list["Line | Grid"]
    across: int
    down: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `ruled`: with lines; `heads`: how many rows stand again on every page; `shares`: its columns' widths, in hundredths."""

    rows: tuple[tuple[Cell, ...], ...]
    ruled: bool
    heads: int
    shares: tuple[int, ...] = ()
    kind: str = "grid"


@dataclass(slots=True)
class Sheet:
    """A section: upright or lying."""

    lying: bool
    blocks: list["Line | Grid"] = field(default_factory=list)


def sheets(content: bytes) -> list[Sheet]:
    """The sections of a DOCX with what is written on them."""
    document = Document(BytesIO(content))
    sections = [
        section.page_width is not None and section.page_height is not None and section.page_width > section.page_height for section in document.sections
    ]
    made = [Sheet(sections[0])]
    for element in document.element.body:
        if element.tag == qn("w:p"):
            made[-1].blocks.append(_line(Paragraph(element, document)))
            ends = element.pPr is not None and element.pPr.find(qn("w:sectPr")) is not None
            if ends and len(made) < len(sections):
                made.append(Sheet(sections[len(made)]))
        elif element.tag == qn("w:tbl"):
            made[-1].blocks.append(_grid(Table(element, document)))
    return made


def _line(paragraph: Paragraph) -> Line:
    properties = paragraph._p.pPr
    rule = properties is not None and properties.find(qn("w:pBdr")) is not None and not paragraph.text.strip()
    form = paragraph.paragraph_format
    look = [ALIGNED.get(form.alignment, "") if form.alignment is not None else ""]
    if form.first_line_indent and form.first_line_indent > 0:
        look.append("doc-first")
    if form.left_indent and form.left_indent > Pt(40) and not rule:
        look.append("doc-in")
    if form.space_before and form.space_before > Pt(9):
        look.append("doc-apart")
    words = tuple(_words(run) for run in paragraph.runs if run.text)
    return Line(words, " ".join(one for one in look if one), rule)


def _words(run: Run) -> Words:
    look = [name for name, on in (("doc-b", run.bold), ("doc-i", run.italic)) if on]
    size = run.font.size
    points = round(Length(size).pt) if size else PLAIN_SIZE
    look.append(f"doc-{min(SIZES, key=lambda one: abs(one - points))}")
    return Words(run.text, " ".join(look))


def _grid(table: Table) -> Grid:
    ruled = table._tbl.tblPr.find(qn("w:tblStyle")) is not None and table.style is not None and table.style.name == "Table Grid"
    ruled = ruled or table._tbl.tblPr.find(qn("w:tblBorders")) is not None
    above: dict[int, Cell] = {}
    rows: list[tuple[Cell, ...]] = []
    heads = 0
    for row in table._tbl.tr_lst:
        cells, place = [], 0
        for tc in row.tc_lst:
            across = tc.grid_span
            if tc.vMerge == "continue" and place in above:
                above[place].down += 1
            else:
                above[place] = Cell(list(_blocks(tc, table)), across)
                cells.append(above[place])
            place += across
        properties = row.trPr
        if properties is not None and properties.find(qn("w:tblHeader")) is not None and heads == len(rows):
            heads += 1
        rows.append(tuple(cells))
    return Grid(tuple(rows), ruled, heads, _shares(table))


def _shares(table: Table) -> tuple[int, ...]:
    widths = [int(column.w or 0) for column in table._tbl.tblGrid.gridCol_lst]
    return tuple(round(100 * width / sum(widths)) for width in widths) if all(widths) else ()


def _blocks(tc: Any, table: Table) -> Iterator["Line | Grid"]:
    for element in tc:
        if element.tag == qn("w:p"):
            yield _line(Paragraph(element, table))
        elif element.tag == qn("w:tbl"):
            yield _grid(Table(element, table))
