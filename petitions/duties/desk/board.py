"""`/board`: what is overdue, by age, agency, constituency and field; every number opens exactly its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint
from sqlalchemy import ColumnElement

from petitions.core import clock
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import breakdowns, listing
from petitions.duties.lateness import Bounds
from petitions.duties.panel import Desk
from petitions.duties.queries import queues, reading
from petitions.duties.queries.tally import Tally, quiet, tally
from petitions.duties.schemas import ListQuery
from petitions.duties.urging.queries import board as urging
from petitions.web import menu
from petitions.web.access import identity, needs
from petitions.web.forms import read_query
from petitions.web.pages import page
from petitions.web.transaction import db

blueprint = Blueprint("board", __name__)
READERS = (Permission.DUTY_JUDGE, Permission.DUTY_CLOSE, Permission.DUTY_DECIDE, Permission.DUTY_RECORD, Permission.JOURNAL_READ)
menu.register(menu.Entry("duties.board.show", say("Bảng theo dõi"), "scale", (Permission.DUTY_JUDGE, Permission.DUTY_CLOSE), order=12, key="g b", phone=True))
# Ages of what is late, in working days (interface.md, supervisor's board): (code, from, to).
AGES: tuple[tuple[str, int, int | None], ...] = (("1-10", 1, 10), ("11-30", 11, 30), ("31-60", 31, 60), ("61-120", 61, 120), ("121", 121, None))
WHAT: Mapping[str, Message] = {
    "late": say("Quá hạn"),
    "long": say("Quá hạn lâu"),
    "soon": say("Sắp đến hạn"),
    "silent": say("Quá hạn xác nhận đã nhận"),
    "missed": say("Lỡ ngày hẹn"),
    "stopped": say("Đang tạm dừng"),
    "never": say("Quá hạn, chưa đôn đốc"),
    "urged": say("Đã đôn đốc, chưa trả lời"),
}
BREAKDOWNS = ("constituency", "field")
URGEABLE = frozenset({"late", "long", "missed", "never", "urged"})
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its words and the list that it opens. `ended`: an agency that lives no more; `hand_over`: where what it owes is handed over."""

    label: Message | str
    count: int
    url: str
    missed: int = 0
    urged: int = 0
    ended: bool = False
    hand_over: str = ""


@blueprint.get("/board")
@needs(*READERS)
def show() -> str:
    """The board as of now."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    desk = Desk.read(session, today)
    seen = reading.visible(who, now)
    names = queues.waiting_for(who)
    open_ = tally(session, seen, today, queues.untallied(seen, names))
    missed, urged = urging.by_agency(session, seen, desk.at)
    counts = _counts(open_, desk.at) | {"missed": sum(missed.values()), "urged": sum(urged.values())}
    counts["never"] = counts["late"] - counts["urged"]
    late = [seen, *queues.late(desk.at)]
    waiting = queues.in_queues(open_, names)
    return page(
        "duties/board.html",
        figures=[(name, _words(name, desk), counts[name], _url(what=name)) for name in WHAT],
        ages=[Bar(_age_words(first, last), open_.running(_aged(code, desk)), _url(what="late", age=code)) for code, first, last in AGES],
        agencies=[
            (_bar(number, n, desk, missed, urged), -desk.calendar.between(today, first) if first else 0)
            for number, n, first in queues.late_by_agency(session, late)
        ],
        parts=[
            (one.label, [Bar(part.label, part.count, _url(what="late", **{one.name: part.value})) for part in parts])
            for one, parts in breakdowns.counted(session, late, BREAKDOWNS)
        ],
        waiting=[(name, words, waiting[name]) for name, words in queues.QUEUES.items() if waiting.get(name)],
        total=counts["late"],
        now=now,
    )


def _words(what: str, desk: Desk) -> Message:
    """What is counted; of what is late for long also since when it counts as long."""
    if what != "long":
        return WHAT[what]
    return say("Quá hạn lâu (từ {n} ngày làm việc)", n=desk.calendar.between(desk.at.long_before - ONE, desk.at.today))


def _bar(agency: int, n: int, desk: Desk, missed: Mapping[int, int], urged: Mapping[int, int]) -> Bar:
    ended = agency in desk.ended
    hand_over = f"/successions/{agency}" if ended and identity().may(Permission.DUTY_HAND_OVER) else ""
    return Bar(desk.names.get(agency, ""), n, _url(what="late", agency=agency), missed.get(agency, 0), urged.get(agency, 0), ended, hand_over)


def _counts(open_: Tally, at: Bounds) -> dict[str, int]:
    """The numbers of WHAT, but for missed promises; the same conditions as `_what`."""
    return {
        "late": open_.late(at),
        "long": open_.running(lambda due: due < at.long_before),
        "soon": open_.running(lambda due: at.today <= due <= at.soon_until),
        "silent": open_.silent,
        "stopped": open_.stopped,
    }


@blueprint.get("/board/list")
@needs(*READERS)
def rows() -> str:
    """The rows behind a number of the board."""
    session, who, now, today = db(), identity(), clock.now(), clock.today()
    asked = read_query(ListQuery)
    desk = Desk.read(session, today)
    where: list[ColumnElement[bool]] = [reading.visible(who, now)]
    what = asked["what"] if asked["what"] in WHAT else "late"
    where += _what(what, desk)
    chips: list[tuple[Message | str, str]] = [(_words(what, desk), _url(**_kept(asked, "what")))]
    if asked["age"] in {code for code, _, _ in AGES}:
        where += _age(asked["age"], desk)
        first, last = next((first, last) for code, first, last in AGES if code == asked["age"])
        chips.append((_age_words(first, last), _url(what=what, **_kept(asked, "age"))))
    if asked["agency"]:
        where.append(queues.held_by(asked["agency"]))
        chips.append((desk.names.get(asked["agency"], ""), _url(what=what, **_kept(asked, "agency"))))
    for name in BREAKDOWNS:
        for one in breakdowns.named(name) if asked[name] else ():
            where.append(one.narrow(asked[name]))
            chips.append((one.label_of(session, asked[name]), _url(what=what, **_kept(asked, name))))
    found = queues.page_of(session, where, number=asked["page"])
    may_urge = what in URGEABLE and who.may(Permission.URGING_DRAFT)
    lines = listing.lines(session, found.rows, desk)
    return page("duties/board_list.html", rows=found, lines=lines, chips=chips, title=_words(what, desk), now=now, may_urge=may_urge)


def _kept(asked: Mapping[str, Any], without: str) -> dict[str, Any]:
    return {name: asked[name] for name in ("age", "agency", *BREAKDOWNS) if name != without and asked[name]}


def _url(**values: Any) -> str:
    return "/board/list?" + urlencode(values)


def _what(name: str, desk: Desk) -> list[ColumnElement[bool]]:
    at = desk.at
    if name == "silent":
        return [quiet(at.today)]
    if name == "missed":
        return [queues.missed_promise(at.today)]
    if name == "stopped":
        return queues.queue(queues.SUSPENDED)
    if name == "soon":
        return [*queues.running(), *queues.between(at.today, at.soon_until)]
    if name == "long":
        return [*queues.late(at), *queues.before(at.long_before)]
    if name in ("never", "urged"):
        return [*queues.late(at), urging.urged() if name == "urged" else ~urging.urged()]
    return queues.late(at)


def _bounds(code: str, desk: Desk) -> tuple[date | None, date]:
    """(the last day before, the last day) of those that are late by so many working days: the same as days between two days of the calendar."""
    first, last = next((first, last) for name, first, last in AGES if name == code)
    newest = desk.calendar.back(desk.at.today, first) if first > 1 else desk.at.today - ONE
    return (desk.calendar.back(desk.at.today, last + 1) if last is not None else None), min(newest, desk.at.today - ONE)


def _aged(code: str, desk: Desk) -> Callable[[date], bool]:
    oldest, newest = _bounds(code, desk)
    return lambda due: due <= newest and (oldest is None or due > oldest)


def _age(code: str, desk: Desk) -> Sequence[ColumnElement[bool]]:
    """The same in SQL."""
    oldest, newest = _bounds(code, desk)
    return [*queues.late(desk.at), *queues.between(None, newest), *([queues.after(oldest)] if oldest else [])]


def _age_words(first: int, last: int | None) -> Message:
    if last is None:
        return say("trên {n} ngày làm việc", n=first - 1)
    return say("{first}–{last} ngày làm việc", first=first, last=last)
