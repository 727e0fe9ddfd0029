"""Finding the agency that words mean: exact, without marks, by abbreviation, by an old name; several are offered, never chosen. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from petitions.agencies.directory import Directory, Entry, Heir
from petitions.agencies.naming import key_of, plain
from petitions.areas import resolver as areas
from petitions.areas.offering import Candidate as AreaCandidate
from petitions.areas.spelling import near_keys, one_slip, plain_key, written_so
from petitions.core.dates import format_day
from petitions.core.words import Message, say

COMMITTEE = ("uy", "ban", "nhan", "dan")
CITY_COMMITTEE = "ubnd-tp"
LEAST_LETTERS_FOR_A_SLIP = 6
MOST_CANDIDATES = 30


class Outcome(StrEnum):
    """What came of it."""

    AGENCY = "agency"
    CANDIDATES = "candidates"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency that may be meant, and why."""

    agency_id: int
    label: str
    why: Message


@dataclass(frozen=True, slots=True)
class Resolution:
    """`agency_id` existed on the day; `named_id` is the one the words name when that one had ended."""

    outcome: Outcome
    words: str
    on: date | None
    said: Message
    how: str
    agency_id: int | None = None
    named_id: int | None = None
    candidates: tuple[Candidate, ...] = ()


def find(directory: Directory, words: str, on: date | None = None) -> Resolution:
    """The agency that `words` (one agency; the caller splits at ";") mean on the day `on`; on no day in particular, of all times."""
    return _Finder(directory, words, on).find()


class _Finder:
    """One question."""

    def __init__(self, directory: Directory, words: str, on: date | None) -> None:
        self.directory, self.words, self.on = directory, words.strip(), on
        self.key = key_of(words)

    def find(self) -> Resolution:
        """The answer."""
        if not self.key:
            return self._answer(Outcome.UNKNOWN, "empty", say("Chưa ghi cơ quan."))
        known = self.directory.by_name.get(plain(self.key), ())
        exact = [agency for agency, name in known if name == self.key]
        fitting = exact or [agency for agency, name in known if written_so(self.key, name)]
        of_area = any(entry.unit_id or entry.district_id for entry in map(self.directory.agencies.__getitem__, fitting))
        if fitting and not of_area:
            return self._known([self.directory.agencies[agency] for agency in dict.fromkeys(fitting)], marks=bool(exact))
        if plain(self.key)[: len(COMMITTEE)] == COMMITTEE:
            return self._committee()
        return self._near([agency for agency, _ in known])

    def _known(self, entries: Sequence[Entry], *, marks: bool) -> Resolution:
        living = [entry for entry in entries if entry.lives(self.on)]
        if len(living) == 1 and self.on is None and living[0].valid_to:
            return self._ended_without_a_day(living[0])
        if len(living) == 1:
            said = say("{agency}.", agency=living[0].name) if marks else say("{agency} (viết không dấu).", agency=living[0].name)
            return self._answer(Outcome.AGENCY, "exact" if marks else "folded", said, agency_id=living[0].id)
        if living:
            found = [Candidate(entry.id, entry.name, say("cùng được gọi như vậy")) for entry in living]
            return self._answer(Outcome.CANDIDATES, "several", say("Nhiều cơ quan được gọi là «{words}». Hãy chọn.", words=self.words[:100]), candidates=found)
        ended = [entry for entry in entries if self.on and entry.valid_to and entry.valid_to < self.on]
        if ended:
            return self._ended(ended)
        entry = entries[0]
        started = format_day(entry.valid_from) if entry.valid_from else ""
        found = [
            Candidate(link.old_id, self.directory.agencies[link.old_id].name, say("khi đó làm việc nay của {agency}", agency=entry.name))
            for link in self.directory.successions_into(entry.id)
            if self.directory.agencies[link.old_id].lives(self.on)
        ]
        said = say("{agency} có từ {day}, sau ngày đang xét. Hãy xem lại ngày hoặc chọn cơ quan khi đó.", agency=entry.name, day=started)
        return self._answer(Outcome.CANDIDATES if found else Outcome.UNKNOWN, "not_yet", said, named_id=entry.id, candidates=found)

    def _ended_without_a_day(self, old: Entry) -> Resolution:
        found = [self._heir(old, heir) for heir in self.directory.living_successors(old.id, date.max)]
        said = say("{agency}, kết thúc ngày {day}. Cơ quan kế thừa được nêu kèm.", agency=old.name, day=format_day(old.valid_to or date.max))
        return self._answer(Outcome.AGENCY, "ended", said, agency_id=old.id, candidates=found)

    def _ended(self, ended: Sequence[Entry]) -> Resolution:
        assert self.on is not None
        old = ended[0]
        heirs = [heir for entry in ended for heir in self.directory.living_successors(entry.id, self.on)]
        last = format_day(old.valid_to) if old.valid_to else ""
        if not heirs:
            said = say("{agency} kết thúc ngày {day}; chưa rõ cơ quan kế thừa.", agency=old.name, day=last)
            return self._answer(Outcome.UNKNOWN, "no_successor", said, named_id=old.id)
        if len(ended) == 1 and len(heirs) == 1 and heirs[0].whole and heirs[0].confirmed:
            new = self.directory.agencies[heirs[0].agency_id]
            said = say("{old} kết thúc ngày {day}; kế thừa toàn bộ: {new}.", old=old.name, day=last, new=new.name)
            return self._answer(Outcome.AGENCY, "successor", said, agency_id=new.id, named_id=old.id)
        said = say("{old} kết thúc ngày {day}. Hãy chọn cơ quan kế thừa.", old=old.name, day=last)
        found = [self._heir(old, heir) for heir in heirs]
        return self._answer(Outcome.CANDIDATES, "divided" if len(heirs) > 1 else "unconfirmed", said, named_id=old.id, candidates=found)

    def _heir(self, old: Entry, heir: Heir) -> Candidate:
        since = format_day(heir.on) if heir.on else ""
        why = say("kế thừa toàn bộ {old} từ {day}", old=old.name, day=since) if heir.whole else say("kế thừa một phần {old} từ {day}", old=old.name, day=since)
        return Candidate(heir.agency_id, self.directory.agencies[heir.agency_id].name, why if heir.confirmed else say("{why}, chờ xác nhận", why=why))

    # -- committees of areas -------------------------------------------------------------------------------------------

    def _committee(self) -> Resolution:
        place = areas.resolve(self.directory.gazetteer, area_words(self.words), self.on)
        if place.outcome is areas.Outcome.UNIT and place.unit_id is not None:
            return self._of_unit(place)
        if place.outcome is areas.Outcome.DISTRICT and place.district_id is not None and place.named_unit_id is None:
            agency = self.directory.of_area.get(("district", place.district_id))
            if agency is not None:
                return self._known([self.directory.agencies[agency]], marks=True)
        if place.outcome is areas.Outcome.CANDIDATES:
            found = [self._of_area(candidate) for candidate in place.candidates]
            kept = [candidate for candidate in found if candidate]
            if kept:
                return self._answer(Outcome.CANDIDATES, "several", place.said, candidates=kept)
        return self._answer(Outcome.UNKNOWN, "no_such_committee", say("Không có cơ quan này trong danh mục: {said}", said=place.said))

    def _of_unit(self, place: areas.Resolution) -> Resolution:
        agency = self.directory.of_area.get(("unit", place.unit_id or 0))
        if agency is not None:
            entry = self.directory.agencies[agency]
            said = say("{agency}.", agency=entry.name) if place.named_unit_id is None else say("{agency}: {said}", agency=entry.name, said=place.said)
            return self._answer(Outcome.AGENCY, "exact" if place.named_unit_id is None else "successor", said, agency_id=agency)
        found: list[Candidate] = []
        for step in self.directory.gazetteer.successors(place.unit_id or 0):
            heir = self.directory.of_area.get(("unit", step.unit_id))
            if heir is not None:
                why = say("nay quản lý địa bàn {unit}", unit=self.directory.gazetteer.label(place.unit_id or 0))
                found.append(Candidate(heir, self.directory.agencies[heir].name, why))
        said = say(
            "Ủy ban nhân dân {unit} không có trong danh mục (đã kết thúc); cơ quan nay quản lý địa bàn được nêu để chọn.",
            unit=self.directory.gazetteer.full_label(place.unit_id or 0),
        )
        return self._answer(Outcome.CANDIDATES if found else Outcome.UNKNOWN, "former_committee", said, candidates=found)

    def _of_area(self, candidate: AreaCandidate) -> Candidate | None:
        area = ("unit", candidate.unit_id) if candidate.unit_id is not None else ("district", candidate.district_id or 0)
        agency = self.directory.of_area.get(area)
        return None if agency is None else Candidate(agency, self.directory.agencies[agency].name, candidate.why)

    # -- slips ---------------------------------------------------------------------------------------------------------

    def _near(self, other_marks: Sequence[int]) -> Resolution:
        letters = "".join(plain(self.key))
        keys = [plain(self.key)] if other_marks else []
        if len(letters) >= LEAST_LETTERS_FOR_A_SLIP:
            met = {key for left in near_keys(letters) for key in self.directory.near.get(left, ())}
            keys += sorted(key for key in met if one_slip(letters, "".join(key)))
        found = dict.fromkeys(agency for key in keys for agency, _ in self.directory.by_name[key])
        if not found:
            return self._answer(Outcome.UNKNOWN, "unknown", say("Không có cơ quan nào tên «{words}» trong danh mục.", words=self.words[:100]))
        why = say("viết gần giống «{words}»", words=self.words[:100])
        candidates = [Candidate(agency, self.directory.agencies[agency].name, why) for agency in found]
        return self._answer(
            Outcome.CANDIDATES, "near", say("Không có «{words}». Có phải một trong các cơ quan này?", words=self.words[:100]), candidates=candidates
        )

    def _answer(
        self, outcome: Outcome, how: str, said: Message, *, agency_id: int | None = None, named_id: int | None = None, candidates: Sequence[Candidate] = ()
    ) -> Resolution:
        return Resolution(outcome, self.words, self.on, said, how, agency_id, named_id, tuple({c.agency_id: c for c in candidates}.values())[:MOST_CANDIDATES])


def area_words(words: str) -> str:
    """What stands after "UBND" or "Ủy ban nhân dân": the words of an area."""
    parts = words.split()
    return " ".join(parts[1:] if plain_key(parts[0]).startswith("ubnd") else parts[len(COMMITTEE) :])
