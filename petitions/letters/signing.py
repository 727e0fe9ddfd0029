"""Who signs on a day: the one asked for, or who signs instead while he is away (and who instead of that one). Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from petitions.core.dates import format_day
from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say

# TM. on behalf of a collective, KT. instead of the head, TL. by order, TUQ. by mandate, Q. acting (decree 30/2020, annex I, II.7).
AUTHORITY = re.compile(r"^(TM|KT|TL|TUQ|Q)\. \S")
MARK = re.compile(r"^[^\W\d_]{1,4}\.")


@dataclass(frozen=True, slots=True)
class Signer:
    """A signatory: who, in which quality, from when until when (last day included)."""

    id: int
    name: str
    signing: str
    rank: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether he may sign on `day` at all."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody does not sign; `substitute_id` None: nobody signs instead."""

    signatory_id: int
    from_on: date
    to_on: date
    substitute_id: int | None
    reason: str = ""


def signer_on(asked: int, day: date, signers: Mapping[int, Signer], absences: Sequence[Absence]) -> Signer:
    """Who signs when `asked` is to sign on `day`. Raises RuleBroken with the reason when nobody can."""
    tried: list[int] = []
    at = asked
    while True:
        signer = signers.get(at)
        if signer is None or not signer.holds(day):
            raise RuleBroken(_not_then(signer, day))
        away = next((one for one in absences if one.signatory_id == at and one.from_on <= day <= one.to_on), None)
        if away is None:
            return signer
        tried.append(at)
        if away.substitute_id is None or away.substitute_id in tried:
            raise RuleBroken(_away(signer, away))
        at = away.substitute_id


def _not_then(signer: Signer | None, day: date) -> Message:
    if signer is None:
        return say("Hãy chọn người ký.")
    return say("{name} không ký văn bản ngày {day}. Hãy chọn người ký khác.", name=signer.name, day=format_day(day))


def _away(signer: Signer, away: Absence) -> Message:
    return say(
        "{name} vắng từ {first} đến {last} và chưa có người ký thay. Hãy chọn người ký khác, hoặc ghi người ký thay.",
        name=signer.name,
        first=format_day(away.from_on),
        last=format_day(away.to_on),
    )


def problems(signing: str) -> tuple[Message, ...]:
    """What is wrong with the lines above a signature: at most four; all but the last say for whom (TM., KT., TL., TUQ., Q.)."""
    found = [one.strip() for one in signing.split("\n") if one.strip()]
    if not found:
        return (say("Hãy ghi quyền hạn, chức vụ của người ký."),)
    if len(found) > 4:
        return (say("Quyền hạn, chức vụ có nhiều nhất 4 dòng."),)
    wrong = [one for place, one in enumerate(found) if not AUTHORITY.match(one) and (place < len(found) - 1 or MARK.match(one))]
    return tuple(say("Dòng «{line}» phải bắt đầu bằng TM., KT., TL., TUQ. hoặc Q. và một dấu cách.", line=one) for one in wrong)
