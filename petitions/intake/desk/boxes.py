"""The form of a petition: which boxes hold what, for a new one, the next of the same evening, and one that stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from petitions.core.dates import format_day
from petitions.core.identity import Identity
from petitions.intake.models import Petition
from petitions.intake.values import PetitionValues

KEPT = ("body_id", "origin", "channel", "council_session_id", "place_words", "unit_id")


def ticks(timing: str | None) -> list[str]:
    """before, after or both, as boxes to tick."""
    return {"both": ["before", "after"], None: []}.get(timing, [timing or ""])


def new(identity: Identity, today: date, last: Petition | None = None) -> dict[str, Any]:
    """An empty form; after `last` of the same evening it keeps meeting, ward (unless it is unclear which), channel and session."""
    bodies = sorted(identity.scope("body"))
    values: dict[str, Any] = {"body_id": bodies[0] if bodies else "", "received_on": format_day(today)}
    if last is not None:
        values |= {name: getattr(last, name) for name in KEPT}
        values["unit_id"] = last.unit_id if last.unit_resolution == "clerk" else None
        values |= {"met": _met(last), "timing": ticks(last.timing)}
        values["received_on"] = format_day(last.received_on) if last.received_on else ""
        if unclear(last):
            values["place_words"] = ""
    return values


def unclear(petition: Petition) -> bool:
    """Whether nobody knows yet where `petition` comes from (outside the city is known)."""
    return petition.unit_resolution == "unresolved" and not petition.outside


def of(petition: Petition) -> dict[str, Any]:
    """The boxes of a petition that stands (agencies and references loaded; petitioners are changed apart)."""
    names = ("body_id", "origin", "channel", "council_session_id", "summary", "notes", "place_words", "report_group", "field_id", "level")
    values: dict[str, Any] = {name: getattr(petition, name) for name in names}
    values |= {
        "text": petition.original_text,
        "met": _met(petition),
        "received_on": format_day(petition.received_on) if petition.received_on else "",
        "timing": ticks(petition.timing),
        "unit_id": petition.unit_id if petition.unit_resolution == "clerk" else None,
        "constituency_id": petition.constituency_id if petition.constituency_basis in ("clerk", "as_written") else None,
    }
    for n, row in enumerate(petition.agencies):
        values |= {f"agencies-{n}-agency_id": row.agency_id, f"agencies-{n}-as_written": row.as_written, f"agencies-{n}-part": row.part}
    for n, reference in enumerate(petition.references):
        values |= {f"references-{n}-system": reference.system, f"references-{n}-reference": reference.reference, f"references-{n}-url": reference.url}
    return values


def merged(values: PetitionValues, current: Petition, taken: Mapping[str, str]) -> dict[str, Any]:
    """What "theirs" means for the fields of a stale save: name → the standing value, for those chosen so."""
    standing = {
        "text": current.original_text,
        **{name: getattr(current, name) for name in SCALARS},
    }
    return {name: standing[name] for name, choice in taken.items() if choice == "theirs" and name in standing and hasattr(values, name)}


SCALARS = (
    "summary",
    "notes",
    "place_words",
    "met_on",
    "met_as_written",
    "received_on",
    "council_session_id",
    "timing",
    "origin",
    "channel",
    "report_group",
    "field_id",
    "level",
)


def _met(petition: Petition) -> str:
    return format_day(petition.met_on) if petition.met_on else petition.met_as_written or ""
