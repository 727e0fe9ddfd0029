"""A section of a DOCX as HTML for print: the paper's measures, what stands at the head and foot of pages, paragraphs and tables. Pure.

Each section becomes a document of its own: its pages are counted from where it says, and its first page may look otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from petitions.letters.printing import styles
from petitions.letters.printing.styles import Looks

STAND = "*{margin:0;padding:0}body{font-family:Tinos,'Liberation Serif','Times New Roman',serif}p{white-space:pre-line}"
TABLES = "table{border-collapse:collapse;table-layout:fixed;margin:0 auto}tr{break-inside:avoid}td,th{vertical-align:top;font-weight:400;text-align:left}"
RUNNING = ".head{position:running(head)}.first{position:running(first)}.foot{position:running(foot)}.last{position:running(last)}"
STROKE = re.compile(r"[^\W_]{1,12}(?:/[^\W_]{1,12})+")
WHOLE = ".whole{white-space:nowrap}"
NUMBER = ".page::after{content:counter(page)}"
UNKNOWN = ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "numPr", "ins", "del")  # that nothing here lays out


class NotPrinted(Exception):
    """The DOCX holds what would be lost on the way."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its HTML, and the number of its first page (None: it goes on)."""

    html: str
    starts: int | None


@dataclass(slots=True)
class _Cell:
    html: str
    across: int
    stands: str
    down: int = 1


@dataclass(slots=True)
class _Open:
    section: Section
    blocks: list[str] = field(default_factory=list)


def parts(content: bytes, letters: str) -> list[Part]:
    """The sections of a DOCX. `letters`: the style sheet that declares its typeface. Raises NotPrinted."""
    document = Document(BytesIO(content))
    body = document.element.body
    for name in UNKNOWN:
        if next(body.iter(qn(f"w:{name}")), None) is not None:
            raise NotPrinted(name)
    writer = _Writer(Looks(document))
    made = [_Open(document.sections[0])]
    for element in body:
        if element.tag == qn("w:sectPr"):
            continue
        made[-1].blocks.append(writer.block(element, document))
        ends = element.tag == qn("w:p") and element.pPr is not None and element.pPr.find(qn("w:sectPr")) is not None
        if ends and len(made) < len(document.sections):
            made.append(_Open(document.sections[len(made)]))
    title = escape(document.core_properties.title or "")
    return [Part(_page(one, writer, title, letters), _starts(one.section)) for one in made]


def _page(one: _Open, writer: "_Writer", title: str, letters: str) -> str:
    section = one.section
    running = {"head": section.header, "foot": section.footer, "first": section.header, "last": section.footer}
    if section.different_first_page_header_footer:
        running |= {"first": section.first_page_header, "last": section.first_page_footer}
    stood = "".join(f'<div class="{name}">{"".join(map(writer.paragraph, part.paragraphs))}</div>' for name, part in running.items())
    look = f"{letters}{STAND}{TABLES}{RUNNING}{NUMBER}{WHOLE}{_paper(section)}"
    head = f'<meta charset="utf-8"><title>{title}</title><style>{look}</style>'
    return f'<!DOCTYPE html><html lang="vi"><head>{head}</head><body>{stood}{"".join(one.blocks)}</body></html>'


def _paper(section: Section) -> str:
    """The paper, its margins, and where its running lines stand: so far from its edge as Word has them."""
    wide, high = _mm(section.page_width), _mm(section.page_height)
    top, bottom, left, right = (_mm(edge) for edge in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin))
    over = f"vertical-align:top;width:100%;padding-top:{_mm(section.header_distance):g}mm"
    under = f"vertical-align:bottom;width:100%;padding-bottom:{_mm(section.footer_distance):g}mm"
    return (
        f"@page{{size:{wide:g}mm {high:g}mm;margin:{top:g}mm {right:g}mm {bottom:g}mm {left:g}mm;"
        f"@top-center{{content:element(head);{over}}}@bottom-center{{content:element(foot);{under}}}}}"
        "@page:first{@top-center{content:element(first)}@bottom-center{content:element(last)}}"
    )


def _starts(section: Section) -> int | None:
    """The number of the section's first page, when it does not go on from the one before."""
    numbers = section._sectPr.find(qn("w:pgNumType"))
    start = numbers.get(qn("w:start")) if numbers is not None else None
    return int(start) if start is not None else None


class _Writer:
    """Paragraphs and tables of one document."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks

    def block(self, element: Any, above: Any) -> str:
        """A paragraph or a table; nothing for what holds no words."""
        if element.tag == qn("w:p"):
            return self.paragraph(Paragraph(element, above))
        if element.tag == qn("w:tbl"):
            return self.table(Table(element, above))
        if next(element.iter(qn("w:t")), None) is not None:
            raise NotPrinted(element.tag)
        return ""

    def paragraph(self, paragraph: Paragraph) -> str:
        """A paragraph; an empty one is as high as a line."""
        words = "".join(self._words(paragraph))
        return f'<p style="{styles.css(self._looks.of_paragraph(paragraph))}">{words or "&#8203;"}</p>'

    def _words(self, paragraph: Paragraph) -> Iterator[str]:
        """The runs of a paragraph; of fields the page's number alone is known."""
        inside = False
        for element in paragraph._p:
            if element.tag != qn("w:r"):
                if next(element.iter(qn("w:t")), None) is not None:  # a link, a field, a content control
                    raise NotPrinted(element.tag)
                continue
            run = Run(element, paragraph)
            look = styles.css(self._looks.of_run(run, paragraph))
            asks, mark = element.find(qn("w:instrText")), element.find(qn("w:fldChar"))
            if mark is not None:
                inside = mark.get(qn("w:fldCharType")) != "end"
            elif asks is not None:
                if (asks.text or "").split()[:1] != ["PAGE"]:
                    raise NotPrinted(asks.text or "field")
                yield f'<span class="page" style="{look}"></span>'
            elif not inside and run.text:
                yield f'<span style="{look}">{_text(run.text)}</span>'

    def table(self, table: Table) -> str:
        """A table: columns as wide as they are, its head again on every page."""
        widths = [Length(column.w or 0).pt for column in table._tbl.tblGrid.gridCol_lst]
        left, right = styles.cell_margins(table)
        look = f"padding:0 {right:g}pt 0 {left:g}pt{';border:.5pt solid #000' if styles.lines_around(table) else ''}"
        over: dict[int, _Cell] = {}
        heads: list[str] = []
        rows: list[list[_Cell]] = []
        repeated = 0
        for row in table._tbl.tr_lst:
            rows.append(self._cells(row, table, over))
            properties = row.trPr
            if properties is not None and properties.find(qn("w:tblHeader")) is not None and repeated == len(rows) - 1:
                repeated += 1
        heads = [_row(cells, "th", look) for cells in rows[:repeated]]
        columns = "".join(f'<col style="width:{width:.4g}pt">' for width in widths)
        head = f"<thead>{''.join(heads)}</thead>" if heads else ""
        body = "".join(_row(cells, "td", look) for cells in rows[repeated:])
        return f'<table style="width:{sum(widths):.5g}pt"><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>'

    def _cells(self, row: Any, table: Table, over: dict[int, _Cell]) -> list[_Cell]:
        """The cells of a row that begin in it; those that go on from above grow."""
        cells: list[_Cell] = []
        place = 0
        for tc in row.tc_lst:
            if tc.vMerge == "continue" and place in over:
                over[place].down += 1
            else:
                over[place] = _Cell("".join(self.block(element, table) for element in tc), tc.grid_span, _stands(tc))
                cells.append(over[place])
            place += tc.grid_span
        return cells


def _text(words: str) -> str:
    """Words as Word breaks them: not behind a stroke (640/HĐND-TT), and blanks that were typed stay."""
    kept = STROKE.sub(r'<span class="whole">\g<0></span>', escape(words).replace("  ", " &#160;"))
    return kept if kept.strip() else kept.replace(" ", "&#160;")


def _row(cells: list[_Cell], name: str, look: str) -> str:
    made = []
    for cell in cells:
        merged = f"{f' colspan={cell.across}' if cell.across > 1 else ''}{f' rowspan={cell.down}' if cell.down > 1 else ''}"
        made.append(f'<{name} style="{look}{cell.stands}"{merged}>{cell.html}</{name}>')
    return f"<tr>{''.join(made)}</tr>"


def _stands(tc: Any) -> str:
    """Where the words of a cell stand between its top and its bottom."""
    properties = tc.tcPr
    mark = properties.find(qn("w:vAlign")) if properties is not None else None
    where = {"center": "middle", "bottom": "bottom"}.get(mark.get(qn("w:val")), "") if mark is not None else ""
    return f";vertical-align:{where}" if where else ""


def _mm(length: Any) -> float:
    return round(Length(length).mm, 2) if length else 0.0
