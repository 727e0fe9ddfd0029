"""The port through which duties speak of their subjects (petitions, recommendations) without knowing them.

    subjects.register(MySubject())        # the factory does it, once per kind

The room that owns the subject keeps its own link (petition_duties) by `linked`, lets its own state follow by `changed`, and makes the new subject
of an objection. Everything else is caption and permission to see.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message


@dataclass(frozen=True, slots=True)
class Caption:
    """A subject in a list of duties: only the fields that whoever must settle it needs; no personal data. `unit_id`/`district_id`: its ground.
    `report_group`: 1-5, the column of the annex that it is ticked in. `origin`, `clause`: the document that demands it, with kind, number and day, and
    where in it; empty where a letter brought it."""

    code: str
    text: str
    url: str
    place: str = ""
    field: str = ""
    constituency: str = ""
    unit_id: int | None = None
    district_id: int | None = None
    report_group: int | None = None
    origin: str = ""
    clause: str = ""


class Subject(Protocol):
    """What a room that owns subjects offers. `elsewhere`: moves of duties that its own pages make, so that none is offered on the duty's page."""

    kind: str
    label: Message
    elsewhere: Collection[str]

    def captions(self, session: Session, ids: Collection[int]) -> Mapping[int, Caption]:
        """Captions by id; unknown ids are left out."""

    def readable(self, identity: Identity) -> Select[tuple[int]] | None:
        """A SELECT of the ids that `identity` may see; None: whoever may see the duty may see its caption."""

    def check(self, session: Session, ids: Collection[int]) -> Mapping[int, Message]:
        """Why some of these cannot be transferred (no lead agency, not classified); those left out are fit."""

    def linked(self, session: Session, pairs: Sequence[tuple[int, int]]) -> None:
        """(subject id, duty id) of new duties: keep the link."""

    def changed(self, session: Session, ids: Collection[int], *, act: str, by: Identity, now: datetime) -> None:
        """Something happened to duties of these subjects; let their own state follow. `act` as in the journal."""

    def objection(self, session: Session, subject_id: int, *, answer_item_id: int | None, text: str, by: Identity, now: datetime, today: date) -> int:
        """Make a new subject of the same kind, linked to the answer that voters do not accept; its id."""


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let duties be about this kind; the same kind again replaces it."""
    _subjects[subject.kind] = subject


def unregister(kind: str) -> None:
    """Forget a kind (tests)."""
    _subjects.pop(kind, None)


def known(kind: str) -> Subject | None:
    """The port of a kind, or None."""
    return _subjects.get(kind)


def elsewhere(kind: str) -> Collection[str]:
    """The moves that are made on pages of the subject's own."""
    port = _subjects.get(kind)
    return port.elsewhere if port else ()


def kinds() -> tuple[Subject, ...]:
    """All registered kinds, by name."""
    return tuple(_subjects[kind] for kind in sorted(_subjects))


def captions(session: Session, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Caption]:
    """Captions of subjects of any kind; one question per kind. Those nobody knows are shown by kind and number."""
    found: dict[tuple[str, int], Caption] = {}
    for kind in sorted({kind for kind, _ in wanted}):
        ids = {number for one, number in wanted if one == kind}
        port = _subjects.get(kind)
        given = port.captions(session, ids) if port else {}
        found |= {(kind, number): given.get(number) or Caption(f"{kind} {number}", "", "") for number in ids}
    return found


def linked(session: Session, made: Sequence[tuple[str, int, int]]) -> None:
    """Tell each kind of its new duties: (kind, subject id, duty id)."""
    for port in kinds():
        if pairs := [(number, duty) for kind, number, duty in made if kind == port.kind]:
            port.linked(session, pairs)


def changed(session: Session, subjects: Collection[tuple[str, int]], *, act: str, by: Identity, now: datetime) -> None:
    """Tell each kind that something happened to duties of these subjects."""
    for port in kinds():
        if ids := sorted({number for kind, number in subjects if kind == port.kind}):
            port.changed(session, ids, act=act, by=by, now=now)
