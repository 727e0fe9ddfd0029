"""What is read of duties for petitions: how they stand, what lies in bundles, what is fit to be sent, what was answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.duties import bundling
from petitions.duties.models.answers import AnswerItem, AnswerLetter
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import Bundle, BundleItem
from petitions.duties.workflow import RECALLED, REROUTED
from petitions.intake.following.models import PetitionDuty, PetitionObjection
from petitions.intake.following.states import Standing
from petitions.intake.models import Petition

KIND = "petition"
AWAITING = (bundling.SUBMITTED, bundling.APPROVED)


def standings(session: Session, ids: Collection[int]) -> Mapping[int, list[Standing]]:
    """The duties of each petition, oldest first."""
    query = select(PetitionDuty.petition_id, Duty.part, Duty.state).join(Duty, Duty.id == PetitionDuty.duty_id).where(PetitionDuty.petition_id.in_(ids))
    found: dict[int, list[Standing]] = {}
    for number, part, state in session.execute(query.order_by(Duty.id)):
        found.setdefault(number, []).append(Standing(part, state))
    return found


def bundled(session: Session, ids: Collection[int]) -> set[int]:
    """Those of `ids` that lie in a bundle waiting for its approval or its letter."""
    query = select(BundleItem.subject_id).join(Bundle, Bundle.id == BundleItem.bundle_id)
    waiting = (BundleItem.subject_kind == KIND, BundleItem.subject_id.in_(ids), Bundle.kind == bundling.TRANSFER, Bundle.state.in_(AWAITING))
    return set(session.scalars(query.where(*waiting)))


def held(session: Session, ids: Collection[int]) -> list[Petition]:
    """The petitions, held for writing, by id."""
    query = select(Petition).where(Petition.id.in_(sorted(ids)), Petition.deleted_at.is_(None)).order_by(Petition.id)
    return list(session.scalars(query.with_for_update(of=Petition).execution_options(populate_existing=True)))


@dataclass(frozen=True, slots=True)
class Followed:
    """What duties add to a petition for the search: the agencies that owe something on it, and what was answered."""

    owing: Sequence[int] = ()
    answers: Sequence[str] = ()


def followed(session: Session, ids: Collection[int]) -> Mapping[int, Followed]:
    """The same for each of `ids` (none: no statement)."""
    if not ids:
        return {}
    owing, answered = _owing(session, ids), _answers(session, ids)
    return {number: Followed(owing.get(number, ()), answered.get(number, ())) for number in ids}


def _answers(session: Session, ids: Collection[int]) -> Mapping[int, list[str]]:
    """Number, text and roadmap of every answer."""
    words = (AnswerLetter.number, AnswerLetter.text, AnswerItem.text, AnswerItem.roadmap)
    query = select(PetitionDuty.petition_id, *words).join(AnswerItem, AnswerItem.duty_id == PetitionDuty.duty_id)
    query = query.join(AnswerLetter, AnswerLetter.id == AnswerItem.letter_id).where(PetitionDuty.petition_id.in_(ids)).order_by(AnswerItem.id)
    found: dict[int, list[str]] = {}
    for number, *said in session.execute(query):
        found.setdefault(number, []).append("\n".join(dict.fromkeys(word for word in said if word)))
    return found


def _owing(session: Session, ids: Collection[int]) -> Mapping[int, list[int]]:
    """The agencies that hold a duty of each petition, leads first; what was recalled or re-routed is left out."""
    query = select(PetitionDuty.petition_id, Duty.agency_id).join(Duty, Duty.id == PetitionDuty.duty_id)
    query = query.where(PetitionDuty.petition_id.in_(ids), Duty.state.not_in([RECALLED, REROUTED])).order_by(Duty.part, Duty.id)
    found: dict[int, list[int]] = {}
    for number, agency_id in session.execute(query):
        found.setdefault(number, []).append(agency_id)
    return found


def objected(session: Session, petition_id: int) -> tuple[tuple[str, str] | None, list[tuple[str, str]]]:
    """(the petition whose answer this one objects to, those that object to this one's answer), each as (code, summary)."""
    words = (Petition.code, Petition.summary)
    here = select(*words, PetitionObjection.petition_id).join(Petition, Petition.id == PetitionObjection.against_id)
    there = select(*words, PetitionObjection.petition_id).join(Petition, Petition.id == PetitionObjection.petition_id)
    rows = session.execute(here.where(PetitionObjection.petition_id == petition_id).union_all(there.where(PetitionObjection.against_id == petition_id))).all()
    against = next(((code, summary) for code, summary, by in rows if by == petition_id), None)
    return against, sorted((code, summary) for code, summary, by in rows if by != petition_id)
