"""Drawing pages: Jinja with strict undefined values, always escaped, speaking the reader's language.

`page("intake/list.html", rows=rows)` in a view. Templates know `_("Còn {n} ngày", n=3)`, `ngettext(one, many, n)`, `asset`, `icon`,
`csp_nonce`, `me()`, `held_day()`, the filters of filters.py, and whatever the view hands over.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, render_template, request
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from petitions.core import clock, words
from petitions.web import access, assets, filters, headers, language, menu, transaction

PACKAGE = Path(__file__).parent.parent
BESIDE, INSIDE = PACKAGE.parent / "templates", PACKAGE / "templates"


def page(template: str, **values: Any) -> str:
    """The template drawn with `values`."""
    return render_template(template, **values)


def folder() -> Path:
    """Where the templates lie: beside the package for those who read the repository, inside it once installed."""
    return INSIDE if (INSIDE / "layout").is_dir() else BESIDE


def here(**changes: Any) -> str:
    """The present page's address with other ?values: `here(page=2)`, `here(state=None)` leaves one out, a list repeats it."""
    values = {name: request.args.getlist(name) for name in request.args if name not in changes and name != "lang"}
    kept = [(name, one) for name, many in {**values, **changes}.items() for one in (many if isinstance(many, list | tuple) else [many]) if one is not None]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def gettext(text: str, **params: Any) -> str:
    """`_`: the text in the reader's language with its {places} filled; markup among `params` stays markup."""
    return _fill(words.translate(text), params)


def ngettext(one: str, many: str, n: int, **params: Any) -> str:
    """The form for `n` things; {n} is written with the language's thousands mark."""
    return _fill(words.translate_n(one, many, n), {"n": filters.number(n), **params})


def _fill(text: str, params: dict[str, Any]) -> str:
    if any(hasattr(value, "__html__") for value in params.values()):
        return Markup(escape(text).format(**params))  # noqa: S704 - both halves are escaped
    return text.format(**params)


def mail_only_to() -> Sequence[str] | None:
    """The only addresses to which this office's mail goes; None when it goes to all, or nowhere at all."""
    mail = transaction.office().settings.mail
    return mail.only_to if mail else None


def install(app: Flask) -> None:
    """Make `app`'s templates strict, escaped and speaking."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.autoescape = True
    app.jinja_env.filters.update(filters.ALL)
    app.jinja_env.globals.update(
        _=gettext,
        ngettext=ngettext,
        asset=assets.asset,
        icon=assets.icon,
        here=here,
        csp_nonce=headers.csp_nonce,
        me=access.visitor,
        idle=access.idle,
        held_day=clock.held,
        today=clock.today,
        language=words.language,
        other_language=language.other,
        sidebar=menu.sidebar,
        sidebar_overflow=menu.overflow,
        bottom_bar=menu.bottom_bar,
        menu_by_key=menu.by_key,
        personal_menu=menu.personal,
        bell=menu.bell,
        mail_only_to=mail_only_to,
    )
