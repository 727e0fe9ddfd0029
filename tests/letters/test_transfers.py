"""Transfer letters on the sheet of the decree: the annex of their kind and recipient, the one register, the copy that left."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import Conflict
from petitions.duties import files, letters_out
from petitions.duties.actions import letters
from petitions.duties.actions.letters import LetterValues
from petitions.duties.bundling import DEPUTY_GROUP, NA_DELEGATION, UBND_OFFICE, annex_of
from petitions.duties.models.transfer import Bundle
from petitions.duties.queries import transfers
from petitions.duties.subjects import Caption
from petitions.letters import rendering
from petitions.letters.actions import issuing
from petitions.letters.models import LetterEntry, LetterTemplate
from petitions.letters.values import IssueValues
from tests.make import duties as make
from tests.make import letters as paper

AT = {"now": make.NOW, "today": make.TODAY}


@pytest.fixture
def place(session: Session) -> make.World:
    found = make.world(session)
    paper.body(session, of=found.body, numbering="unique")
    paper.signatory(session, found.body, name="Người Ký")
    files.register()
    return found


def issued(session: Session, place: make.World, bundle: Bundle, number: str = "12"):
    values = LetterValues(number, make.LETTER_DAY, "Người Ký", authority="TL. Thường trực HĐND, KT. Chánh Văn phòng")
    return letters.issue(session, bundle.id, values, by=place.lead, **AT)


def printed(session: Session, place: make.World, bundle: Bundle, letter=None) -> str:
    found = transfers.bundle(session, bundle.id, place.lead)
    captions = {item.id: Caption("HD-1", "Ngập úng & <tắc>", "/x", place="xã Gia Lâm", report_group=2) for item in found.items}
    content = letters_out.docx(session, found, captions, letter, today=make.TODAY)
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


@pytest.mark.parametrize(
    ("kind", "recipient", "said"),
    [
        ("transfer", UBND_OFFICE, ["Phụ lục\n", "KIẾN NGHỊ THUỘC THẨM QUYỀN THÀNH PHỐ", "tham mưu Ủy ban nhân dân Thành phố", "Cơ quan giải quyết"]),
        ("transfer", NA_DELEGATION, ["Phụ lục II\n", "bộ, ngành, cơ quan trung ương", "Cơ quan giải quyết"]),
        ("transfer", DEPUTY_GROUP, ["Phụ lục IV\n", "thuộc thẩm quyền của địa phương"]),
        ("session_list", UBND_OFFICE, ["Phụ lục I\n", "phục vụ kỳ họp"]),
        ("answered", DEPUTY_GROUP, ["Phụ lục III\n", "đã được cơ quan có thẩm quyền trả lời", "Cơ quan trả lời", "Viện dẫn văn bản trả lời"]),
    ],
)
def test_each_kind_and_recipient_has_its_annex_and_words(session: Session, place: make.World, kind: str, recipient: str, said: list[str]) -> None:
    bundle = make.bundle(session, place)
    bundle.kind, bundle.recipient_kind, bundle.annex = kind, recipient, annex_of(kind, recipient)
    session.flush()
    text = printed(session, place, bundle)
    for words in [*said, "Ngập úng & <tắc>", "Xã Gia Lâm", "Người Ký", "PHÓ CHÁNH VĂN PHÒNG"]:
        assert words in text
    assert "…" not in text.replace("số …/", "")


def test_a_letter_stands_in_the_one_register_and_says_its_number(session: Session, place: make.World, tmp_path: Path) -> None:
    letter = issued(session, place, make.bundle(session, place))
    entry = session.scalars(select(LetterEntry)).one()
    assert (entry.holder_kind, entry.holder_id, entry.number, entry.book) == ("transfer_letter", letter.id, "12", letter.book)
    text = printed(session, place, session.get_one(Bundle, letter.bundle_id), letter)
    assert "Số: 12/HĐND-TT" in text
    assert "(Kèm theo Công văn số 12/HĐND-TT ngày 10 tháng 12 năm 2025 của Thường trực HĐND Thành phố)" in text
    with pytest.raises(Conflict, match="Số 12 của sổ năm 2025 đã cấp"):
        issued(session, place, make.bundle(session, place))
    draft = paper.draft(session, place.body)
    with pytest.raises(Conflict, match="Số 12 của sổ năm 2025 đã cấp"):
        issuing.issue(session, draft.id, IssueValues(make.LETTER_DAY, "12"), store=paper.store(tmp_path), by=place.lead, **AT)


def test_the_copy_that_left_does_not_change(session: Session, place: make.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = make.bundle(session, place)
    waits = transfers.bundle(session, bundle.id, place.lead)
    captions = {item.id: Caption("HD-1", "Nội dung", "/x") for item in waits.items}
    letter = issued(session, place, bundle)
    told = {name: getattr(letter, name) for name in ("number", "dated_on", "signatory", "symbol", "authority", "due_on")}
    ready = letters_out.ready(session, waits, captions, LetterValues(**told), today=make.TODAY)
    store = paper.store(tmp_path)
    found = transfers.bundle(session, bundle.id, place.lead)
    assert letters_out.kept(session, letter, store) is None
    with monkeypatch.context() as patched:
        patched.setattr(rendering, "render", lambda *_given: pytest.fail("rendered again inside the transaction"))
        letters_out.freeze(session, found, captions, letter, store, **AT, ready=ready)
    before = letters_out.kept(session, letter, store)
    for row in session.scalars(select(LetterTemplate)):
        row.content = b"changed"
    session.flush()
    assert before
    assert letters_out.kept(session, letter, store) == before
