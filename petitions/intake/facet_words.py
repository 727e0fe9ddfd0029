"""Words for the values that a search counts beside its hits: all facets of a page in few statements."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from petitions.agencies import queries as agency_queries
from petitions.intake.lists import GROUPS, TIMING_WORDS, Lists
from petitions.intake.queries import names
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.workflow import STATES
from petitions.search.sources import Labels

Words = Callable[[str], str]
STORED, PLACES, LISTED = ("agency", "session", "body"), ("constituency", "unit"), ("field", "group", "level", "origin")
OWN: Mapping[str, Mapping[str, object]] = {"state": STATES, "timing": TIMING_WORDS}


def labels(session: Session, wanted: Mapping[str, Sequence[str]]) -> Labels:
    """Facet → value → words; what has none is left out."""
    found: dict[str, dict[str, str]] = {}
    ways = _stored(session, wanted) | _places(session, wanted) | _listed(session, wanted)
    for facet, values in wanted.items():
        if way := ways.get(facet):
            found[facet] = {value: words for value in values if (words := way(value))}
        elif own := OWN.get(facet):
            found[facet] = {value: str(own[value]) for value in values if value in own}
    return found


def _numbers(values: Sequence[str]) -> set[int]:
    return {int(value) for value in values if value.isdigit()}


def _stored(session: Session, wanted: Mapping[str, Sequence[str]]) -> dict[str, Words]:
    known: dict[str, Mapping[int, object]] = {}
    if "agency" in wanted:
        agencies = agency_queries.directory(session).agencies
        known["agency"] = {number: agencies[number].name for number in _numbers(wanted["agency"]) if number in agencies}
    if "session" in wanted:
        known["session"] = names.sessions(session, _numbers(wanted["session"]))
    if "body" in wanted:
        known["body"] = names.body_names(session, _numbers(wanted["body"]))
    return {facet: _by_number(words) for facet, words in known.items()}


def _places(session: Session, wanted: Mapping[str, Sequence[str]]) -> dict[str, Words]:
    if not any(facet in wanted for facet in PLACES):
        return {}
    atlas = read_atlas(session)
    constituencies = atlas.roll.constituencies
    return {
        "unit": lambda value: atlas.unit(int(value)) if value.isdigit() else "",
        "constituency": lambda value: str(constituencies[int(value)].label) if value.isdigit() and int(value) in constituencies else "",
    }


def _listed(session: Session, wanted: Mapping[str, Sequence[str]]) -> dict[str, Words]:
    if not any(facet in wanted for facet in LISTED):
        return {}
    lists: Lists = read_lists(session)
    return {
        "field": lambda value: lists.field_label(int(value)) if value.isdigit() else "",
        "group": lambda value: str(GROUPS.get(int(value), "")) if value.isdigit() else "",
        "level": lists.level_label,
        "origin": lists.origin_label,
    }


def _by_number(words: Mapping[int, object]) -> Words:
    return lambda value: str(words[int(value)]) if value.isdigit() and int(value) in words else ""
