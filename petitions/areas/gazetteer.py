"""The gazetteer: all units, districts and changes in memory, pure. What lay where on a day, what became of what, and how to say it.

Names of units are never translated, so labels are plain strings: "xã Gia Lâm (thị trấn Trâu Quỳ cũ)".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from petitions.areas.spelling import Name, near_keys, plain_key, syllables

KIND_WORDS = {"phuong": "phường", "xa": "xã", "thi_tran": "thị trấn", "quan": "quận", "huyen": "huyện", "thi_xa": "thị xã"}


@dataclass(frozen=True, slots=True)
class Place:
    """A district or a unit: `district_id` is None for districts and for the units from 01/07/2025. `valid_to` is the last day."""

    id: int
    code: str
    kind: str
    name: str
    valid_from: date | None
    valid_to: date | None
    district_id: int | None = None
    is_district: bool = False
    confirmed: bool = True
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Kind and name: "phường Minh Khai"."""
        return f"{KIND_WORDS[self.kind]} {self.name}"

    def lives(self, day: date | None) -> bool:
        """Whether this place existed on `day`; on no day in particular, always."""
        return day is None or ((self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to))


@dataclass(frozen=True, slots=True)
class Change:
    """From `on`, the ground of unit `old_id` (all or a part) belongs to `new_id`."""

    old_id: int
    new_id: int
    on: date
    share: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A unit that shares ground with another: `whole` when all of the asked unit's ground lies in it."""

    unit_id: int
    whole: bool
    confirmed: bool


@dataclass(frozen=True)
class Gazetteer:
    """Everything the resolver knows. Build one with `of`; it never changes, so it may be shared between threads."""

    units: Mapping[int, Place]
    districts: Mapping[int, Place]
    changes: Sequence[Change]
    known_from: date | None = None
    _after: dict[int, list[Change]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _before: dict[int, list[Change]] = field(default_factory=lambda: defaultdict(list), repr=False)

    @classmethod
    def of(cls, units: Iterable[Place], districts: Iterable[Place], changes: Iterable[Change], known_from: date | None = None) -> "Gazetteer":
        """A gazetteer of these rows; `known_from`: before that day the lists are not vouched for."""
        made = cls({unit.id: unit for unit in units}, {district.id: district for district in districts}, tuple(changes), known_from)
        for change in made.changes:
            made._after[change.old_id].append(change)
            made._before[change.new_id].append(change)
        return made

    def warm(self) -> "Gazetteer":
        """Build what is otherwise built at the first question; returns itself."""
        for built in (self.names, self.near, self._homonyms, self._ground_of_district):
            len(built)
        return self

    # -- what became of what -------------------------------------------------------------------------------------------

    def successors(self, unit_id: int, day: date | None = None) -> tuple[Step, ...]:
        """The units that hold this unit's ground on `day` (the last ones when None); itself while it lives. Whole ones first."""
        return self._walk(unit_id, day, forward=True)

    def predecessors(self, unit_id: int, day: date | None = None) -> tuple[Step, ...]:
        """The units that held this unit's ground on `day` (the first ones when None); `whole`: all of that unit went into this one."""
        return self._walk(unit_id, day, forward=False)

    def on_day(self, unit_id: int, day: date) -> tuple[Step, ...]:
        """Whatever held this unit's ground on `day`, looking forward or back."""
        unit = self.units[unit_id]
        if unit.lives(day):
            return (Step(unit_id, True, True),)
        return self.predecessors(unit_id, day) if unit.valid_from and day < unit.valid_from else self.successors(unit_id, day)

    def changes_from(self, unit_id: int) -> Sequence[Change]:
        """What became of this unit, one step."""
        return tuple(self._after.get(unit_id, ()))

    def changes_into(self, unit_id: int) -> Sequence[Change]:
        """What this unit was made of, one step."""
        return tuple(self._before.get(unit_id, ()))

    def related(self, unit_id: int) -> frozenset[int]:
        """Every unit of any generation that shares ground with this one, itself included."""
        found = {unit_id}
        for table, end in ((self._after, "new_id"), (self._before, "old_id")):
            seen, waiting = {unit_id}, [unit_id]
            while waiting:
                ends = {getattr(change, end) for change in table.get(waiting.pop(), ())} - seen
                seen |= ends
                waiting.extend(ends)
            found |= seen
        return frozenset(found)

    def _walk(self, unit_id: int, day: date | None, *, forward: bool) -> tuple[Step, ...]:
        found: dict[int, Step] = {}
        waiting = [Step(unit_id, True, True)]
        seen: set[Step] = set()
        while waiting:
            step = waiting.pop()
            if step in seen:
                continue
            seen.add(step)
            links = self._after.get(step.unit_id, ()) if forward else self._before.get(step.unit_id, ())
            ends_here = not links if day is None else self.units[step.unit_id].lives(day)
            if ends_here:
                kept = found.get(step.unit_id)
                # Two ways to the same unit: parts that meet again are not proof of the whole, unless one way is whole.
                found[step.unit_id] = Step(step.unit_id, step.whole or bool(kept and kept.whole), step.confirmed or bool(kept and kept.confirmed))
                continue
            for link in links:
                end = link.new_id if forward else link.old_id
                waiting.append(Step(end, step.whole and link.share == "whole", step.confirmed and link.confirmed))
        return tuple(sorted(found.values(), key=lambda step: (not step.whole, self.sort_key(step.unit_id))))

    # -- districts -----------------------------------------------------------------------------------------------------

    @cached_property
    def units_of_district(self) -> Mapping[int, tuple[int, ...]]:
        """Ids of the units that ever lay in each district."""
        made: dict[int, list[int]] = defaultdict(list)
        for unit in self.units.values():
            if unit.district_id is not None:
                made[unit.district_id].append(unit.id)
        return {district: tuple(ids) for district, ids in made.items()}

    @cached_property
    def _ground_of_district(self) -> Mapping[int, frozenset[int]]:
        return {district: frozenset().union(*(self.related(unit) for unit in ids)) for district, ids in self.units_of_district.items()}

    def touches(self, unit_id: int, district_id: int) -> bool:
        """Whether this unit lies in the district, or holds ground that once did."""
        return unit_id in self._ground_of_district.get(district_id, frozenset())

    def ground_of_district(self, district_id: int, day: date) -> tuple[int, ...]:
        """The units that on `day` hold the ground of a district: its own while it lives, their successors afterwards."""
        living = [unit for unit in self._ground_of_district.get(district_id, ()) if self.units[unit].lives(day)]
        return tuple(sorted(living, key=self.sort_key))

    # -- names ---------------------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> Mapping[tuple[str, ...], tuple[Name, ...]]:
        """Every name and alias of units and districts, by its folded syllables."""
        made: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for place in (*self.districts.values(), *self.units.values()):
            for words, alias in ((place.name, False), *((words, True) for words in place.aliases)):
                exact = syllables(words)
                made[tuple(plain_key(word) for word in exact)].append(Name(place.id, place.is_district, exact, alias))
        return {key: tuple(names) for key, names in made.items()}

    @cached_property
    def longest(self) -> int:
        """Syllables of the longest name."""
        return max((len(key) for key in self.names), default=0)

    @cached_property
    def near(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        """Names that a slip of the finger may have meant, by the letters that are left when one is struck out."""
        made: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for key, names in self.names.items():
            if all(name.alias for name in names):
                continue
            for left in near_keys("".join(key)):
                made[left].add(key)
        return {left: frozenset(keys) for left, keys in made.items()}

    @cached_property
    def _homonyms(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        made: dict[tuple[str, str], list[int]] = defaultdict(list)
        for unit in self.units.values():
            made[unit.kind, " ".join(syllables(unit.name))].append(unit.id)
        return {key: tuple(ids) for key, ids in made.items()}

    def place(self, name: Name) -> Place:
        """The district or unit that `name` is a name of."""
        return self.districts[name.place_id] if name.is_district else self.units[name.place_id]

    def sort_key(self, unit_id: int) -> tuple[str, str, int]:
        """Order of units in lists: by name, then kind, then id."""
        unit = self.units[unit_id]
        return (unit.name, unit.kind, unit.id)

    def label(self, unit_id: int) -> str:
        """ "phường Minh Khai (Hai Bà Trưng)": the district stands in brackets where another unit of any time bears the same kind and name."""
        unit = self.units[unit_id]
        if unit.district_id is None:
            return unit.label
        alike = self._homonyms[unit.kind, " ".join(syllables(unit.name))]
        return unit.label if len(alike) == 1 else f"{unit.label} ({self.districts[unit.district_id].name}{self._years(unit, alike)})"

    def _years(self, unit: Place, alike: tuple[int, ...]) -> str:
        same = [other for other in alike if self.units[other].district_id == unit.district_id]
        if len(same) < 2:
            return ""
        return f", từ {unit.valid_from:%d/%m/%Y}" if unit.valid_from else f", đến {unit.valid_to:%d/%m/%Y}" if unit.valid_to else ""

    def full_label(self, unit_id: int) -> str:
        """ "phường Minh Khai, quận Hai Bà Trưng"; without a district, the label."""
        unit = self.units[unit_id]
        return unit.label if unit.district_id is None else f"{unit.label}, {self.districts[unit.district_id].label}"

    def label_with_former(self, unit_id: int, former_id: int | None) -> str:
        """ "xã Gia Lâm (thị trấn Trâu Quỳ cũ)"; the label alone when the former unit is the same or not known."""
        if former_id is None or former_id not in self.units or self.units[former_id].label == self.units[unit_id].label:
            return self.label(unit_id)
        return f"{self.units[unit_id].label} ({self.units[former_id].label} cũ)"
