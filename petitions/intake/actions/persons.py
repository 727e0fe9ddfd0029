"""Showing who asked: protected data, each look a journal line (architecture, section 3)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core.errors import NotAllowed, Stale
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.intake.actions.entry import KIND, may_write, touch, write_petitioners
from petitions.intake.changes import between, picture
from petitions.intake.models import Petition, Petitioner
from petitions.intake.queries.reading import by_code, locked
from petitions.intake.queries.reading import petitioners as read
from petitions.intake.values import PetitionerValues
from petitions.journal.actions import record


def reveal(session: Session, code: str, *, by: Identity, now: datetime) -> tuple[Petition, Sequence[Petitioner]]:
    """The petitioners of petition `code`, for those who hold `petitioner.read` within its body; writes a journal line."""
    petition = by_code(session, code, by)
    if not by.may(Permission.PETITIONER_READ):
        raise NotAllowed
    may_write(by, petition.body_id)
    record(session, "petitioner.read", (KIND, petition.id), by=by, now=now)
    return petition, read(session, petition.id)


def change(
    session: Session,
    petition_id: int,
    persons: Sequence[PetitionerValues],
    *,
    voters_count: int | None,
    version: int,
    by: Identity,
    now: datetime,
    key: str,
) -> Petition:
    """Put `persons` and the head count in the place of what stands; the journal holds sealed digests only (`key`)."""
    petition = locked(session, petition_id)
    may_write(by, petition.body_id)
    if not (by.may(Permission.PETITIONER_READ) and by.may(Permission.PETITION_ENTER)):
        raise NotAllowed
    if petition.version != version:
        raise Stale(current=petition)
    before = picture(petition, key=key)
    write_petitioners(petition, persons)
    petition.voters_count = voters_count
    changes = between(before, picture(petition, key=key))
    if changes:
        touch(petition, now)
        session.flush()
        record(session, "petition.correct", (KIND, petition.id), by=by, now=now, changes=changes)
    return petition
