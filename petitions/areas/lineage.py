"""A unit's page in ready values: what it was made of, what became of it, who holds its ground on a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from petitions.areas.gazetteer import Gazetteer, Place
from petitions.areas.models import UnitChange
from petitions.areas.offering import when
from petitions.core.words import Message, say

GENERATIONS: tuple[tuple[date, Message], ...] = (
    (date(2024, 12, 31), say("đến 31/12/2024")),
    (date(2025, 1, 1), say("01/01 – 30/06/2025")),
    (date(2025, 7, 1), say("từ 01/07/2025")),
)
ACTS: dict[str, Message] = {
    "unit.correct": say("Đính chính đơn vị"),
    "unit.add": say("Thêm đơn vị"),
    "unit.change_added": say("Ghi nơi nhận địa bàn"),
    "unit.change_confirmed": say("Xác nhận thay đổi"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change as it is shown: the other unit, on which day, whole or part, and whether it is confirmed."""

    change_id: int
    unit_id: int
    label: str
    on: date
    whole: bool
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in the list."""

    id: int
    label: str
    former_districts: str
    when: Message
    confirmed: bool


def lines(gazetteer: Gazetteer, changes: Sequence[UnitChange], *, other: str) -> list[Line]:
    """Changes shown from one side; `other` is "old_id" or "new_id"."""
    return [
        Line(change.id, number, gazetteer.full_label(number), change.on, change.share == "whole", change.source, change.confirmed)
        for change in changes
        for number in [getattr(change, other)]
    ]


def row(gazetteer: Gazetteer, unit: Place) -> Row:
    """A unit as the list shows it, with the district it lay in, or the former districts whose ground it holds."""
    if unit.district_id is not None:
        districts = [gazetteer.districts[unit.district_id].label]
    else:
        held = {gazetteer.units[old].district_id for old in gazetteer.related(unit.id)} - {None}
        districts = sorted(gazetteer.districts[number].label for number in held if number is not None)
    return Row(unit.id, unit.label, ", ".join(districts), when(unit), unit.confirmed)
