"""Settings refuse to start half-configured."""

import stat
from datetime import date
from pathlib import Path

import pytest

from petitions.settings import Settings, SettingsError

KEY = "x" * 40


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    environ = {"PETITIONS_DATA_DIR": str(tmp_path / "var")}
    first, second = Settings.from_environment(environ), Settings.from_environment(environ)
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert first.database_url.endswith("petitions.sqlite")


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ({"PETITIONS_ENV": "production"}, "PETITIONS_SECRET_KEY"),
        ({"PETITIONS_ENV": "production", "PETITIONS_SECRET_KEY": KEY, "PETITIONS_TODAY": "2026-01-20"}, "PETITIONS_TODAY"),
        ({"PETITIONS_SECRET_KEY": "short"}, "too short"),
        ({"PETITIONS_TODAY": "20/01/2026"}, "2026-01-20"),
        ({"PORT": "eight"}, "PORT"),
    ],
)
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, extra: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        Settings.from_environment({"PETITIONS_DATA_DIR": str(tmp_path)} | extra)


def test_the_environment_is_read(tmp_path: Path) -> None:
    settings = Settings.from_environment({"PETITIONS_DATA_DIR": str(tmp_path), "PETITIONS_TODAY": "2026-01-20", "PORT": "9000", "HOST": "0.0.0.0"})
    assert (settings.today, settings.port, settings.host) == (date(2026, 1, 20), 9000, "0.0.0.0")
    assert settings.index_dir == tmp_path / "index"
