"""Who takes over what an ended agency still owes: one living successor is proposed, of several the one that governs the subject's own unit. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from petitions.agencies.directory import Directory, Heir
from petitions.core.words import Message, say


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one duty. `to_agency_id` None: a person chooses among `candidates`, or there is none at all."""

    duty_id: int
    code: str
    text: str
    to_agency_id: int | None
    candidates: tuple[int, ...]
    why: Message
    confirmed: bool = True

    @property
    def stuck(self) -> bool:
        """Whether nobody stands in for the agency: the succession must be entered first."""
        return not self.candidates


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that is to be handed over, with the ground of its subject: the unit named, and the units that hold that ground today."""

    duty_id: int
    code: str
    text: str
    unit_id: int | None = None
    ground: tuple[int, ...] = ()
    divided: bool = False


NOBODY = say("Chưa ghi cơ quan kế thừa. Hãy bổ sung ở danh mục cơ quan.")
ONLY = say("Cơ quan kế thừa duy nhất.")
OF_UNIT = say("Theo địa bàn của nội dung.")
DIVIDED = say("Địa bàn đã chia cho nhiều đơn vị: hãy chọn.")
UNPLACED = say("Chưa rõ địa bàn: hãy chọn trong các cơ quan kế thừa.")
SHARED = say("Nhiều cơ quan kế thừa, mỗi nơi một phần việc: hãy chọn.")


def propose(directory: Directory, agency_id: int, today: date, owed: Sequence[Owed]) -> list[Proposal]:
    """A proposal for each duty. Nothing when the agency still lives: then there is nothing to hand over."""
    if agency_id not in directory.agencies or directory.agencies[agency_id].lives(today):
        return []
    heirs = {heir.agency_id: heir for heir in directory.living_successors(agency_id, today)}
    of_unit = {unit: number for number in heirs if (unit := directory.agencies[number].unit_id) is not None}
    return [_one(one, heirs, of_unit) for one in owed]


def _one(one: Owed, heirs: Mapping[int, Heir], of_unit: Mapping[int, int]) -> Proposal:
    everyone = tuple(heirs)
    if not everyone:
        return Proposal(one.duty_id, one.code, one.text, None, (), NOBODY)
    if len(everyone) == 1:
        return Proposal(one.duty_id, one.code, one.text, everyone[0], everyone, ONLY, heirs[everyone[0]].confirmed)
    if not of_unit:
        return Proposal(one.duty_id, one.code, one.text, None, everyone, SHARED)
    held = tuple(of_unit[unit] for unit in one.ground if unit in of_unit)
    if len(held) == 1 and not one.divided:
        return Proposal(one.duty_id, one.code, one.text, held[0], everyone, OF_UNIT, heirs[held[0]].confirmed)
    if held:
        return Proposal(one.duty_id, one.code, one.text, None, held, DIVIDED)
    return Proposal(one.duty_id, one.code, one.text, None, everyone, UNPLACED)


def unknown(chosen: Collection[int], proposals: Sequence[Proposal]) -> list[int]:
    """Duties among `chosen` that are not in the proposal any more."""
    known = {one.duty_id for one in proposals}
    return sorted(number for number in chosen if number not in known)
