"""A letter as PDF: every word of the DOCX is on it, in its place and size; what cannot be laid out is refused; without the libraries the DOCX stays."""

import io
import itertools
import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml import OxmlElement

from petitions.core.errors import RuleBroken
from petitions.documents.guard import Limits
from petitions.letters import fields, pdf, rendering
from petitions.letters.layout import building
from petitions.letters.printing import markup
from tests import programs
from tests.letters.test_layout import sheet
from tests.make import letters as make

MM = 72 / 25.4
ROWS = 9
TEXT = "Đề nghị sớm sửa tuyến đường liên xã qua thôn Đặng Xá, ổ gà, ứ đọng nước, chữ ẵ ợ ữ ỵ Ẵ Ợ Ữ Ỵ. "


@pytest.fixture
def printer() -> Any:
    if pdf.lacking() is not None:
        programs.missing("libpangoft2-1.0-0 libharfbuzz-subset0", "letters as PDF")
    return pdf.of


def docx(kind: str = "urging", rows: int = ROWS, **more: Any) -> bytes:
    told = [make.row(number, text=TEXT * (1 + number % 3)) for number in range(1, rows + 1)]
    return rendering.render(building.template(kind), fields.context(sheet(kind, rows=told, **more), today=date(2026, 2, 5)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\x02-]", "", text)


def words_of(content: bytes) -> str:
    """What Word shows, in the order in which it stands."""
    found = Document(io.BytesIO(content)).element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    return squeezed("".join(one.text or "" for one in found))


def test_every_word_stands_on_paper_that_lies_as_the_docx_says(printer: Any, tmp_path: Path) -> None:
    content = docx("transfer")
    made = pypdfium2.PdfDocument(printer(content, tmp_path))
    sizes = [tuple(round(side / MM) for side in made[number].get_size()) for number in range(len(made))]
    assert sizes[0] == (210, 297)
    assert len(sizes) >= 3
    assert set(sizes[1:]) == {(297, 210)}, "the annex lies"
    texts = [made[number].get_textpage().get_text_range() for number in range(len(made))]
    assert texts[0].split()[-1] == "An", "no number on the first page"
    assert [text.split()[-1] for text in texts[2:]] == [str(number) for number in range(2, len(texts))], "the annex counts its own pages"
    assert {text.split()[0] for text in texts[2:]} == {"TT"}, "the head of the table stands on every page"
    there, asked = squeezed("".join(texts)), squeezed(TEXT)
    assert there.count(asked) == sum(1 + number % 3 for number in range(1, ROWS + 1))
    assert not set(words_of(content)) - set(there)


def test_margins_and_hands_are_those_of_the_decree(printer: Any, tmp_path: Path) -> None:
    made = pypdfium2.PdfDocument(printer(docx(rows=1), tmp_path))
    page = made[0].get_textpage()
    rects = [page.get_rect(number) for number in range(page.count_rects())]
    left, bottom = min(one[0] for one in rects), min(one[1] for one in rects)
    right, top = max(one[2] for one in rects), max(one[3] for one in rects)
    assert left >= 30 * MM - 1
    assert right <= (210 - 15) * MM + 1
    assert top <= (297 - 20) * MM + 1
    assert bottom >= 20 * MM - 1
    fonts = {one.get_font().get_base_name().partition("+")[2] or one.get_font().get_base_name() for one in made[0].get_objects() if one.type == 1}
    assert {re.sub(r"[^A-Za-z]", "", name) for name in fonts} >= {"Tinos", "TinosBold", "TinosItalic"}, fonts


def with_picture(document: Any) -> None:
    document.paragraphs[-1].add_run()._r.append(OxmlElement("w:drawing"))


def with_list(document: Any) -> None:
    document.paragraphs[-1]._p.get_or_add_pPr().get_or_add_numPr()


def with_link(document: Any) -> None:
    link = OxmlElement("w:hyperlink")
    link.append(document.add_paragraph("một liên kết").runs[0]._r)
    document.paragraphs[-1]._p.append(link)


def with_field(document: Any) -> None:
    field = OxmlElement("w:instrText")
    field.text = " DATE "
    document.paragraphs[-1].add_run()._r.append(field)


@pytest.mark.parametrize("change", [with_picture, with_list, with_link, with_field])
def test_what_would_be_lost_refuses_the_page(change: Any) -> None:
    document = Document(io.BytesIO(docx(rows=1)))
    change(document)
    changed = io.BytesIO()
    document.save(changed)
    with pytest.raises(markup.NotPrinted):
        markup.parts(changed.getvalue(), "")


def test_why_there_is_no_pdf_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pdf.lacking.cache_clear()
    monkeypatch.setattr(pdf, "LIBRARIES", ("libkhong-co.so.9",))
    try:
        with pytest.raises(RuleBroken, match="libkhong-co"):
            pdf.of(b"", tmp_path)
    finally:
        pdf.lacking.cache_clear()


def test_a_broken_file_and_a_slow_one_end_in_a_sentence(printer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleBroken, match="Hãy tải bản DOCX"):
        printer(b"no zip file", tmp_path)
    monkeypatch.setattr(pdf, "PATIENCE", 0.0)
    with pdf.PRINTERS, pytest.raises(RuleBroken, match="đang in văn bản khác"):
        printer(docx(rows=1), tmp_path)
    monkeypatch.setattr(pdf, "PRINT", Limits(processor=60, clock=1))
    monkeypatch.setattr(pdf, "PROGRAM", (pdf.PROGRAM[0], "-c", "import time; time.sleep(30)"))
    with pytest.raises(RuleBroken, match="Hãy tải bản DOCX"):
        printer(docx(rows=1), tmp_path)
    assert not list(itertools.chain(*(path.iterdir() for path in tmp_path.iterdir())))
