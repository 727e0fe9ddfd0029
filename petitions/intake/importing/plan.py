"""The plan: what would become of each row. The dry run and the real run make the same one; only the real run carries it out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from petitions.core.errors import PetitionsError
from petitions.core.words import Message, say
from petitions.intake.importing import identity, queries
from petitions.intake.importing.columns import TEXT, Header
from petitions.intake.importing.matching import Ledger, Matched, match
from petitions.intake.importing.merging import Change, Merge, merge, seals, values_of
from petitions.intake.importing.reading import Sheet
from petitions.intake.importing.remarks import Remark, Weight, error, warning
from petitions.intake.importing.values import Row, read_row
from petitions.intake.workflow import DIVERTED


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "imported"
    UPDATE = "updated"
    SAME = "unchanged"
    REFUSED = "failed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the file before the database is asked: its values, its identity, or why it is out already."""

    number: int
    cells: tuple[str, ...]
    row: Row | None = None
    key: str = ""
    content: str = ""
    verdict: Verdict | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with its verdict. `petition_id` and `version`: the petition that stands; `merge`: what an update would write; `fields`: digests."""

    candidate: Candidate
    verdict: Verdict
    matched: Matched | None = None
    petition_id: int | None = None
    version: int = 0
    merge: Merge | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What an update changes, field by field."""
        return self.merge.changes if self.merge else ()


@dataclass(slots=True)
class Tally:
    """Counts so far, and what was said."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    remarks: list[Remark] = field(default_factory=list)
    refused: list[Candidate] = field(default_factory=list)
    updates: list[Planned] = field(default_factory=list)

    def add(self, planned: Iterable[Planned]) -> None:
        """Count these rows."""
        for one in planned:
            self.counts[one.verdict] += 1
            self.remarks.extend(one.remarks)
            if one.verdict == Verdict.REFUSED:
                self.refused.append(one.candidate)
            elif one.verdict == Verdict.UPDATE:
                self.updates.append(one)

    @property
    def done(self) -> int:
        """Rows counted."""
        return sum(self.counts.values())


def candidates(sheet: Sheet, body: str) -> list[Candidate]:
    """All rows of the file: read, identified, and rows that say the same twice found. No database."""
    seen: dict[str, tuple[int, str]] = {}
    made = []
    for line in sheet.lines:
        remarks: list[Remark] = []
        row = read_row(line, sheet.header, remarks)
        if row is None:
            made.append(Candidate(line.number, tuple(line.cells), verdict=Verdict.REFUSED, remarks=tuple(remarks)))
            continue
        key, content = identity.key_of(row, body), identity.content_of(row)
        first = seen.setdefault(key, (line.number, content))
        verdict = None
        if first[0] != line.number:
            verdict = Verdict.SAME if first[1] == content else Verdict.REFUSED
            remarks.append(_about_double(row, first[0], sheet.header, same=verdict == Verdict.SAME))
        made.append(Candidate(line.number, tuple(line.cells), row, key, content, verdict, tuple(remarks)))
    return made


def _about_double(row: Row, first: int, header: Header, *, same: bool) -> Remark:
    if same:
        return warning(say("Trùng hoàn toàn với dòng {first}: chỉ nhập một lần.", first=first), row.number)
    if row.external_id:
        said = say("Mã ngoài «{id}» đã có ở dòng {first} với nội dung khác: hãy sửa mã.", id=row.external_id, first=first)
        return error(said, row.number, header.name_of("external_id"))
    return error(say("Cùng nội dung, địa bàn và ngày với dòng {first} nhưng khác ở cột khác: hãy gộp lại hoặc thêm mã ngoài.", first=first), row.number)


def plan(session: Session, rows: Sequence[Candidate], *, header: Header, ledger: Ledger, key: str) -> list[Planned]:
    """What becomes of `rows` (at most a chunk) as the database stands; a handful of statements. `key` keys the digests of fields."""
    open_rows = [one for one in rows if one.verdict is None and one.row is not None]
    known = queries.known_rows(session, [one.key for one in open_rows])
    taken = queries.references(session, ledger.system, [one.row.external_id for one in open_rows if one.row and one.row.external_id and one.key not in known])
    changed = [known[one.key].petition_id for one in open_rows if one.key in known and known[one.key].content != one.content]
    standing = queries.petitions(session, changed)
    planned = []
    for one in rows:
        if one.verdict is not None or one.row is None:
            planned.append(Planned(one, one.verdict or Verdict.REFUSED, remarks=one.remarks))
        elif (former := known.get(one.key)) is not None and former.content == one.content:
            planned.append(Planned(one, Verdict.SAME, petition_id=former.petition_id, remarks=()))
        elif former is not None:
            planned.append(_update(one, former, standing, header=header, ledger=ledger, key=key))
        elif one.row.external_id in taken:
            said = say("Mã ngoài «{id}» đã có ở kiến nghị {code} do người nhập: để lại, không ghi đè.", id=one.row.external_id, code=taken[one.row.external_id])
            planned.append(_refused(one, said, header.name_of("external_id")))
        else:
            planned.append(_new(one, header=header, ledger=ledger, key=key))
    return planned


def _new(one: Candidate, *, header: Header, ledger: Ledger, key: str) -> Planned:
    assert one.row is not None
    remarks = list(one.remarks)
    matched = match(one.row, ledger, header, remarks)
    return Planned(one, Verdict.NEW, matched, fields=seals(matched.values, key), remarks=tuple(remarks))


def _update(one: Candidate, former: queries.Known, standing: Mapping[int, queries.Standing], *, header: Header, ledger: Ledger, key: str) -> Planned:
    assert one.row is not None
    held = standing.get(former.petition_id)
    if held is None:
        return _refused(one, say("Kiến nghị đã nhập từ dòng này nay đã bị xóa: để lại, không nhập lại."))
    if held.state == DIVERTED:
        return _refused(one, say("Kiến nghị {code} đã chuyển đơn thư: để lại, không ghi đè.", code=held.code))
    remarks = list(one.remarks)
    matched = match(one.row, ledger, header, remarks)
    merged = merge(values_of(held), matched.values, former.fields, key=key, ledger=ledger)
    if merged.conflicts:
        names = ", ".join(f"«{conflict.label}»" for conflict in merged.conflicts)
        said = say("Kiến nghị {code} đã được người dùng sửa {fields} sau lần nhập trước: để lại, không ghi đè.", code=held.code, fields=names)
        return _refused(one, said)
    verdict = Verdict.UPDATE if merged.changes else Verdict.SAME
    return Planned(one, verdict, matched, held.id, held.version, merged, seals(matched.values, key), tuple(remarks))


def _refused(one: Candidate, said: Message, column: str | None = None) -> Planned:
    return Planned(one, Verdict.REFUSED, remarks=(*one.remarks, error(said, one.number, column)))


def failed(one: Candidate, problem: Exception) -> Planned:
    """A row that the database would not take, with the reason in words."""
    said = problem.message if isinstance(problem, PetitionsError) else say("Không ghi được dòng này: {kind}.", kind=type(problem).__name__)
    return _refused(one, said)


def errors_of(remarks: Iterable[Remark], header: Header) -> list[Remark]:
    """The remarks that keep rows out; one without a column is about the text's."""
    return [remark if remark.column else error(remark.message, remark.row, header.name_of(TEXT)) for remark in remarks if remark.weight == Weight.ERROR]
