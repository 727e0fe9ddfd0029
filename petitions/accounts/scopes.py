"""Scopes (phạm vi): which things a person stands for. The rooms above say what a kind means; this room only keeps kind and id.

A room registers its kinds when the application is put together:
`scopes.register("constituency", choices, captions)`, where `choices(session)` gives what can be chosen and `captions(session, ids)` names ids.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from petitions.accounts.models import SCOPE_KINDS
from petitions.core.errors import Invalid
from petitions.core.words import Message, say

LABELS: Mapping[str, Message] = {
    "body": say("Cơ quan dân cử"),
    "constituency": say("Đơn vị bầu cử"),
    "agency": say("Cơ quan giải quyết"),
    "committee": say("Ban của Hội đồng nhân dân"),
    "deputy_group": say("Tổ đại biểu"),
}

# Role → the kind of scope it usually stands for: without any scope a person with one of these roles would see nothing.
STANDS_FOR: Mapping[str, str] = {
    "clerk": "body",
    "lead": "body",
    "delegate": "constituency",
    "standing": "body",
    "committee": "committee",
    "supervisor": "body",
    "agency": "agency",
    "ubnd": "agency",
    "auditor": "body",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen as a scope: its id and how it is called."""

    ref_id: int
    label: str


Choices = Callable[[Session], Sequence[Choice]]
Captions = Callable[[Session, Collection[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind of scope."""

    kind: str
    label: Message
    choices: Choices
    captions: Captions


_kinds: dict[str, Kind] = {}


def register(kind: str, choices: Choices, captions: Captions) -> None:
    """Say what `kind` means. Registering again replaces (an application may be put together more than once in a process)."""
    if kind not in SCOPE_KINDS:
        raise ValueError(f"unknown kind of scope: {kind}")
    _kinds[kind] = Kind(kind, LABELS[kind], choices, captions)


def kinds() -> list[Kind]:
    """The registered kinds, in the order of the table's constraint."""
    return [_kinds[kind] for kind in SCOPE_KINDS if kind in _kinds]


def captions(session: Session, held: Mapping[str, Collection[int]]) -> list[tuple[Message, list[str]]]:
    """(label of the kind, names of its things), for reading; things of kinds nobody registered are shown by number."""
    found: list[tuple[Message, list[str]]] = []
    for kind in SCOPE_KINDS:
        ids = sorted(held.get(kind, ()))
        if ids:
            names = _kinds[kind].captions(session, ids) if kind in _kinds else {}
            found.append((LABELS[kind], [names.get(ref_id, f"#{ref_id}") for ref_id in ids]))
    return found


def wanted_for(roles: Collection[str], wanted: Mapping[str, Collection[int]]) -> None:
    """Raises Invalid, at the box of the role's own kind, when a role stands for something and no scope at all was chosen.

    An office whose rooms registered no kinds has nothing to choose from, and is asked for nothing.
    """
    offered = [kind.kind for kind in kinds()]
    standing = [STANDS_FOR[role] for role in STANDS_FOR if role in roles]
    if offered and standing and not any(wanted.values()):
        box = standing[0] if standing[0] in offered else offered[0]
        raise Invalid({f"scope-{box}": [say("Vai trò này cần phạm vi: hãy chọn người này đại diện cho ai.")]})


def check(session: Session, wanted: Mapping[str, Collection[int]]) -> None:
    """Raises Invalid when a kind is unknown, or its room does not know one of the ids."""
    for kind, ids in wanted.items():
        if kind not in SCOPE_KINDS:
            raise Invalid({"scopes": [say("Không có loại phạm vi «{kind}».", kind=kind)]})
        if kind in _kinds:
            unknown = sorted(set(ids) - set(_kinds[kind].captions(session, ids)))
            if unknown:
                raise Invalid({"scopes": [say("Phạm vi «{kind}» không có mục số {ids}.", kind=LABELS[kind], ids=", ".join(map(str, unknown)))]})
