"""A changed row against what stands: field by field, what the file changed goes in, what a person changed since stays.

Three pictures: what the row said when it went in (digests in `ImportedRow.fields`), what it says now, and what the petition holds now.
A field that both changed, differently, is a conflict: it is reported and the whole row is left. (A three-way merge.)
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from petitions.core.dates import format_day
from petitions.core.words import Message, say, say_n
from petitions.intake.actions.entry import replaced
from petitions.intake.importing.matching import Ledger
from petitions.intake.lists import FieldNode, Item
from petitions.intake.models import Petition
from petitions.intake.values import AgencyValues, AnswerValues, PetitionerValues, PetitionValues, ReferenceValues

# fields that are compared: what the page calls them, in the order in which changes are shown
FIELDS: Mapping[str, Message] = {
    "text": say("Nội dung kiến nghị"),
    "summary": say("Tóm tắt"),
    "place_words": say("Địa bàn"),
    "constituency_id": say("Đơn vị bầu cử"),
    "received_on": say("Ngày tiếp nhận"),
    "met_on": say("Ngày tiếp xúc"),
    "met_as_written": say("Ngày tiếp xúc"),
    "field_id": say("Lĩnh vực"),
    "level": say("Thẩm quyền"),
    "origin": say("Nguồn"),
    "timing": say("Trước/sau kỳ họp"),
    "council_session_id": say("Kỳ họp"),
    "agencies": say("Cơ quan giải quyết"),
    "answers": say("Trả lời"),
    "petitioners": say("Người kiến nghị"),
    "notes": say("Ghi chú"),
    "as_written": say("Chữ giữ như đã ghi"),
}
FOLLOWING = {"field_id": ("report_group",), "origin": ("channel",), "constituency_id": ("constituency_from",)}
PROTECTED = "petitioners"


@dataclass(frozen=True, slots=True)
class Change:
    """One field, old → new, ready to be read; protected values are not shown."""

    field: str
    old: str
    new: str

    @property
    def label(self) -> Message:
        """What the page calls the field."""
        return FIELDS[self.field]


@dataclass(frozen=True, slots=True)
class Merge:
    """What to write, what changes thereby, and the fields in which a person's change stands against the file's."""

    values: PetitionValues
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]


def seals(values: PetitionValues, key: str) -> dict[str, str]:
    """A short digest of each compared field; keyed, so that it tells nothing of protected values."""
    return {name: _seal(getattr(values, name), key) for name in FIELDS}


def merge(now: PetitionValues, new: PetitionValues, base: Mapping[str, str], *, key: str, ledger: Ledger) -> Merge:
    """`new` (the row) over `now` (what stands), where `base` tells what the row said before."""
    changes, conflicts, more = [], [], dict[str, object]()
    held, wanted = seals(now, key), seals(new, key)
    for name in FIELDS:
        if wanted[name] in (base.get(name), held[name]):
            continue
        change = Change(name, shown(name, getattr(now, name), ledger), shown(name, getattr(new, name), ledger))
        if held[name] == base.get(name):
            changes.append(change)
            more |= {other: getattr(new, other) for other in (name, *FOLLOWING.get(name, ()))}
        else:
            conflicts.append(change)
    return Merge(replaced(now, more), tuple(changes), tuple(conflicts))


def values_of(petition: Petition) -> PetitionValues:
    """What the petition holds now, as the values that would enter it. Needs its parts loaded."""
    chosen = petition.constituency_basis in ("clerk", "as_written")
    return PetitionValues(
        body_id=petition.body_id,
        text=petition.original_text,
        summary=petition.summary,
        origin=petition.origin,
        channel=petition.channel,
        met_on=petition.met_on,
        met_as_written=petition.met_as_written,
        received_on=petition.received_on,
        council_session_id=petition.council_session_id,
        timing=petition.timing,
        place_words=petition.place_words,
        unit_id=petition.unit_id if petition.unit_resolution == "clerk" else None,
        constituency_id=petition.constituency_id if chosen else None,
        constituency_from=(petition.constituency_basis or "clerk") if chosen else "clerk",
        report_group=petition.report_group,
        field_id=petition.field_id,
        level=petition.level,
        voters_count=petition.voters_count,
        notes=petition.notes,
        petitioners=tuple(PetitionerValues(row.name, row.address, row.phone) for row in petition.petitioners),
        references=tuple(ReferenceValues(row.system, row.reference, row.url) for row in petition.references),
        agencies=tuple(AgencyValues(row.as_written, row.agency_id, row.part) for row in petition.agencies),
        answers=tuple(
            AnswerValues(row.number, row.answered_on, row.answered_as_written, row.text, row.class_as_written, row.answer_class) for row in petition.answers
        ),
        as_written=dict(petition.as_written),
    )


def shown(name: str, value: Any, ledger: Ledger) -> str:
    """A value as a person reads it in the preview; petitioners are counted, never shown."""
    if value is None or value == "" or value == ():
        return ""
    lists, roll = ledger.context.lists, ledger.context.atlas.roll
    if name == PROTECTED:
        return str(say_n("{n} người", "{n} người", len(value)))
    if name == "agencies":
        return "; ".join(agency.as_written for agency in value)
    if name == "answers":
        return "; ".join(" ".join(filter(None, (answer.number, answer.class_as_written, answer.text))) for answer in value)
    if name == "as_written":
        return "; ".join(value.values())
    if name == "constituency_id":
        return str(roll.constituencies[value].number) if value in roll.constituencies else ""
    if name == "council_session_id":
        return next((str(number) for (_, number), found in ledger.sessions.items() if found == value), "")
    known: Mapping[str, Mapping[Any, FieldNode | Item]] = {"field_id": lists.fields, "level": lists.levels, "origin": lists.origins}
    if value in known.get(name, {}):
        return known[name][value].label
    return format_day(value) if hasattr(value, "isoformat") else str(value)


def _seal(value: Any, key: str) -> str:
    plain = [asdict(part) for part in value] if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=_short(key), digest_size=8).hexdigest()


@cache
def _short(key: str) -> bytes:
    """The key in the length that BLAKE2b takes."""
    return hashlib.sha256(key.encode()).digest()
