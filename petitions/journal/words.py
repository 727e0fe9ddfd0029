"""The port through which rooms above give the journal its words: what an act is in a sentence, what a subject is called and where it is.

The journal keeps codes and numbers and knows no room; the factory registers `Teller`s and `Subjects`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.core.words import Message, say

Teller = Callable[[str, str], Message | None]


@dataclass(frozen=True, slots=True)
class Caption:
    """What a subject is called, its page ("": none), and whether this reader may not read what was noted about it."""

    label: str
    url: str = ""
    shut: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """One kind of subject. captions: ids → captions, in one statement; find: what a person types ("HD16-20-00123") → its id."""

    kind: str
    label: Message
    captions: Callable[[Session, Collection[int], Identity], Mapping[int, Caption]] | None = None
    find: Callable[[Session, str], int | None] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The last check of the whole chain: when, what it found, and whether that was good."""

    at: datetime
    said: str
    whole: bool


_tellers: list[Teller] = []
_fields: dict[str, Message] = {}
_reasons: list[Callable[[str], str | None]] = []
_subjects: dict[str, Subjects] = {}
_checks: list[Callable[[Session], Check | None]] = []


def tell_with(*tellers: Teller) -> None:
    """Replace what puts acts into sentences: each is given the act and who did it, and answers None for acts it does not know."""
    _tellers[:] = tellers


def register(subjects: Subjects) -> None:
    """Put a kind of subject on the list; the same kind again replaces it."""
    _subjects[subjects.kind] = subjects


def check_with(ask: Callable[[Session], Check | None]) -> None:
    """The job's port: when the whole chain was last checked."""
    _checks[:] = [ask]


def last_check(session: Session) -> Check | None:
    """The last check of the whole chain; None where there was none."""
    return _checks[0](session) if _checks else None


def name_with(*fields: Mapping[str, Message]) -> None:
    """Replace how fields are called; where two rooms call one field differently the first counts."""
    _fields.clear()
    for some in reversed(fields):
        _fields.update(some)


def field(name: str) -> Message | None:
    """How a field is called; None for one nobody named."""
    return _fields.get(name)


def explain_with(explain: Callable[[str], str | None]) -> None:
    """Replace what puts reasons into words: codes of the program's own among what people wrote; None: not to be shown."""
    _reasons[:] = [explain]


def reason(text: str | None) -> str | None:
    """A reason as it is shown."""
    return _reasons[0](text) if text and _reasons else text


def told(act: str, by: str) -> Message:
    """Who did what, as a sentence; an act nobody knows by its code."""
    found = (message for message in (teller(act, by) for teller in _tellers) if message is not None)
    return next(found, None) or say("{by}: {what}.", by=by, what=act)


def kinds() -> Mapping[str, Subjects]:
    """The kinds of subjects."""
    return _subjects
