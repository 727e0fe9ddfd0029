"""Loading the rules of deadlines (domain 1.5): what the office does not have yet. A version that the office changed or ended is left alone.

"Chờ xác nhận" marks what no full text was seen for: the Council's own 60 days, the successors from 2026-03-01 of every rule of the law of 2015, and the
office's practice. The office's choices (settings.py) have defaults and need no rows.
"""

import csv
from datetime import date, datetime
from importlib import resources

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.duties.models.rules import DeadlineRule, DeadlineRuleVersion
from petitions.duties.rules import Rulebook, RuleVersion
from petitions.journal import actions as journal
from petitions.workdays.calendar import Name
from petitions.workdays.counting import Unit

LIMIT = 2000
RULES = ("rules", 1)


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add the rules and versions that are missing; how many rows. Idempotent."""
    known = set(session.scalars(select(DeadlineRule.code).order_by(DeadlineRule.code).limit(LIMIT)))
    seeds = select(DeadlineRuleVersion.seed).where(DeadlineRuleVersion.seed.is_not(None))
    have = set(session.scalars(seeds.order_by(DeadlineRuleVersion.id).limit(LIMIT)))
    rules = [DeadlineRule(**row, position=place) for place, row in enumerate(_rows("rules"), 1) if row["code"] not in known]
    session.add_all(rules)
    session.flush()
    versions = [_version(row) for row in _rows("versions") if row["seed"] not in have]
    session.add_all(versions)
    session.flush()
    added = len(rules) + len(versions)
    if added:
        journal.record(session, "rules.load", RULES, by=by, now=now, changes={"rows": (None, added)})
    return added


def seed_book() -> Rulebook:
    """The shipped rulebook, without a database."""
    named = {row["code"]: row for row in _rows("rules")}
    return Rulebook.of(
        RuleVersion(
            number,
            row["code"],
            Name(named[row["code"]]["name"], named[row["code"]]["name_en"]),
            named[row["code"]]["start_event"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            int(row["length"]),
            Unit(row["unit"]),
            row["direction"] == "before",
            row["to_workday"] == "1",
            row["legal_basis"],
            row["confirmed"] == "1",
            row["note"],
        )
        for number, row in enumerate(_rows("versions"), 1)
    )


def _version(row: dict[str, str]) -> DeadlineRuleVersion:
    words = {name: row[name] for name in ("seed", "unit", "direction", "legal_basis", "note")}
    return DeadlineRuleVersion(
        rule_code=row["code"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        length=int(row["length"]),
        to_workday=row["to_workday"] == "1",
        confirmed=row["confirmed"] == "1",
        **words,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("petitions.duties").joinpath(f"data/{name}.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))
