"""Saying that two petitions are not the same, and taking it back; both petitions' journals tell."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.errors import Invalid, NotFound
from petitions.core.identity import Identity
from petitions.core.words import say
from petitions.intake.actions.entry import KIND, may_write
from petitions.intake.likeness.models import NOT_DUPLICATE, PetitionRelation
from petitions.intake.models import Petition
from petitions.intake.queries.reading import by_codes
from petitions.journal.actions import record


def keep_apart(session: Session, code: str, other: str, *, by: Identity, now: datetime) -> None:
    """Remember that `code` and `other` are not the same; said twice, it stands once. Both must be seen by `by`, the first of his body."""
    pair = _pair(session, code, other, by)
    if _standing(session, pair) is not None:
        return
    session.add(PetitionRelation(low_id=pair[0].id, high_id=pair[1].id, kind=NOT_DUPLICATE, said_at=now, said_by=by.user_id))
    _tell(session, "petition.keep_apart", pair, by=by, now=now)


def forget(session: Session, code: str, other: str, *, by: Identity, now: datetime) -> None:
    """Take it back."""
    pair = _pair(session, code, other, by)
    standing = _standing(session, pair)
    if standing is not None:
        session.delete(standing)
        _tell(session, "petition.forget_apart", pair, by=by, now=now)


def _pair(session: Session, code: str, other: str, by: Identity) -> Sequence[Petition]:
    if code == other:
        raise Invalid({"other": [say("Hãy chọn một kiến nghị khác.")]})
    found = {petition.code: petition for petition in by_codes(session, [code, other], by)}
    if len(found) < 2:
        raise NotFound(say("Không có kiến nghị {code}, hoặc bạn không được xem.", code=next(c for c in (code, other) if c not in found)))
    may_write(by, found[code].body_id)
    return sorted(found.values(), key=lambda petition: petition.id)


def _standing(session: Session, pair: Sequence[Petition]) -> PetitionRelation | None:
    low, high = pair
    key = (PetitionRelation.low_id == low.id, PetitionRelation.high_id == high.id, PetitionRelation.kind == NOT_DUPLICATE)
    return session.scalar(select(PetitionRelation).where(*key))


def _tell(session: Session, act: str, pair: Sequence[Petition], *, by: Identity, now: datetime) -> None:
    for one, other in (pair, pair[::-1]):
        record(session, act, (KIND, one.id), by=by, now=now, changes={"like": (None, other.code)})
