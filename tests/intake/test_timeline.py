"""The timeline of a petition: first values stand alone, the system is named in the reader's language."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from petitions.core.identity import SYSTEM
from petitions.core.words import using_language
from petitions.intake import timeline


@dataclass(frozen=True)
class Noted:
    act: str
    changes: dict[str, Any]
    by_name: str = SYSTEM.name
    reason: str | None = None
    at: datetime = datetime(2026, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(("language", "who"), [("vi", "Hệ thống"), ("en", "The system")])
def test_a_first_value_stands_alone_and_the_system_has_a_name_in_both_languages(language: str, who: str) -> None:
    noted = [Noted("duty.record_answer", {"answer": [None, "8801/SXD-HT"]}), Noted("petition.correct", {"notes": ["cũ", "mới"], "paper_file": [None, "12"]})]
    with using_language(language):
        newest, oldest = timeline.items(noted, SimpleNamespace(agencies={}))
        assert [(change.first, change.new) for change in oldest.changes] == [(True, "8801/SXD-HT")]
        assert [(change.name, change.first) for change in newest.changes] == [("notes", False), ("paper_file", True)]
        assert str(newest.label).startswith(who)
        assert str(oldest.label).startswith(who)
