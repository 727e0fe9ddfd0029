"""Reading the journal: a subject's timeline, the page of everything, and the check of the chain."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from petitions.journal.actions import START, digest_of
from petitions.journal.models import JournalEntry

TIMELINE_LIMIT = 500
CHUNK = 1000
MOST_ACTS, MOST_PEOPLE = 300, 500
FIELDS = ("at", "act", "subject_kind", "subject_id", "by_id", "by_name", "changes", "reason", "previous")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows: acts of a person, of one kind, on one subject (kind, id), since … until (moments, `until` exclusive), numbered below `before`."""

    by: int | None = None
    act: str | None = None
    subject: tuple[str, int] | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


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
            if entry.previous != previous or not genuine(entry):
                return checked, entry.id
            previous, last = entry.digest, entry.id
        session.expunge_all()
    return checked, None


def genuine(entry: JournalEntry) -> bool:
    """Whether an entry says what its digest was made of."""
    return digest_of({name: getattr(entry, name) for name in FIELDS}) == entry.digest


def newest_whole(session: Session, many: int) -> tuple[int, int | None]:
    """(entries checked, id of one that does not fit): the newest `many` and the links between them; one statement."""
    rows = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(many)).all()
    for entry, older in zip(rows, [*rows[1:], None], strict=True):
        if not genuine(entry) or (older is not None and entry.previous != older.digest):
            return len(rows), entry.id
    return len(rows), None


# The page of everything ----------------------------------------------------------------------------------------------------------


def listed(session: Session, asked: Asked, limit: int) -> Sequence[JournalEntry]:
    """The entries that `asked` wants, the newest number first: the chain's order, whatever the clock said. One statement."""
    return session.scalars(select(JournalEntry).where(*_conditions(asked)).order_by(JournalEntry.id.desc()).limit(limit)).all()


def every(session: Session, asked: Asked, most: int) -> Iterator[JournalEntry]:
    """The same without pages, at most `most`, in chunks."""
    given = 0
    while given < most and (chunk := listed(session, asked, min(CHUNK, most - given))):
        given += len(chunk)
        asked = replace(asked, before=chunk[-1].id)
        yield from chunk
        session.expunge_all()


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.by is not None:
        found.append(JournalEntry.by_id == asked.by)
    if asked.act is not None:
        found.append(JournalEntry.act == asked.act)
    if asked.subject is not None:
        found += [JournalEntry.subject_kind == asked.subject[0], JournalEntry.subject_id == asked.subject[1]]
    if asked.since is not None:
        found.append(JournalEntry.at >= asked.since)
    if asked.until is not None:
        found.append(JournalEntry.at < asked.until)
    if asked.before is not None:
        found.append(JournalEntry.id < asked.before)
    return found


def acts(session: Session) -> list[str]:
    """Every act that was ever noted. Jumps along the index from one to the next: its cost is their number, not that of the entries."""
    steps = _different(JournalEntry.act)
    return [act for act in session.scalars(select(steps.c.value).limit(MOST_ACTS)) if act is not None]


def people(session: Session) -> list[tuple[int, str]]:
    """Everybody who ever did something (id, the name last noted), by name. Jumps along the index too."""
    steps, own = _different(JournalEntry.by_id), aliased(JournalEntry)
    newest = select(own.by_name).where(own.by_id == steps.c.value).order_by(own.id.desc()).limit(1).scalar_subquery()
    rows = session.execute(select(steps.c.value, newest).limit(MOST_PEOPLE))
    return sorted(((number, name) for number, name in rows if number is not None), key=lambda pair: (pair[1], pair[0]))


def _different(column: Any) -> CTE:
    """The different values of an indexed column, from the smallest up; the last row is NULL."""
    steps = select(func.min(column).label("value")).cte("different", recursive=True)
    following = select(func.min(column)).where(column > steps.c.value).scalar_subquery()
    return steps.union_all(select(following).where(steps.c.value.is_not(None)))
