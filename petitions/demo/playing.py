"""Who plays the demo's letters through, and the duties that are played with. Everything is done by the actions that the pages use, each on its day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from petitions.agencies.directory import Directory
from petitions.core import clock
from petitions.core.identity import Identity
from petitions.demo.sheets import Answer
from petitions.duties.models.duty import Duty

HOUR = timedelta(hours=10)


@dataclass
class Play:
    """Who acts, and what has been played so far. `answers` by the summary of the petition."""

    session: Session
    clerk: Identity
    lead: Identity
    standing: Identity
    officer: Identity
    directory: Directory
    answers: Mapping[str, Answer]
    last: date
    groups: Mapping[int, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def at(self, day: date, by: Identity) -> dict[str, Any]:
        """The words that every action takes."""
        return {"by": by, "now": moment(day), "today": day}

    def agency_of(self, duty: Duty) -> Identity:
        """Who acts for the agency: its own officer where the demo has one, else the clerk notes it down."""
        return self.officer if duty.agency_id in self.officer.scope("agency") else self.clerk


@dataclass(frozen=True, slots=True)
class Sent:
    """A duty with the petition it is about, and what is to become of it."""

    duty: Duty
    summary: str
    number: int
    plan: str


def moment(day: date) -> datetime:
    """Ten in the morning in Hanoi."""
    return clock.midnight(day) + HOUR
