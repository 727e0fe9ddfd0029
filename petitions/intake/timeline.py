"""The journal of a petition in words: what was done, by whom, which field from what to what. Pure; raw codes never reach the reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from petitions.areas.gazetteer import Gazetteer
from petitions.core.dates import format_day
from petitions.core.identity import spoken
from petitions.core.words import Message, say, say_n
from petitions.council.answers import ConstituencyRef
from petitions.duties import timeline as duties
from petitions.duties.sentences import sentence as duty_sentence
from petitions.intake.lists import GROUPS, TIMING_WORDS, Lists
from petitions.intake.workflow import STATES

ACTS: Mapping[str, Message] = {
    "petition.enter": say("{by} đã nhập kiến nghị."),
    "petition.import": say("{by} đã nhập kiến nghị từ tệp."),
    "petition.update": say("{by} đã cập nhật kiến nghị từ tệp."),
    "petition.correct": say("{by} đã sửa kiến nghị."),
    "petition.submit": say("{by} đã trình tiếp nhận."),
    "petition.register": say("{by} đã ghi vào sổ."),
    "petition.accept": say("{by} đã tiếp nhận vào sổ."),
    "petition.send_back": say("{by} đã trả lại người nhập."),
    "petition.classify": say("{by} đã phân loại."),
    "petition.divert": say("{by} đã chuyển sang đơn thư."),
    "petition.restore": say("{by} đã đưa về sổ kiến nghị."),
    "petition.discard": say("{by} đã xóa nháp."),
    "petition.keep_apart": say("{by} đã ghi nhận là không trùng."),
    "petition.forget_apart": say("{by} đã bỏ ghi nhận không trùng."),
    "petition.defer": say("{by} đã tạm gác."),
    "petition.resume": say("{by} đã đưa ra giải quyết tiếp."),
    "petition.object": say("{by} đã ghi ý kiến không đồng tình của cử tri."),
    "petition.follow": say("Trạng thái đã đổi theo việc giải quyết ({by})."),
    "petitioner.read": say("{by} đã xem người kiến nghị."),
    "document.add": say("{by} đã thêm tài liệu."),
    "document.note_secret": say("{by} đã ghi nhận một tài liệu mật."),
    "document.remove": say("{by} đã bỏ tài liệu."),
}
OTHER = say("{by} đã làm một việc khác.")
FIELDS: Mapping[str, Message] = {
    "state": say("Trạng thái"),
    "submitted": say("Trình tiếp nhận"),
    "deleted": say("Đã xóa"),
    "deferred_until": say("Tạm gác đến ngày"),
    "body_id": say("Cơ quan nhận"),
    "term_id": say("Nhiệm kỳ"),
    "council_session_id": say("Kỳ họp"),
    "timing": say("Trước, sau kỳ họp"),
    "origin": say("Nguồn"),
    "channel": say("Hình thức tiếp nhận"),
    "met_on": say("Ngày tiếp xúc"),
    "met_as_written": say("Ngày tiếp xúc (như đã ghi)"),
    "received_on": say("Ngày tiếp nhận"),
    "original_text": say("Nguyên văn"),
    "summary": say("Tóm tắt"),
    "notes": say("Ghi chú"),
    "place_words": say("Địa bàn (như đã ghi)"),
    "unit_id": say("Xã, phường"),
    "district_id": say("Quận, huyện cũ"),
    "unit_resolution": say("Cách xác định địa bàn"),
    "constituency_id": say("Đơn vị bầu cử"),
    "constituency_basis": say("Căn cứ đơn vị bầu cử"),
    "outside": say("Ngoài phạm vi"),
    "report_group": say("Nhóm báo cáo"),
    "field_id": say("Lĩnh vực"),
    "level": say("Thẩm quyền"),
    "voters_count": say("Số cử tri"),
    "agencies": say("Cơ quan giải quyết"),
    "references": say("Mã ngoài"),
    "petitioners": say("Người kiến nghị"),
    "answers": say("Trả lời đi kèm tệp"),
    "diversion_kind": say("Loại đơn"),
    "sent_to": say("Nơi chuyển đến"),
    "document": say("Văn bản chuyển"),
    "like": say("So với kiến nghị"),
    "document_name": say("Tài liệu"),
    "paper_file": say("Hồ sơ giấy số"),
}
RESOLUTION_WORDS: Mapping[str, Message] = {
    "auto": say("Tự xác định từ địa bàn đã ghi"),
    "clerk": say("Chuyên viên chọn"),
    "district_only": say("Chỉ biết quận, huyện"),
    "unresolved": say("Chưa xác định"),
}
BASIS_WORDS: Mapping[str, Message] = {
    "meeting_day": say("theo ngày tiếp xúc"),
    "receipt_day": say("theo ngày tiếp nhận"),
    "clerk": say("chuyên viên chọn"),
    "as_written": say("như tệp đã ghi"),
}
OUTSIDE_WORDS: Mapping[str, Message] = {"before_term": say("Trước nhiệm kỳ"), "other_place": say("Địa bàn ngoài Thành phố")}
DIVERSION_WORDS: Mapping[str, Message] = {"complaint": say("Khiếu nại"), "denunciation": say("Tố cáo"), "other": say("Việc khác không phải kiến nghị")}
PART_WORDS: Mapping[str, Message] = {"lead": say("chủ trì"), "with": say("phối hợp")}
YES_NO = {True: say("có"), False: say("không")}
TEXTS = frozenset({"original_text", "summary"})
SHUT = TEXTS | {"document_name"}  # of what was diverted, only that it changed
QUIET = frozenset({"term_id", "submitted", "deleted", "document_id"})  # said by the act itself
FOLLOWS: Mapping[str, Message] = {
    "bundle.submit": say("{by} đã đưa vào tập hợp gửi đi."),
    "bundle.send_back": say("{by} đã trả tập hợp lại người soạn."),
    "bundle.cancel": say("{by} đã hủy tập hợp."),
    "bundle.change": say("{by} đã bỏ khỏi tập hợp."),
    "bundle.recall": say("{by} đã thu hồi công văn."),
}
FOLLOW = "petition.follow"  # its reason is the code of the act that it follows
SENT_BACK = "petition.send_back"
EMPTY = say("(trống)")


class Entry(Protocol):
    """What is needed of a journal entry."""

    at: datetime
    act: str
    by_name: str
    changes: dict[str, Any]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """Words for ids, read beforehand."""

    lists: Lists
    gazetteer: Gazetteer
    constituencies: Mapping[int, ConstituencyRef]
    sessions: Mapping[int, Message]
    agencies: Mapping[int, str]
    bodies: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One field: `old` and `new` in words; `long`: a text, to be shown apart; `hidden`: the reader may know only that it changed."""

    name: str
    label: Message
    old: str
    new: str
    long: bool = False
    hidden: bool = False

    @property
    def first(self) -> bool:
        """Whether there was nothing before, so that the new value stands alone."""
        return self.old == str(EMPTY)


@dataclass(frozen=True, slots=True)
class Item:
    """One act; `label` says it as a sentence, with who did it."""

    at: datetime
    act: str
    label: Message
    by: str
    changes: Sequence[Change]
    reason: str | None


def items(entries: Sequence[Entry], names: Names, *, texts: bool = True) -> list[Item]:
    """The timeline in words, newest first; `texts` False hides the wording of what was diverted."""
    followed = {(entry.at, entry.by_name): entry.changes["state"] for entry in entries if entry.act == FOLLOW and "state" in entry.changes}
    shown, told = list[Item](), set[tuple[datetime, str]]()
    for entry in entries:
        key = (entry.at, entry.by_name)
        if duties.label(entry.act) is not None and key in followed and key not in told:
            told.add(key)
            state = Change("state", FIELDS["state"], words("state", followed[key][0], names), words("state", followed[key][1], names))
            item = _item(entry, names, texts=texts)
            shown.append(replace(item, changes=[state, *item.changes]))
        elif entry.act != FOLLOW:
            shown.append(_item(entry, names, texts=texts))
    lone = [_item(entry, names, texts=texts) for entry in entries if entry.act == FOLLOW and (entry.at, entry.by_name) not in told]
    return sorted([*shown, *lone], key=lambda item: item.at, reverse=True) if lone else shown[::-1]


def last_sent_back(entries: Sequence[Entry]) -> Entry | None:
    """The act by which a draft (not submitted since) went back to its enterer, with its reason; None when it never did."""
    return next((entry for entry in reversed(entries) if entry.act == SENT_BACK), None)


def ids_in(entries: Sequence[Entry]) -> dict[str, set[int]]:
    """The ids of council sessions and agencies that the entries speak of, to be read beforehand."""
    found: dict[str, set[int]] = {"sessions": set(), "agencies": set()}
    for entry in entries:
        for value in entry.changes.get("council_session_id", ()):
            if isinstance(value, int):
                found["sessions"].add(value)
        for listed in entry.changes.get("agencies", ()):
            found["agencies"] |= {int(word.partition(":")[2]) for word in listed or () if word.partition(":")[2].isdigit()}
    return found


def _item(entry: Entry, names: Names, *, texts: bool) -> Item:
    if (said := duty_sentence(entry.act, spoken(entry.by_name))) is not None:
        told = [Change(name, label, old, new) for name, label, old, new in duties.changes(entry.changes, names.agencies)]
        return Item(entry.at, entry.act, said, entry.by_name, told, entry.reason)
    changes = []
    for name, pair in entry.changes.items():
        if name in QUIET or not isinstance(pair, list | tuple) or len(pair) != 2 or (name == "state" and pair[0] is None):
            continue
        hidden = name == "petitioners" or (name in SHUT and not texts)
        old, new = ("", "") if hidden else (words(name, pair[0], names), words(name, pair[1], names))
        if name == "petitioners":
            new = str(say_n("{n} người", "{n} người", len(pair[1] or ())))
        changes.append(Change(name, FIELDS.get(name, say("Trường khác")), old, new, name in TEXTS, hidden))
    return Item(
        entry.at,
        entry.act,
        sentence(entry),
        entry.by_name,
        changes,
        entry.reason if texts and entry.act != FOLLOW else None,
    )


def sentence(entry: Entry) -> Message:
    """Who did what to a petition, as a whole sentence about the past."""
    said = ACTS.get(entry.act, OTHER)
    if entry.act == FOLLOW:
        said = FOLLOWS.get(entry.reason or "", said)
    return Message(said.text, {"by": spoken(entry.by_name)})


def words(name: str, value: Any, names: Names) -> str:
    """A field's value as the reader sees it; "(empty)" for none."""
    if value is None or value in ("", []):
        return str(EMPTY)
    word = WORDS.get(name)
    return str(word(value, names)) if word else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(YES_NO[value])
    return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)


def _day(value: Any, _names: Names) -> str:
    return format_day(date.fromisoformat(value)) if isinstance(value, str) else format_day(value)


def _agencies(value: Any, names: Names) -> str:
    said = []
    for word in value:
        part, _, what = word.partition(":")
        name = names.agencies.get(int(what), what) if what.isdigit() else what
        said.append(f"{name} ({PART_WORDS.get(part, part)})")
    return "; ".join(said)


def _from(table: Mapping[Any, Any]) -> Callable[[Any, Names], Any]:
    return lambda value, _names: table.get(value, value)


def unit_words(gazetteer: Gazetteer, unit_id: int) -> str:
    """A unit in words; one that is no longer known by its number."""
    return gazetteer.full_label(unit_id) if unit_id in gazetteer.units else f"#{unit_id}"


WORDS: Mapping[str, Callable[[Any, Names], Any]] = {
    "state": _from(STATES),
    "timing": _from(TIMING_WORDS),
    "report_group": _from(GROUPS),
    "unit_resolution": _from(RESOLUTION_WORDS),
    "constituency_basis": _from(BASIS_WORDS),
    "outside": _from(OUTSIDE_WORDS),
    "diversion_kind": _from(DIVERSION_WORDS),
    "met_on": _day,
    "deferred_until": _day,
    "received_on": _day,
    "agencies": _agencies,
    "body_id": lambda value, names: names.bodies.get(value, value),
    "council_session_id": lambda value, names: names.sessions.get(value, value),
    "origin": lambda value, names: names.lists.origin_label(value) or value,
    "channel": lambda value, names: names.lists.channel_label(value) or value,
    "level": lambda value, names: names.lists.level_label(value) or value,
    "field_id": lambda value, names: names.lists.field_path(value) or value,
    "unit_id": lambda value, names: unit_words(names.gazetteer, value),
    "district_id": lambda value, names: names.gazetteer.districts[value].label if value in names.gazetteer.districts else value,
    "constituency_id": lambda value, names: names.constituencies[value].label if value in names.constituencies else value,
}
