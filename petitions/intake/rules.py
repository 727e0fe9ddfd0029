"""What must hold of a petition before it is written by hand. Pure: values and lists in, messages per field out."""

from collections.abc import Collection
from datetime import date

from petitions.core.dates import format_day, not_a_loose_day, parse_loose
from petitions.core.words import Message, say
from petitions.council.roll import Roll
from petitions.intake.lists import GROUPS, Lists
from petitions.intake.values import PetitionValues

TEXT_LIMIT = 100_000
EARLIEST = date(1945, 9, 2)
Problems = dict[str, list[Message | str]]


def problems(values: PetitionValues, lists: Lists, roll: Roll, *, today: date, complete: bool = True) -> Problems:
    """What is wrong with `values`, by field of the form. `complete`: it goes to the accept queue; a draft may still lack things."""
    found: Problems = {}
    _texts(values, found)
    _days(values, found, today=today, complete=complete)
    _lists(values, lists, found, complete=complete)
    _council(values, roll, found)
    for number, person in enumerate(values.petitioners or ()):
        if not person.name:
            found.setdefault(f"petitioners-{number}-name", []).append(say("Hãy ghi họ tên, hoặc bỏ trống cả dòng này."))
    for number, reference in enumerate(values.references):
        if not reference.reference or not reference.system:
            found.setdefault(f"references-{number}-reference", []).append(say("Hãy ghi cả tên hệ thống và số, mã."))
        if reference.url and not reference.url.startswith(("http://", "https://")):
            found.setdefault(f"references-{number}-url", []).append(say("Địa chỉ phải bắt đầu bằng https:// hoặc http://."))
    return found


def group_problem(lists: Lists, report_group: int | None, field_id: int | None) -> Message | None:
    """A field belongs to one report group; another group beside it is a contradiction (domain 9.3 R1)."""
    field = lists.fields.get(field_id) if field_id else None
    if field is None or report_group in (None, field.report_group):
        return None
    return say(
        "Lĩnh vực «{field}» thuộc nhóm {n} ({group}). Hãy chọn lại một trong hai.", field=field.name, n=field.report_group, group=GROUPS[field.report_group]
    )


def _texts(values: PetitionValues, found: Problems) -> None:
    if not values.text:
        found["text"] = [say("Hãy ghi nội dung kiến nghị.")]
    for name, text in (("text", values.text), ("summary", values.summary), ("notes", values.notes)):
        if len(text) > TEXT_LIMIT:
            found.setdefault(name, []).append(say("Nội dung dài quá {n} ký tự.", n=TEXT_LIMIT))


def _days(values: PetitionValues, found: Problems, *, today: date, complete: bool) -> None:
    if values.met_as_written and parse_loose(values.met_as_written) is None:
        found["met"] = [not_a_loose_day(values.met_as_written)]
    for name, day in (("met", values.met_on), ("received_on", values.received_on)):
        if day and day > today:
            found.setdefault(name, []).append(say("Ngày này sau hôm nay ({today}).", today=format_day(today)))
        if day and day < EARLIEST:
            found.setdefault(name, []).append(say("Ngày này quá xa, hãy xem lại năm."))
    if values.met_on and values.received_on and values.met_on > values.received_on:
        found.setdefault("received_on", []).append(say("Ngày tiếp nhận đứng trước ngày tiếp xúc."))
    if complete and not (values.met_on or values.met_as_written or values.received_on):
        found.setdefault("received_on", []).append(say("Hãy ghi ngày tiếp nhận hoặc ngày tiếp xúc."))


def _lists(values: PetitionValues, lists: Lists, found: Problems, *, complete: bool) -> None:
    if complete and not values.origin:
        found["origin"] = [say("Hãy chọn nguồn kiến nghị.")]
    day = values.met_on or values.received_on
    known: tuple[tuple[str, object, Collection[object]], ...] = (
        ("origin", values.origin, lists.origins.keys()),
        ("channel", values.channel, lists.channels.keys()),
        ("level", values.level, lists.levels.keys()),
        ("field_id", values.field_id, lists.fields.keys()),
        ("report_group", values.report_group, GROUPS.keys()),
    )
    for name, value, listed in known:
        if value is not None and value not in listed:
            found.setdefault(name, []).append(say("Hãy chọn một giá trị trong danh sách."))
    origin = lists.origins.get(values.origin) if values.origin else None
    if origin and not origin.valid_on(day):
        found.setdefault("origin", []).append(say("«{origin}» không dùng cho ngày {day}.", origin=origin.name, day=format_day(day) if day else ""))
    level = lists.levels.get(values.level) if values.level else None
    if level and not level.valid_on(day):
        found.setdefault("level", []).append(
            say("«{level}» không còn vào ngày {day}. Hãy chọn cấp khác.", level=level.name, day=format_day(day) if day else "")
        )
    field = lists.fields.get(values.field_id) if values.field_id else None
    if field and not field.valid_on(day):
        found.setdefault("field_id", []).append(say("Lĩnh vực này không dùng cho ngày {day}.", day=format_day(day) if day else ""))
    if message := group_problem(lists, values.report_group, values.field_id):
        found.setdefault("report_group", []).append(message)
    if values.voters_count is not None and not 0 < values.voters_count < 10_000_000:
        found.setdefault("voters_count", []).append(say("Số cử tri phải lớn hơn 0."))


def _council(values: PetitionValues, roll: Roll, found: Problems) -> None:
    own = {term.id for term in roll.terms if term.body_id == values.body_id}
    if not own:
        found.setdefault("body_id", []).append(say("Hãy chọn cơ quan nhận kiến nghị."))
    if values.constituency_id is not None:
        constituency = roll.constituencies.get(values.constituency_id)
        if constituency is None or constituency.term_id not in own:
            found.setdefault("constituency_id", []).append(say("Đơn vị bầu cử này không thuộc cơ quan đã chọn."))
