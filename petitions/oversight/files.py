"""Papers of issued documents and evidence of recommendations: the ports that the documents room asks."""

from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.documents import ports
from petitions.documents.ports import Place
from petitions.oversight.models.document import IssuedDocument
from petitions.oversight.models.recommendation import Recommendation
from petitions.oversight.queries import reading
from petitions.oversight.subject import KIND
from petitions.oversight.workflow import CLOSED

DOCUMENT = "issued_document"
ADDERS = (Permission.OVERSIGHT_REPORT, Permission.OVERSIGHT_REGISTER, Permission.OVERSIGHT_VERIFY)


def register() -> None:
    """Let documents and recommendations have papers."""
    ports.register(DOCUMENT, sees_document, may_add=may_add_to_document, place=document_place)
    ports.register(KIND, sees, may_add=may_add, place=place, holds=holds)


def sees(session: Session, identity: Identity, number: int) -> bool:
    """Whoever may see the recommendation."""
    row = session.get(Recommendation, number)
    try:
        return row is not None and reading.by_code(session, row.code, identity) is row
    except NotFound:
        return False


def may_add(session: Session, identity: Identity, number: int) -> bool:
    """Agencies that report on it, clerks, and the committee."""
    return any(identity.may(one) for one in ADDERS) and sees(session, identity, number)


def place(session: Session, number: int) -> Place | None:
    """The recommendation's page."""
    row = session.get(Recommendation, number)
    return Place(f"/oversight/recommendations/{row.code}", row.code) if row else None


def holds(session: Session, number: int) -> bool:
    """Evidence of what is closed stays."""
    row = session.get(Recommendation, number)
    return row is not None and row.progress in CLOSED


def sees_document(session: Session, identity: Identity, number: int) -> bool:
    """Whoever may see the document."""
    try:
        return reading.document(session, number, identity) is not None
    except NotFound:
        return False


def may_add_to_document(session: Session, identity: Identity, number: int) -> bool:
    """Clerks of its body."""
    row = session.get(IssuedDocument, number)
    return row is not None and adds_to_document(identity, row)


def adds_to_document(identity: Identity, row: IssuedDocument) -> bool:
    """The same for a document at hand."""
    return identity.may(Permission.OVERSIGHT_REGISTER) and row.body_id in identity.scope("body")


def document_place(session: Session, number: int) -> Place | None:
    """The document's page."""
    row = session.get(IssuedDocument, number)
    return Place(f"/oversight/documents/{number}", row.full_number) if row else None
