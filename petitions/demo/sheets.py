"""The demo office's petitions as data: meetings by round, petitions, answers, papers that were diverted. Pure; read from `data/`."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parent / "data"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Meeting:
    """One voter-contact meeting: in which round, of which former district (= constituency of term XVI), on which day."""

    round: str
    district: str
    met_on: date
    session_number: int | None
    timing: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One petition as it was raised; `agency` in the words of its day."""

    place: str
    field: str
    level: str
    agency: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Diverted:
    """A paper that turned out to be a complaint or a denunciation."""

    place: str
    kind: str
    sent_to: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the petition with this summary, so many days after the meeting."""

    number: str
    days: int
    answer_class: str
    text: str


def meetings() -> dict[Meeting, tuple[list[Item], list[Diverted]]]:
    """All meetings by day with what was raised there, in the order of the sheets."""
    rounds = {row["round"]: row for row in _rows(DATA / "meetings.csv", ",")}
    districts: dict[str, int] = {}
    found: dict[Meeting, tuple[list[Item], list[Diverted]]] = {}
    for path in sorted(DATA.glob("petitions-*.psv")):
        for row in _rows(path, "|"):
            meeting = _meeting(rounds[row.pop("round")], row.pop("district"), districts)
            found.setdefault(meeting, ([], []))[0].append(Item(**row))
    for row in _rows(DATA / "diverted.psv", "|"):
        meeting = _meeting(rounds[row.pop("round")], row.pop("district"), districts)
        found.setdefault(meeting, ([], []))[1].append(Diverted(**row))
    return {meeting: found[meeting] for meeting in sorted(found, key=lambda each: (each.met_on, districts[each.district]))}


def answers() -> Mapping[str, Answer]:
    """Answers by the summary of the petition they answer."""
    rows = _rows(DATA / "answers.psv", "|")
    return {row["summary"]: Answer(row["number"], int(row["days"]), row["class"], row["text"]) for row in rows}


def _meeting(row: Mapping[str, str], district: str, districts: dict[str, int]) -> Meeting:
    first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    days = [day for day in (first + timedelta(n) for n in range((last - first).days + 1)) if day.weekday() < SATURDAY]
    place = districts.setdefault(district, len(districts))
    number = int(row["session"]) if row["session"] else None
    return Meeting(row["round"], district, days[place % len(days)], number, row["timing"] or None, row["note"])


def _rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "|" else csv.QUOTE_MINIMAL)
