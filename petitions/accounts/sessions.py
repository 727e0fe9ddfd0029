"""The life of a login session, as a pure rule: how long it lives idle and at most, when it is written down that it was seen; its cookie's id."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)  # one working day: nobody stays signed in overnight
SEEN_EVERY = timedelta(minutes=1)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (("Edg", "Edge"), ("coc_coc_browser", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Version", "Safari"))


def new_token() -> str:
    """A fresh opaque id for the cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the table holds of a cookie's id. A plain hash is enough: the id itself is random, there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def seconds_left(*, started_at: datetime, last_seen_at: datetime, now: datetime, idle: timedelta) -> int:
    """Whole seconds that a session still lives when nothing more is done in it; 0 when it is over.

    A session seen less than a minute ago is not written down again, so idleness counts from a minute after what stands there.
    """
    left = min(last_seen_at + idle + SEEN_EVERY - now, started_at + LONGEST - now)
    return max(0, int(left.total_seconds()))


def due_to_be_seen(last_seen_at: datetime, now: datetime) -> bool:
    """Whether the row should be told that its owner is at work: at most once a minute (also after a clock that jumped back)."""
    return abs(now - last_seen_at) >= SEEN_EVERY


def device_of(user_agent: str) -> str:
    """ "Chrome 120 · Windows": enough to know one's own device again; the full string is not kept."""
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    for mark, name in _BROWSERS:
        found = re.search(rf"{mark}\w*/(\d{{1,4}})", user_agent)
        if found:
            return f"{name} {found.group(1)}" + (f" · {system}" if system else "")
    return system or "?"
