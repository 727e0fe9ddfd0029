"""Reading petitions: who may see which, one by code or id, with its parts."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, selectinload

from petitions.core.errors import NotFound
from petitions.core.identity import SYSTEM, Identity
from petitions.core.permissions import Permission
from petitions.core.words import say
from petitions.duties.models.duty import Duty
from petitions.duties.workflow import RECALLED
from petitions.intake.following.models import PetitionDuty
from petitions.intake.models import Petition, PetitionAgency, Petitioner
from petitions.intake.workflow import DIVERTED, DRAFT

AUDITOR = "auditor"
PARTS = (
    selectinload(Petition.petitioners),
    selectinload(Petition.references),
    selectinload(Petition.agencies),
    selectinload(Petition.answers),
    selectinload(Petition.diversion),
)


def visible(identity: Identity) -> ColumnElement[bool]:
    """The condition on `Petition` that holds for what `identity` may see.

    Auditors and the system see all; others the petitions of their bodies, drafts only those who enter or accept; an agency the items that
    name it, once they are in the register, and those that it owes something on. Nobody without `petition.read`. Deleted drafts are seen by nobody.
    """
    living = Petition.deleted_at.is_(None)
    if identity is SYSTEM:
        return living
    if not identity.may(Permission.PETITION_READ):
        return false()
    if AUDITOR in identity.roles:
        return living
    ways: list[ColumnElement[bool]] = []
    if bodies := identity.scope("body"):
        of_body = Petition.body_id.in_(sorted(bodies))
        ways.append(of_body if sees_drafts(identity) else and_(of_body, Petition.state != DRAFT))
    if agencies := identity.scope("agency"):
        named = exists().where(PetitionAgency.petition_id == Petition.id, PetitionAgency.agency_id.in_(sorted(agencies)))
        of_own = and_(PetitionDuty.petition_id == Petition.id, Duty.id == PetitionDuty.duty_id)
        owes = exists().where(of_own, Duty.agency_id.in_(sorted(agencies)), Duty.state != RECALLED)
        ways.append(and_(or_(named, owes), Petition.state.not_in([DRAFT, DIVERTED])))
    return and_(living, or_(*ways)) if ways else false()


def sees_drafts(identity: Identity) -> bool:
    """Whether drafts are this person's work: those who enter, and those who accept."""
    return identity.may(Permission.PETITION_ENTER) or identity.may(Permission.PETITION_ACCEPT)


def reads_diverted(identity: Identity) -> bool:
    """Whether this person may read the text of what was diverted (a complaint, a denunciation)."""
    return identity is SYSTEM or identity.may(Permission.PETITION_DIVERT)


def by_code(session: Session, code: str, identity: Identity) -> Petition:
    """The petition `code` with its parts (petitioners but counted: they are loaded by `persons`); raises NotFound."""
    query = select(Petition).where(Petition.code == code, visible(identity)).options(*PARTS[1:])
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("Không có kiến nghị {code}, hoặc bạn không được xem.", code=code))
    return found


def by_codes(session: Session, codes: Sequence[str], identity: Identity) -> Sequence[Petition]:
    """The petitions of `codes` that `identity` may see, by code."""
    return session.scalars(select(Petition).where(Petition.code.in_(codes), visible(identity)).order_by(Petition.code).limit(500)).all()


def by_token(session: Session, token: str, identity: Identity) -> Petition | None:
    """The petition that the form `token` of this person made."""
    return session.scalar(select(Petition).where(Petition.form_token == token, Petition.entered_by == identity.user_id).options(*PARTS))


def locked(session: Session, petition_id: int, *, parts: bool = True) -> Petition:
    """The petition with its parts (without: its diversion alone), held for writing until the end of the transaction; raises NotFound."""
    found = session.scalar(
        select(Petition)
        .where(Petition.id == petition_id, Petition.deleted_at.is_(None))
        .options(*(PARTS if parts else PARTS[-1:]))
        .with_for_update(of=Petition)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def petitioners(session: Session, petition_id: int) -> Sequence[Petitioner]:
    """Protected: who asked, in order. Only for `actions.persons.reveal` and the form of those who may read them."""
    query = select(Petitioner).where(Petitioner.petition_id == petition_id).order_by(Petitioner.position, Petitioner.id)
    return session.scalars(query.limit(1000)).all()


def petitioner_count(session: Session, petition_id: int) -> int:
    """How many petitioners are named."""
    return session.scalar(select(func.count()).select_from(Petitioner).where(Petitioner.petition_id == petition_id)) or 0
