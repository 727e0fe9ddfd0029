"""Documents of a letter: its frozen copy and the signed scan. The port that the documents room asks; whoever sees the letter sees its papers."""

from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.documents import ports
from petitions.documents.kinds import ATTACHMENT
from petitions.documents.ports import Place
from petitions.letters import queries
from petitions.letters.kinds import HOLDER
from petitions.letters.models import Letter

KIND = HOLDER
ROLES = ("letter_scan", "issued_copy", ATTACHMENT)


def register() -> None:
    """Let letters have documents."""
    ports.register(KIND, may_see, may_add=may_add, place=place, roles=ROLES, indexed=lambda _session, _number: ())


def may_see(session: Session, identity: Identity, letter_id: int) -> bool:
    """Whoever may see the letter."""
    return _seen(session, identity, letter_id) is not None


def may_add(session: Session, identity: Identity, letter_id: int) -> bool:
    """Those who draft or issue letters of its body."""
    found = _seen(session, identity, letter_id)
    office = identity.may(Permission.LETTER_DRAFT) or identity.may(Permission.LETTER_ISSUE)
    return found is not None and office and found.body_id in identity.scope("body")


def place(session: Session, letter_id: int) -> Place | None:
    """The letter's page, called by its number."""
    found = session.get(Letter, letter_id)
    return Place(f"/outgoing/{letter_id}", found.full_number if found.number else found.subject_line) if found else None


def _seen(session: Session, identity: Identity, letter_id: int) -> Letter | None:
    try:
        return queries.letter(session, letter_id, identity, clock.now())
    except NotFound:
        return None
