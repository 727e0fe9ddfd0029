"""Reading the journal: a subject's timeline, and the check of the chain."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from petitions.journal.actions import START, digest_of
from petitions.journal.models import JournalEntry

TIMELINE_LIMIT = 500
CHUNK = 1000


def timeline(session: Session, subject: tuple[str, int], limit: int = TIMELINE_LIMIT) -> Sequence[JournalEntry]:
    """The acts on `subject` (kind, id), oldest first, the newest `limit` of them."""
    newest = select(JournalEntry).where(JournalEntry.subject_kind == subject[0], JournalEntry.subject_id == subject[1]).order_by(JournalEntry.id.desc())
    return list(reversed(session.scalars(newest.limit(limit)).all()))


def timelines(session: Session, subjects: Collection[tuple[str, int]], limit: int = TIMELINE_LIMIT) -> Sequence[JournalEntry]:
    """The acts on any of `subjects` (kind, id), oldest first, the newest `limit` of them; one statement."""
    kinds = sorted({kind for kind, _ in subjects})
    one = [and_(JournalEntry.subject_kind == kind, JournalEntry.subject_id.in_(sorted(n for k, n in subjects if k == kind))) for kind in kinds]
    newest = select(JournalEntry).where(or_(*one)).order_by(JournalEntry.id.desc()).limit(limit)
    return list(reversed(session.scalars(newest).all()))


def done_to(session: Session, act: str, kind: str, ids: Collection[int]) -> frozenset[int]:
    """Of the subjects `ids` of `kind`, those to which `act` was done at least once; no statement when there are none."""
    if not ids:
        return frozenset()
    where = (JournalEntry.subject_kind == kind, JournalEntry.subject_id.in_(sorted(ids)), JournalEntry.act == act)
    return frozenset(session.scalars(select(JournalEntry.subject_id).where(*where).distinct().limit(len(ids))))


def first_broken(session: Session) -> tuple[int, int | None]:
    """(entries checked, id of the first entry that does not fit its digest or its predecessor; None when the chain is whole)."""
    previous, checked, last = START, 0, 0
    while chunk := session.scalars(select(JournalEntry).where(JournalEntry.id > last).order_by(JournalEntry.id).limit(CHUNK)).all():
        for entry in chunk:
            checked += 1
            fields = {name: getattr(entry, name) for name in ("at", "act", "subject_kind", "subject_id", "by_id", "by_name", "changes", "reason", "previous")}
            if entry.previous != previous or digest_of(fields) != entry.digest:
                return checked, entry.id
            previous, last = entry.digest, entry.id
        session.expunge_all()
    return checked, None
