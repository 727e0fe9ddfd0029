"""Ready values for the pages: a constituency as a row of the list, and as a page on a day. No SQL here, no HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from petitions.areas.gazetteer import KIND_WORDS, Gazetteer
from petitions.areas.queries import gazetteer
from petitions.areas.resolver import Resolution, resolve
from petitions.core.errors import NotFound
from petitions.core.text import fold
from petitions.core.words import Message
from petitions.council import queries
from petitions.council.answers import Assignment, ConstituencyRef
from petitions.council.labels import ACT_WORDS, CERTAINTY_WORDS, SHARE_WORDS, constituency_label, in_words
from petitions.council.models import DRAFT, PART, Body, Constituency, ConstituencyUnit, Term
from petitions.council.queries import Member
from petitions.journal.models import JournalEntry

TONES = {"draft": "near", "published": "act", "confirmed": "done"}


@dataclass(frozen=True, slots=True)
class Line:
    """A place of a constituency's list, as it is shown."""

    id: int
    place: str
    valid_from: date
    valid_to: date | None
    certainty: str
    certainty_words: Message
    tone: str
    share: Message | None
    basis: str
    source: str
    superseded: str | None

    @property
    def open(self) -> bool:
        """Whether it may still be ended or struck out."""
        return self.superseded is None and self.valid_to is None


@dataclass(frozen=True, slots=True)
class Card:
    """A constituency in the list: what it was, what it is, who holds it, what is not certain yet."""

    id: int
    number: int
    name: str
    label: Message
    confirmed: bool
    seats: int | None
    then: Sequence[str]
    now: Sequence[str]
    drafts: int
    group: str
    delegates: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a reader's words mean on a day, and where that belongs; `answer` None when several places could be meant, or none."""

    found: Resolution
    answer: Assignment | None
    options: Sequence[tuple[str, Message, ConstituencyRef | None]] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history."""

    at: object
    who: str
    what: Message | str
    more: str | None


def cards(session: Session, term: Term, body: Body, day: date) -> list[Card]:
    """The constituencies of a term as they stand on `day`; `then` is the last list that differs from the day's."""
    known, rows = gazetteer(session), queries.constituencies(session, term.id)
    lines: dict[int, list[ConstituencyUnit]] = {row.id: [] for row in rows}
    for line in queries.lines(session, list(lines)):
        lines[line.constituency_id].append(line)
    people: dict[int, list[Member]] = {row.id: [] for row in rows}
    for one in queries.members(session, term_id=term.id):
        if one.constituency_id in people and one.holds(day):
            people[one.constituency_id].append(one)
    groups = {group.constituency_id: group.name for group in queries.groups(session, term.id)}
    return [_card(label_of(row, term, body), row, lines[row.id], known, day, groups.get(row.id, ""), people[row.id]) for row in rows]


def label_of(row: Constituency, term: Term, body: Body) -> Message:
    """How the constituency is called."""
    return constituency_label(number=row.number, body=body.short_name, term=term.label, name=row.name, former=row.former)


def _card(label: Message, row: Constituency, lines: Sequence[ConstituencyUnit], known: Gazetteer, day: date, group: str, people: Sequence[Member]) -> Card:
    now = [line for line in lines if _stands(line, day)]
    before = [line for line in lines if line.valid_to is not None and line.valid_to < day]
    last = max((line.valid_to for line in before if line.valid_to), default=None)
    then = [line for line in before if line.valid_to == last]
    drafts = sum(line.certainty == DRAFT for line in now)
    return Card(row.id, row.number, row.name, label, row.confirmed, row.seats, _names(then, known), _names(now, known), drafts, group, people)


def lines_on(lines: Sequence[ConstituencyUnit], known: Gazetteer, day: date) -> list[Line]:
    """The list that stands on `day`, by name."""
    return [_line(line, known) for line in sorted((one for one in lines if _stands(one, day)), key=lambda one: fold(place_name(one, known)))]


def other_lines(lines: Sequence[ConstituencyUnit], known: Gazetteer, day: date) -> list[Line]:
    """Lines of other days, and those struck out, by day."""
    return [_line(line, known) for line in lines if not _stands(line, day)]


def turning_days(lines: Sequence[ConstituencyUnit], today: date) -> list[date]:
    """Days on which the list changed: the last of each list that ended and the first of each that began, and today."""
    live = [line for line in lines if line.superseded_at is None]
    ends = {line.valid_to for line in live if line.valid_to is not None}
    starts = {line.valid_from for line in live if line.valid_from - timedelta(days=1) in ends}
    return sorted(ends | starts | {today})


def place_name(line: ConstituencyUnit, known: Gazetteer) -> str:
    """ "xã Gia Lâm", "huyện Gia Lâm"."""
    if line.unit_id is not None:
        return known.label(line.unit_id)
    return known.districts[line.district_id].label if line.district_id is not None else ""


def history(entries: Sequence[JournalEntry], known: Gazetteer) -> list[Happening]:
    """The journal's lines in words, newest first."""
    return [Happening(one.at, one.by_name, ACT_WORDS.get(one.act, one.act), _more(one, known)) for one in reversed(entries)]


def _more(entry: JournalEntry, known: Gazetteer) -> str | None:
    parts = []
    for name, (old, new) in entry.changes.items():
        if name in {"unit", "district"}:
            place = new if new is not None else old
            table: Mapping[int, object] = known.units if name == "unit" else known.districts
            if place is not None and place in table:
                parts.append(known.label(place) if name == "unit" else known.districts[place].label)
        else:
            parts.append(str(in_words(name, old, new)))
    return "; ".join([*parts, *([entry.reason] if entry.reason else [])]) or None


def _stands(line: ConstituencyUnit, day: date) -> bool:
    return line.superseded_at is None and line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)


def _names(lines: Sequence[ConstituencyUnit], known: Gazetteer) -> list[str]:
    """Names by kind, the kind said once: "phường Ba Đình, Giảng Võ"; "xã Gia Lâm"."""
    kinds: dict[str, list[str]] = {}
    for line in lines:
        place = known.units.get(line.unit_id or 0) or known.districts.get(line.district_id or 0)
        if place is not None:
            kinds.setdefault(KIND_WORDS[place.kind], []).append(place.name)
    return [f"{kind} {', '.join(sorted(names, key=fold))}" for kind, names in sorted(kinds.items())]


def _line(line: ConstituencyUnit, known: Gazetteer) -> Line:
    words, share = CERTAINTY_WORDS[line.certainty], SHARE_WORDS[PART] if line.share == PART else None
    days = (line.valid_from, line.valid_to, line.certainty, words, TONES[line.certainty], share)
    return Line(line.id, place_name(line, known), *days, line.basis, line.source, line.superseded_reason)


def lookup(session: Session, body_id: int, words: str, day: date) -> Lookup:
    """Where the place that `words` name belongs on `day`."""
    found = resolve(gazetteer(session), words, day)
    if found.unit_id is None and found.district_id is None:
        answers = ((one, queries.constituency_of(session, body_id=body_id, unit_id=one.unit_id, day=day)) for one in found.candidates)
        return Lookup(found, None, [(one.label, one.why, answer.constituency) for one, answer in answers])
    return Lookup(found, queries.constituency_of(session, body_id=body_id, unit_id=found.unit_id, district_id=found.district_id, day=day))


def day_of_term(term: Term, today: date) -> date:
    """The day as which a term's pages open: today, or the term's last day once it is over (or its first while it is to come)."""
    if term.ends_on is not None and term.ends_on < today:
        return term.ends_on
    first = term.starts_on or (term.elected_on + timedelta(days=1) if term.elected_on else None)
    return first if first is not None and first > today else today


def bodies_of(session: Session) -> dict[int, Body]:
    """Bodies by id."""
    return {body.id: body for body in queries.bodies(session)}


def opening_term(session: Session, wanted: int | None, today: date) -> Term:
    """The term asked for, else the City Council's of today, else any that has constituencies. Raises NotFound when there is none."""
    terms = queries.terms(session)
    chosen = next((term for term in terms if term.id == wanted), None)
    if chosen is None and wanted is None:
        councils = [body.id for body in queries.bodies(session) if body.kind == "city_council"]
        chosen = next((term for body_id in councils if (term := queries.term_on(session, body_id, today)) is not None), None)
        chosen = chosen or next(iter(terms), None)
    if chosen is None:
        raise NotFound
    return chosen
