"""What a person means by words behind a field's name in a search: numbers of constituencies, names of units and of listed things."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from petitions.core import clock
from petitions.core.text import fold
from petitions.council import queries as council
from petitions.intake.placing import Atlas

CITY_COUNCIL = "HD"


def like(text: str, named: Mapping[str, str]) -> tuple[str, ...]:
    """The values whose names hold all the words."""
    wanted = fold(text).split()
    return tuple(value for value, name in named.items() if wanted and all(word in fold(name) for word in wanted))[:50]


def constituencies(session: Session, atlas: Atlas, text: str) -> tuple[str, ...]:
    """A number means the City Council's term of today, else the last one that has constituencies (the contract of `search`)."""
    if not text.strip().isdigit():
        return like(text, {str(number): f"{ref.label}" for number, ref in atlas.roll.constituencies.items()})
    terms = [term.id for term in council.terms(session, council.body_by_code(session, CITY_COUNCIL).id)]
    listed = {ref.term_id for ref in atlas.roll.constituencies.values()}
    body_id = next((term.body_id for term in atlas.roll.terms if term.id in terms), 0)
    present = atlas.roll.term_on(body_id, clock.today())
    term_id = present.id if present and present.id in listed else max((term for term in terms if term in listed), default=0)
    digits = text.strip().lstrip("0")
    return tuple(str(ref.id) for ref in atlas.roll.constituencies.values() if ref.term_id == term_id and str(ref.number) == digits)


def units(atlas: Atlas, text: str) -> tuple[str, ...]:
    """Units of this id, or of this name, with its kind or without."""
    if text.isdigit() and int(text) in atlas.gazetteer.units:
        return (text,)
    wanted = fold(text).strip()
    exact = [number for number, unit in atlas.gazetteer.units.items() if wanted in (fold(unit.name), fold(unit.label))]
    return tuple(str(number) for number in exact)[:50]
