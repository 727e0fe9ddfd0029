"""Settings: one frozen picture of the environment. Refuses to start half-configured. The README's table documents each."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

KEY_FILE = "secret-key"
LEAST_KEY = 32


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail leaves: the server, who it is from, and outside production the only addresses it may go to (whole ones, or @domain)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: bool = False
    only_to: tuple[str, ...] | None = None

    def may_go_to(self, address: str) -> bool:
        """Whether a mail may go to `address`: in production to all, else to those on the list."""
        if self.only_to is None:
            return True
        low = address.lower()
        return any(low == one or (one.startswith("@") and low.endswith(one)) for one in self.only_to)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; paths are absolute."""

    data_dir: Path
    database_url: str
    secret_key: str
    production: bool = False
    today: date | None = None
    demo_password: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    behind_https: bool = False
    proxies: int = 0
    idle_minutes: int = 30
    threads: int = 8
    search_cache_mb: int = 0
    mail: MailSettings | None = None
    url: str = "http://127.0.0.1:8000"

    @property
    def index_dir(self) -> Path:
        """The folder of the search index: private to the service's user."""
        return self.data_dir / "index"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read `PETITIONS_*` (and HOST, PORT); makes the data folder (mode 700) and, outside production, the secret key."""
        production = environ.get("PETITIONS_ENV", "") == "production"
        data_dir = Path(environ.get("PETITIONS_DATA_DIR") or "var").absolute()
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = environ.get("PETITIONS_TODAY") or None
        if held and production:
            raise SettingsError("PETITIONS_TODAY is for trying only: it is refused in production. Unset it.")
        return cls(
            data_dir=data_dir,
            database_url=environ.get("PETITIONS_DATABASE_URL") or f"sqlite:///{data_dir / 'petitions.sqlite'}",
            secret_key=environ.get("PETITIONS_SECRET_KEY") or _own_key(data_dir, production),
            production=production,
            today=_day(held) if held else None,
            demo_password=environ.get("PETITIONS_DEMO_PASSWORD") or None,
            host=environ.get("HOST") or "127.0.0.1",
            port=_whole(environ, "PORT", 8000),
            behind_https=environ.get("PETITIONS_HTTPS", "1" if production else "0") == "1",
            proxies=_whole(environ, "PETITIONS_PROXIES", 0),
            idle_minutes=_whole(environ, "PETITIONS_IDLE_MINUTES", 30),
            threads=_whole(environ, "PETITIONS_THREADS", 8),
            search_cache_mb=_whole(environ, "PETITIONS_SEARCH_CACHE_MB", 0),
            mail=_mail(environ, production),
            url=_address_of_pages(environ),
        )

    def __post_init__(self) -> None:
        if len(self.secret_key) < LEAST_KEY:
            raise SettingsError(f"PETITIONS_SECRET_KEY is too short: give at least {LEAST_KEY} random characters.")


def _own_key(data_dir: Path, production: bool) -> str:
    if production:
        raise SettingsError("PETITIONS_SECRET_KEY is not set: in production give at least 32 random characters.")
    path = data_dir / KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(key)
    return key


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"PETITIONS_TODAY={text!r} is not a day: write it as 2026-01-20.") from None


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdigit():
        raise SettingsError(f"{name}={text!r} is not a whole number.")
    return int(text)


def _address_of_pages(environ: Mapping[str, str]) -> str:
    """Where readers find the pages: mails hold whole addresses, and the worker knows no request."""
    url = environ.get("PETITIONS_URL") or f"http://{environ.get('HOST') or '127.0.0.1'}:{_whole(environ, 'PORT', 8000)}"
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise SettingsError(f"PETITIONS_URL={url!r} is not the address of a site: write it as https://kiennghi.example.")
    return url.rstrip("/")


def _mail(environ: Mapping[str, str], production: bool) -> MailSettings | None:
    """The mail server of PETITIONS_SMTP_URL; None when there is none: then people are told in the pages only."""
    url = environ.get("PETITIONS_SMTP_URL") or ""
    if not url:
        return None
    parts = urlsplit(url)
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if parts.scheme not in ("smtp", "smtps") or not host:  # the address itself is not shown: it holds a password
        raise SettingsError("PETITIONS_SMTP_URL cannot be read: write it as smtp://user:password@mail.example:587 or smtps://…:465.")
    sender = environ.get("PETITIONS_MAIL_FROM") or ""
    if "@" not in parseaddr(sender)[1]:
        raise SettingsError(f"PETITIONS_MAIL_FROM={sender!r} is not an address: mail needs a sender, such as «Kiến nghị cử tri <kiennghi@mail.example>».")
    tls = parts.scheme == "smtps"
    starttls = not tls and parse_qs(parts.query).get("starttls", ["no" if host in ("localhost", "127.0.0.1", "::1") else "yes"])[0] != "no"
    if parts.password and not (tls or starttls):
        raise SettingsError("PETITIONS_SMTP_URL would send its password in the open: use smtps:// or leave STARTTLS on.")
    listed = tuple(one.strip().lower() for one in (environ.get("PETITIONS_MAIL_ONLY_TO") or "").split(",") if one.strip())
    return MailSettings(
        host=host,
        port=port or (465 if tls else 587 if starttls else 25),
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=starttls,
        only_to=None if production and not listed else listed,
    )
