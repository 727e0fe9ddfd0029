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
from petitions.duties.queries.tally import tally
from petitions.web import panels
from petitions.web.transaction import db

FIRST = 5
MOST_AGENCIES = 8
HURRY = frozenset({queues.RETURNS, queues.EXTENSIONS})  # an agency waits for the decision


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
    panels.register(
        panels.Panel(
            "duties.departments", say("Quá hạn theo sở, ngành"), Permission.DUTY_DISTRIBUTE, 6, "duties/panels/departments.html", departments, wide=True
        )
    )
    panels.register(panels.Panel("duties.close", say("Chờ quyết định"), Permission.DUTY_CLOSE, 6, "duties/panels/figures.html", standing, wide=True))
    panels.register(panels.Panel("duties.decide", say("Chuyển, trả lời"), Permission.DUTY_RECORD, 25, "duties/panels/figures.html", office, wide=True))
    panels.register(panels.Panel("duties.late", say("Đánh giá, theo dõi hạn"), Permission.DUTY_JUDGE, 26, "duties/panels/figures.html", late, wide=True))


def agency(who: Identity) -> Mapping[str, Any]:
    """What the agency owes: overdue, today, this week, and the first of it."""
    session, now = db(), clock.now()
    desk = Desk.read(session, clock.today(), named=False)
    mine = inbox.mine(who, now)
    counts = inbox.counts(session, mine, desk.at)
    open_ = sum(n for name, n in counts.items() if name not in ("done", "unacknowledged"))
    rows = queues.page_of(session, [mine, *inbox.narrowed(Wish(), desk.at)], total=open_, size=FIRST)
    tones = {"late": "late", "today": "near", "week": "near"}
    figures = [Figure(counts[name], SECTIONS[name], f"/inbox?section={name}", tones[name]) for name in tones]
    figures.append(Figure(counts["unacknowledged"], say("Chưa xác nhận đã nhận"), "/inbox?section=unacknowledged"))
    return {"figures": figures, "lines": listing.lines(session, rows.rows, desk), "total": rows.total}


def departments(who: Identity) -> Mapping[str, Any] | None:
    """The city's agencies that are late, most first: whom the People's Committee office presses."""
    session, today = db(), clock.today()
    desk = Desk.read(session, today)
    rows = queues.late_by_agency(session, [inbox.mine(who, clock.now()), *queues.late(desk.at)], limit=MOST_AGENCIES)
    if not rows:
        return None
    return {
        "rows": [
            (desk.names.get(number, ""), n, -desk.calendar.between(today, first) if first else 0, f"/inbox?section=late&agency={number}")
            for number, n, first in rows
        ]
    }


def late(who: Identity) -> Mapping[str, Any]:
    """What waits to be judged, what is late, and the first of both."""
    session, now, today = db(), clock.now(), clock.today()
    desk = Desk.read(session, today)
    seen = reading.visible(who, now)
    open_ = tally(session, seen, today)
    missed = sum(queues.missed_by_agency(session, seen, today).values())
    judge = open_.where(queues.TALLIED[queues.JUDGE])
    return {
        "figures": [
            Figure(judge, queues.QUEUES[queues.JUDGE], "/duties/queue/judge", "near"),
            Figure(open_.late(desk.at), say("Quá hạn"), "/board/list?what=late", "late"),
            Figure(missed, say("Lỡ ngày hẹn"), "/board/list?what=missed", "late"),
            Figure(open_.running(lambda due: today <= due <= desk.at.soon_until), say("Sắp đến hạn"), "/board/list?what=soon", "near"),
            Figure(open_.silent, say("Chưa xác nhận đã nhận"), "/board/list?what=silent", "near"),
        ],
        "firsts": _firsts(
            desk,
            (say("Trả lời chờ đánh giá"), [seen, *queues.queue(queues.JUDGE)], judge, "/duties/queue/judge"),
            (say("Quá hạn lâu nhất"), [seen, *queues.late(desk.at)], open_.late(desk.at), "/board/list?what=late"),
        ),
    }


def standing(who: Identity) -> Mapping[str, Any]:
    """What the Standing Committee decides, and the first that wait to be closed."""
    counts = _counts(who, (queues.RETURNS, queues.TO_REROUTE, queues.EXTENSIONS, queues.CLOSING, queues.PUBLISHING))
    closing = [reading.visible(who, clock.now()), *queues.queue(queues.CLOSING)]
    desk = Desk.read(db(), clock.today())
    title = say("Đã đánh giá xong, chờ đóng")
    return {"figures": [*_bundles(who), *_queues(counts)], "firsts": _firsts(desk, (title, closing, counts[queues.CLOSING], "/duties/queue/closing"))}


def office(who: Identity) -> Mapping[str, Any]:
    """What the office has on its desk: bundles, answers, returns, voters to be told."""
    names = (queues.JUDGE, queues.RETURNS, queues.TO_REROUTE, queues.EXTENSIONS, queues.VOTERS)
    return {"figures": [*_bundles(who), *_queues(_counts(who, names))], "firsts": ()}


def _firsts(desk: Desk, *wanted: tuple[Message, Sequence[ColumnElement[bool]], int, str]) -> list[First]:
    session = db()
    rows = [inbox.rows_of(session, where, size=FIRST) if total else [] for _, where, total, _ in wanted]
    lines = {line.row.id: line for line in listing.lines(session, [row for many in rows for row in many], desk)} if any(rows) else {}
    return [First(title, [lines[row.id] for row in many], total, url) for (title, _, total, url), many in zip(wanted, rows, strict=True) if many]


def _counts(who: Identity, names: tuple[str, ...]) -> Mapping[str, int]:
    return queues.queue_counts(db(), who, clock.now(), names)


def _queues(counts: Mapping[str, int]) -> list[Figure]:
    return [Figure(n, queues.QUEUES[name], f"/duties/queue/{name}", "near" if name in HURRY else "quiet") for name, n in counts.items()]


def _bundles(who: Identity) -> list[Figure]:
    counts = transfers.bundle_counts(db(), who)
    return [
        Figure(counts.get("submitted", 0), say("Tập hợp chờ duyệt"), "/bundles?section=submitted", "near"),
        Figure(counts.get("approved", 0), say("Tập hợp chờ phát hành"), "/bundles?section=approved", "near"),
    ]
