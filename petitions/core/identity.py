"""Who acts: a frozen picture of the signed-in person, not a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from petitions.core.words import say


@dataclass(frozen=True, slots=True)
class Identity:
    """The acting person (or the system): roles, permissions, and the scopes (kind → ids) within which they hold."""

    user_id: int | None
    username: str
    name: str
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    scopes: Mapping[str, frozenset[int]] = field(default_factory=dict)
    language: str = "vi"

    def may(self, permission: str) -> bool:
        """Whether this person holds `permission` at all (scope is applied in queries)."""
        return permission in self.permissions

    def scope(self, kind: str) -> frozenset[int]:
        """The ids of `kind` (body, constituency, agency, committee, deputy_group) this person stands for."""
        return self.scopes.get(kind, frozenset())


SYSTEM = Identity(user_id=None, username="system", name="Hệ thống")
_SYSTEM = say("Hệ thống")


def spoken(name: str) -> str:
    """The name of who acted as the reader is told it: people's as they are, the system's in the reader's language."""
    return str(_SYSTEM) if name == SYSTEM.name else name
