"""What the select fields of the form and of the filters offer: (value, words) pairs, or groups of them. Labels in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from petitions.core.dates import format_day
from petitions.core.words import Message, say
from petitions.intake.lists import GROUPS, Lists
from petitions.intake.placing import Atlas
from petitions.intake.queries.names import AgencyRow, SessionRow

Pair = tuple[Any, Any]
INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class Choices:
    """One list for each select field."""

    bodies: Sequence[Pair]
    origins: Sequence[Pair]
    channels: Sequence[Pair]
    sessions: Sequence[Pair]
    groups: Sequence[Pair]
    fields: Sequence[Pair]
    levels: Sequence[Pair]
    constituencies: Sequence[Pair]
    agencies: Sequence[Pair]


def choices(
    *, atlas: Atlas, lists: Lists, body_ids: frozenset[int], sessions: Sequence[SessionRow], agencies: Sequence[AgencyRow], day: date | None = None
) -> Choices:
    """The choices for someone who stands for `body_ids`; what is no longer valid on `day` is left out (no day: everything is offered)."""
    names = {term.body_id: term.body for term in atlas.roll.terms if term.body_id in body_ids}
    return Choices(
        bodies=sorted(names.items()),
        origins=[(item.code, item.label) for item in lists.origins.values() if item.active and item.valid_on(day)],
        channels=[(item.code, item.label) for item in lists.channels.values() if item.active],
        sessions=_sessions(sessions, body_ids),
        groups=[(number, f"{number}. {label}") for number, label in GROUPS.items()],
        fields=[(node.id, f"{INDENT * node.depth}{node.label}") for node in lists.fields.values() if node.valid_on(day)],
        levels=[(item.code, item.label) for item in lists.levels.values() if item.valid_on(day)],
        constituencies=_constituencies(atlas, body_ids),
        agencies=[(row.id, agency_words(row)) for row in agencies],
    )


def agency_words(row: AgencyRow) -> str:
    """Name, short name to type for, and the last day of one that has ended."""
    short = f" · {row.short_name}" if row.short_name and row.short_name != row.name else ""
    ended = f" ({say('đến {day}', day=format_day(row.valid_to))})" if row.valid_to else ""
    return f"{row.name}{short}{ended}"


def _sessions(rows: Sequence[SessionRow], body_ids: frozenset[int]) -> list[Pair]:
    groups: dict[str, list[Pair]] = {}
    for row in rows:
        if row.body_id in body_ids:
            groups.setdefault(row.term, []).append((row.id, row.label))
    return list(groups.items())


def _constituencies(atlas: Atlas, body_ids: frozenset[int]) -> list[Pair]:
    terms = {term.id: term for term in atlas.roll.terms if term.body_id in body_ids}
    own = [ref for ref in atlas.roll.constituencies.values() if ref.term_id in terms]
    order = sorted(own, key=lambda ref: (terms[ref.term_id].body_id, -ref.term_id, ref.number, ref.id))
    groups: dict[int, list[Pair]] = {}
    for ref in order:
        groups.setdefault(ref.term_id, []).append((ref.id, ref.label))
    return [(term_words(terms[term_id].body, terms[term_id].label), pairs) for term_id, pairs in groups.items()]


def term_words(body: str, term: str) -> Message:
    """ "HĐND khóa XVI"."""
    return say("{body} khóa {term}", body=body, term=term)
