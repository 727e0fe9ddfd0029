"""What changed between two pictures of a petition, for the journal: field → (old, new). Protected values only as sealed digests."""

from collections.abc import Mapping
from typing import Any

from petitions.intake.models import Petition
from petitions.journal.actions import sealed

COLUMNS = (
    "body_id",
    "term_id",
    "council_session_id",
    "timing",
    "origin",
    "channel",
    "met_on",
    "met_as_written",
    "received_on",
    "original_text",
    "summary",
    "notes",
    "place_words",
    "unit_id",
    "district_id",
    "unit_resolution",
    "constituency_id",
    "constituency_basis",
    "outside",
    "report_group",
    "field_id",
    "level",
    "voters_count",
)
Picture = Mapping[str, Any]


def picture(petition: Petition, *, key: str) -> dict[str, Any]:
    """The values of `petition` that the journal follows; `key` seals petitioners. Needs its parts loaded."""
    taken: dict[str, Any] = {name: getattr(petition, name) for name in COLUMNS}
    taken["agencies"] = [f"{row.part}:{row.agency_id or row.as_written}" for row in petition.agencies]
    taken["references"] = [f"{row.system}:{row.reference}" for row in petition.references]
    taken["petitioners"] = [sealed("\x1f".join((row.name, row.address, row.phone)), key) for row in petition.petitioners]
    taken["answers"] = [f"{row.number} {row.answered_on or row.answered_as_written}".strip() for row in petition.answers]
    return taken


def between(before: Picture, after: Picture) -> dict[str, tuple[Any, Any]]:
    """Fields whose values differ."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
