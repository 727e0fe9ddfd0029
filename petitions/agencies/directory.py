"""The directory: all agencies, their names and successions in memory, pure. Who lived on a day, who stands in for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from petitions.agencies.naming import key_of, plain
from petitions.areas.gazetteer import Gazetteer
from petitions.areas.spelling import near_keys


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency; `valid_to` is its last day. `names`: its name, short name and aliases."""

    id: int
    code: str
    name: str
    short_name: str | None
    kind: str
    level: str
    valid_from: date | None
    valid_to: date | None
    unit_id: int | None = None
    district_id: int | None = None
    confirmed: bool = True
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by."""
        return (self.name, *((self.short_name,) if self.short_name else ()), *self.aliases)

    def lives(self, day: date | None) -> bool:
        """Whether it existed on `day`; on no day in particular, always."""
        return day is None or ((self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to))


@dataclass(frozen=True, slots=True)
class Succession:
    """From `on`, `new_id` stands in for `old_id`."""

    old_id: int
    new_id: int
    on: date
    share: str
    basis: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Heir:
    """An agency that stands in for another: since when, for all or a part, whether every step is confirmed."""

    agency_id: int
    on: date | None
    whole: bool
    confirmed: bool
    basis: str


@dataclass(frozen=True)
class Directory:
    """Everything `find` knows; never changes, so it may be shared between threads."""

    agencies: Mapping[int, Entry]
    successions: Sequence[Succession]
    gazetteer: Gazetteer
    _after: dict[int, list[Succession]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _before: dict[int, list[Succession]] = field(default_factory=lambda: defaultdict(list), repr=False)

    @classmethod
    def of(cls, agencies: Iterable[Entry], successions: Iterable[Succession], gazetteer: Gazetteer) -> "Directory":
        """A directory of these rows."""
        made = cls({entry.id: entry for entry in agencies}, tuple(successions), gazetteer)
        for succession in made.successions:
            made._after[succession.old_id].append(succession)
            made._before[succession.new_id].append(succession)
        return made

    def living_successors(self, agency_id: int, day: date) -> tuple[Heir, ...]:
        """Who stands in for this agency on `day`: itself while it lives, else every living agency at the end of its successions."""
        found: dict[int, Heir] = {}
        waiting = [Heir(agency_id, None, True, True, "")]
        seen: set[int] = set()
        while waiting:
            heir = waiting.pop(0)
            if heir.agency_id in seen:
                continue
            seen.add(heir.agency_id)
            if self.agencies[heir.agency_id].lives(day):
                found[heir.agency_id] = heir
                continue
            for link in self._after.get(heir.agency_id, ()):
                if link.on <= day:
                    waiting.append(Heir(link.new_id, link.on, heir.whole and link.share == "whole", heir.confirmed and link.confirmed, link.basis))
        return tuple(sorted(found.values(), key=lambda heir: (not heir.whole, self.sort_key(heir.agency_id))))

    def successions_from(self, agency_id: int) -> Sequence[Succession]:
        """Who took over from this agency, one step."""
        return tuple(self._after.get(agency_id, ()))

    def successions_into(self, agency_id: int) -> Sequence[Succession]:
        """Whose work this agency took over, one step."""
        return tuple(self._before.get(agency_id, ()))

    def lineage(self, agency_id: int) -> frozenset[int]:
        """Itself, every predecessor and every successor (for widening a search)."""
        found = {agency_id}
        for table, end in ((self._after, "new_id"), (self._before, "old_id")):
            seen, waiting = {agency_id}, [agency_id]
            while waiting:
                ends = {getattr(link, end) for link in table.get(waiting.pop(), ())} - seen
                seen |= ends
                waiting.extend(ends)
            found |= seen
        return frozenset(found)

    def sort_key(self, agency_id: int) -> tuple[int, str, int]:
        """Order in lists: central, city, district, commune; then by name."""
        entry = self.agencies[agency_id]
        return (("city", "central", "commune", "district").index(entry.level), entry.name, entry.id)

    @cached_property
    def by_name(self) -> Mapping[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
        """Folded syllables of every name → (agency, the syllables with marks)."""
        made: dict[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for entry in self.agencies.values():
            for exact in dict.fromkeys(key_of(name) for name in entry.names):
                made[plain(exact)].append((entry.id, exact))
        return {key: tuple(found) for key, found in made.items()}

    @cached_property
    def near(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        """Names that a slip of the finger may have meant (names of committees are left to the areas)."""
        made: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for entry in self.agencies.values():
            if entry.unit_id is None and entry.district_id is None:
                for name in entry.names:
                    key = plain(key_of(name))
                    for left in near_keys("".join(key)):
                        made[left].add(key)
        return {left: frozenset(keys) for left, keys in made.items()}

    @cached_property
    def of_area(self) -> Mapping[tuple[str, int], int]:
        """("unit" | "district", its id) → the People's Committee that governs it."""
        made: dict[tuple[str, int], int] = {}
        for entry in self.agencies.values():
            if entry.unit_id is not None:
                made["unit", entry.unit_id] = entry.id
            elif entry.district_id is not None:
                made["district", entry.district_id] = entry.id
        return made

    def warm(self) -> "Directory":
        """Build what is otherwise built at the first question; returns itself."""
        for built in (self.by_name, self.near, self.of_area):
            len(built)
        return self
