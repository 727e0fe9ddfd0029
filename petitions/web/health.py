"""/healthz: the process answers. /readyz: it can do its work — the database and whatever a room has registered."""

import logging
from collections.abc import Callable

from flask import Blueprint, Flask, current_app, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from petitions.web import assets, transaction
from petitions.web.access import public

log = logging.getLogger(__name__)
blueprint = Blueprint("web", __name__)
blueprint.add_url_rule("/static/<stamp>/<path:name>", endpoint="static", view_func=public(assets.serve))
_checks: dict[str, Callable[[], bool]] = {}
REMARKS = "petitions.remarks"


def register(name: str, check: Callable[[], bool]) -> None:
    """Have /readyz ask `check()` (runs in the request; False or an exception: not ready)."""
    _checks[name] = check


def remark_with(app: Flask, name: str, check: Callable[[], bool]) -> None:
    """Have /readyz tell of `check()` without minding it: what another process does may be late and these pages still be ready."""
    app.extensions.setdefault(REMARKS, {})[name] = check


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process is alive."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """200 when every check passes, else 503; says which failed, not why (that is in the log)."""
    results = {name: _passes(name, check) for name, check in {"database": database, **_checks}.items()}
    ready = all(results.values())
    told = {name: _passes(name, check) for name, check in current_app.extensions.get(REMARKS, {}).items()}
    return {"status": "ok" if ready else "not ready", "checks": results, **({"remarks": told} if told else {})}, 200 if ready else 503


@blueprint.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """Browsers ask for it unasked."""
    return redirect(assets.asset("icon.svg"), 301)


def database() -> bool:
    """Whether the database answers."""
    return transaction.db().scalar(select(1)) == 1


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (SQLAlchemyError, OSError, RuntimeError):
        log.exception("readyz: %s", name)
        return False
