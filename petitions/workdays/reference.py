"""Loading the calendar 2021-2027: what the office does not have yet. A day that it has had, living or withdrawn, is left alone.

`data/days.csv` was made from the library `holidays` 0.109 and corrected by hand where it errs (a test compares the two): 02/01/2026 swapped with
10/01/2026 was missing, 27/01/2025 bore a wrong name, Saturday 01/02/2025 is not one of the five days of Tết.
"""

import csv
import secrets
from datetime import date, datetime
from importlib import resources
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.journal import actions as journal
from petitions.workdays import queries
from petitions.workdays.models import CalendarDay, CalendarNotice, CalendarVersion, CalendarWeek

CALENDAR = ("calendar", 1)
LOADED = "Nạp dữ liệu nền"


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add what is missing; how many rows. Idempotent."""
    had = set(session.scalars(select(CalendarDay.day)))
    years, weeks = set(session.scalars(select(CalendarNotice.year))), set(session.scalars(select(CalendarWeek.valid_from)))
    days = [row for row in seed_days() if row["day"] not in had]
    notices = [row for row in _rows("notices") if int(row["year"]) not in years]
    rests = [row for row in _rows("weeks") if date.fromisoformat(row["valid_from"]) not in weeks]
    added = len(days) + len(notices) + len(rests)
    if not added:
        return 0
    number = queries.version(session) + 1
    session.add(CalendarVersion(id=number, token=secrets.token_hex(16), made_at=now, reason=LOADED))
    session.flush()
    session.add_all(CalendarDay(**row, added_in=number) for row in days)
    session.add_all(CalendarNotice(year=int(row["year"]), basis=row["basis"], source=row["source"], added_in=number) for row in notices)
    session.add_all(_week(row) for row in rests)
    session.flush()
    journal.record(session, "calendar.load", CALENDAR, by=by, now=now, changes={"rows": (None, added), "version": (number - 1 or None, number)})
    return added


def seed_days() -> list[dict[str, Any]]:
    """The days of the file, as the columns of CalendarDay."""
    words = ("kind", "reason", "name_vi", "name_en", "basis", "source")
    return [
        {
            "day": date.fromisoformat(row["day"]),
            "for_day": date.fromisoformat(row["for_day"]) if row["for_day"] else None,
            "confirmed": row["confirmed"] == "1",
            **{name: row[name] for name in words},
        }
        for row in _rows("days")
    ]


def _week(row: dict[str, str]) -> CalendarWeek:
    words = {name: row[name] for name in ("rest_days", "basis", "source")}
    return CalendarWeek(valid_from=date.fromisoformat(row["valid_from"]), confirmed=row["confirmed"] == "1", **words)


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("petitions.workdays").joinpath(f"data/{name}.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))
