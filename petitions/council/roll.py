"""The roll (sổ đơn vị bầu cử): which constituency a place belongs to on a day. Pure; built by `queries.roll`.

The list of the day decides: districts until 2025-06-30, units after (domain 4.2, 8.3, 8.4). Where the list does not name the
place itself, the way there is said; where several constituencies could be meant they are all offered. It never guesses silently.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from petitions.areas.gazetteer import Gazetteer, Place
from petitions.core.dates import format_day
from petitions.core.words import Message, say
from petitions.council.answers import Assignment, Candidate, ConstituencyRef, GroupRef, GroupToday
from petitions.council.models import DRAFT, PART

DAY = timedelta(days=1)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term and its days; while the first session is unknown it counts from the day after its election."""

    id: int
    body_id: int
    body: str
    label: str
    elected_on: date | None
    starts_on: date | None
    ends_on: date | None

    def covers(self, day: date) -> bool:
        """Whether `day` lies in this term."""
        first = self.starts_on or (self.elected_on + DAY if self.elected_on else None)
        return first is not None and first <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Ground:
    """One live line of a list: a district or a unit, from a day to a day (both included; None: still)."""

    constituency_id: int
    unit_id: int | None
    district_id: int | None
    valid_from: date
    valid_to: date | None
    share: str
    certainty: str
    basis: str

    def covers(self, day: date) -> bool:
        """Whether the line stands on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Roll:
    """All terms, constituencies and live lines, with the units and districts they speak of and what became of which unit."""

    terms: Sequence[TermSpan]
    constituencies: dict[int, ConstituencyRef]
    ground: Sequence[Ground]
    places: Gazetteer = field(repr=False)
    groups: dict[int, GroupRef] = field(default_factory=dict)

    @cached_property
    def _by_unit(self) -> dict[int, list[Ground]]:
        return _grouped((line.unit_id, line) for line in self.ground)

    @cached_property
    def _listed(self) -> set[int]:
        return {self.constituencies[line.constituency_id].term_id for line in self.ground}

    @cached_property
    def _by_district(self) -> dict[int, list[Ground]]:
        return _grouped((line.district_id, line) for line in self.ground)

    def term_on(self, body_id: int, day: date) -> TermSpan | None:
        """The body's term on `day`; of two that touch, the later."""
        return max(
            (term for term in self.terms if term.body_id == body_id and term.covers(day)),
            key=lambda t: (t.starts_on or t.elected_on or day, t.id),
            default=None,
        )

    def assign(self, *, body_id: int, unit_id: int | None, district_id: int | None, day: date) -> Assignment:
        """The constituency of `body_id` to which the place belongs on `day`; see `Assignment`. A known unit goes before its district."""
        term = self.term_on(body_id, day)
        if term is None:
            return Assignment("no_term", say("Ngày {day} không thuộc nhiệm kỳ nào đã khai báo của cơ quan này.", day=format_day(day)))
        if term.id not in self._listed:
            return Assignment("no_list", say("{body} khóa {term} chưa có danh sách địa bàn đơn vị bầu cử.", body=term.body, term=term.label), term_id=term.id)
        if unit_id is not None and unit_id in self.places.units:
            return self._of_unit(term, unit_id, day)
        if district_id is not None and district_id in self.places.districts:
            return self._of_district(term, district_id, day)
        return Assignment("no_place", say("Chưa xác định được địa bàn nên chưa có đơn vị bầu cử."), term_id=term.id)

    def group_today(self, *, body_id: int, unit_id: int | None, district_id: int | None, today: date) -> GroupToday:
        """The group that holds the place today; after a term's end, until the next lists are known, there is none and it says so."""
        found = self.assign(body_id=body_id, unit_id=unit_id, district_id=district_id, day=today)
        if found.constituency is None:
            return GroupToday(say("Chưa xác nhận: {why}", why=found.said), candidates=found.candidates)
        group = self.groups.get(found.constituency.id)
        if group is None:
            return GroupToday(say("Chưa có tổ đại biểu của {label}.", label=found.constituency.label), constituency=found.constituency)
        return GroupToday(found.said, group, found.constituency, confirmed=found.confirmed)

    def _standing(self, lines: Iterable[Ground], term: TermSpan, day: date) -> list[Ground]:
        return [line for line in lines if line.covers(day) and self.constituencies[line.constituency_id].term_id == term.id]

    def _direct(self, term: TermSpan, unit_id: int, day: date) -> list[tuple[Ground, str]]:
        """The lines that name a unit living on `day`, else its district."""
        own = self._standing(self._by_unit.get(unit_id, ()), term, day)
        if own:
            return [(line, "unit_list") for line in own]
        district = self.places.units[unit_id].district_id
        return [(line, "district_list") for line in self._standing(self._by_district.get(district, ()), term, day)] if district else []

    def _of_unit(self, term: TermSpan, unit_id: int, day: date) -> Assignment:
        unit, label = self.places.units[unit_id], self.places.full_label(unit_id)
        living = [step.unit_id for step in self.places.on_day(unit_id, day)]
        found = [(line, basis, one) for one in living for line, basis in self._direct(term, one, day)]
        if not found:
            return self._nothing(term, label, day)
        if living == [unit_id]:
            if len(found) == 1 and found[0][0].share != PART:
                return self._one(term, found[0][0], found[0][1], self._direct_words(label, found[0][0], found[0][1], day))
            return self._shared(term, label, [line for line, _basis, _one in found])
        basis = "successors" if unit.valid_to is not None and unit.valid_to < day else "predecessors"
        complete = all(any(one == reached for _line, _basis, reached in found) for one in living)
        return self._through(term, label, day, basis, [(line, one) for line, _basis, one in found], complete=complete)

    def _through(self, term: TermSpan, place: str, day: date, basis: str, found: list[tuple[Ground, int]], *, complete: bool) -> Assignment:
        names = ", ".join(self.places.label(one) for one in dict.fromkeys(one for _line, one in found))
        later = basis == "successors"
        if later:
            said = say("{unit} đã hết hiệu lực trước ngày {day}; nay thuộc {names}.", unit=_start(place), day=format_day(day), names=names)
        else:
            said = say("Ngày {day} chưa có {unit}; khi đó địa bàn này là {names}.", unit=place, day=format_day(day), names=names)
        if len({line.constituency_id for line, _one in found}) == 1 and complete and all(line.share != PART for line, _one in found):
            return self._one(term, found[0][0], basis, said, sure=all(line.certainty != DRAFT for line, _one in found))
        return self._several(term, basis, said, [(line, self._piece_words(found, line.constituency_id, later=later)) for line, _one in found])

    def _piece_words(self, found: list[tuple[Ground, int]], constituency_id: int, *, later: bool) -> Message:
        names = ", ".join(dict.fromkeys(self.places.label(one) for line, one in found if line.constituency_id == constituency_id))
        return say("phần nay thuộc {units}", units=names) if later else say("phần khi đó thuộc {units}", units=names)

    def _of_district(self, term: TermSpan, district_id: int, day: date) -> Assignment:
        district = self.places.districts[district_id]
        lines = self._standing(self._by_district.get(district_id, ()), term, day)
        if len(lines) == 1:
            return self._one(term, lines[0], "district_list", say("Theo danh sách quận, huyện: {district}.", district=district.label))
        if district.lives(day):
            if not lines:
                return self._nothing(term, district.label, day)
            return self._shared(term, district.label, lines)
        return self._of_former_district(term, district, day)

    def _of_former_district(self, term: TermSpan, district: Place, day: date) -> Assignment:
        """A district that has ended: within the same term its constituency goes on (domain 8.4, rule 4); else through its units."""
        last = [line for line in self._by_district.get(district.id, ()) if self.constituencies[line.constituency_id].term_id == term.id]
        if len({line.constituency_id for line in last}) == 1:
            said = say("Chỉ biết {district} (đã kết thúc): lấy đơn vị bầu cử của địa bàn cũ; nơi cụ thể có thể đã về đơn vị khác.", district=district.label)
            return self._one(term, last[-1], "former_district", said)
        found = [(line, one) for one in self.places.ground_of_district(district.id, day) for line, _basis in self._direct(term, one, day)]
        if not found:
            return self._nothing(term, district.label, day)
        return self._through(term, district.label, day, "successors", found, complete=True)

    def _direct_words(self, label: str, line: Ground, basis: str, day: date) -> Message:
        if basis == "unit_list":
            return say("Theo danh sách xã, phường ngày {day}: {unit}.", day=format_day(day), unit=label)
        return say("Theo danh sách quận, huyện: {district}.", district=self.places.districts[line.district_id].label if line.district_id else label)

    def _one(self, term: TermSpan, line: Ground, basis: str, said: Message, *, sure: bool | None = None) -> Assignment:
        ref = self.constituencies[line.constituency_id]
        certain = line.certainty != DRAFT if sure is None else sure
        return Assignment(basis, said, constituency=ref, confirmed=certain and ref.confirmed, term_id=term.id)

    def _several(self, term: TermSpan, basis: str, said: Message, lines: list[tuple[Ground, Message]]) -> Assignment:
        first = {line.constituency_id: why for line, why in reversed(lines)}
        found = sorted((self.constituencies[one] for one in first), key=lambda ref: ref.number)
        return Assignment(basis, said, candidates=tuple(Candidate(ref, first[ref.id]) for ref in found), term_id=term.id)

    def _shared(self, term: TermSpan, place: str, lines: list[Ground]) -> Assignment:
        why = say("một phần {unit}", unit=place)
        said = say("{unit} được chia cho nhiều đơn vị bầu cử: hãy chọn.", unit=_start(place))
        return self._several(term, "shared", said, [(line, why) for line in lines])

    def _nothing(self, term: TermSpan, place: str, day: date) -> Assignment:
        said = say("{place} không có trong danh sách đơn vị bầu cử của {body} ngày {day}.", place=_start(place), body=term.body, day=format_day(day))
        return Assignment("no_list", said, term_id=term.id)


def _start(words: str) -> str:
    """`words` as a sentence begins."""
    return words[:1].upper() + words[1:]


def _grouped(pairs: Iterable[tuple[int | None, Value]]) -> dict[int, list[Value]]:
    groups: dict[int, list[Value]] = defaultdict(list)
    for key, value in pairs:
        if key is not None:
            groups[key].append(value)
    return dict(groups)
