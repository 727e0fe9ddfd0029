"""Forged forms are refused: Flask-WTF's token in every form, and in a header for htmx (static/app.js puts it there)."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

protect = CSRFProtect()


def install(app: Flask) -> None:
    """Check the token of every POST, PUT, PATCH and DELETE. It lives as long as the browser's session: no form grows stale by lunch."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    protect.init_app(app)
