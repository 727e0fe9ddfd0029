"""What duties show on the home page: what an agency owes, what waits for the supervising side's decision, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.duties import listing
from petitions.duties.panel import Desk
from petitions.duties.queries import inbox, queues, reading, transfers
from petitions.duties.queries.inbox import SECTIONS, Wish
from petitions.web import panels
from petitions.web.transaction import db

FIRST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads to the rows it counts."""

    count: int
    label: Message
    url: str
    tone: str = "quiet"


def register() -> None:
    """Offer the panels to the home page."""
    panels.register(panels.Panel("duties.inbox", say("Việc của cơ quan"), Permission.DUTY_ANSWER, 5, "duties/panels/inbox.html", agency, wide=True))
    panels.register(panels.Panel("duties.late", say("Quá hạn"), Permission.DUTY_JUDGE, 30, "duties/panels/figures.html", late, wide=True))
    panels.register(panels.Panel("duties.close", say("Chờ quyết định"), Permission.DUTY_CLOSE, 6, "duties/panels/figures.html", standing, wide=True))
    panels.register(panels.Panel("duties.decide", say("Chuyển, trả lời"), Permission.DUTY_RECORD, 25, "duties/panels/figures.html", office, wide=True))


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


def late(who: Identity) -> Mapping[str, Any]:
    """What is late, and what waits to be judged."""
    session, now = db(), clock.now()
    desk = Desk.read(session, clock.today(), named=False)
    seen = reading.visible(who, now)
    named = {
        "late": queues.late(desk.at),
        "missed": [queues.missed_promise(desk.at.today)],
        "silent": [queues.silent(desk.at.today)],
        "judge": queues.queue(queues.JUDGE),
    }
    counts = queues.board_counts(session, seen, named)
    return {
        "figures": [
            Figure(counts["late"], say("Quá hạn"), "/board/list?what=late", "late"),
            Figure(counts["missed"], say("Lỡ ngày hẹn"), "/board/list?what=missed", "late"),
            Figure(counts["silent"], say("Chưa xác nhận đã nhận"), "/board/list?what=silent", "near"),
            Figure(counts["judge"], queues.QUEUES[queues.JUDGE], "/duties/queue/judge"),
        ]
    }


def standing(who: Identity) -> Mapping[str, Any]:
    """What the Standing Committee decides."""
    return {"figures": [*_bundles(who), *_queues(who, (queues.RETURNS, queues.EXTENSIONS, queues.CLOSING, queues.PUBLISHING))]}


def office(who: Identity) -> Mapping[str, Any]:
    """What the office has on its desk: bundles, answers, returns, voters to be told."""
    return {"figures": [*_bundles(who), *_queues(who, (queues.JUDGE, queues.RETURNS, queues.TO_REROUTE, queues.VOTERS))]}


def _queues(who: Identity, names: tuple[str, ...]) -> list[Figure]:
    counts = queues.queue_counts(db(), who, clock.now(), names)
    return [
        Figure(counts[name], queues.QUEUES[name], f"/duties/queue/{name}", "near" if name in (queues.RETURNS, queues.EXTENSIONS) else "quiet") for name in names
    ]


def _bundles(who: Identity) -> list[Figure]:
    counts = transfers.bundle_counts(db(), who)
    return [
        Figure(counts.get("submitted", 0), say("Tập hợp chờ duyệt"), "/bundles?section=submitted", "near"),
        Figure(counts.get("approved", 0), say("Tập hợp chờ phát hành"), "/bundles?section=approved", "near"),
    ]
