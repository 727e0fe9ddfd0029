"""How words and paragraphs of a DOCX stand: what is said at the place itself, else by its styles from the nearest up, else by the document. As CSS."""

from collections.abc import Iterator
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from docx.text.run import Run

NATURAL = 1.149  # height of a line of Times New Roman (and of Tinos), in its size
SMALL = 0.65  # of its size: what stands high or low
PLAIN_SIZE = 10.0  # points, where a DOCX says nothing (ISO 29500, 17.3.2.38)
ALIGNED = {
    WD_ALIGN_PARAGRAPH.LEFT: "left",
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
}
EDGES = ("top", "bottom", "left", "right")
TWENTIETH = 20  # of a point: what widths are measured in


class Looks:
    """How the words and paragraphs of one document stand. Styles are found by their name once: python-docx seeks each anew."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        kinds = {kind: document.styles.default(kind) for kind in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER)}
        self._paragraph = kinds[WD_STYLE_TYPE.PARAGRAPH]
        size = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}")
        self._size = int(size.get(qn("w:val"))) / 2 if size is not None else PLAIN_SIZE
        self._chains: dict[str | None, tuple[Any, ...]] = {}

    def of_run(self, run: Run, paragraph: Paragraph) -> dict[str, str]:
        """The look of a stretch of text."""
        fonts = self._fonts(run, paragraph)
        look = {"font-size": f"{self._points(fonts):g}pt"}
        if _first(fonts, "bold"):
            look["font-weight"] = "700"
        if _first(fonts, "italic"):
            look["font-style"] = "italic"
        if _first(fonts, "underline"):
            look["text-decoration"] = "underline"
        elif _first(fonts, "strike"):
            look["text-decoration"] = "line-through"
        if _first(fonts, "all_caps"):
            look["text-transform"] = "uppercase"
        if (high := _first(fonts, "superscript")) or _first(fonts, "subscript"):
            look |= {"vertical-align": "super" if high else "sub", "font-size": f"{self._points(fonts) * SMALL:g}pt"}
        colour = next((str(font.color.rgb) for font in fonts if font.color is not None and font.color.rgb is not None), None)
        return look | ({"color": f"#{colour}"} if colour and colour != "000000" else {})

    def of_paragraph(self, paragraph: Paragraph) -> dict[str, str]:
        """The look of a paragraph. Its size is that of its largest words: a line is as high as they are."""
        above = self._up(paragraph._p.style, self._paragraph)
        forms = [paragraph.paragraph_format, *(style.paragraph_format for style in above)]
        sizes = [self._points(self._fonts(run, paragraph)) for run in paragraph.runs if run.text]
        size = max(sizes) if sizes else self._points([style.font for style in above])
        alignment = _first(forms, "alignment")
        look = {
            "font-size": f"{size:g}pt",
            "line-height": _line_height(forms, size),
            "text-align": ALIGNED.get(alignment, "left") if alignment is not None else "left",
            "margin-top": _length(_first(forms, "space_before")),
            "margin-bottom": _length(_first(forms, "space_after")),
            "margin-left": _length(_first(forms, "left_indent")),
            "margin-right": _length(_first(forms, "right_indent")),
            "text-indent": _length(_first(forms, "first_line_indent")),
        }
        if _first(forms, "keep_with_next"):
            look["break-after"] = "avoid"
        if _first(forms, "page_break_before"):
            look["break-before"] = "page"
        return {name: value for name, value in look.items() if value not in ("0pt", "left")} | _edges(paragraph)

    def _fonts(self, run: Run, paragraph: Paragraph) -> list[Any]:
        chain = (*self._up(run._r.style, None), *self._up(paragraph._p.style, self._paragraph))
        return [run.font, *(style.font for style in chain)]

    def _up(self, name: str | None, otherwise: Any) -> tuple[Any, ...]:
        """A style and those it is based on; `otherwise` where none is named."""
        key = name if name in self._styles else getattr(otherwise, "style_id", None)
        if key not in self._chains:
            self._chains[key] = tuple(_up(self._styles.get(key)))
        return self._chains[key]

    def _points(self, fonts: list[Any]) -> float:
        size = _first(fonts, "size")
        return self._size if size is None else Length(size).pt


def lines_around(table: Any) -> bool:
    """Whether a table's cells have lines around them."""
    properties = table._tbl.tblPr
    borders = properties.find(qn("w:tblBorders"))
    if borders is not None:
        return any(edge.get(qn("w:val")) not in ("nil", "none") for edge in borders)
    return any(style.element.find(f".//{qn('w:tblBorders')}") is not None for style in _up(table.style))


def cell_margins(table: Any) -> tuple[float, float]:
    """Left and right margins of a table's cells, in points."""
    found = {}
    for properties in [table._tbl.tblPr, *(style.element.find(qn("w:tblPr")) for style in _up(table.style))]:
        margins = properties.find(qn("w:tblCellMar")) if properties is not None else None
        for side in ("left", "right"):
            edge = margins.find(qn(f"w:{side}")) if margins is not None else None
            if edge is not None and side not in found:
                found[side] = int(edge.get(qn("w:w"), "0")) / TWENTIETH
    return found.get("left", 5.4), found.get("right", 5.4)


def css(look: dict[str, str]) -> str:
    """The declarations of a style attribute."""
    return ";".join(f"{name}:{value}" for name, value in look.items())


def _up(style: Any) -> Iterator[Any]:
    """A style and those it is based on."""
    while style is not None:
        yield style
        style = style.base_style


def _first(found: list[Any], name: str) -> Any:
    """What the nearest one says that says anything."""
    return next((value for one in found if (value := getattr(one, name, None)) is not None), None)


def _line_height(forms: list[Any], size: float) -> str:
    """Lines of a number of points (exact, or at least), or of a number of natural heights."""
    spacing, rule = _first(forms, "line_spacing"), _first(forms, "line_spacing_rule")
    if isinstance(spacing, Length):
        return f"{spacing.pt if rule == WD_LINE_SPACING.EXACTLY else max(spacing.pt, NATURAL * size):.4g}pt"
    return f"{NATURAL * (spacing or 1):.4g}"


def _edges(paragraph: Paragraph) -> dict[str, str]:
    """Lines along a paragraph's edges."""
    properties = paragraph._p.pPr
    borders = properties.find(qn("w:pBdr")) if properties is not None else None
    drawn: dict[str, str] = {}
    for edge in EDGES:
        line = borders.find(qn(f"w:{edge}")) if borders is not None else None
        if line is not None and line.get(qn("w:val")) not in (None, "nil", "none"):
            drawn[f"border-{edge}"] = f"{int(line.get(qn('w:sz'), '4')) / 8:g}pt solid #000"
    return drawn


def _length(length: Any) -> str:
    return f"{Length(length).pt:.4g}pt" if length else "0pt"
