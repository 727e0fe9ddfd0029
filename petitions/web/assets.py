"""Our own and the vendored static files: `asset("app.css")` gives an address that changes with the content, so it may be kept for a year."""

import hashlib
import json
import logging
import re
from functools import cache
from pathlib import Path

from flask import Response, send_from_directory
from markupsafe import Markup

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "static"
ICONS = FOLDER / "vendor" / "icons" / "outline"
YEAR = 365 * 24 * 3600
_DRESS = re.compile(r"<!--.*?-->|\s(?:class|width|height)=\"[^\"]*\"", re.DOTALL)


@cache
def version() -> str:
    """Twelve letters that stand for the content of all static files: one folder name for all, so that a style sheet finds its fonts."""
    digest = hashlib.sha256()
    manifest = FOLDER / "vendor" / "manifest.json"
    if manifest.is_file():
        digest.update(json.dumps(json.loads(manifest.read_text(encoding="utf-8")), sort_keys=True).encode())
    for path in sorted(path for path in FOLDER.iterdir() if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a file in petitions/web/static."""
    return f"/static/{version()}/{name}"


def serve(stamp: str, name: str) -> Response:
    """A static file; kept by the browser for a year when its address carries the present version."""
    response = send_from_directory(FOLDER, name)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if stamp == version() else "no-cache"
    return response


@cache
def icon(name: str, size: int = 20) -> Markup:
    """An outline icon of Tabler as inline SVG, hidden from screen readers (a word stands beside it). Named in web/icons.txt."""
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        log.warning("no icon %s: name it in petitions/web/icons.txt and run scripts/vendor_assets.py", name)
        return Markup('<svg class="icon" width="{}" height="{}" aria-hidden="true"></svg>').format(size, size)
    svg = _DRESS.sub("", path.read_text(encoding="utf-8")).strip()
    # The file is one of ours by name, no reader's text is in it.
    return Markup(re.sub(r"\s+", " ", svg).replace("<svg", f'<svg class="icon" width="{size}" height="{size}" aria-hidden="true" focusable="false"', 1))  # noqa: S704
