"""The rulebook: rules of deadlines with their versions, and the date that one makes of an event. Pure; rows of law become workdays' rules here.

rules.due(rulebook, calendar, "qh_answer", date(2025, 12, 12)).date        # 2026-02-10
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from petitions.core.dates import format_day
from petitions.core.errors import RuleBroken
from petitions.core.words import Message, say
from petitions.workdays.calendar import Calendar, Name
from petitions.workdays.counting import COUNTED, Rule, Start, Unit, count
from petitions.workdays.why import Explanation, Words

ONE = timedelta(days=1)
EVENTS: Mapping[str, Message] = {
    "letter_issued": say("Ngày công văn chuyển"),
    "agency_received": say("Cơ quan nhận được kiến nghị"),
    "assumed_received": say("Coi như đã nhận (cơ quan chưa xác nhận)"),
    "letter_names": say("Ngày ghi trong công văn"),
    "contact_ends": say("Kết thúc buổi tiếp xúc"),
    "session_opens": say("Khai mạc kỳ họp"),
    "session_closes": say("Bế mạc kỳ họp"),
    "answering_ends": say("Hết thời hạn trả lời"),
    "posting": say("Ngày niêm yết"),
    "contact_day": say("Ngày tiếp xúc"),
    "questioning_day": say("Ngày chất vấn"),
    "supervision_ends": say("Kết thúc giám sát"),
    "report_received": say("Nhận được báo cáo"),
    "explanation_session": say("Phiên giải trình"),
    "decision": say("Ngày quyết định"),
    "visit": say("Ngày làm việc tại cơ sở"),
    "signing": say("Ngày ký"),
    "found_overdue": say("Phát hiện quá hạn"),
    "conclusion": say("Ngày ban hành kết luận"),
    "due_day": say("Ngày đến hạn"),
    "adoption": say("Ngày thông qua"),
    "asked_again": say("Ngày yêu cầu trả lời lại"),
    "promised": say("Ngày hẹn trong văn bản trả lời"),
    "suspended": say("Tạm dừng tính hạn"),
    "resumed": say("Tiếp tục tính hạn"),
    "extended": say("Quyết định gia hạn"),
    "answered_on_spot": say("Trả lời tại chỗ"),
    "rerouted": say("Chuyển cơ quan khác"),
}


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule as it stands from a day to a day. `length` is never negative; `before` turns it round."""

    id: int
    code: str
    name: Name
    start_event: str
    valid_from: date | None
    valid_to: date | None
    length: int
    unit: Unit
    before: bool = False
    to_workday: bool = False
    basis: str = ""
    confirmed: bool = False
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether it was in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def signed(self) -> int:
        """The length, negative when counted backwards."""
        return -self.length if self.before else self.length


@dataclass(frozen=True, slots=True)
class Flaw:
    """Days for which a rule has no version (`gap`), or two (`overlap`), between its first and its last."""

    code: str
    name: Name
    kind: str
    first: date
    last: date

    @property
    def message(self) -> Message:
        """In words, with what to mend."""
        days = {"name": self.name, "first": format_day(self.first), "last": format_day(self.last)}
        if self.kind == "gap":
            return say("Quy định «{name}» không có hiệu lực từ {first} đến {last}. Hãy bổ sung một bản cho khoảng này.", **days)
        return say("Quy định «{name}» có hai bản cùng hiệu lực từ {first} đến {last}. Hãy sửa ngày hiệu lực của một bản.", **days)


@dataclass(frozen=True, slots=True)
class Due:
    """A date, the version of the rule that made it, and why. `date` None: the rule gives no day (yet)."""

    date: date | None
    rule_version: RuleVersion
    explanation: Explanation


@dataclass(frozen=True)
class Rulebook:
    """All versions of all rules, by code; never changes."""

    versions: Mapping[str, tuple[RuleVersion, ...]]

    @classmethod
    def of(cls, versions: Iterable[RuleVersion]) -> "Rulebook":
        """A rulebook of these versions."""
        made: dict[str, list[RuleVersion]] = {}
        for version in versions:
            made.setdefault(version.code, []).append(version)
        return cls({code: tuple(sorted(found, key=lambda one: (one.valid_from or date.min, one.id))) for code, found in made.items()})

    def find(self, code: str, day: date) -> RuleVersion | None:
        """The version of rule `code` in force on `day`, or None. Where two claim the day, the one that began later holds."""
        return next((version for version in reversed(self.versions.get(code, ())) if version.in_force(day)), None)

    def version(self, code: str, day: date) -> RuleVersion:
        """The same; RuleBroken when none is in force: a rule is never applied to an event outside its validity."""
        found = self.find(code, day)
        if found is not None:
            return found
        known = self.versions.get(code)
        if not known:
            raise RuleBroken(say("Không có quy định thời hạn «{code}».", code=code))
        said = say("Quy định «{name}» không có hiệu lực ngày {day}. Xem lại mục Quy định thời hạn.", name=known[0].name, day=format_day(day))
        raise RuleBroken(said)

    def flaws(self) -> list[Flaw]:
        """Gaps and overlaps in the validity of every rule, by code and day."""
        return [flaw for code in sorted(self.versions) for flaw in flaws_of(self.versions[code])]


def flaws_of(versions: Iterable[RuleVersion]) -> list[Flaw]:
    """Gaps and overlaps among the versions of one rule. What lies before the first and after the last is no gap: a rule may begin and end."""
    ordered = sorted(versions, key=lambda one: (one.valid_from or date.min, one.id))
    found, held = list[Flaw](), ordered[:1]
    for version in ordered[1:]:
        last = held[0].valid_to
        first = version.valid_from or date.min
        if last is None or first <= last:
            end = min(day for day in (last, version.valid_to, date.max) if day is not None)
            found.append(Flaw(version.code, version.name, "overlap", first, end))
        elif first > last + ONE:
            found.append(Flaw(version.code, version.name, "gap", last + ONE, first - ONE))
        if last is not None and (version.valid_to is None or version.valid_to > last):
            held = [version]
    return found


def due(rulebook: Rulebook, calendar: Calendar, code: str, event_day: date, *, given: date | None = None, event: str | None = None) -> Due:
    """The date that rule `code` makes of an event on `event_day`, by the version in force on that day.

    `given`: the day that a letter or conclusion names, any day of the quarter meant, or the day the session opens. `event`: a code of EVENTS when it
    was another than the rule's own. RuleBroken: no version in force, a day before its event, or one beyond the calendar.
    """
    version = rulebook.version(code, event_day)
    return Due((why := explain(version, calendar, event_day, given=given, event=event)).result, version, why)


def explain(version: RuleVersion, calendar: Calendar, event_day: date, *, given: date | None = None, event: str | None = None) -> Explanation:
    """What `version` makes of the day, with its reasons, whether in force or not (for showing a date kept from earlier)."""
    words: Words = EVENTS.get(event or version.start_event, version.start_event)
    rule = Rule(version.unit, version.signed, version.name, version.basis, version.confirmed, version.to_workday)
    return count(calendar, Start(event_day, words), rule, given=given)


def recount(calendar: Calendar, event_day: date, length: int, unit: str, to_workday: bool) -> date | None:
    """The date of a stored clock by another calendar; None for units that no calendar moves."""
    if Unit(unit) not in COUNTED or (unit == Unit.CALENDAR_DAY and not to_workday):
        return None
    return count(calendar, Start(event_day), Rule(Unit(unit), length, to_workday=to_workday)).result
