"""What shows how far a thing is: reports on the way, and evidence (a document or a note of an inspection). Neither changes state or date."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from petitions.core.errors import Invalid
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.documents import actions as documents
from petitions.documents import queries as papers
from petitions.documents.receiving import Received
from petitions.duties.actions.acts import KIND, begin, finish, not_future, on_or_after, own_agency, wanted
from petitions.duties.models.answers import Evidence, ProgressReport


def report(session: Session, duty_id: int, *, text: str, on: date, percent: int | None = None, by: Identity, now: datetime, today: date) -> ProgressReport:
    """The agency reports how far it is. "100 %" is not "resolved": only the supervising side says that."""
    act = begin(session, duty_id, "report", by=by, now=now, today=today)
    wanted(text=text)
    not_future("on", on, today)
    on_or_after("on", on, act.duty.letter_on, say("ngày công văn"))
    if percent is not None and not 0 <= percent <= 100:
        raise Invalid({"percent": [say("Từ 0 đến 100.")]})
    row = ProgressReport(duty_id=duty_id, reported_on=on, text=text, percent=percent, entered_by=by.user_id, entered_at=now)
    session.add(row)
    finish(session, act, changes={"percent": (None, percent)})
    return row


def prove(
    session: Session,
    duty_id: int,
    *,
    dated_on: date,
    received: Sequence[Received] = (),
    document_id: int | None = None,
    note: str = "",
    by: Identity,
    now: datetime,
    today: date,
) -> list[Evidence]:
    """Attach evidence with the files that came with it: each becomes a document of the duty and a piece of evidence."""
    numbers: list[int | None] = [_kept(session, one, duty_id, by=by, now=now) for one in received] or [document_id]
    numbers += [document_id] if received and document_id is not None else []
    wanted_: dict[str, Any] = {"dated_on": dated_on, "note": note, "by": by, "now": now, "today": today}
    return [add_evidence(session, duty_id, document_id=number, **wanted_) for number in dict.fromkeys(numbers)]


def _kept(session: Session, one: Received, duty_id: int, *, by: Identity, now: datetime) -> int:
    """The document of the duty that holds this file."""
    same = papers.same_file(session, (KIND, duty_id), one.digest)
    return (same or documents.add(session, one, (KIND, duty_id), by=by, now=now)).id


def add_evidence(
    session: Session, duty_id: int, *, dated_on: date, document_id: int | None = None, note: str = "", by: Identity, now: datetime, today: date
) -> Evidence:
    """Attach what proves that it was done: a document of this duty, or what an inspection saw. From now on the document stays."""
    act = begin(session, duty_id, "attach", "record_evidence", by=by, now=now, today=today)
    if document_id is None and not note.strip():
        raise Invalid({"note": [say("Hãy gắn tài liệu, hoặc ghi kết quả kiểm tra.")]})
    not_future("dated_on", dated_on, today)
    if document_id is not None:
        own = next((one for one in papers.of_subject(session, (KIND, duty_id)) if one.document.id == document_id), None)
        if own is None:
            raise Invalid({"document_id": [say("Tài liệu này không thuộc việc này. Hãy tải lên ở đây.")]})
        documents.cite(session, document_id, (KIND, duty_id), role=own.link.role, by=by, now=now)
    row = Evidence(duty_id=duty_id, document_id=document_id, note=note, dated_on=dated_on, entered_by=by.user_id, entered_at=now)
    row.by_agency = own_agency(by, act.duty.agency_id)
    session.add(row)
    finish(session, act, changes={"document": (None, document_id), "dated_on": (None, dated_on)})
    return row
