"""Adding, linking, citing, removing on both engines; who may see; what the index is given."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from petitions.core import db
from petitions.core.errors import Conflict, NotAllowed, NotFound, RuleBroken, Stale
from petitions.core.identity import SYSTEM, Identity
from petitions.documents import actions, panel, queries
from petitions.documents.kinds import KINDS, SECRECIES
from petitions.documents.models import DONE, WAITING, Document, DocumentContent, DocumentLink, DocumentText
from petitions.documents.values import Details
from petitions.journal.models import JournalEntry
from petitions.outbox.models import OutboxMessage
from tests.make import documents as make

NOW = datetime(2026, 1, 20, 3, tzinfo=UTC)
ONE, TWO = ("note", 1), ("note", 2)
CLERK = Identity(user_id=None, username="clerk", name="Chuyên viên", permissions=frozenset({"document.add", "document.original", "petitioner.read"}))
READER = Identity(user_id=None, username="reader", name="Đại biểu")


@pytest.fixture(autouse=True)
def notes() -> Iterator[str]:
    with make.subjects() as kind:
        yield kind


def add(session: Session, subject: tuple[str, int] = ONE, *, digest: str = "a" * 64, by: Identity = CLERK, kind: str = "pdf", **more: Any) -> Document:
    name = more.pop("name", f"bao-cao.{kind}")
    return actions.add(session, make.known(digest, name=name, kind=kind), subject, by=by, now=NOW, **more)


def read(session: Session, digest: str = "a" * 64, text: str = "ngập úng Trâu Quỳ") -> None:
    session.add(DocumentText(digest=digest, text=text))
    actions.finished(session, digest, pages=1, previews=1, problem=None, now=NOW)


def journal(session: Session) -> list[JournalEntry]:
    db.finish(session)
    return list(session.scalars(select(JournalEntry).where(JournalEntry.act.like("document.%")).order_by(JournalEntry.id)))


def promised(session: Session, topic: str) -> list[tuple[str, int]]:
    return [(row.subject_kind, row.subject_id) for row in session.scalars(select(OutboxMessage).where(OutboxMessage.topic == topic))]


def test_adding_links_journals_and_promises(session: Session) -> None:
    made = add(session, details=Details(kind="report", number="12", symbol="BC-SXD"))
    assert [held.document.id for held in queries.of_subject(session, ONE)] == [made.id]
    assert [(entry.act, entry.subject_kind, entry.changes["document_name"]) for entry in journal(session)] == [("document.add", "note", [None, "bao-cao.pdf"])]
    assert promised(session, "documents") == [("document", made.id)]
    assert session.get_one(DocumentContent, "a" * 64).state == WAITING


def test_one_content_for_two_subjects(session: Session) -> None:
    first, second = add(session), add(session, TWO)
    assert first.id != second.id
    assert len(session.scalars(select(DocumentContent)).all()) == 1
    read(session)
    assert set(queries.subjects_of(session, "a" * 64)) == {ONE, TWO}
    assert {ONE, TWO} <= set(promised(session, "index"))


def test_the_same_file_twice_on_a_subject_is_told_with_its_name(session: Session) -> None:
    add(session, name="một.pdf")
    with pytest.raises(Conflict, match=r"một\.pdf"):
        add(session, name="hai.pdf")


def test_a_file_that_is_only_downloaded_waits_for_nothing(session: Session) -> None:
    add(session, kind="doc")
    assert promised(session, "documents") == []


def test_who_may_not_add_does_not(session: Session) -> None:
    with pytest.raises(NotAllowed):
        add(session, by=READER)
    with pytest.raises(NotFound):
        add(session, ("nobody", 1))
    with pytest.raises(RuleBroken):
        add(session, role="answer")
    with pytest.raises(RuleBroken):
        add(session, details=Details(kind="nonsense"))


def test_a_cited_document_cannot_be_taken_away_from_anybody(session: Session) -> None:
    made = add(session)
    actions.cite(session, made.id, ("letter", 7), by=SYSTEM, now=NOW)
    actions.cite(session, made.id, ("letter", 7), by=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="viện dẫn"):
        actions.remove(session, made.id, ONE, reason="nhầm", by=CLERK, now=NOW)
    assert [held.document.id for held in queries.of_subject(session, ONE)] == [made.id]
    link = session.scalars(select(DocumentLink).where(DocumentLink.cited)).one()
    link.removed_at = NOW
    with pytest.raises(IntegrityError):  # the database itself says no
        session.flush()
    session.rollback()


def test_removing_marks_and_tells_why(session: Session) -> None:
    made = add(session)
    read(session)
    actions.link(session, made.id, TWO, role="evidence", by=CLERK, now=NOW)
    actions.remove(session, made.id, ONE, reason="gửi nhầm", by=CLERK, now=NOW)
    assert queries.of_subject(session, ONE) == []
    assert queries.texts_of(session, [ONE]) == {}
    assert [held.document.id for held in queries.of_subject(session, TWO)] == [made.id]
    actions.remove(session, made.id, TWO, reason="gửi nhầm", by=CLERK, now=NOW)
    assert made.deleted_at == NOW
    with pytest.raises(NotFound):
        queries.document(session, made.id)
    assert session.get(DocumentContent, "a" * 64) is not None
    assert journal(session)[-1].reason == "gửi nhầm"
    again = add(session)  # sent anew, it is a new document of the same content
    assert again.id != made.id
    assert again.digest == made.digest


def test_removing_needs_the_subject_and_the_permission(session: Session) -> None:
    made = add(session)
    with pytest.raises(NotFound):
        actions.remove(session, made.id, TWO, reason="x", by=CLERK, now=NOW)
    with pytest.raises(NotAllowed):
        actions.remove(session, made.id, ONE, reason="x", by=READER, now=NOW)


def test_a_secret_document_is_a_stub_without_content(session: Session) -> None:
    made = actions.note_secret(session, ONE, title="Báo cáo quý", secrecy="toi_mat", paper_file="12/2026/HS-M", by=CLERK, now=NOW)
    assert made.digest is None
    (item,) = panel.panel_of(session, ONE, CLERK).items
    assert not item.openable
    assert not item.downloadable
    assert "12/2026/HS-M" in " ".join(map(str, item.facts))
    assert "Báo cáo" not in str(journal(session)[0].changes)
    with pytest.raises(RuleBroken):
        actions.note_secret(session, ONE, title="x", secrecy="none", paper_file="1", by=CLERK, now=NOW)


@pytest.mark.parametrize("given", [{"secrecy": "mat"}, {"secrecy": "mat", "paper_file": "1", "digest": "a" * 64}, {"secrecy": "none"}])
def test_the_database_keeps_no_secret_file(session: Session, given: dict[str, Any]) -> None:
    add(session)
    session.add(Document(name="x", uploaded_by_name="x", uploaded_at=NOW, **given))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_documents_that_show_who_petitions_are_for_few_and_never_indexed(session: Session) -> None:
    made = add(session, name="Đơn của ông Nguyễn Văn A.pdf", details=Details(personal=True))
    read(session)
    assert queries.texts_of(session, [ONE]) == {}
    assert queries.seen(session, made.id, CLERK).id == made.id
    with pytest.raises(NotFound):
        queries.seen(session, made.id, READER)
    (item,) = panel.panel_of(session, ONE, READER).items
    assert "Nguyễn" not in str(item.name)
    assert item.facts == []
    assert "Nguyễn" not in str([entry.changes for entry in journal(session)])


def test_each_look_at_them_is_a_line_of_the_journal_but_not_each_page(session: Session) -> None:
    made = add(session, details=Details(personal=True))
    for minutes in (0, 10, 29, 45):
        actions.note_opened(session, made.id, by=CLERK, now=NOW + timedelta(minutes=minutes))
        db.finish(session)
    assert [entry.at for entry in journal(session) if entry.act == "document.open"] == [NOW, NOW + timedelta(minutes=45)]


def test_texts_are_joined_by_subject_and_sealed(session: Session) -> None:
    add(session, details=Details(summary="Trích yếu công văn"))
    add(session, digest="b" * 64, name="b.pdf")
    add(session, TWO, digest="c" * 64)
    read(session, text="ngập úng, điện thoại 0912 345 678")
    read(session, "b" * 64, "chiếu sáng")
    texts = queries.texts_of(session, [ONE, TWO, ("other", 1)])
    assert set(texts) == {ONE}
    assert all(word in texts[ONE] for word in ("Trích yếu", "ngập úng", "chiếu sáng"))
    assert "0912" not in texts[ONE]
    assert len(queries.texts_of(session, [ONE], most=10)[ONE]) <= 10


def test_describing_is_versioned_and_journalled(session: Session) -> None:
    made = add(session)
    version = made.version
    actions.describe(session, made.id, Details(kind="minutes", summary="Biên bản tiếp xúc"), version=version, by=CLERK, now=NOW)
    with pytest.raises(Stale):
        actions.describe(session, made.id, Details(kind="report"), version=version, by=CLERK, now=NOW)
    with pytest.raises(NotAllowed):
        actions.describe(session, made.id, Details(), version=made.version, by=READER, now=NOW)
    assert {"document.describe"} == {entry.act for entry in journal(session)[1:]}
    assert queries.texts_of(session, [ONE]) == {ONE: "Biên bản tiếp xúc"}


def test_a_claim_is_held_by_one_and_runs_out(session: Session) -> None:
    add(session)
    until = NOW + timedelta(minutes=5)
    assert actions.claim(session, "a" * 64, until=until, now=NOW) is not None
    assert actions.claim(session, "a" * 64, until=until, now=NOW) is None
    assert queries.waiting(session, now=NOW) == []
    late = NOW + timedelta(minutes=6)
    assert queries.waiting(session, now=late) == ["a" * 64]
    taken = actions.claim(session, "a" * 64, until=late, now=late)
    assert taken is not None
    assert taken.tries == 2
    read(session)
    assert session.get_one(DocumentContent, "a" * 64).state == DONE
    assert actions.claim(session, "a" * 64, until=until, now=late) is None


def test_the_panel_says_everything_in_words(session: Session) -> None:
    add(session, details=Details(kind="report", number="12", symbol="BC-SXD", dated_on=NOW.date()), role="evidence")
    shown = panel.panel_of(session, ONE, CLERK)
    (item,) = shown.items
    assert [str(fact) for fact in item.facts] == ["Báo cáo", "12/BC-SXD", "ngày 20/01/2026", "PDF", "1 KB", "1 trang"]
    assert shown.waiting
    assert str(item.role) == "Minh chứng"
    reader = panel.panel_of(session, ONE, READER)
    assert not reader.may_add
    assert not reader.items[0].downloadable
    assert panel.size_words(1_440_000) == "1,4 MB"


def test_codes_fit_their_columns() -> None:
    assert max(map(len, KINDS)) <= 40
    assert max(map(len, SECRECIES)) <= 10
