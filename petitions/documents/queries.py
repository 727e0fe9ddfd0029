"""Every SELECT about documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.documents import ports
from petitions.documents.models import WAITING, Document, DocumentContent, DocumentLink, DocumentText
from petitions.documents.ports import Subject
from petitions.documents.sealing import without_numbers
from petitions.journal.models import JournalEntry

MOST = 200  # documents of one subject that are listed
MOST_INDEXED = 100_000  # characters of one subject that are indexed
OPENED = "document.open"
LOOK_BACK = timedelta(minutes=30)  # how long one line of the journal stands for several looks


@dataclass(frozen=True, slots=True)
class Held:
    """A document as one subject has it."""

    document: Document
    link: DocumentLink
    content: DocumentContent | None


def of_subject(session: Session, subject: Subject) -> list[Held]:
    """The living documents of `subject`, oldest first. Whether the reader may see them is for the caller to ask."""
    query = (
        select(Document, DocumentLink, DocumentContent)
        .join(DocumentLink, DocumentLink.document_id == Document.id)
        .outerjoin(DocumentContent, DocumentContent.digest == Document.digest)
        .where(_linked_to(subject), Document.deleted_at.is_(None))
        .order_by(DocumentLink.id)
        .limit(MOST)
    )
    return [Held(document, link, content) for document, link, content in session.execute(query)]


def document(session: Session, document_id: int) -> Document:
    """The living document with its content and its living links; raises NotFound."""
    query = (
        select(Document)
        .outerjoin(Document.content)
        .where(Document.id == document_id, Document.deleted_at.is_(None))
        .options(contains_eager(Document.content), selectinload(Document.links.and_(DocumentLink.removed_at.is_(None))))
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def seen(session: Session, document_id: int, identity: Identity) -> Document:
    """The document, if `identity` may see it: he sees one of its subjects, and where it shows who petitions, may see that too.

    Raises NotFound otherwise: that it exists is no more than he may know.
    """
    found = document(session, document_id)
    if identity is not SYSTEM and not any(opens(session, identity, found, (link.subject_kind, link.subject_id)) for link in found.links):
        raise NotFound
    return found


def opens(session: Session, identity: Identity, what: Document, subject: Subject) -> bool:
    """Whether `identity` may open `what` as a document of `subject`."""
    ask = ports.may_see_personal if what.personal else ports.may_see
    return ask(session, identity, subject)


def same_file(session: Session, subject: Subject, digest: str) -> Document | None:
    """The living document of `subject` that holds the same content."""
    query = (
        select(Document)
        .join(DocumentLink, DocumentLink.document_id == Document.id)
        .where(_linked_to(subject), Document.digest == digest, Document.deleted_at.is_(None))
    )
    return session.scalar(query.order_by(Document.id).limit(1))


def content(session: Session, digest: str) -> DocumentContent | None:
    """The content of that digest."""
    return session.get(DocumentContent, digest)


def text_of(session: Session, digest: str | None) -> DocumentText | None:
    """The text read from a content."""
    return session.get(DocumentText, digest) if digest else None


def texts_of(session: Session, subjects: Collection[Subject], *, most: int = MOST_INDEXED) -> Mapping[Subject, str]:
    """What can be read in the documents of `subjects`, for the index: without those that show who petitions, without phone and
    identity numbers; at most `most` characters a subject. Subjects without any text are left out. One statement a kind.
    """
    found: dict[Subject, list[str]] = {}
    for kind in sorted({kind for kind, _ in subjects}):
        numbers = sorted({number for other, number in subjects if other == kind})
        query = (
            select(DocumentLink.subject_id, Document.summary, func.substr(DocumentText.text, 1, most))
            .join(Document, Document.id == DocumentLink.document_id)
            .outerjoin(DocumentText, DocumentText.digest == Document.digest)
            .where(
                DocumentLink.subject_kind == kind,
                DocumentLink.subject_id.in_(numbers),
                DocumentLink.removed_at.is_(None),
                Document.deleted_at.is_(None),
                Document.personal.is_(False),
            )
            .order_by(DocumentLink.id)
        )
        for number, summary, text in session.execute(query):
            found.setdefault((kind, number), []).extend(part for part in (summary, text) if part)
    return {subject: without_numbers("\n".join(parts)[:most]) for subject, parts in found.items() if parts}


def subjects_of(session: Session, digest: str) -> Sequence[Subject]:
    """The subjects that have a living document with that content."""
    query = (
        select(DocumentLink.subject_kind, DocumentLink.subject_id)
        .join(Document, Document.id == DocumentLink.document_id)
        .where(Document.digest == digest, Document.deleted_at.is_(None), DocumentLink.removed_at.is_(None))
        .distinct()
    )
    return [(kind, number) for kind, number in session.execute(query.order_by(DocumentLink.subject_kind, DocumentLink.subject_id))]


def waiting(session: Session, *, now: datetime, limit: int = 20) -> Sequence[str]:
    """Digests of contents that are still to be read and that nobody is reading."""
    free = or_(DocumentContent.held_until.is_(None), DocumentContent.held_until < now)
    query = select(DocumentContent.digest).where(DocumentContent.state == WAITING, free)
    return session.scalars(query.order_by(DocumentContent.made_at, DocumentContent.digest).limit(limit)).all()


def opened_lately(session: Session, document_id: int, identity: Identity, *, since: datetime) -> bool:
    """Whether the journal already tells that `identity` has opened the document since then."""
    query = select(JournalEntry.id).where(
        JournalEntry.subject_kind == "document",
        JournalEntry.subject_id == document_id,
        JournalEntry.act == OPENED,
        JournalEntry.by_id == identity.user_id,
        JournalEntry.at > since,
    )
    return session.scalar(query.limit(1)) is not None


def digests(session: Session, after: str, limit: int) -> Sequence[DocumentContent]:
    """Contents behind `after`, by digest: for checking the store."""
    return session.scalars(select(DocumentContent).where(DocumentContent.digest > after).order_by(DocumentContent.digest).limit(limit)).all()


def _linked_to(subject: Subject) -> ColumnElement[bool]:
    return and_(DocumentLink.subject_kind == subject[0], DocumentLink.subject_id == subject[1], DocumentLink.removed_at.is_(None))
