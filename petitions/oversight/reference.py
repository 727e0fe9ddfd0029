"""Loading the kinds of supervision (hình thức giám sát) with their legal basis and validity: what the office does not have yet. A kind under the law of
2015 and the same kind under the law that replaced it from 2026-03-01 are two rows; "chờ xác nhận" marks articles that were not seen in full text."""

import csv
from datetime import date, datetime
from importlib import resources

from sqlalchemy import select
from sqlalchemy.orm import Session

from petitions.core.identity import Identity
from petitions.journal.actions import record
from petitions.oversight.models.programme import SupervisionKind


def load(session: Session, *, by: Identity, now: datetime) -> int:
    """Add the kinds that are not there yet; how many. What the office has changed stays."""
    known = set(session.scalars(select(SupervisionKind.code)))
    with (resources.files("petitions.oversight") / "data" / "kinds.csv").open(encoding="utf-8") as source:
        fresh = [_kind(row, place) for place, row in enumerate(csv.DictReader(source)) if row["code"] not in known]
    if fresh:
        session.add_all(fresh)
        session.flush()
        record(session, "oversight.reference", ("office", 0), by=by, now=now, changes={"kinds": (None, len(fresh))})
    return len(fresh)


def _kind(row: dict[str, str], place: int) -> SupervisionKind:
    words = {name: row[name] for name in ("code", "name", "name_en", "by_product", "legal_basis")}
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
    return SupervisionKind(**words, **days, confirmed=row["confirmed"] == "1", position=place)
