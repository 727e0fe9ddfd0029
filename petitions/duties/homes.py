"""What duties show on the home page: what an agency owes, what waits for the supervising side's decision, what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import listing
from petitions.duties.listing import Line
from petitions.duties.panel import Desk
from petitions.duties.queries import inbox, queues, reading, transfers
from petitions.duties.queries.inbox import SECTIONS, Wish
from petitions.duties.queries.tally import Tally, tally
from petitions.web import panels
from petitions.web.transaction import db

FIRST = 5
MOST_AGENCIES = 8
HURRY = frozenset({queues.RETURNS, queues.EXTENSIONS})  # an agency waits for the decision
DECIDED = (queues.RETURNS, queues.TO_REROUTE, queues.EXTENSIONS)
MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads to the rows it counts."""

    count: int
    label: Message
    url: str
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class First:
    """The first rows of a list, with the list that they lead to."""

    title: Message
    lines: Sequence[Line]
    total: int
    url: str


def register() -> None:
    """Offer the panels to the home page."""
    panels.register(panels.Panel("duties.inbox", say("Việc của cơ quan"), Permission.DUTY_ANSWER, 5, "duties/panels/inbox.html", agency, wide=True))
    panels.register(panels.Panel("duties.desk", say("Giải quyết, trả lời"), Permission.DUTY_READ, 20, "duties/panels/figures.html", office, wide=True))


def agency(who: Identity) -> Mapping[str, Any]:
    """What the agency owes: overdue, today, this week, and the first of it."""
    session, now = db(), clock.now()
    gives = who.may(Permission.DUTY_DISTRIBUTE)
    desk = Desk.read(session, clock.today(), named=gives)
    mine = inbox.mine(who, now)
    counts = inbox.counts(session, mine, desk.at)
    open_ = sum(n for name, n in counts.items() if name not in ("done", "unacknowledged"))
    rows = queues.page_of(session, [mine, *inbox.narrowed(Wish(), desk.at)], total=open_, size=FIRST)
    tones = {"late": "late", "today": "near", "week": "near"}
    figures = [Figure(counts[name], SECTIONS[name], f"/inbox?section={name}", tones[name]) for name in tones]
    figures.append(Figure(counts["unacknowledged"], say("Quá hạn xác nhận đã nhận"), "/inbox?section=unacknowledged"))
    late = _departments(desk, mine) if gives else ()
    others = counts["late"] - sum(n for _, n, _, _ in late) if late else 0
    return {"figures": figures, "lines": listing.lines(session, rows.rows, desk), "total": rows.total, "departments": late, "others": others}


def _departments(desk: Desk, mine: ColumnElement[bool]) -> Sequence[tuple[str, int, int, str]]:
    """(agency, how many late, the longest, its list) of the city's agencies, most first: whom the People's Committee office presses."""
    rows = queues.late_by_agency(db(), [mine, *queues.late(desk.at)], limit=MOST_AGENCIES)
    today = desk.at.today
    return [
        (desk.names.get(number, ""), n, -desk.calendar.between(today, first) if first else 0, f"/inbox?section=late&agency={number}")
        for number, n, first in rows
    ]


def office(who: Identity) -> Mapping[str, Any] | None:
    """What the supervising side has before it, each by what he may do: bundles, decisions, verdicts, what is late; and the first rows for those
    who do not enter petitions besides."""
    judges, closes, records = (who.may(one) for one in (Permission.DUTY_JUDGE, Permission.DUTY_CLOSE, Permission.DUTY_RECORD))
    if not (judges or closes or records):
        return None
    session, now, today = db(), clock.now(), clock.today()
    seen, desk = reading.visible(who, now), Desk.read(session, today)
    names = [name for name, wanted in ((queues.JUDGE, judges or records), *((one, closes or records) for one in DECIDED)) if wanted]
    names += [queues.CLOSING, queues.PUBLISHING] if closes else [queues.VOTERS] if records else []
    extra = {**queues.untallied(seen, names), **({MISSED: queues.missed(seen, today)} if judges else {})}
    open_ = tally(session, seen, today if judges else None, extra)
    counts = queues.in_queues(open_, names)
    waiting = [Figure(n, queues.QUEUES[name], f"/duties/queue/{name}", "near" if name in HURRY else "quiet") for name, n in counts.items()]
    figures = [*(_bundles(who) if records or closes else ()), *waiting, *(_late(open_, desk) if judges else ())]
    return {"figures": figures, "firsts": () if records else _firsts(desk, *_lists(seen, desk, open_, judges=judges, closes=closes))}


def _late(open_: Tally, desk: Desk) -> list[Figure]:
    at = desk.at
    return [
        Figure(open_.late(at), say("Quá hạn"), "/board/list?what=late", "late"),
        Figure(open_.extra[MISSED], say("Lỡ ngày hẹn"), "/board/list?what=missed", "late"),
        Figure(open_.running(lambda due: at.today <= due <= at.soon_until), say("Sắp đến hạn"), "/board/list?what=soon", "near"),
        Figure(open_.silent, say("Quá hạn xác nhận đã nhận"), "/board/list?what=silent", "near"),
    ]


Wanted = tuple[Message, Sequence[ColumnElement[bool]], int, str]


def _lists(seen: ColumnElement[bool], desk: Desk, open_: Tally, *, judges: bool, closes: bool) -> list[Wanted]:
    judge, closing, late = open_.where(queues.TALLIED[queues.JUDGE]), open_.where(queues.TALLIED[queues.CLOSING]), open_.late(desk.at)
    found: list[Wanted] = []
    if judges:
        found.append((say("Trả lời chờ đánh giá"), [seen, *queues.queue(queues.JUDGE)], judge, "/duties/queue/judge"))
        found.append((say("Quá hạn lâu nhất"), [seen, *queues.late(desk.at)], late, "/board/list?what=late"))
    if closes:
        found.append((say("Đã đánh giá xong, chờ đóng"), [seen, *queues.queue(queues.CLOSING)], closing, "/duties/queue/closing"))
    return found


def _firsts(desk: Desk, *wanted: Wanted) -> list[First]:
    session = db()
    rows = [inbox.rows_of(session, where, size=FIRST) if total else [] for _, where, total, _ in wanted]
    lines = {line.row.id: line for line in listing.lines(session, [row for many in rows for row in many], desk)} if any(rows) else {}
    return [First(title, [lines[row.id] for row in many], total, url) for (title, _, total, url), many in zip(wanted, rows, strict=True) if many]


def _bundles(who: Identity) -> list[Figure]:
    counts = transfers.bundle_counts(db(), who)
    return [
        Figure(counts.get("submitted", 0), say("Tập hợp chờ duyệt"), "/bundles?section=submitted", "near"),
        Figure(counts.get("approved", 0), say("Tập hợp chờ phát hành"), "/bundles?section=approved", "near"),
    ]
