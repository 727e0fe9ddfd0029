"""The list in words: rows, tabs of states with their counts, chips of the filters in force. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from petitions.core.dates import format_day, parse_loose
from petitions.core.text import tone_normal
from petitions.core.words import Message, say
from petitions.intake.choices import Choices
from petitions.intake.details import met_words, place_name
from petitions.intake.filters import Filters
from petitions.intake.lists import GROUPS, TIMING_WORDS, Lists
from petitions.intake.placing import Atlas
from petitions.intake.queries.listing import WAITING, Row
from petitions.intake.queries.verdicts import state_tone, state_words
from petitions.intake.timeline import OUTSIDE_WORDS, RESOLUTION_WORDS
from petitions.intake.workflow import DIVERTED, DRAFT, STATES

STUB = say("Đã chuyển đơn thư")


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words."""

    row: Row
    text: str
    place: str
    constituency: str
    field: str
    state: Message
    tone: str
    day: str
    day_is: Message | None
    marks: Sequence[Message]


@dataclass(frozen=True, slots=True)
class Tab:
    """A state with its number; the number is a link to exactly those rows."""

    label: Message
    count: int
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: Message
    value: str
    query: str


def lines(rows: Sequence[Row], *, atlas: Atlas, lists: Lists, diverted: bool, sent_back: frozenset[int] = frozenset()) -> list[Line]:
    """The rows in words; without `diverted` the text of what was diverted is not shown; drafts in `sent_back` (ids) are marked."""
    return [_line(row, atlas, lists, diverted=diverted, back=row.id in sent_back) for row in rows]


def _line(row: Row, atlas: Atlas, lists: Lists, *, diverted: bool, back: bool) -> Line:
    ref = atlas.roll.constituencies.get(row.constituency_id or 0)
    marks = [OUTSIDE_WORDS[row.outside]] if row.outside else []
    if row.unit_resolution == "unresolved" and row.place_words and not row.outside:
        marks.append(say("Chưa rõ địa bàn"))
    if back:
        marks.append(say("Bị trả lại"))
    unread = row.met_as_written is not None and parse_loose(row.met_as_written) is None
    if unread:
        marks.append(say("Ngày chưa đọc được"))
    hidden = row.state == DIVERTED and not diverted
    day = met_words(row.dated_on if row.met_as_written is None else None, None if unread else row.met_as_written)
    day_is = say("tiếp xúc") if row.met_on or row.met_as_written else say("tiếp nhận")
    return Line(
        row,
        str(STUB) if hidden else row.text,
        said_once(place_name(atlas, row.unit_id, row.district_id, row.place_words)),
        str(ref.number) if ref else "",
        lists.field_label(row.field_id),
        say("Chờ tiếp nhận") if row.submitted_at is not None and row.state == DRAFT else state_words(row.state, row.verdict),
        "near" if row.submitted_at is not None and row.state == DRAFT else state_tone(row.state, row.verdict),
        day,
        day_is if day else None,
        marks,
    )


def said_once(place: str) -> str:
    """A place as written, without the parts that it says twice: "huyện Gia Lâm, Gia Lâm, Hà Nội, Hà Nội"."""
    kept: list[str] = []
    for part in (one.strip() for one in place.split(",")):
        plain = tone_normal(part)
        if part and not any(f" {tone_normal(other)}".endswith(f" {plain}") for other in kept):
            kept.append(part)
    return ", ".join(kept)


def tabs(filters: Filters, counts: Mapping[str, int]) -> list[Tab]:
    """All, then each state that has rows; submitted drafts stand as "waiting"."""
    made = [Tab(say("Tất cả"), sum(counts.values()), filters.query(state=None, waiting=None), filters.state is None and filters.waiting is None)]
    for key, label in ((DRAFT, STATES[DRAFT]), (WAITING, say("Chờ tiếp nhận")), *((s, w) for s, w in STATES.items() if s != DRAFT)):
        state, waiting = (DRAFT, "yes") if key == WAITING else (key, "no" if key == DRAFT else None)
        current = filters.state == state and filters.waiting == waiting
        if counts.get(key) or current:
            made.append(Tab(label, counts.get(key, 0), filters.query(state=state, waiting=waiting), current))
    if not any(tab.current for tab in made):
        made.append(_odd(filters, counts))
    return made


def _odd(filters: Filters, counts: Mapping[str, int]) -> Tab:
    """All drafts, waiting or not: an address may ask for it."""
    number = counts.get(DRAFT, 0) + counts.get(WAITING, 0) if filters.waiting is None else counts.get(WAITING if filters.waiting == "yes" else DRAFT, 0)
    if filters.waiting is None and filters.state is not None and filters.state != DRAFT:
        number = counts.get(filters.state, 0)
    if filters.waiting is not None and filters.state not in (None, DRAFT):
        number = 0
    return Tab(STATES.get(filters.state or DRAFT, STATES[DRAFT]), number, filters.query(), True)


LABELS: Mapping[str, Message] = {
    "body": say("Cơ quan nhận"),
    "constituency": say("Đơn vị bầu cử"),
    "unit": say("Xã, phường"),
    "district": say("Quận, huyện cũ"),
    "field": say("Lĩnh vực"),
    "group": say("Nhóm báo cáo"),
    "level": say("Thẩm quyền"),
    "place": say("Địa bàn"),
    "agency": say("Cơ quan giải quyết"),
    "session": say("Kỳ họp"),
    "timing": say("Trước, sau kỳ họp"),
    "origin": say("Nguồn"),
    "channel": say("Hình thức tiếp nhận"),
    "batch": say("Lần nhập tệp"),
    "mine": say("Người nhập"),
    "since": say("Từ ngày"),
    "until": say("Đến ngày"),
}


def chips(filters: Filters, *, atlas: Atlas, lists: Lists, options: Choices) -> list[Chip]:
    """The filters in force, in words, each with the way to lift it."""
    made = []
    for name, value in filters.narrowed.items():
        if name in LABELS:
            more = {"as_of": None} if name == "constituency" else {"ground": None} if name == "unit" else {}
            made.append(Chip(LABELS[name], _value(name, value, filters, atlas, lists, options), filters.query(**{name: None, **more})))
    return made


def _value(name: str, value: Any, filters: Filters, atlas: Atlas, lists: Lists, options: Choices) -> str:
    if isinstance(value, date):
        return format_day(value)
    if name == "unit":
        only = f" ({say('chỉ nơi này')})" if filters.ground == "no" else f" ({say('cả tên cũ, mới')})"
        return (atlas.unit(value) or str(value)) + only
    if name == "constituency":
        ref = atlas.roll.constituencies.get(value)
        today = f" ({say('theo địa bàn hôm nay')})" if filters.as_of == "today" else ""
        return f"{ref.label if ref else value}{today}"
    words: Mapping[str, Any] = {
        "district": atlas.district,
        "field": lists.field_path,
        "level": lists.level_label,
        "origin": lists.origin_label,
        "channel": lists.channel_label,
        "group": lambda number: GROUPS.get(number, number),
        "place": lambda mark: RESOLUTION_WORDS.get(mark, mark),
        "timing": lambda code: TIMING_WORDS.get(code, code),
        "mine": lambda _yes: say("tôi"),
    }
    if name in words:
        return str(words[name](value) or value)
    listed = {"body": options.bodies, "agency": options.agencies, "session": [pair for _group, pairs in options.sessions for pair in pairs]}
    return str(next((label for number, label in listed.get(name, ()) if number == value), value))
