"""What the page of a petition says, ready for the template: facts in words, no ids and no codes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from petitions.core.dates import format_day
from petitions.core.words import Message, say
from petitions.council.answers import GroupToday
from petitions.intake.lists import GROUPS, TIMING_WORDS, Lists
from petitions.intake.models import Petition, PetitionAgency
from petitions.intake.placing import Atlas
from petitions.intake.timeline import BASIS_WORDS, OUTSIDE_WORDS, PART_WORDS, RESOLUTION_WORDS

CLASS_WORDS: Mapping[str, Message] = {
    "resolved": say("Đã giải quyết xong"),
    "in_progress": say("Đang nghiên cứu, tiếp thu để giải quyết"),
    "explained": say("Giải trình, cung cấp thông tin"),
}
NO_PLACE = say("Chưa chọn nơi cụ thể nên chưa rõ tổ đại biểu hôm nay.")
CLASS_TONES = {"resolved": "done", "in_progress": "near", "explained": "act"}


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency: its name, its part; `as_written` when the file's words differ; `unknown` when none was found."""

    name: str
    part: Message
    as_written: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts column. `constituency` with its basis; `group_today` beside it."""

    body: str
    place: str
    place_how: Message
    former: Sequence[str]
    constituency: Message | None
    constituency_basis: Message | None
    constituency_confirmed: bool
    outside: Message | None
    group_today: GroupToday
    origin: str
    channel: str
    met: str
    received: str
    timing: Message | None
    field: str
    report_group: Message | None
    level: str
    agencies: Sequence[AgencyLine]


def facts(petition: Petition, *, atlas: Atlas, lists: Lists, today: date) -> Facts:
    """The facts of `petition` (its parts loaded) as of `today`."""
    constituency = atlas.roll.constituencies.get(petition.constituency_id or 0)
    group = atlas.roll.group_today(body_id=petition.body_id, unit_id=petition.unit_id, district_id=petition.district_id, today=today)
    if constituency and not petition.unit_id and not petition.district_id:  # every place that may be meant lay in it on its day
        group = GroupToday(NO_PLACE)
    return Facts(
        body=body_name(atlas, petition.body_id),
        place=place_name(atlas, petition.unit_id, petition.district_id, petition.place_words),
        place_how=RESOLUTION_WORDS[petition.unit_resolution],
        former=kin_names(atlas, petition.unit_id, today),
        constituency=constituency.label if constituency else None,
        constituency_basis=BASIS_WORDS.get(petition.constituency_basis or ""),
        constituency_confirmed=bool(constituency and constituency.confirmed),
        outside=OUTSIDE_WORDS.get(petition.outside or ""),
        group_today=group,
        origin=lists.origin_label(petition.origin) or petition.as_written.get("origin", ""),
        channel=lists.channel_label(petition.channel),
        met=met_words(petition.met_on, petition.met_as_written),
        received=format_day(petition.received_on) if petition.received_on else "",
        timing=TIMING_WORDS.get(petition.timing or ""),
        field=lists.field_path(petition.field_id) or petition.as_written.get("field", ""),
        report_group=GROUPS.get(petition.report_group or 0),
        level=lists.level_label(petition.level) or petition.as_written.get("level", ""),
        agencies=[agency_line(row) for row in petition.agencies],
    )


def agency_line(row: PetitionAgency) -> AgencyLine:
    """One agency in words; what a file wrote stays beside the name found for it."""
    name = row.agency.name if row.agency else row.as_written
    written = row.as_written if row.agency and row.as_written and row.as_written != name else ""
    return AgencyLine(name, PART_WORDS[row.part], written, row.agency is None)


def body_name(atlas: Atlas, body_id: int) -> str:
    """The body's short name, from the roll."""
    return next((term.body for term in atlas.roll.terms if term.body_id == body_id), "")


def place_name(atlas: Atlas, unit_id: int | None, district_id: int | None, words: str) -> str:
    """The unit with its district; else the district; else the words as written."""
    return atlas.unit(unit_id, full=True) or atlas.district(district_id) or words


def kin_names(atlas: Atlas, unit_id: int | None, today: date) -> list[str]:
    """What holds the unit's ground today, when it has ended; what it was made of, while it lives."""
    if unit_id is None or unit_id not in atlas.gazetteer.units:
        return []
    lives = atlas.gazetteer.units[unit_id].lives(today)
    steps = atlas.gazetteer.predecessors(unit_id) if lives else atlas.gazetteer.successors(unit_id, today)
    return [atlas.gazetteer.full_label(step.unit_id) for step in steps if step.unit_id != unit_id]


def met_words(met_on: date | None, as_written: str | None) -> str:
    """The day of the meeting, or the month or year as it was written."""
    return format_day(met_on) if met_on else as_written or ""
