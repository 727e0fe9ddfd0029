"""Where and to whom a petition belongs: words → unit → constituency, by the day it counts from. Pure; never guesses silently.

The day: of the meeting; else, when only a month or a year is known, both its ends must agree; else of receipt, which is said
(domain 9.3 R7). What the clerk chose stands over what was found, and is marked as chosen.
"""

from dataclasses import dataclass
from datetime import date

from petitions.areas.gazetteer import Gazetteer
from petitions.areas.resolver import Resolution, resolve, resolve_between
from petitions.core.dates import LooseDay, parse_loose
from petitions.core.words import say
from petitions.council.answers import Assignment
from petitions.council.roll import Roll
from petitions.intake.values import PetitionValues


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places of the city and the roll of constituencies, as they stand."""

    gazetteer: Gazetteer
    roll: Roll

    def related(self, unit_id: int | None) -> frozenset[int]:
        """The unit and all, old and new, that shared ground with it; nothing for no unit."""
        return self.gazetteer.related(unit_id) if unit_id is not None and unit_id in self.gazetteer.units else frozenset()

    def unit(self, unit_id: int | None, *, full: bool = False) -> str:
        """The unit's name ("phường Minh Khai, quận Hai Bà Trưng" when `full`); empty for no unit."""
        if unit_id is None or unit_id not in self.gazetteer.units:
            return ""
        return self.gazetteer.full_label(unit_id) if full else self.gazetteer.label(unit_id)

    def district(self, district_id: int | None) -> str:
        """The district's name; empty for none."""
        return self.gazetteer.districts[district_id].label if district_id is not None and district_id in self.gazetteer.districts else ""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a petition: `dated_on` is the one it counts from; `span` covers the meeting when it is known at all."""

    dated_on: date | None
    span: LooseDay | None
    from_meeting: bool


@dataclass(frozen=True, slots=True)
class Placing:
    """What was found. `place` tells what the words gave, `assignment` what the place gave; None where nothing was asked."""

    days: Days
    unit_id: int | None = None
    district_id: int | None = None
    unit_resolution: str = "unresolved"
    constituency_id: int | None = None
    constituency_basis: str | None = None
    constituency_number: int = 0
    term_id: int | None = None
    outside: str | None = None
    place: Resolution | None = None
    assignment: Assignment | None = None


def days_of(values: PetitionValues) -> Days:
    """Which day counts: the meeting's, exactly or as a month or year kept as written; else that of receipt."""
    if values.met_on:
        return Days(values.met_on, LooseDay(values.met_on, values.met_on, ""), True)
    span = parse_loose(values.met_as_written) if values.met_as_written else None
    if span:
        return Days(span.first, span, True)
    received = parse_loose(values.as_written.get("received_on", "")) if values.received_on is None else None
    if received:  # a file may know the receipt only by month or year
        return Days(received.first, received, False)
    return Days(values.received_on, None, False)


def place(atlas: Atlas, values: PetitionValues, *, today: date) -> Placing:
    """Find unit, constituency and term for `values`; a day that is not known at all counts as `today` for the term only."""
    days = days_of(values)
    day = days.dated_on or today
    found = _read(atlas, values.place_words, days)
    unit_id, district_id, mark = _unit(atlas, values, found)
    term_id, before = _term(atlas.roll, values.body_id, day)
    outside = values.outside or ("other_place" if found is not None and found.outcome == "outside" and unit_id is None else None)
    outside = "before_term" if before else outside
    assignment = None
    constituency_id: int | None = None
    basis: str | None = None
    if outside is None and days.dated_on is not None:
        assignment = _assign(atlas.roll, values.body_id, unit_id, district_id, days)
        if assignment.constituency is None and unit_id is None and found is not None and found.complete:
            assignment = _shared(atlas, values.body_id, found, days) or assignment
        if assignment.constituency:
            constituency_id = assignment.constituency.id
            basis = "meeting_day" if days.from_meeting else "receipt_day"
    if values.constituency_id is not None and values.constituency_id != constituency_id and outside is None:
        constituency_id, basis = values.constituency_id, values.constituency_from
    number = atlas.roll.constituencies[constituency_id].number if constituency_id in atlas.roll.constituencies else 0
    return Placing(
        days,
        unit_id,
        district_id,
        mark,
        constituency_id,
        basis,
        number,
        term_id,
        outside,
        found,
        assignment,
    )


def _read(atlas: Atlas, words: str, days: Days) -> Resolution | None:
    if not words.strip():
        return None
    if days.span is not None and not days.span.exact:
        return resolve_between(atlas.gazetteer, words, days.span.first, days.span.last)
    return resolve(atlas.gazetteer, words, days.dated_on)


def _unit(atlas: Atlas, values: PetitionValues, found: Resolution | None) -> tuple[int | None, int | None, str]:
    """(unit, district, mark); a unit that the clerk chose and the words give by themselves alike is marked "auto"."""
    own = found.unit_id if found is not None and found.outcome == "unit" else None
    if values.unit_id is not None:
        unit = atlas.gazetteer.units.get(values.unit_id)
        return values.unit_id, unit.district_id if unit else None, "auto" if values.unit_id == own else "clerk"
    if own is not None:
        return own, atlas.gazetteer.units[own].district_id, "auto"
    if found is not None and found.outcome == "district":
        return None, found.district_id, "district_only"
    return None, found.district_id if found is not None else None, "unresolved"


def _term(roll: Roll, body_id: int, day: date) -> tuple[int | None, bool]:
    """The term of `day`, and whether the day lies before every term that is known; then the first one lends its number to the code."""
    span = roll.term_on(body_id, day)
    if span is not None:
        return span.id, False
    spans = [term for term in roll.terms if term.body_id == body_id]
    begun = sorted((term.starts_on, term.id) for term in spans if term.starts_on is not None)
    earlier = [number for first, number in begun if first <= day]
    if earlier:
        return earlier[-1], False
    if begun:
        return begun[0][1], True
    return (min(term.id for term in spans), False) if spans else (None, False)


def _assign(roll: Roll, body_id: int, unit_id: int | None, district_id: int | None, days: Days) -> Assignment:
    span = days.span
    day = days.dated_on or date.min
    first = roll.assign(body_id=body_id, unit_id=unit_id, district_id=district_id, day=day)
    if span is None or span.exact:
        return first
    last = roll.assign(body_id=body_id, unit_id=unit_id, district_id=district_id, day=span.last)
    if first.constituency == last.constituency:
        return first
    known = {one.constituency.id: one for answer in (first, last) for one in answer.candidates}
    return Assignment(last.basis, last.said, None, tuple(known.values()), False, first.term_id)


def _shared(atlas: Atlas, body_id: int, found: Resolution, days: Days) -> Assignment | None:
    """The constituency to which every place that can be meant belongs; None when they differ. The unit stays open."""
    answers = [_assign(atlas.roll, body_id, one.unit_id, one.district_id, days) for one in found.candidates]
    first = answers[0] if answers else None
    if first is None or first.constituency is None or any(answer.constituency != first.constituency for answer in answers):
        return None
    names = ", ".join(dict.fromkeys(atlas.unit(one.unit_id) or atlas.district(one.district_id) for one in found.candidates))
    said = say("Chưa rõ là nơi nào trong {names}, nhưng các nơi đó đều thuộc một đơn vị bầu cử.", names=names)
    return Assignment("candidates", said, first.constituency, confirmed=all(answer.confirmed for answer in answers), term_id=first.term_id)
