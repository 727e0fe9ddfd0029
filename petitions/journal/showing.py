"""The journal in words: who did what to what, and which fields changed. Values are never shown here: the pages of the subjects show what may be seen.

Of petitioners the journal itself holds digests only; of a paper that this reader may not open not even the reasons are shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from petitions.core import clock, spreadsheets
from petitions.core.dates import format_day
from petitions.core.identity import Identity, spoken
from petitions.core.words import Message, say
from petitions.journal import queries, words
from petitions.journal.models import JournalEntry
from petitions.journal.words import Caption

HEADS = (
    say("Số"),
    say("Thời điểm"),
    say("Người làm"),
    say("Mã việc"),
    say("Việc đã làm"),
    say("Loại đối tượng"),
    say("Đối tượng"),
    say("Mục đã đổi"),
    say("Lý do"),
)
UNNAMED = frozenset({"document_id", "version"})


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: `said` is a sentence with who did it; `kind` and `subject` what it was done to; `genuine`: it fits its digest."""

    id: int
    at: datetime
    said: Message
    kind: Message | str
    subject: Caption
    fields: Sequence[Message]
    reason: str | None
    genuine: bool
    act: str
    by: str


def lines(session: Session, entries: Sequence[JournalEntry], reader: Identity) -> list[Line]:
    """The entries in words; one statement a kind of subject that has captions."""
    captions = _captions(session, entries, reader)
    return [_line(entry, captions.get((entry.subject_kind, entry.subject_id))) for entry in entries]


def _line(entry: JournalEntry, caption: Caption | None) -> Line:
    kind = words.kinds().get(entry.subject_kind)
    shown = caption or Caption(f"#{entry.subject_id}")
    named = {str(name): name for name in (words.field(field) for field in entry.changes if field not in UNNAMED) if name is not None}
    return Line(
        id=entry.id,
        at=entry.at,
        said=words.told(entry.act, spoken(entry.by_name)),
        kind=kind.label if kind else entry.subject_kind,
        subject=shown,
        fields=() if shown.shut else tuple(named.values()),
        reason=None if shown.shut else words.reason(entry.reason),
        genuine=queries.genuine(entry),
        act=entry.act,
        by=spoken(entry.by_name),
    )


def _captions(session: Session, entries: Iterable[JournalEntry], reader: Identity) -> Mapping[tuple[str, int], Caption]:
    ids: dict[str, set[int]] = {}
    for entry in entries:
        ids.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    found: dict[tuple[str, int], Caption] = {}
    for kind, numbers in ids.items():
        known = words.kinds().get(kind)
        if known is not None and known.captions is not None:
            found.update({(kind, number): caption for number, caption in known.captions(session, numbers, reader).items()})
    return found


def subject_of(session: Session, text: str) -> tuple[str, int] | None:
    """The subject that a person means: a code or a name that a kind knows, or "petition:17"; None when nobody knows it."""
    kind, _, number = text.partition(":")
    if kind.strip() in words.kinds() and number.strip().isdecimal() and len(number.strip()) < 10:
        return kind.strip(), int(number)
    for one in words.kinds().values():
        found = one.find(session, text.strip()) if one.find is not None else None
        if found is not None:
            return one.kind, found
    return None


def csv_of(session: Session, entries: Iterable[JournalEntry], reader: Identity) -> bytes:
    """The entries as CSV (UTF-8 with its mark, semicolons); no cell becomes a formula."""
    return spreadsheets.csv_of([*(str(head) for head in HEADS), "SHA-256"], _rows(session, entries, reader))


def _rows(session: Session, entries: Iterable[JournalEntry], reader: Identity) -> Iterator[Sequence[str]]:
    for some in _chunks(entries):
        digests = {entry.id: entry.digest for entry in some}
        for line in lines(session, some, reader):
            local = line.at.astimezone(clock.HANOI)
            fields = ", ".join(str(field) for field in line.fields)
            cells = (line.by, line.act, str(line.said), str(line.kind), line.subject.label, fields, line.reason or "")
            yield (str(line.id), f"{format_day(local.date())} {local:%H:%M:%S}", *cells, digests[line.id])


def _chunks(entries: Iterable[JournalEntry], size: int = 500) -> Iterator[list[JournalEntry]]:
    some: list[JournalEntry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
