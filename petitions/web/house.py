"""Lays the ground of every page in an application: limits, sessions' cookie, words, access, csrf, errors, headers.

The order matters. Before a view: language, access, how much may be sent, csrf. After it: the transaction is settled first (Flask runs the last
registered first), then the language's cookie and the headers are put on whatever came out.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from petitions.core.office import Office
from petitions.web import access, csrf, errors, headers, health, language, pages, transaction, uploads

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = 20 * MEGABYTE
TYPED_LIMIT = 4 * MEGABYTE
MOST_BOXES = 5000


def lay_ground(app: Flask, office: Office) -> None:
    """Give `app` what every page needs, and make it serve `office`."""
    settings = office.settings
    serve(app, office)
    app.config.update(
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=TYPED_LIMIT,
        MAX_FORM_PARTS=MOST_BOXES,
        SESSION_COOKIE_NAME="petitions",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.behind_https,
    )
    if settings.proxies:  # else every reader would seem to sit at the proxy's address
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    transaction.install(app)
    language.install(app)
    access.guard(app)
    uploads.install(app)
    csrf.install(app)
    headers.install(app, behind_https=settings.behind_https)
    errors.install(app)
    pages.install(app)
    app.register_blueprint(health.blueprint)


def serve(app: Flask, office: Office) -> None:
    """Make `app` serve `office` from now on: its rows and files, its key."""
    app.extensions[transaction.OFFICE] = office
    app.config["SECRET_KEY"] = office.settings.secret_key


def check(app: Flask) -> None:
    """Refuse to start with a page that does not say whom it is for."""
    bare = list(access.undeclared(app))
    if bare:
        raise RuntimeError(f"views without an access declaration: {', '.join(bare)}")
