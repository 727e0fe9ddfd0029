"""The office at work: its settings and its database, handed to commands, jobs and the web."""

from dataclasses import dataclass

from sqlalchemy import Engine

from petitions.core import clock, db
from petitions.settings import Settings


@dataclass(frozen=True, slots=True)
class Office:
    """Settings and engine of one running office."""

    settings: Settings
    engine: Engine

    @classmethod
    def open(cls, settings: Settings) -> "Office":
        """An office for `settings`; holds the calendar where they say so."""
        clock.hold(settings.today)
        return cls(settings, db.make_engine(settings.database_url))
