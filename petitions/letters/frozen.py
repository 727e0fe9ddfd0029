"""The frozen copy of a letter: kept by its digest as a cited document of its subject, so that nobody takes it away; it is never rendered again."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from sqlalchemy.orm import Session

from petitions.core.identity import SYSTEM
from petitions.documents import actions as documents
from petitions.documents.kinds import FILE_KINDS
from petitions.documents.models import Document
from petitions.documents.ports import Subject
from petitions.documents.receiving import Received
from petitions.documents.store import Store
from petitions.documents.values import Details

ISSUED_COPY = "issued_copy"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the copy is called."""

    number: str
    symbol: str
    dated_on: date
    subject_line: str


def freeze(session: Session, subject: Subject, content: bytes, store: Store, paper: Paper, *, now: datetime) -> Document:
    """Keep `content` (a DOCX) as the issued copy of `subject`."""
    digest = hashlib.sha256(content).hexdigest()
    store.keep(digest, BytesIO(content))
    name = f"{paper.number}-{paper.symbol} ({paper.dated_on}).docx".replace("/", "-")
    details = Details(kind="official_letter", number=paper.number, symbol=paper.symbol, dated_on=paper.dated_on, summary=paper.subject_line[:1000])
    received = Received(digest, len(content), FILE_KINDS["docx"], None, name)
    made = documents.add(session, received, subject, role=ISSUED_COPY, details=details, by=SYSTEM, now=now)
    documents.cite(session, made.id, subject, role=ISSUED_COPY, by=SYSTEM, now=now)
    return made
