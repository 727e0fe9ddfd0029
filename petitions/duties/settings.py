"""The office's choices about duties, with what holds until it chooses. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from petitions.core.errors import Invalid
from petitions.core.words import say
from petitions.duties.lateness import Bands

RECORDED, UNIQUE, DRAWN = "recorded", "unique", "drawn"
REFUSE, FLAG = "refuse", "flag"
DEFAULTS: Mapping[str, int | str] = {
    "due_soon_days": 5,
    "long_overdue_days": 20,
    "max_extensions": 2,
    "recall_minutes": 15,
    "letter_numbering": RECORDED,
    "late_return": REFUSE,
}
CHOICES: Mapping[str, tuple[str, ...]] = {"letter_numbering": (RECORDED, UNIQUE, DRAWN), "late_return": (REFUSE, FLAG)}
LIMITS: Mapping[str, tuple[int, int]] = {
    "due_soon_days": (0, 60),
    "long_overdue_days": (0, 400),
    "max_extensions": (0, 20),
    "recall_minutes": (0, 1440),
}


@dataclass(frozen=True, slots=True)
class DutySettings:
    """`letter_numbering`: recorded as the registry gave it, recorded and unique per year and book, or drawn here. `late_return`: what happens to a
    return that an agency asks for after its days."""

    due_soon_days: int
    long_overdue_days: int
    max_extensions: int
    recall_minutes: int
    letter_numbering: str
    late_return: str

    @property
    def bands(self) -> Bands:
        """The bands of lateness."""
        return Bands(self.due_soon_days, self.long_overdue_days)


def settings_of(stored: Mapping[str, Any]) -> DutySettings:
    """The settings, from the stored rows over the defaults; what is stored and not understood leaves its default."""
    values = {key: stored[key] if key in stored and fits(key, stored[key]) else default for key, default in DEFAULTS.items()}
    return DutySettings(**values)  # type: ignore[arg-type]


def fits(key: str, value: Any) -> bool:
    """Whether `value` may stand for `key`."""
    if key in CHOICES:
        return value in CHOICES[key]
    low, high = LIMITS[key]
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def check(key: str, value: Any) -> None:
    """Invalid when the key is unknown or the value does not fit."""
    if key not in DEFAULTS:
        raise Invalid({"": [say("Không có lựa chọn «{key}».", key=key)]})
    if not fits(key, value):
        raise Invalid({key: [say("Giá trị không hợp lệ.")]})
