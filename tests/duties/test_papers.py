"""Papers of duties: evidence, scans of answers and of letters; what is cited stays, what is read is found with the petition."""

import io
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core import clock, db
from petitions.core.errors import Conflict, Invalid, NotAllowed, RuleBroken
from petitions.documents import actions as documents
from petitions.documents import panel, worker
from petitions.documents.models import DocumentLink
from petitions.documents.receiving import Received
from petitions.duties import files
from petitions.duties.actions import answering, judging, proving
from petitions.duties.actions.answering import LetterIn, Proposal
from petitions.duties.actions.judging import Verdict
from petitions.duties.models.answers import AnswerLetter, Evidence
from petitions.duties.models.duty import Duty
from petitions.duties.queries import papers
from petitions.intake import attachments
from petitions.outbox.models import OutboxMessage
from tests.duties.test_pages import DEMO, Floor
from tests.make import documents as paper
from tests.make import duties as make

AT: dict[str, Any] = {"now": make.NOW, "today": make.TODAY}
RESOLVED = Verdict("complete", "resolved")


def sent(words: str) -> Received:
    """A file with these words, as the door receives it."""
    return paper.known(sha256(words.encode()).hexdigest())


@pytest.fixture(autouse=True)
def introduced() -> None:
    files.register()
    clock.hold(make.TODAY)


def test_evidence_is_a_document_of_its_duty_and_stays(session: Session) -> None:
    place = make.world(session)
    made, other = make.duty(session, place, state="acknowledged"), make.duty(session, place, state="acknowledged")
    [row] = proving.prove(session, made.id, dated_on=make.TODAY, received=[sent("nghiệm thu mặt đường")], by=place.officer, **AT)
    number = row.document_id or 0
    with pytest.raises(Conflict, match="viện dẫn"):
        documents.remove(session, number, ("duty", made.id), reason="nhầm", by=place.officer, now=make.NOW)
    with pytest.raises(Invalid) as caught:
        proving.add_evidence(session, other.id, dated_on=make.TODAY, document_id=number, by=place.officer, **AT)
    assert "document_id" in caught.value.fields
    with pytest.raises(NotAllowed):
        proving.prove(session, made.id, dated_on=make.TODAY, note="x", by=place.other_officer, **AT)
    proving.prove(session, made.id, dated_on=make.TODAY, received=[sent("nghiệm thu mặt đường")], by=place.officer, **AT)  # the same file: one document
    assert set(session.scalars(select(Evidence.document_id))) == {number}
    assert panel.panel_of(session, ("duty", made.id), place.officer).items[0].removable is False


def test_what_an_answer_brings_stays_once_it_was_judged(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    letter = answering.file_answer(
        session,
        LetterIn("88/SXD", make.ANSWERED_ON),
        [Proposal(made.id, "resolved", text="đã làm")],
        [sent("một"), sent("hai")],
        by=place.officer,
        **AT,
    )
    subject = (papers.ANSWER, letter.id)
    first, second = session.scalars(select(DocumentLink.document_id).where(DocumentLink.subject_kind == papers.ANSWER).order_by(DocumentLink.id))
    assert letter.document_id == first
    documents.remove(session, second, subject, reason="quét nhầm", by=place.officer, now=make.NOW)
    judging.judge(session, made.id, RESOLVED, by=place.supervisor, **AT)  # the scan is proof enough
    with pytest.raises(Conflict, match="viện dẫn"):
        documents.remove(session, first, subject, reason="nhầm", by=place.officer, now=make.NOW)
    assert not files.sees_answer(session, place.other_officer, letter.id)
    assert files.adds_to_answer(session, place.clerk, letter.id)


def test_a_removed_scan_proves_nothing(session: Session) -> None:
    place = make.world(session)
    made = make.duty(session, place, state="acknowledged")
    said = [Proposal(made.id, "resolved", text="đã làm")]
    letter = answering.file_answer(session, LetterIn("89/SXD", make.ANSWERED_ON), said, [sent("một")], by=place.officer, **AT)
    documents.remove(session, letter.document_id or 0, (papers.ANSWER, letter.id), reason="quét nhầm", by=place.officer, now=make.NOW)
    with pytest.raises(RuleBroken, match="minh chứng"):
        judging.judge(session, made.id, RESOLVED, by=place.supervisor, **AT)


def test_a_letter_that_left_keeps_its_scan(session: Session) -> None:
    place = make.world(session)
    letter = make.letter(session, place)
    subject = (papers.TRANSFER, letter.id)
    with pytest.raises(NotAllowed):
        documents.add(session, sent("công văn"), subject, role=papers.SCAN, by=place.officer, now=make.NOW)
    made = documents.add(session, sent("công văn"), subject, role=papers.SCAN, by=place.clerk, now=make.NOW)
    with pytest.raises(Conflict, match="viện dẫn"):
        documents.remove(session, made.id, subject, reason="nhầm", by=place.clerk, now=make.NOW)
    assert files.sees_letter(session, place.officer, letter.id)
    assert not files.sees_letter(session, place.other_officer, letter.id)


@DEMO
def test_agency_proves_with_a_file_and_it_is_found_with_the_petition(office: Any, app: Any) -> None:
    floor = Floor(office, app)
    agency, duty_id = floor.as_("agency"), floor.duty("in_progress")
    form = agency.get(f"/duties/{duty_id}/evidence").text
    assert 'enctype="multipart/form-data"' in form
    lying = {"dated_on": "19/01/2026", "file": (io.BytesIO(paper.png()), "nghiem-thu.pdf")}
    refused = agency.post(f"/duties/{duty_id}/evidence", data=lying, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "nghiem-thu.pdf" in refused.text
    given = {"dated_on": "19/01/2026", "note": "Đã xong", "file": (io.BytesIO("Biên bản nghiệm thu cống hộp".encode()), "nghiem-thu.txt")}
    assert agency.post(f"/duties/{duty_id}/evidence", data=given, content_type="multipart/form-data").status_code == 302
    page = agency.get(f"/duties/{duty_id}").text
    assert "Xem tài liệu" in page
    while worker.work(office):
        pass
    with db.reading(office.engine) as session:
        duty = session.get_one(Duty, duty_id)
        promised = set(session.scalars(select(OutboxMessage.subject_kind).where(OutboxMessage.topic == "index")))
        assert "cống hộp" in attachments.found_texts_of(session, [duty.subject_id])[duty.subject_id]
        assert duty.subject_id not in attachments.texts_of(session, [duty.subject_id])  # found, never shown in an excerpt
        number = session.scalars(select(Evidence.document_id).where(Evidence.duty_id == duty_id, Evidence.document_id.is_not(None))).one()
    assert not promised & {"duty", "answer", "transfer_letter"}  # nobody indexes these: their subjects are
    assert agency.get(f"/documents/{number}").status_code == 200
    assert floor.as_("supervisor").get(f"/documents/{number}").status_code == 200


@DEMO
def test_an_answer_letter_comes_with_its_scan(office: Any, app: Any) -> None:
    floor = Floor(office, app)
    agency, duty_id = floor.as_("agency"), floor.duty("acknowledged")
    form = {"number": "77/SXD", "dated_on": "19/01/2026", "agency_class": "explained", "text": "Đã rõ", "items-0-duty_id": str(duty_id)}
    answer = agency.post("/answers/new", data={**form, "file": (io.BytesIO(b"ban quet"), "77.txt")}, content_type="multipart/form-data")
    assert answer.status_code == 302
    assert "77.txt" in agency.get(answer.headers["Location"]).text
    assert floor.ids(select(AnswerLetter.document_id).where(AnswerLetter.number == "77/SXD")) != [None]
