"""Documents of a petition: who may see and add them, and what of them is indexed. The port that the documents room asks."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.documents import panel, ports, queries
from petitions.documents.panel import Panel
from petitions.documents.ports import Place
from petitions.duties.queries import papers
from petitions.intake.models import Petition
from petitions.intake.queries.reading import reads_diverted, visible
from petitions.intake.workflow import DIVERTED

KIND = "petition"


def register() -> None:
    """Let petitions have documents."""
    ports.register(KIND, may_see, may_add=may_add, may_see_personal=may_see_personal, place=place)


def may_see(session: Session, identity: Identity, petition_id: int) -> bool:
    """Whoever sees the petition and may read its text: of what was diverted (a complaint, a denunciation) the papers are hidden too."""
    found = _seen(session, identity, petition_id)
    return found is not None and (found.state != DIVERTED or reads_diverted(identity))


def may_add(session: Session, identity: Identity, petition_id: int) -> bool:
    """Those who work on petitions of that body: who enters them, who accepts them."""
    found = _seen(session, identity, petition_id)
    return found is not None and adds(identity, found)


def adds(identity: Identity, petition: Petition) -> bool:
    """The same for a petition that is at hand."""
    works = identity.may(Permission.PETITION_ENTER) or identity.may(Permission.PETITION_ACCEPT)
    return works and petition.body_id in identity.scope("body") and (petition.state != DIVERTED or reads_diverted(identity))


def may_see_personal(session: Session, identity: Identity, petition_id: int) -> bool:
    """Those who may read petitioners' data of that body."""
    found = _seen(session, identity, petition_id)
    return found is not None and sees_personal(identity, found)


def sees_personal(identity: Identity, petition: Petition) -> bool:
    """The same for a petition that is at hand."""
    return identity.may(Permission.PETITIONER_READ) and petition.body_id in identity.scope("body")


def place(session: Session, petition_id: int) -> Place | None:
    """The petition's page."""
    code = session.scalar(select(Petition.code).where(Petition.id == petition_id))
    return Place(f"/petitions/{code}", code) if code else None


def panel_of(session: Session, petition: Petition, identity: Identity) -> Panel:
    """The documents of a petition that `identity` may read, for its page: one statement."""
    return panel.panel_of(session, (KIND, petition.id), identity, may_add=adds(identity, petition), personal=sees_personal(identity, petition))


def texts_of(session: Session, ids: Collection[int], *, most: int = queries.MOST_INDEXED) -> Mapping[int, str]:
    """What can be read in the documents of these petitions, for the index and for excerpts; at most `most` characters of each."""
    return {number: text for (_, number), text in queries.texts_of(session, [(KIND, number) for number in ids], most=most).items()}


def found_texts_of(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """The same with the papers of their duties (evidence, scans of answers). They are found by, never shown in an excerpt: not everybody who sees
    a petition sees every duty of it."""
    own, more = texts_of(session, ids), papers.texts_of(session, KIND, ids, most=queries.MOST_INDEXED)
    return {number: "\n".join(text for text in (own.get(number), more.get(number)) if text)[: queries.MOST_INDEXED] for number in {*own, *more}}


def _seen(session: Session, identity: Identity, petition_id: int) -> Petition | None:
    return session.scalar(select(Petition).where(Petition.id == petition_id, visible(identity)))
