"""What kinds, levels and acts of agencies are called, and an agency's page in ready values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from petitions.agencies.directory import Directory, Entry, Succession
from petitions.core.dates import format_day
from petitions.core.words import Message, say

LEVEL_WORDS: dict[str, Message] = {"city": say("Thành phố"), "central": say("Trung ương"), "commune": say("Phường, xã"), "district": say("Quận, huyện (cũ)")}
KIND_WORDS: dict[str, Message] = {
    "department": say("Sở"),
    "office": say("Văn phòng"),
    "inspectorate": say("Thanh tra"),
    "board": say("Ban"),
    "centre": say("Trung tâm"),
    "police": say("Công an"),
    "military": say("Quân sự"),
    "sector": say("Ngành dọc"),
    "committee": say("Ủy ban nhân dân"),
    "ministry": say("Bộ, cơ quan ngang bộ"),
    "court": say("Tòa án, viện kiểm sát"),
    "company": say("Doanh nghiệp"),
    "other": say("Khác"),
}
ACTS: dict[str, Message] = {
    "agency.correct": say("Đính chính cơ quan"),
    "agency.add": say("Thêm cơ quan"),
    "agency.succession_added": say("Ghi cơ quan kế thừa"),
    "agency.alias_added": say("Thêm tên gọi khác"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One succession as it is shown: the other agency, since when, whole or part, on what basis."""

    agency_id: int
    name: str
    on: date
    whole: bool
    basis: str
    confirmed: bool


def lines(directory: Directory, successions: Sequence[Succession], *, other: str) -> list[Line]:
    """Successions shown from one side; `other` is "old_id" or "new_id"."""
    return [
        Line(number, directory.agencies[number].name, one.on, one.share == "whole", one.basis, one.confirmed)
        for one in successions
        for number in [getattr(one, other)]
    ]


def lived(entry: Entry) -> Message:
    """From when to when, in words."""
    if entry.valid_from and entry.valid_to:
        return say("từ {first} đến {last}", first=format_day(entry.valid_from), last=format_day(entry.valid_to))
    if entry.valid_from:
        return say("từ {first} đến nay", first=format_day(entry.valid_from))
    return say("đến {last}", last=format_day(entry.valid_to)) if entry.valid_to else say("từ trước đến nay")
