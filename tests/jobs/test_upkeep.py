"""What the office's computer looks after: the index, also while somebody else writes it."""

import threading
from datetime import timedelta

import pytest

from petitions import upkeep
from petitions.core import clock
from petitions.core.office import Office
from petitions.search import storage
from tests.conftest import DEMO_DAY


def test_the_index_is_compared_once_whoever_builds_it_is_done(office: Office, app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    held, free = threading.Event(), threading.Event()

    def build() -> None:
        with storage.rebuilding(office.settings.index_dir):
            held.set()
            free.wait(10)

    def look_away(seconds: float) -> None:
        asked.append(seconds)
        free.set()
        builder.join()

    asked: list[float] = []
    monkeypatch.setattr(upkeep, "sleep", look_away)
    builder = threading.Thread(target=build)
    builder.start()
    assert held.wait(10)
    now = clock.midnight(DEMO_DAY) + timedelta(hours=2)
    assert str(upkeep.look_at_index(office, DEMO_DAY, now)) == "Chỉ mục khớp cơ sở dữ liệu."
    assert asked == [upkeep.PAUSE]
