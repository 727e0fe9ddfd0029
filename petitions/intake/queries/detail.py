"""One petition with all that its page shows, in few statements."""

from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.core.words import Message, say
from petitions.council import queries as council
from petitions.council.models import CouncilSession
from petitions.intake.following.models import PetitionDuty, PetitionObjection
from petitions.intake.models import ImportedAnswer, Petition, PetitionAgency, Petitioner
from petitions.intake.queries.reading import visible
from petitions.intake.queries.verdicts import verdict


@dataclass(frozen=True, slots=True)
class Detail:
    """The petition (references, agencies, answers, diversion loaded), how many petitioners are named, its council session in words.

    `sent`: some agency owes, or owed, something on it; `objects`: an objection joins it to another petition; `verdict`: what was held when it was closed."""

    petition: Petition
    petitioners: int
    council_session: Message | None
    sent: bool
    objects: bool
    verdict: int | None


def detail(session: Session, code: str, identity: Identity) -> Detail:
    """The petition `code`; raises NotFound also when `identity` may not see it."""
    count = select(func.count()).where(Petitioner.petition_id == Petition.id).scalar_subquery()
    sent = exists().where(PetitionDuty.petition_id == Petition.id)
    objects = exists().where(or_(PetitionObjection.petition_id == Petition.id, PetitionObjection.against_id == Petition.id))
    answered = exists().where(ImportedAnswer.petition_id == Petition.id)
    query = (
        select(Petition, count, CouncilSession, sent, objects, answered, verdict())
        .outerjoin(CouncilSession, CouncilSession.id == Petition.council_session_id)
        .where(Petition.code == code, visible(identity))
        .options(
            joinedload(Petition.diversion),
            joinedload(Petition.references),
            joinedload(Petition.agencies).joinedload(PetitionAgency.agency),
        )
    )
    row = session.execute(query).unique().one_or_none()
    if row is None:
        raise NotFound(say("Không có kiến nghị {code}, hoặc bạn không được xem.", code=code))
    petition, petitioners, held, is_sent, is_joined, has_answers, held_as = row
    rows = select(ImportedAnswer).where(ImportedAnswer.petition_id == petition.id).order_by(ImportedAnswer.position)
    set_committed_value(petition, "answers", list(session.scalars(rows)) if has_answers else [])
    return Detail(petition, petitioners, council.session_label(held) if held else None, is_sent, is_joined, held_as)
