"""Who may open which page. Every view carries exactly one declaration; a view without one is refused, and the factory will not start.

    @blueprint.get("/petitions")
    @needs(Permission.PETITION_READ)
    def listing() -> str: ...

The decorators only mark the function (`view.access`); the check is made once, before the view, for every request.
Accounts says who the reader is by `load_identity_with`; web itself knows no table.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import Flask, g, request

from petitions.core.errors import NotAllowed, PetitionsError
from petitions.core.identity import Identity
from petitions.core.words import Message, say

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])
_loaders: list[Callable[[], Identity | None]] = []
_idle: list[Callable[[], "Idle | None"]] = []


@dataclass(frozen=True, slots=True)
class Access:
    """A view's declaration: `kind`, and for "needs" the permissions, any one of which opens it."""

    kind: Literal["public", "signed_in", "needs"]
    permissions: frozenset[str] = frozenset()

    def open_to(self, who: Identity | None) -> bool:
        """Whether `who` (None: a stranger) may open the view."""
        if self.kind == "public":
            return True
        return who is not None and (self.kind == "signed_in" or any(who.may(permission) for permission in self.permissions))


@dataclass(frozen=True, slots=True)
class Idle:
    """When an untouched session ends: `seconds` from now, and the path that keeps it alive (a GET)."""

    seconds: int
    stay_path: str


class SignInNeeded(PetitionsError):
    """The page is for signed-in people."""

    @classmethod
    def default(cls) -> Message:
        return say("Bạn cần đăng nhập để mở trang này.")


def needs(*permissions: str) -> Callable[[View], View]:
    """The view is for those who hold any one of `permissions`."""
    if not permissions:
        raise ValueError("needs() without a permission; use signed_in or public")
    return _declare(Access("needs", frozenset(str(permission) for permission in permissions)))


def signed_in(view: View) -> View:
    """The view is for everyone who is signed in."""
    return _declare(Access("signed_in"))(view)


def public(view: View) -> View:
    """The view is for everyone."""
    return _declare(Access("public"))(view)


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        if hasattr(view, "access"):
            raise ValueError(f"{view.__name__} declares its access twice")
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def load_identity_with(loader: Callable[[], Identity | None]) -> None:
    """Accounts' port: `loader()` gives the signed-in person of the present request, or None. Reads by `transaction.glance()`."""
    _loaders[:] = [loader]


def idle_with(ask: Callable[[], Idle | None]) -> None:
    """Accounts' port: when the present session ends if nothing is done (drives the warning on the page)."""
    _idle[:] = [ask]


def idle() -> Idle | None:
    """When the reader's session ends; None for strangers and where accounts does not say."""
    return _idle[0]() if _idle and visitor() else None


def visitor() -> Identity | None:
    """The signed-in person, or None. Asked of accounts once a request."""
    if "identity" not in g:
        g.identity = None  # an error page drawn because the loader failed must not fail again
        g.identity = _loaders[0]() if _loaders else None
    found: Identity | None = g.identity
    return found


def forget() -> None:
    """Ask anew who the reader is (after signing in or out within this request)."""
    g.pop("identity", None)


def identity() -> Identity:
    """The signed-in person; raises SignInNeeded for a stranger."""
    who = visitor()
    if who is None:
        raise SignInNeeded
    return who


def guard(app: Flask) -> None:
    """Check every request of `app` against its view's declaration; deny where there is none."""

    @app.before_request
    def check() -> None:
        if request.endpoint is None:
            return  # no such page: 404 comes by itself
        access: Access | None = getattr(app.view_functions.get(request.endpoint), "access", None)
        if access is None:
            log.error("view %s declares no access: refused", request.endpoint)
            raise NotAllowed
        if access.kind != "public" and not access.open_to(identity()):
            raise NotAllowed


def undeclared(app: Flask) -> Iterable[str]:
    """Endpoints whose view declares no access."""
    return sorted(name for name, view in app.view_functions.items() if not isinstance(getattr(view, "access", None), Access))
