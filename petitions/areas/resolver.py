"""The resolver: the words a clerk has and a day → one unit, several candidates, a district only, outside Hanoi, or unknown. Pure.

Rules of domain brief 8.4: the day decides which generation counts; a homonym needs its district; an old unit that went whole into one
new unit is that unit, a divided one gives candidates; whatever is not exact is offered, never chosen. Each result says how it was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from petitions.areas import offering
from petitions.areas.choosing import Choice, choose
from petitions.areas.gazetteer import KIND_WORDS, Gazetteer, Place
from petitions.areas.offering import Candidate
from petitions.areas.reading import DISTRICT_KINDS, Mention, Reading, read
from petitions.areas.spelling import syllables
from petitions.core.dates import format_day
from petitions.core.words import Message, say, say_n

MOST_CANDIDATES = 40


class Outcome(StrEnum):
    """What came of it."""

    UNIT = "unit"
    CANDIDATES = "candidates"
    DISTRICT = "district"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Resolution:
    """`unit_id` lives on the day; `named_unit_id` is the one the words name when that is an older one; `how` is a short code for records.

    `whole_city`: the words mean Hanoi as a whole (or the whole country), no unit inside it. `outside`: the province named.
    `complete`: the candidates are all the places that can be meant (heirs of a divided unit, homonyms), not guesses at a name.
    """

    outcome: Outcome
    words: str
    on: date | None
    said: Message
    how: str
    unit_id: int | None = None
    district_id: int | None = None
    named_unit_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    whole_city: bool = False
    outside: str | None = None
    complete: bool = False


def resolve(gazetteer: Gazetteer, words: str, on: date | None = None) -> Resolution:
    """What `words` mean on the day `on` (no day: all generations are offered). Never guesses: see `Outcome`."""
    reading = read(gazetteer, words)
    return _Resolver(gazetteer, words, on, reading).resolve()


def resolve_between(gazetteer: Gazetteer, words: str, first: date, last: date) -> Resolution:
    """The same for a day known only as a month or a year: one unit only when both ends agree, else what each end gives is offered."""
    one, other = resolve(gazetteer, words, first), resolve(gazetteer, words, last)
    if (one.outcome, one.unit_id, one.district_id) == (other.outcome, other.unit_id, other.district_id):
        return replace(other, complete=one.complete and other.complete)
    found = [
        offering.of_unit(gazetteer, end.unit_id, say("đúng với ngày {day}", day=format_day(day)))
        for end, day in ((one, first), (other, last))
        if end.unit_id is not None
    ]
    found += [*one.candidates, *other.candidates]
    if not found:
        return replace(other, on=None)
    said = say("Không rõ ngày; từ {first} đến {last} địa giới đã thay đổi. Hãy chọn.", first=format_day(first), last=format_day(last))
    complete = all(end.unit_id is not None or end.complete for end in (one, other))
    return Resolution(Outcome.CANDIDATES, words, None, said, "loose_day", district_id=one.district_id, candidates=_distinct(found), complete=complete)


class _Resolver:
    """One question."""

    def __init__(self, gazetteer: Gazetteer, words: str, on: date | None, reading: Reading) -> None:
        self.gazetteer, self.words, self.on, self.reading = gazetteer, words, on, reading
        self.firm = [mention for mention in reading.mentions if not mention.loose]
        self.lost = [mention for mention in self.firm if not mention.names and mention.kind in DISTRICT_KINDS]

    def resolve(self) -> Resolution:
        """The answer."""
        if not syllables(self.words):
            return self._answer(Outcome.UNKNOWN, "empty", say("Chưa ghi nơi."))
        if self.reading.provinces:
            return self._elsewhere(self.reading.provinces[0])
        districts, units = self._sorted()
        if self.lost and not districts:
            return self._lost_district(self.lost[0])
        if units:
            return self._units(units, districts)
        if districts:
            return self._districts([place for _, place in districts])
        return self._nothing()

    # -- what the words name -------------------------------------------------------------------------------------------

    def _sorted(self) -> tuple[list[tuple[int, Place]], list[tuple[int, Mention]]]:
        """Districts and unit mentions with their places in the text; a bare name is read by its neighbours and by the day."""
        districts: list[tuple[int, Place]] = []
        units: list[tuple[int, Mention]] = []
        for at, mention in enumerate(self.firm):
            named = self._district_of(mention, units)
            if named:
                districts.append((at, named))
            elif mention.kind not in DISTRICT_KINDS:
                units.append((at, mention))
        return districts, units

    def _district_of(self, mention: Mention, before: Sequence[tuple[int, Mention]]) -> Place | None:
        places = [self.gazetteer.place(name) for name in mention.names]
        district = next((place for place in places if place.is_district), None)
        if district is None or mention.kind in DISTRICT_KINDS:
            return district
        if mention.inherited in DISTRICT_KINDS:
            return district
        if before:  # "thị trấn Trâu Quỳ, Gia Lâm": the district of what stands before it
            held = [name.place_id for _, one in before for name in one.names if not name.is_district]
            if any(self.gazetteer.touches(unit, district.id) for unit in held):
                return district
        others = [place for place in places if not place.is_district]
        if not others or (self.on is not None and district.lives(self.on)):
            return district
        return None

    # -- units ---------------------------------------------------------------------------------------------------------

    def _units(self, units: list[tuple[int, Mention]], districts: list[tuple[int, Place]]) -> Resolution:
        former = [mention for _, mention in units if mention.former]
        choices: list[Choice] = []
        for at, mention in units:
            if mention.former and len(former) < len(units):
                continue
            district = next((place for where, place in districts if where > at), districts[-1][1] if districts else None)
            choices.append(choose(self.gazetteer, mention, district, self.on, hint=self.reading.maybe_provinces))
        if former and len(former) < len(units):
            choices = [self._with_former(choice, former) for choice in choices]
        distinct = {(choice.unit_id, choice.candidates) for choice in choices}
        if len(distinct) > 1:
            return self._several(choices)
        return self._one(choices[0])

    def _one(self, choice: Choice) -> Resolution:
        if choice.unit_id is not None:
            unit = self.gazetteer.units[choice.unit_id]
            return self._answer(
                Outcome.UNIT,
                choice.how,
                choice.said,
                unit_id=unit.id,
                district_id=unit.district_id,
                named_unit_id=choice.named_unit_id,
                candidates=choice.candidates,
            )
        if choice.candidates:
            found = self._answer(
                Outcome.CANDIDATES, choice.how, choice.said, district_id=choice.district_id, named_unit_id=choice.named_unit_id, candidates=choice.candidates
            )
            return replace(found, complete=choice.complete and len(choice.candidates) <= MOST_CANDIDATES)
        if choice.district_id is not None:
            return self._answer(Outcome.DISTRICT, choice.how, choice.said, district_id=choice.district_id, named_unit_id=choice.named_unit_id)
        return self._answer(Outcome.UNKNOWN, choice.how, choice.said)

    def _with_former(self, choice: Choice, former: list[Mention]) -> Choice:
        """ "phường Chương Mỹ (xã Tiên Phương cũ)": the former name says which ground is meant."""
        places = [name.place_id for mention in former for name in mention.names if not name.is_district]
        for place in places:
            if choice.unit_id is not None and place != choice.unit_id and choice.unit_id in self.gazetteer.related(place):
                said = say("{unit}.", unit=self.gazetteer.label_with_former(choice.unit_id, place))
                return replace(choice, named_unit_id=place, said=said, how="former")
        return choice

    def _several(self, choices: list[Choice]) -> Resolution:
        found: list[Candidate] = []
        for choice in choices:
            if choice.unit_id is not None:
                found.append(offering.of_unit(self.gazetteer, choice.unit_id, say("được nhắc tới trong lời ghi")))
            found.extend(choice.candidates)
        if not found:
            return self._one(choices[0])
        said = say_n("Lời ghi nhắc tới {n} nơi. Hãy chọn nơi chính.", "Lời ghi nhắc tới {n} nơi. Hãy chọn nơi chính.", len(choices))
        held = {choice.district_id for choice in choices}
        answer = self._answer(Outcome.CANDIDATES, "several", said, district_id=held.pop() if len(held) == 1 else None, candidates=_distinct(found))
        complete = all(choice.unit_id is not None or choice.complete for choice in choices)
        return replace(answer, complete=complete and len(found) <= MOST_CANDIDATES)

    # -- districts -----------------------------------------------------------------------------------------------------

    def _districts(self, districts: list[Place]) -> Resolution:
        distinct = {place.id: place for place in districts}
        if len(distinct) > 1:
            said = say_n("Lời ghi nhắc tới {n} quận, huyện. Hãy chọn nơi chính.", "Lời ghi nhắc tới {n} quận, huyện. Hãy chọn nơi chính.", len(distinct))
            found = tuple(offering.of_district(place, say("được nhắc tới trong lời ghi")) for place in distinct.values())
            return self._answer(Outcome.CANDIDATES, "several", said, candidates=found)
        district = districts[0]
        hints = offering.hints(self.gazetteer, [m for m in self.reading.mentions if m.loose or m.kind is None], district, self.on)
        if self.on is not None and not district.lives(self.on):
            said = say("Chỉ ghi {district}, đã kết thúc ngày {day}. Nếu biết, hãy chọn phường, xã.", district=district.label, day=offering.last_day(district))
            ground = [
                offering.of_unit(self.gazetteer, unit, say("có đất của {district} cũ", district=district.label))
                for unit in self.gazetteer.ground_of_district(district.id, self.on)
            ]
            return self._answer(Outcome.DISTRICT, "district_ended", said, district_id=district.id, candidates=_distinct([*hints, *ground]))
        said = say("Chỉ ghi {district}, không có phường, xã.", district=district.label)
        alike = offering.bare_units(self.gazetteer, self.firm, district, self.on)
        if alike:
            said = say("Hiểu là {district}. Nếu ý là {unit}, hãy chọn lại.", district=district.label, unit=alike[0].label)
            return self._answer(Outcome.DISTRICT, "bare", said, district_id=district.id, candidates=alike)
        if hints:
            said = say(
                "Chỉ ghi {district}; tên «{name}» trong lời ghi có thể là đường, khu hoặc {unit}.",
                district=district.label,
                name=hints[0].name,
                unit=hints[0].label,
            )
        return self._answer(Outcome.DISTRICT, "district", said, district_id=district.id, candidates=hints)

    def _lost_district(self, mention: Mention) -> Resolution:
        written = f"{KIND_WORDS[mention.kind or 'quan']} {mention.text}"
        near = [place for place in offering.near_places(self.gazetteer, mention) if place.is_district]
        if near:
            found = tuple(offering.of_district(place, say("viết gần giống «{words}»", words=mention.text)) for place in near)
            return self._answer(Outcome.CANDIDATES, "near", say("Hà Nội không có «{place}». Có phải một trong các nơi này?", place=written), candidates=found)
        return self._answer(Outcome.UNKNOWN, "no_such_district", say("Hà Nội không có «{place}». Có thể là nơi khác.", place=written))

    # -- neither -------------------------------------------------------------------------------------------------------

    def _elsewhere(self, province: str) -> Resolution:
        if self.reading.city:
            said = say("Lời ghi nhắc cả Hà Nội lẫn {province}.", province=province)
            return self._answer(Outcome.UNKNOWN, "several", said, whole_city=True, outside=province)
        return self._answer(Outcome.OUTSIDE, "outside", say("Ngoài Hà Nội: {province}.", province=province), outside=province)

    def _nothing(self) -> Resolution:
        if self.reading.everywhere:
            return self._answer(Outcome.UNKNOWN, "everywhere", say("Không chỉ nơi nào ở Hà Nội: nói chung cả nước hoặc nhiều địa phương."), whole_city=True)
        hints = offering.hints(self.gazetteer, self.reading.mentions, None, self.on)
        if hints:
            said = say("Không thấy tên quận, huyện, phường, xã đứng riêng; có tên giống trong lời ghi. Hãy chọn nếu đúng.")
            return self._answer(Outcome.CANDIDATES, "hint", said, candidates=hints[:MOST_CANDIDATES])
        if self.reading.city:
            return self._answer(Outcome.UNKNOWN, "whole_city", say("Chỉ ghi Thành phố Hà Nội, không có quận, huyện, phường, xã."), whole_city=True)
        near = offering.near_bare(self.gazetteer, self.words, self.on)
        if near:
            return self._answer(
                Outcome.CANDIDATES, "near", say("Không có tên «{words}». Có phải một trong các nơi này?", words=self.words.strip()[:80]), candidates=near
            )
        return self._answer(Outcome.UNKNOWN, "unknown", say("Không thấy tên phường, xã, quận, huyện nào của Hà Nội trong lời ghi."))

    def _answer(
        self,
        outcome: Outcome,
        how: str,
        said: Message,
        *,
        unit_id: int | None = None,
        district_id: int | None = None,
        named_unit_id: int | None = None,
        candidates: Sequence[Candidate] = (),
        whole_city: bool = False,
        outside: str | None = None,
    ) -> Resolution:
        if self.on and self.gazetteer.known_from and self.on < self.gazetteer.known_from and unit_id is not None:
            said = say("{said} Ngày này trước nhiệm kỳ: địa giới khi đó có thể khác.", said=said)
        return Resolution(
            outcome, self.words, self.on, said, how, unit_id, district_id, named_unit_id, tuple(candidates)[:MOST_CANDIDATES], whole_city, outside
        )


def _distinct(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    seen: set[tuple[int | None, int | None]] = set()
    kept: list[Candidate] = []
    for candidate in candidates:
        if (candidate.unit_id, candidate.district_id) not in seen:
            seen.add((candidate.unit_id, candidate.district_id))
            kept.append(candidate)
    return tuple(kept)
