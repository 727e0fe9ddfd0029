"""The fields of a letter: gathered from the letter and its book, what is missing, and what a template may speak of. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from petitions.core.words import Message, say
from petitions.letters.kinds import COUNT, DAY, KINDS, WITH_FIELDS, fields_of
from petitions.letters.layout.measures import ANNEXES
from petitions.letters.writing import BLANK, count_words, day_words, lines, open_day, printable, without_ends

ANNEX_FIELDS = ("rows", "totals", "annex_title", "annex_mark", "reference")
LISTS = frozenset({"parent", "issuer", "addressee", "copies", "signing", "remark"})
GROUPS = ("g1", "g2", "g3", "g4", "g5")
YOU_ALL = "các cơ quan"
TITLES = {"agency_title": "Cơ quan giải quyết", "note_title": "Ghi chú"}  # the last two columns, unless the letter calls them otherwise


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is written on a letter, as it was given. Days are days, lists are lines of one text."""

    kind: str
    parent: str = ""
    issuer: str = ""
    sender: str = ""
    place: str = ""
    number: str = ""
    symbol: str = ""
    dated_on: date | None = None
    subject_line: str = ""
    addressee: str = ""
    copies: str = ""
    signing: str = ""
    signatory: str = ""
    annex_title: str = ""
    annex_mark: str = ""
    rows: Sequence[Mapping[str, str]] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """What was given for a field."""
        return getattr(self, name) if name in Sheet.__dataclass_fields__ else self.more.get(name)


def missing(sheet: Sheet, *, at_issue: bool = True) -> tuple[Message, ...]:
    """A sentence for each field without which the letter cannot leave; number and day count only `at_issue`."""
    found = []
    for one in fields_of(sheet.kind):
        if not one.required or (one.name in ("number", "dated_on") and not at_issue):
            continue
        value = sheet.value(one.name)
        if value is None or not str(value).strip():
            found.append(say("Thiếu «{field}».", field=one.label))
    if KINDS[sheet.kind].annex and not sheet.rows:
        found.append(say("Phụ lục chưa có dòng nào."))
    return tuple(found)


def context(sheet: Sheet, *, today: date) -> dict[str, Any]:
    """What the template is rendered with: only text and lists of text; what is not known yet is left open for the pen."""
    to = without_ends(lines(sheet.addressee))
    made: dict[str, Any] = {
        **{name: lines(getattr(sheet, name)) for name in ("parent", "issuer", "signing")},
        "addressee": to,
        "you": to[0] if len(to) == 1 else YOU_ALL,
        "copies": without_ends(lines(sheet.copies)),
        **{name: one_line(getattr(sheet, name)) for name in ("sender", "place", "symbol", "subject_line", "signatory")},
        "annex_title": one_line(sheet.annex_title).upper(),
        "number": one_line(sheet.number) or BLANK * 8,
        "day": day_words(sheet.dated_on) if sheet.dated_on else open_day(today.year),
        "annex_mark": f" {one_line(sheet.annex_mark)}" if sheet.annex_mark else "",
        "remark": lines(str(sheet.more.get("remark") or "")),
    }
    for one in KINDS[sheet.kind].fields:
        if one.name != "remark":
            made[one.name] = _said(sheet.more.get(one.name), one.holds)
    return made | _annex(sheet, made)


def _annex(sheet: Sheet, made: Mapping[str, Any]) -> dict[str, Any]:
    kind = KINDS[sheet.kind].annex
    columns = [column.field for column in ANNEXES[kind]] if kind else []
    rows = [{name: printable(str(row.get(name, ""))) for name in columns} | {"n": str(place)} for place, row in enumerate(sheet.rows, 1)]
    number = made["number"].strip(BLANK) or "…"
    reference = f"(Kèm theo Công văn số {number}/{made['symbol']} {made['day']} của {made['sender']})"
    totals = {group: str(sum(1 for row in rows if row[group])) for group in GROUPS} if kind == WITH_FIELDS else {}
    titles = {name: one_line(str(sheet.more.get(name) or usual)) for name, usual in TITLES.items()} if kind == WITH_FIELDS else {}
    return {"rows": rows, "totals": totals, "reference": reference, **titles}


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(printable(text).split())


def _said(value: Any, holds: str) -> str:
    if value is None or value == "":
        return "" if holds == DAY else "…"
    if holds == DAY:
        return day_words(value if isinstance(value, date) else date.fromisoformat(str(value)))
    if holds == COUNT and str(value).isdigit():
        return count_words(int(value))
    return one_line(str(value))


def known(kind: str) -> frozenset[str]:
    """The names that a template of this kind may speak of."""
    return frozenset(context(Sheet(kind), today=date(2026, 1, 1)))


def columns(kind: str) -> frozenset[str]:
    """The names of a row of its annex."""
    annex = KINDS[kind].annex
    return frozenset(column.field for column in ANNEXES[annex]) if annex else frozenset()
