"""Documents of duties and of their letters: to which subjects they belong, what a letter or a piece of evidence cites."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from petitions.documents import queries as documents
from petitions.documents.ports import Subject
from petitions.duties.models.answers import AnswerItem, AnswerLetter
from petitions.duties.models.duty import Duty
from petitions.duties.models.transfer import TransferLetter

DUTY, ANSWER, TRANSFER = "duty", "answer", "transfer_letter"
SCAN = "letter_scan"  # as what the file of a letter belongs to it


def of_duty(session: Session, duty_id: int) -> Collection[Subject]:
    """What the duty is about."""
    return _pairs(session, Duty.id == duty_id)


def of_answer(session: Session, letter_id: int) -> Collection[Subject]:
    """What an answer letter speaks of."""
    return _pairs(session, Duty.id.in_(select(AnswerItem.duty_id).where(AnswerItem.letter_id == letter_id)))


def _pairs(session: Session, where: ColumnElement[bool]) -> list[Subject]:
    query = select(Duty.subject_kind, Duty.subject_id).where(where).distinct().order_by(Duty.subject_kind, Duty.subject_id)
    return [(kind, number) for kind, number in session.execute(query.limit(1000))]


def answer_letter(session: Session, letter_id: int, seen: ColumnElement[bool]) -> tuple[AnswerLetter, int] | None:
    """An answer letter with the body that it answers, if it speaks of a duty that meets `seen` (reading.visible)."""
    query = select(AnswerLetter, Duty.body_id).join(AnswerItem, AnswerItem.letter_id == AnswerLetter.id).join(Duty, Duty.id == AnswerItem.duty_id)
    row = session.execute(query.where(AnswerLetter.id == letter_id, seen).order_by(AnswerItem.id).limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


def judged(session: Session, letter_id: int) -> bool:
    """Whether the office has judged any of what the answer letter says: then its papers stay."""
    return bool(session.scalar(select(exists().where(AnswerItem.letter_id == letter_id, AnswerItem.judged_on.is_not(None)))))


def left(session: Session, letter_id: int, now: datetime) -> bool:
    """Whether the transfer letter has left the house: then its papers stay."""
    gone = exists().where(TransferLetter.id == letter_id, TransferLetter.recalled_at.is_(None), TransferLetter.leaves_at <= now)
    return bool(session.scalar(select(gone)))


def texts_of(session: Session, subject_kind: str, ids: Collection[int], *, most: int) -> Mapping[int, str]:
    """What can be read in the papers of the duties on these subjects and of the letters that answer them; at most `most` characters each."""
    query = select(Duty.subject_id, Duty.id, AnswerItem.letter_id).outerjoin(AnswerItem, AnswerItem.duty_id == Duty.id)
    rows = session.execute(query.where(Duty.subject_kind == subject_kind, Duty.subject_id.in_(ids)).order_by(Duty.id, AnswerItem.id)).all()
    owners: dict[Subject, set[int]] = {}
    for subject_id, duty_id, letter_id in rows:
        owners.setdefault((DUTY, duty_id), set()).add(subject_id)
        if letter_id is not None:
            owners.setdefault((ANSWER, letter_id), set()).add(subject_id)
    found: dict[int, list[str]] = {}
    for subject, text in documents.texts_of(session, owners, most=most).items() if owners else ():
        for number in owners[subject]:
            found.setdefault(number, []).append(text)
    return {number: "\n".join(parts)[:most] for number, parts in found.items()}
