"""Who may see and add documents of a subject: each subject's room answers through the factory; this room knows no subject.

A kind that nobody registered has no documents that anybody sees.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from petitions.core.errors import NotFound
from petitions.core.identity import Identity
from petitions.documents.kinds import ATTACHMENT

May = Callable[[Session, Identity, int], bool]
Subject = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a subject's page is, and how the subject is called."""

    address: str
    caption: str


Where = Callable[[Session, int], Place | None]
Holds = Callable[[Session, int], bool]
Indexed = Callable[[Session, int], Collection[Subject]]


@dataclass(frozen=True, slots=True)
class Port:
    """What a subject's room answers.

    may_see: whether this person may know of the subject's documents. may_add: whether he may add and take away (besides holding
    `document.add`). may_see_personal: whether he may see those that show who petitions. place: the subject's page, or None
    when it is not there. roles: as what a document can belong to such a subject, the first one by default.
    holds: whether nothing that the subject has may be taken away any more (a letter that left cites its papers). indexed: under which subjects
    its texts are found, when not under its own.
    """

    may_see: May
    may_add: May
    may_see_personal: May
    place: Where
    roles: Sequence[str] = (ATTACHMENT,)
    holds: Holds | None = None
    indexed: Indexed | None = None


_ports: dict[str, Port] = {}


def never(_session: Session, _identity: Identity, _subject_id: int) -> bool:
    """Nobody."""
    return False


def register(
    kind: str,
    may_see: May,
    *,
    may_add: May | None = None,
    may_see_personal: May = never,
    place: Where = lambda _session, _subject_id: None,
    roles: Sequence[str] = (ATTACHMENT,),
    holds: Holds | None = None,
    indexed: Indexed | None = None,
) -> None:
    """Let subjects of `kind` have documents; once more takes the first one's place. Who may see may add, unless said otherwise."""
    _ports[kind] = Port(may_see, may_add or may_see, may_see_personal, place, roles, holds, indexed)


def unregister(kind: str) -> None:
    """Forget `kind` (tests)."""
    _ports.pop(kind, None)


def port_of(kind: str) -> Port:
    """The port of `kind`; raises NotFound."""
    if kind not in _ports:
        raise NotFound
    return _ports[kind]


def may_see(session: Session, identity: Identity, subject: Subject) -> bool:
    """Whether `identity` may see the documents of `subject`."""
    kind, number = subject
    return kind in _ports and _ports[kind].may_see(session, identity, number)


def may_add(session: Session, identity: Identity, subject: Subject) -> bool:
    """Whether `identity` may add documents to `subject`; the permission `document.add` is asked for elsewhere."""
    kind, number = subject
    return kind in _ports and _ports[kind].may_see(session, identity, number) and _ports[kind].may_add(session, identity, number)


def may_see_personal(session: Session, identity: Identity, subject: Subject) -> bool:
    """Whether `identity` may see those documents of `subject` that show who petitions."""
    kind, number = subject
    return may_see(session, identity, subject) and _ports[kind].may_see_personal(session, identity, number)


def holds(session: Session, subject: Subject) -> bool:
    """Whether what `subject` has may no longer be taken from it; no statement for kinds that never hold."""
    port = _ports.get(subject[0])
    return port is not None and port.holds is not None and port.holds(session, subject[1])


def indexed(session: Session, subject: Subject) -> Collection[Subject]:
    """The subjects under which the texts of `subject` are found."""
    port = _ports.get(subject[0])
    return port.indexed(session, subject[1]) if port is not None and port.indexed is not None else [subject]
