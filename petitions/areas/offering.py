"""What is offered when nothing is certain: candidates, each with its reason; near misses, hints in the words, same names. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from petitions.areas.gazetteer import Gazetteer, Place
from petitions.areas.reading import Mention
from petitions.areas.spelling import near_keys, one_slip, plain_key, syllables
from petitions.core.dates import format_day
from petitions.core.words import Message, say

LEAST_LETTERS_FOR_A_SLIP = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be meant: a unit (with its district), or a district alone; `why` it is offered."""

    unit_id: int | None
    district_id: int | None
    label: str
    name: str
    why: Message
    former_id: int | None = None


def of_unit(gazetteer: Gazetteer, unit_id: int, why: Message, former_id: int | None = None) -> Candidate:
    """A unit offered."""
    unit = gazetteer.units[unit_id]
    label = gazetteer.label(unit_id) if former_id is None else gazetteer.label_with_former(unit_id, former_id)
    return Candidate(unit_id, unit.district_id, label, unit.name, why, former_id)


def of_district(place: Place, why: Message) -> Candidate:
    """A district offered."""
    return Candidate(None, place.id, place.label, place.name, why)


def last_day(place: Place) -> str:
    """The last day of a place that ended, dd/mm/yyyy."""
    return format_day(place.valid_to) if place.valid_to else ""


def when(place: Place) -> Message:
    """From when to when a place existed, in words."""
    if place.valid_from and place.valid_to:
        return say("từ {first} đến {last}", first=format_day(place.valid_from), last=format_day(place.valid_to))
    if place.valid_from:
        return say("từ {first} đến nay", first=format_day(place.valid_from))
    return say("đến {last}", last=format_day(place.valid_to)) if place.valid_to else say("từ trước đến nay")


def hints(gazetteer: Gazetteer, mentions: Iterable[Mention], district: Place | None, on: date | None) -> tuple[Candidate, ...]:
    """Units whose names stand in the words after other words (a street, an estate): worth a look, no more."""
    places = [gazetteer.place(name) for mention in mentions if mention.loose for name in mention.names]
    units = [place for place in places if not place.is_district and (district is None or gazetteer.touches(place.id, district.id))]
    why = say("tên có trong lời ghi")
    named = {place.id: of_district(place, why) for place in places if place.is_district and district is None}
    return (*named.values(), *offered(gazetteer, units, on, why))


def bare_units(gazetteer: Gazetteer, mentions: Iterable[Mention], district: Place, on: date | None) -> tuple[Candidate, ...]:
    """Units that a bare name ("Ba Vì") may mean besides the district of that name."""
    meant = [m for m in mentions if m.kind is None and any(n.is_district and n.place_id == district.id and not n.alias for n in m.names)]
    units = [gazetteer.place(name) for mention in meant for name in mention.names if not name.is_district]
    why = say("cùng tên với {district}", district=district.label)
    return tuple(of_unit(gazetteer, unit.id, why) for unit in units if unit.lives(on) and not any(m.inherited for m in meant))


def near_places(gazetteer: Gazetteer, mention: Mention) -> list[Place]:
    """Places whose names are one slip of the finger, or other marks, away from the mention's name or its first words."""
    for length in range(len(mention.typed), 0, -1):
        found = _near(gazetteer, "".join(plain_key(word) for word in mention.typed[:length]))
        if found:
            return found
    return []


def near_bare(gazetteer: Gazetteer, words: str, on: date | None) -> tuple[Candidate, ...]:
    """The same for words that are nothing but a name."""
    typed = syllables(words)
    if not 1 < len(typed) <= gazetteer.longest + 2:
        return ()
    found = _near(gazetteer, "".join(plain_key(word) for word in typed))
    why = say("viết gần giống «{words}»", words=words.strip()[:80])
    districts = tuple(of_district(place, why) for place in found if place.is_district)
    return districts + offered(gazetteer, [place for place in found if not place.is_district], on, why)


def _near(gazetteer: Gazetteer, letters: str) -> list[Place]:
    if len(letters) < LEAST_LETTERS_FOR_A_SLIP:
        return [gazetteer.place(name) for key in gazetteer.near.get(letters, ()) if "".join(key) == letters for name in gazetteer.names[key]]
    keys = {key for left in near_keys(letters) for key in gazetteer.near.get(left, ())}
    kept = sorted((key for key in keys if one_slip(letters, "".join(key))), key=lambda key: ("".join(key) != letters, key))
    return [gazetteer.place(name) for key in kept for name in gazetteer.names[key]]


def offered(gazetteer: Gazetteer, units: Iterable[Place], on: date | None, why: Message) -> tuple[Candidate, ...]:
    """Candidates for these units on a day: living ones as they are, ended ones by their successors, later ones not at all."""
    found: list[Candidate] = []
    for unit in units:
        if unit.lives(on):
            found.append(of_unit(gazetteer, unit.id, why))
        elif on and unit.valid_to and unit.valid_to < on:
            found += [of_unit(gazetteer, step.unit_id, why, unit.id) for step in gazetteer.successors(unit.id, on)]
    return once(found)


def once(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates without repetition, the first reason kept."""
    kept: dict[tuple[int | None, int | None], Candidate] = {}
    for candidate in candidates:
        kept.setdefault((candidate.unit_id, candidate.district_id), candidate)
    return tuple(kept.values())
