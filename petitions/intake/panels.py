"""What intake shows on the home page: for the clerk what waits for him, for the lead what waits to be accepted, for the delegate what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from petitions.core import clock
from petitions.core.identity import Identity
from petitions.core.permissions import Permission
from petitions.core.words import Message, say
from petitions.intake.filters import Filters
from petitions.intake.listing import lines
from petitions.intake.lists import Lists
from petitions.intake.placing import Atlas
from petitions.intake.queries.listing import conditions, counts, listed
from petitions.intake.queries.lists import lists as read_lists
from petitions.intake.queries.places import atlas as read_atlas
from petitions.intake.queries.reading import reads_diverted
from petitions.web import panels
from petitions.web.transaction import db

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads to the rows it counts."""

    count: int
    label: Message
    url: str
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Ground:
    """Lists and places, read once for a panel."""

    lists: Lists
    atlas: Atlas


def register() -> None:
    """Offer the panels to the home page."""
    panels.register(panels.Panel("intake.desk", say("Bàn làm việc"), Permission.PETITION_ENTER, 10, "intake/panels/figures.html", clerk, wide=True))
    panels.register(panels.Panel("intake.to_accept", say("Chờ tiếp nhận"), Permission.PETITION_ACCEPT, 10, "intake/panels/rows.html", lead, wide=True))
    panels.register(panels.Panel("intake.mine", say("Đơn vị bầu cử của tôi"), Permission.PETITION_READ, 20, "intake/panels/rows.html", delegate, wide=True))


def clerk(who: Identity) -> Mapping[str, Any]:
    """My drafts, those waiting, unresolved places, those to classify."""
    ground = Ground(read_lists(db()), read_atlas(db()))
    mine = _counts(who, Filters(mine="yes"), ground)
    body = _counts(who, Filters(), ground)
    loose = _counts(who, Filters(place="unresolved"), ground)
    return {
        "figures": [
            Figure(mine.get("draft", 0), say("Nháp của tôi"), _to(mine="yes", state="draft", waiting="no")),
            Figure(mine.get("waiting", 0), say("Tôi đã trình, chờ tiếp nhận"), _to(mine="yes", state="draft", waiting="yes")),
            Figure(sum(loose.values()), say("Chưa rõ địa bàn"), _to(place="unresolved"), "near"),
            Figure(body.get("registered", 0), say("Chờ phân loại"), "/petitions/to-classify", "near"),
        ]
    }


def lead(who: Identity) -> Mapping[str, Any]:
    """What waits to be accepted."""
    ground = Ground(read_lists(db()), read_atlas(db()))
    return _rows(
        who,
        ground,
        Filters(state="draft", waiting="yes", sort="oldest"),
        "/petitions/queue",
        say("Xem và tiếp nhận"),
        say("Không có kiến nghị nào chờ tiếp nhận."),
    )


def delegate(who: Identity) -> Mapping[str, Any] | None:
    """The newest of the own constituency since the month began; nothing for those without one."""
    own = sorted(who.scope("constituency"))
    if not own:
        return None
    filters = Filters(constituency=own[0])
    month = clock.today().replace(day=1)
    ground = Ground(read_lists(db()), read_atlas(db()))
    fresh = sum(_counts(who, Filters(constituency=own[0], since=month), ground).values())
    shown = dict(_rows(who, ground, filters, f"/petitions?{filters.query()}", say("Xem tất cả"), say("Chưa có kiến nghị nào của đơn vị bầu cử này.")))
    shown["figures"] = [Figure(fresh, say("Mới trong tháng này"), f"/petitions?{Filters(constituency=own[0], since=month).query()}")]
    return shown


def _rows(who: Identity, ground: Ground, filters: Filters, url: str, more: Message, empty: Message) -> Mapping[str, Any]:
    session = db()
    where = conditions(filters, identity=who, lists=ground.lists, atlas=ground.atlas, today=clock.today())
    total = sum(counts(session, where).values())
    rows = listed(session, where, sort=filters.sort, number=1, total=total, size=NEWEST)
    shown = lines(rows.rows, atlas=ground.atlas, lists=ground.lists, diverted=reads_diverted(who))
    return {"lines": shown, "total": total, "url": url, "more": more, "empty": empty, "figures": []}


def _counts(who: Identity, filters: Filters, ground: Ground) -> Mapping[str, int]:
    return counts(db(), conditions(filters, identity=who, lists=ground.lists, atlas=ground.atlas, today=clock.today()))


def _to(**filters: Any) -> str:
    return f"/petitions?{Filters(**filters).query()}"
