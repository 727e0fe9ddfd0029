"""The layout of decree 30/2020 (annex I), read from the DOCX itself: paper, margins, sizes, page numbers, annex; and what may stand in a field."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from petitions.core.errors import RuleBroken
from petitions.letters import fields, previewing, rendering
from petitions.letters.fields import Sheet
from petitions.letters.kinds import KINDS
from petitions.letters.layout import building
from petitions.letters.writing import day_words
from tests.make import letters as make

TODAY = date(2026, 2, 5)
TEMPLATES = {kind: building.template(kind) for kind in KINDS}
MORE = {
    "count": 3,
    "round": "2",
    "cited": "Công văn số 640/HĐND-TT",
    "due_on": date(2026, 3, 5),
    "source": "trước kỳ họp thứ 28",
    "purpose": "ubnd_office",
    "agency": "Sở Xây dựng",
    "basis": "Căn cứ Luật số 121/2025/QH15",
    "session_name": "kỳ họp thứ 29",
    "remark": "Nói thêm một.\nNói thêm hai.",
}


def sheet(kind: str = "urging", **more: Any) -> Sheet:
    """A complete letter."""
    told: dict[str, Any] = {
        "issuer": "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI",
        "sender": "Thường trực HĐND Thành phố",
        "place": "Hà Nội",
        "number": "45",
        "symbol": "HĐND-TT",
        "dated_on": TODAY,
        "subject_line": "đôn đốc giải quyết",
        "addressee": "Sở Xây dựng",
        "copies": "- Như trên;\n- Lưu: VT.",
        "signing": "TL. THƯỜNG TRỰC HĐND\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG",
        "signatory": "Nguyễn Văn An",
        "annex_title": "Danh mục",
        "rows": [make.row(number) for number in (1, 2, 3)],
        "more": MORE,
    }
    return Sheet(kind=kind, **{**told, **more})


def printed(letter: Sheet) -> Any:
    """The letter as a document."""
    return Document(BytesIO(rendering.render(TEMPLATES[letter.kind], fields.context(letter, today=TODAY))))


def runs(document: Any) -> Iterator[Any]:
    """Every run with a text, in tables too."""
    for paragraph in paragraphs(document):
        yield from (run for run in paragraph.runs if run.text.strip())


def paragraphs(place: Any) -> Iterator[Any]:
    """Every paragraph, in tables too."""
    yield from place.paragraphs
    for table in place.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from paragraphs(cell)


def one(document: Any, text: str) -> Any:
    """The first paragraph with that text."""
    return next(paragraph for paragraph in paragraphs(document) if paragraph.text == text)


@pytest.mark.parametrize("kind", KINDS)
def test_paper_margins_and_page_numbers(kind: str) -> None:
    document = printed(sheet(kind))
    upright, lying = document.sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(lying.page_width.mm), round(lying.page_height.mm)) == (297, 210)
    for section in document.sections:
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
        assert section.header_distance < section.top_margin
        assert section.different_first_page_header_footer
        assert not section.first_page_header.paragraphs[0].text
        number = section.header.paragraphs[0]
        assert number.alignment == 1
        assert {run.font.size.pt for run in number.runs} <= {13, 14}
        assert "PAGE" in number._p.xml
    assert lying._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


@pytest.mark.parametrize("kind", KINDS)
def test_one_typeface_and_no_tag_is_left(kind: str) -> None:
    document = printed(sheet(kind))
    assert {run.font.name for run in runs(document)} == {"Times New Roman"}
    assert all(run._element.rPr.rFonts.get(qn("w:cs")) == "Times New Roman" for run in runs(document))
    text = document.element.xml
    assert "{{" not in text
    assert "{%" not in text


# (text, least and most points, bold, italic): the table of the decree.
HANDS = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, True, False),
    ("Độc lập - Tự do - Hạnh phúc", 13, 14, True, False),
    ("HỘI ĐỒNG NHÂN DÂN", 12, 13, True, False),
    ("Số: 45/HĐND-TT", 13, 13, False, False),
    ("V/v đôn đốc giải quyết", 12, 13, False, False),
    ("Hà Nội, ngày 05 tháng 02 năm 2026", 13, 14, False, True),
    ("Kính gửi: Sở Xây dựng", 13, 14, False, False),
    ("Nơi nhận:", 12, 12, True, True),
    ("- Như trên;", 11, 11, False, False),
    ("- Lưu: VT.", 11, 11, False, False),
    ("KT. CHÁNH VĂN PHÒNG", 13, 14, True, False),
    ("Nguyễn Văn An", 13, 14, True, False),
    ("Phụ lục", 14, 14, True, False),
    ("DANH MỤC", 13, 14, True, False),
    ("(Kèm theo Công văn số 45/HĐND-TT ngày 05 tháng 02 năm 2026 của Thường trực HĐND Thành phố)", 13, 14, False, True),
]


@pytest.mark.parametrize(("text", "least", "most", "bold", "italic"), HANDS)
def test_each_part_is_written_as_the_decree_says(text: str, least: int, most: int, bold: bool, italic: bool) -> None:
    found = [run for run in one(printed(sheet()), text).runs if run.text]
    assert found
    assert all(least <= run.font.size.pt <= most for run in found)
    assert {bool(run.bold) for run in found} == {bold}
    assert {bool(run.italic) for run in found} == {italic}


def test_the_text_is_moved_in_and_apart() -> None:
    said = [paragraph for paragraph in printed(sheet()).paragraphs if paragraph.text.startswith(("Thường trực", "Đây là", "Nói thêm"))]
    assert len(said) == 6
    for paragraph in said:
        form = paragraph.paragraph_format
        assert 10 <= round(form.first_line_indent.mm, 1) <= 12.7
        assert form.space_after.pt >= 6
        assert 1 <= form.line_spacing <= 1.5
        assert paragraph.alignment == 3
        assert all(13 <= run.font.size.pt <= 14 for run in paragraph.runs)
    assert said[-1].text.endswith("./.")


def test_the_signature_has_room_and_no_picture() -> None:
    document = printed(sheet())
    cell = document.tables[1].cell(0, 1)
    below = [paragraph.text.strip() for paragraph in cell.paragraphs]
    assert below == ["TL. THƯỜNG TRỰC HĐND", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "", "", "", "", "Nguyễn Văn An"]
    assert "w:drawing" not in document.element.xml


def test_several_addressees_and_an_open_draft() -> None:
    document = printed(sheet(addressee="- Ủy ban nhân dân Thành phố;\n- Sở Y tế.", number="", dated_on=None))
    texts = [paragraph.text for paragraph in paragraphs(document)]
    assert texts[texts.index("Kính gửi:") : texts.index("Kính gửi:") + 3] == ["Kính gửi:", "- Ủy ban nhân dân Thành phố;", "- Sở Y tế."]
    assert any(text.startswith("Hà Nội, ngày\u00a0") or "ngày \u00a0" in text for text in texts)
    assert any(text.startswith("Số: \u00a0") for text in texts)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_two_digits(day: date, words: str) -> None:
    assert day_words(day) == words


def test_an_annex_of_two_hundred_rows_repeats_its_head_and_counts() -> None:
    rows = [make.row(number, g2="x" if number % 2 else "", g3="" if number % 2 else "x") for number in range(1, 201)]
    document = printed(sheet("transfer", rows=rows, more={**MORE, "count": 200}))
    table = document.tables[-1]
    assert len(table.rows) == 203
    heads = [row for row in table.rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 2
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    titles = [cell.text for cell in table.rows[1].cells]
    assert titles[4:9] == ["Cơ chế, chính sách", "KT-NS", "VH-XH", "Tư pháp", "ANQP và khác"]
    assert [cell.text for cell in table.rows[2].cells][:6] == ["1", "Xã Gia Lâm", "HD16-20-00001", "Nội dung số 1", "", "x"]
    assert table.rows[-1].cells[0].text == "Tổng số: 200"
    assert [cell.text for cell in table.rows[-1].cells][4:9] == ["0", "100", "100", "0", "0"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None)
def test_whatever_stands_in_a_field_is_printed_and_nothing_more(text: str) -> None:
    document = printed(sheet(subject_line=text, rows=[make.row(1, text=text)]))
    wanted = fields.one_line(text)
    assert f"V/v {wanted}".rstrip() in {paragraph.text.rstrip() for paragraph in paragraphs(document)}


@pytest.mark.parametrize("text", ["A & B <b>C</b> \"D\" 'E'", "{{ sender }} {% if x %}", "{{ 7*7 }}", "=1+1", "</w:t></w:r>", "\x00\x0b\x0cxong"])
def test_signs_of_markup_stay_signs(text: str) -> None:
    document = printed(sheet(subject_line=text, rows=[make.row(1, text=text)]))
    wanted = text.lstrip("\x00\x0b\x0c")
    assert f"V/v {wanted}" in [paragraph.text for paragraph in paragraphs(document)]
    assert wanted in [cell.text for cell in document.tables[-1].rows[1].cells]


def test_a_template_reaches_nothing_but_its_fields() -> None:
    document = Document(BytesIO(TEMPLATES["urging"]))
    for words in ("{{ ''.__class__.__mro__ }}", "{{ sender.__init__ }}", "{{ range(9) }}", "{{ nobody }}"):
        document.paragraphs[0].insert_paragraph_before(words)
        target = BytesIO()
        document.save(target)
        with pytest.raises(RuleBroken):
            rendering.render(target.getvalue(), fields.context(sheet(), today=TODAY))
        document.paragraphs[0]._p.getparent().remove(document.paragraphs[0]._p)


def test_the_page_shows_what_is_printed() -> None:
    content = rendering.render(TEMPLATES["transfer"], fields.context(sheet("transfer"), today=TODAY))
    upright, lying = previewing.sheets(content)
    assert (upright.lying, lying.lying) == (False, True)
    grids = [block for block in lying.blocks if isinstance(block, previewing.Grid)]
    assert (grids[-1].ruled, grids[-1].heads, len(grids[-1].rows)) == (True, 2, 6)
    assert [(cell.across, cell.down) for cell in grids[-1].rows[0]] == [(1, 2)] * 4 + [(5, 1)] + [(1, 2)] * 2
    assert sum(grids[-1].shares) in range(97, 104)
    assert ZipFile(BytesIO(content)).testzip() is None
