"""Words of a row against the office's lists: fields, levels, origins, sessions, constituencies, agencies, places. Pure.

A word that no list knows is said, kept as written (`as_written`) and left to the clerk; nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from petitions.agencies import resolver as agencies
from petitions.agencies.directory import Directory
from petitions.core.dates import format_day
from petitions.core.text import fold
from petitions.core.words import Message, say
from petitions.intake.actions.entry import Context, completed, replaced
from petitions.intake.importing import values as read
from petitions.intake.importing.columns import Header
from petitions.intake.importing.remarks import Remark, note, warning
from petitions.intake.importing.values import Row
from petitions.intake.lists import find_timing
from petitions.intake.placing import Placing, place
from petitions.intake.values import AgencyValues, AnswerValues, PetitionerValues, PetitionValues, ReferenceValues

BEFORE_TERM, OTHER_PLACE = "before_term", "other_place"
NOTES_MOST = 20_000


@dataclass(frozen=True)
class Ledger:
    """All that rows are held against, read once: the body, its lists, places and roll, sessions (term, number) → id, agencies."""

    body_id: int
    body: str
    context: Context
    sessions: Mapping[tuple[int, int], int]
    directory: Directory
    today: date
    _agencies: dict[tuple[str, date | None], agencies.Resolution] = field(default_factory=dict)
    _words: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def system(self) -> str:
        """The system whose numbers the column of external ids holds."""
        return reference_system(self.body)

    def listed(self, name: str, words: str) -> Any:
        """The entry of the office's list "field", "level" or "origin" that `words` mean, or None; asked once for equal words."""
        key = (name, words)
        if key not in self._words:
            lists = self.context.lists
            find = {"field": lists.find_field, "level": lists.find_level, "origin": lists.find_origin}[name]
            self._words[key] = find(words)
        return self._words[key]

    def agency(self, words: str, on: date | None) -> agencies.Resolution:
        """The agency meant by `words` on a day; asked once for equal words."""
        key = (words, on)
        if key not in self._agencies:
            self._agencies[key] = agencies.find(self.directory, words, on)
        return self._agencies[key]


@dataclass(frozen=True, slots=True)
class Matched:
    """A row ready to go in."""

    values: PetitionValues
    placing: Placing


def reference_system(body: str) -> str:
    """Under what name external ids of imported files are kept: "Mã ngoài HD"."""
    return f"Mã ngoài {body}"


def match(row: Row, ledger: Ledger, header: Header, remarks: list[Remark]) -> Matched:
    """`row` as the values of a petition; what was not known is said in `remarks` and stands in `as_written`."""
    kept: dict[str, str] = {}
    lists = ledger.context.lists

    def listed(name: str, words: str, found: object) -> None:
        if words and found is None:
            kept[name] = words
            remarks.append(
                warning(say("«{words}» không có trong danh mục; giữ như đã ghi, để chuyên viên chọn.", words=words[:80]), row.number, header.name_of(name))
            )

    field_id, level, origin = (ledger.listed(*pair) for pair in (("field", row.field), ("level", row.level), ("origin", row.origin)))
    timing = read.timing(row.timing) or find_timing(row.timing)
    for name, words, found in (("field", row.field, field_id), ("level", row.level, level), ("origin", row.origin, origin), ("timing", row.timing, timing)):
        listed(name, words, found)
    if row.received.words:
        kept["received_on"] = row.received.words
    values = PetitionValues(
        body_id=ledger.body_id,
        text=row.text,
        summary=row.summary,
        origin=origin,
        met_on=row.met.day,
        met_as_written=row.met.words or None,
        received_on=row.received.day,
        timing=timing,
        place_words=row.place,
        field_id=field_id,
        level=level,
        notes=_notes(row),
        petitioners=tuple(PetitionerValues(name) for name in _petitioners(row.petitioner)),
        references=(ReferenceValues(ledger.system, row.external_id),) if row.external_id else (),
        agencies=_agencies(row, ledger, header, remarks),
        answers=_answers(row, header, remarks),
        as_written=kept,
    )
    values = completed(values, lists)
    placing = place(ledger.context.atlas, values, today=ledger.today)
    more: dict[str, object] = {
        **_constituency(row, ledger, placing, header, remarks, kept),
        **_session(row, ledger, placing, header, remarks, kept),
    }
    if more.get("constituency_id"):
        placing = place(ledger.context.atlas, replaced(values, more), today=ledger.today)
    _say_place(row, placing, header, remarks)
    _say_days(row, ledger, placing, header, remarks)
    return Matched(replaced(values, more), placing)


def _notes(row: Row) -> str:
    return "\n".join(f"{name}: {words}" for name, words in row.notes.items())[:NOTES_MOST]


def _petitioners(cell: str) -> list[str]:
    return [name[:200] for name in (" ".join(part.split()) for part in cell.replace("\n", ";").split(";")) if name]


def _agencies(row: Row, ledger: Ledger, header: Header, remarks: list[Remark]) -> tuple[AgencyValues, ...]:
    named = []
    day = row.met.day or row.received.day or row.met.first or row.received.first
    for position, words in enumerate(row.agencies):
        found = ledger.agency(words, day)
        if found.agency_id is None:
            said = [candidate.label for candidate in found.candidates]
            remarks.append(warning(_about_agency(words, said), row.number, header.name_of("agency")))
        named.append(AgencyValues(words, found.agency_id, "with" if position else "lead"))
    return tuple(named)


def _about_agency(words: str, candidates: list[str]) -> Message:
    if candidates:
        return say("«{words}» có thể là: {names}. Giữ như đã ghi, để chuyên viên chọn.", words=words[:80], names="; ".join(candidates[:5]))
    return say("Không có cơ quan «{words}» trong danh mục; giữ như đã ghi, để chuyên viên chọn.", words=words[:80])


def _answers(row: Row, header: Header, remarks: list[Remark]) -> tuple[AnswerValues, ...]:
    """The answer that came with the row; its class counts only where the words are known."""
    if not (row.answer or row.answer_number or row.answer_class or row.answered.day or row.answered.words):
        return ()
    known = read.answer_class(row.answer_class)
    if row.answer_class and known is None:
        remarks.append(
            warning(
                say("«{words}» không có trong danh mục; giữ như đã ghi, để chuyên viên chọn.", words=row.answer_class[:80]),
                row.number,
                header.name_of("answer_class"),
            )
        )
    return (AnswerValues(row.answer_number, row.answered.day, row.answered.words, row.answer, row.answer_class, known),)


def _constituency(row: Row, ledger: Ledger, placing: Placing, header: Header, remarks: list[Remark], kept: dict[str, str]) -> dict[str, object]:
    """The constituency as the file has it: by number or name, in the term of the row's day."""
    if not row.constituency:
        return {}
    own = [ref for ref in ledger.context.atlas.roll.constituencies.values() if ref.term_id == placing.term_id]
    number, name = read.constituency_number(row.constituency), fold(" ".join(row.constituency.split()))
    found = next((ref for ref in own if ref.number == number), None) if number else next((ref for ref in own if fold(ref.name) == name), None)
    column = header.name_of("constituency")
    if found is None or placing.outside:
        kept["constituency"] = row.constituency
        if found is None:
            remarks.append(warning(say("Không có đơn vị bầu cử «{words}» trong nhiệm kỳ; giữ như đã ghi.", words=row.constituency[:80]), row.number, column))
        return {"as_written": kept}
    if placing.constituency_id not in (None, found.id):
        kept["constituency"] = row.constituency
        theirs = placing.constituency_number
        remarks.append(
            warning(
                say("Địa bàn thuộc đơn vị bầu cử số {theirs}, tệp ghi số {own}: lấy theo tệp, cần xem lại.", theirs=theirs, own=found.number),
                row.number,
                column,
            )
        )
    if placing.constituency_id == found.id:
        return {}
    return {"constituency_id": found.id, "constituency_from": "as_written", "as_written": kept}


def _session(row: Row, ledger: Ledger, placing: Placing, header: Header, remarks: list[Remark], kept: dict[str, str]) -> dict[str, object]:
    if not row.session:
        return {}
    number = read.session_number(row.session)
    found = ledger.sessions.get((placing.term_id or 0, number or 0))
    if found is None or placing.outside == BEFORE_TERM:
        kept["session"] = row.session
        if found is None:
            remarks.append(
                warning(say("Không có kỳ họp «{words}» trong nhiệm kỳ; giữ như đã ghi.", words=row.session[:80]), row.number, header.name_of("session"))
            )
        return {"as_written": kept}
    return {"council_session_id": found}


def _say_place(row: Row, placing: Placing, header: Header, remarks: list[Remark]) -> None:
    found, column = placing.place, header.name_of("place")
    if placing.outside == OTHER_PLACE:
        remarks.append(note(say("Địa bàn ngoài Hà Nội: vẫn nhập, được đánh dấu, đơn vị bầu cử 00."), row.number, column))
    elif found is not None and found.outcome == "candidates":
        names = "; ".join(candidate.label for candidate in found.candidates[:5])
        remarks.append(
            warning(say("«{words}» có thể là: {names}. Giữ như đã ghi, để chuyên viên chọn.", words=row.place[:80], names=names), row.number, column)
        )
    elif found is not None and found.outcome == "unknown" and not found.whole_city:
        remarks.append(warning(say("Không nhận ra địa bàn «{words}»; giữ như đã ghi, để chuyên viên chọn.", words=row.place[:80]), row.number, column))


def _say_days(row: Row, ledger: Ledger, placing: Placing, header: Header, remarks: list[Remark]) -> None:
    if placing.outside == BEFORE_TERM:
        remarks.append(note(say("Trước các nhiệm kỳ đã khai báo: vẫn nhập, được đánh dấu, đơn vị bầu cử 00."), row.number))
    for name, day in (("received_on", row.received.day), ("met_on", row.met.day), ("answered_on", row.answered.day)):
        if day and day > ledger.today:
            said = say("Ngày {day} sau hôm nay ({today}); giữ như đã ghi, cần xem lại.", day=format_day(day), today=format_day(ledger.today))
            remarks.append(warning(said, row.number, header.name_of(name)))
