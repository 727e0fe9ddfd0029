"""One petition with all that its page shows, in few statements."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.council.models import CouncilSession
from petitions.intake.models import Petition, PetitionAgency, Petitioner
from petitions.intake.queries.reading import visible


@dataclass(frozen=True, slots=True)
class Detail:
    """The petition (references, agencies, answers, diversion loaded), how many petitioners are named, its council session in words."""

    petition: Petition
    petitioners: int
    council_session: Message | None


def detail(session: Session, code: str, identity: Identity) -> Detail:
    """The petition `code`; raises NotFound also when `identity` may not see it."""
    count = select(func.count()).where(Petitioner.petition_id == Petition.id).scalar_subquery()
    query = (
        select(Petition, count, CouncilSession)
        .outerjoin(CouncilSession, CouncilSession.id == Petition.council_session_id)
        .where(Petition.code == code, visible(identity))
        .options(
            joinedload(Petition.diversion),
            joinedload(Petition.references),
            selectinload(Petition.agencies).joinedload(PetitionAgency.agency),
            selectinload(Petition.answers),
        )
    )
    row = session.execute(query).unique().one_or_none()
    if row is None:
        raise NotFound(say("Không có kiến nghị {code}, hoặc bạn không được xem.", code=code))
    petition, petitioners, held = row
    return Detail(petition, petitioners, council.session_label(held) if held else None)
