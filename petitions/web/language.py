"""In which language the reader reads: ?lang= now, else the cookie that kept an earlier choice, else the person's setting, else Vietnamese."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlencode

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from petitions.core import words
from petitions.core.errors import PetitionsError
from petitions.core.identity import Identity
from petitions.web import access

log = logging.getLogger(__name__)
COOKIE = "lang"
YEAR = 365 * 24 * 3600
_keepers: list[Callable[[Identity, str], None]] = []


def remember_with(keeper: Callable[[Identity, str], None]) -> None:
    """Accounts' port: keep `code` as the person's setting (through `transaction.second_door()`)."""
    _keepers[:] = [keeper]


def chosen() -> str | None:
    """The language asked for by ?lang=, if it is one of ours."""
    code = request.args.get("lang", "")
    return code if code in words.LANGUAGES else None


def _remember(who: Identity, code: str) -> None:
    """Keep the setting; a busy database must not cost the reader the page (the cookie keeps the choice meanwhile)."""
    try:
        _keepers[0](who, code)
    except (SQLAlchemyError, PetitionsError):
        log.warning("language of %s not kept", who.username, exc_info=True)


def other() -> tuple[str, str]:
    """(code, address) of this page in the other language."""
    code = "en" if words.language() == "vi" else "vi"
    values = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    path = request.path if request.method in {"GET", "HEAD"} else "/"
    return code, f"{path}?{urlencode([*values, ('lang', code)])}"


def install(app: Flask) -> None:
    """Speak the reader's language from the first to the last byte of each request."""

    @app.before_request
    def speak() -> None:
        stack = g.language = ExitStack()
        stack.enter_context(words.using_language(chosen() or request.cookies.get(COOKIE, "vi")))
        if chosen() is None and COOKIE not in request.cookies and request.endpoint != "web.static":
            who = access.visitor()
            stack.enter_context(words.using_language(who.language if who else "vi"))

    @app.after_request
    def keep(response: Response) -> Response:
        code = chosen()
        if code and request.method in {"GET", "HEAD"} and response.status_code < 400:
            response.set_cookie(COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
            who = access.visitor()
            if who and who.language != code and _keepers:
                _remember(who, code)
        return response

    @app.teardown_request
    def fall_silent(_error: BaseException | None) -> None:
        stack = g.pop("language", None)
        if stack is not None:
            stack.close()
