"""Settings: one frozen picture of the environment. Refuses to start half-configured. The README's table documents each."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

KEY_FILE = "secret-key"
LEAST_KEY = 32


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names it and says what to do."""


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
    search_cache_mb: int = 96

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
            search_cache_mb=_whole(environ, "PETITIONS_SEARCH_CACHE_MB", 96),
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
